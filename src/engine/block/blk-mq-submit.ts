/**
 * A bio becomes part of a request: block/blk-mq.c:blk_mq_submit_bio (blk_mq_make_request to 5.8), with the visible order
 * Q, [X], M or F or G.
 *
 * Simplified: no cached requests, no rq-qos (writeback throttling), no polling.
 */
import { BlkStatus, EventKind, isWrite, RwbsFlag, SleepReason } from '../log/index.ts'
import { SW_QUEUE_MERGE_CHECKS } from '../kernel/constants.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Bio } from './bio.ts'
import { insertAtTail, issueDirectly, bypassInsert, runHwQueue } from './blk-mq-dispatch.ts'
import { addToPlug, flushPlugBeforeSleep } from './blk-mq-plug.ts'
import { endRequest, freeRequest } from './complete.ts'
import type { HwCtx } from './hw-ctx.ts'
import { attemptBioMerge, mergeKind, segmentsOf } from './merge.ts'
import type { Plug } from './plug.ts'
import { Request } from './request.ts'
import type { RequestQueue } from './request-queue.ts'
import { splitBio } from './split-bio.ts'

/** blk_mq_submit_bio */
export function* blkMqSubmitBio(
  m: Machine,
  ctx: Context,
  bio: Bio,
  queue: RequestQueue,
  insertFlush: (rq: Request) => boolean,
): Steps {
  const front = yield* splitBio(m, ctx, bio, queue)
  if (ctx.spend(m.costs.mergeAttempt)) yield
  if (attemptMerge(ctx, front, queue)) return
  if (ctx.mightSleep()) yield
  const rq = yield* newRequest(m, ctx, front, queue)
  m.log.emit(
    EventKind.getrq,
    queue.device.index,
    front.rwbs,
    rq.id,
    front.id,
    front.sector,
    front.sizeSectors,
    rq.internalTag >= 0 ? rq.internalTag : rq.tag,
  )
  if (ctx.spend(m.costs.getRequest)) yield
  takeBio(rq, front)
  if ((front.rwbs & (RwbsFlag.PREFLUSH | RwbsFlag.FUA)) !== 0 && insertFlush(rq)) return
  if (ctx.plug === undefined) yield* insertOrIssue(ctx, rq)
  else if (m.profile.limitedPlugging && queue.hctxs.length > 1) yield* plugOne(m, ctx, ctx.plug, rq)
  else yield* addToPlug(m, ctx, ctx.plug, rq)
}

/** Limited plugging of devices with several hardware queues: one request is kept back, the one before it goes. */
function* plugOne(m: Machine, ctx: Context, plug: Plug, rq: Request): Steps {
  const { queue } = rq
  if (queue.elevator || queue.nomerges > 0) {
    yield* insertOrIssue(ctx, rq)
    return
  }
  const previous = takeNewestOf(plug, queue)
  yield* addToPlug(m, ctx, plug, rq)
  if (previous === undefined) return
  m.log.emit(EventKind.unplug, queue.device.index, 0, 0, 0, 0, 1, 0)
  yield* insertOrIssue(ctx, previous)
}

function takeNewestOf(plug: Plug, queue: RequestQueue): Request | undefined {
  const newest = plug.requests.findLast((rq) => rq.queue === queue)
  if (newest) plug.requests.splice(plug.requests.indexOf(newest), 1)
  return newest
}

/** Without a plug: into the scheduler and run from kblockd, or straight to the driver. */
function* insertOrIssue(ctx: Context, rq: Request): Steps {
  const { hctx, queue } = rq
  if (!queue.m.profile.mqDirectIssue) {
    yield* insertAtTail(ctx, rq)
    yield* runHwQueue(ctx, hctx, (rq.rwbs & RwbsFlag.SYNC) === 0 && isWrite(rq.rwbs))
    return
  }
  if (
    rq.internalTag >= 0 ||
    (hctx.dispatchBusy > 0 && (queue.hctxs.length === 1 || (rq.rwbs & RwbsFlag.SYNC) === 0))
  ) {
    yield* insertAtTail(ctx, rq)
    yield* runHwQueue(ctx, hctx, true)
    return
  }
  const status = yield* issueDirectly(ctx, rq)
  if (status === BlkStatus.RESOURCE || status === BlkStatus.DEV_RESOURCE) {
    bypassInsert(rq, false)
    yield* runHwQueue(ctx, hctx, false)
  } else if (status !== BlkStatus.OK) endRequest(rq, status)
}

/** blk_mq_attempt_bio_merge: the plug, then the scheduler, or without one the software queue. */
function attemptMerge(ctx: Context, bio: Bio, queue: RequestQueue): boolean {
  if (queue.nomerges === 2 || !bio.mergeable) return false
  if (mergeIntoPlug(ctx, bio, queue)) return true
  if (queue.elevator) {
    const { merged, freed } = queue.elevator.bioMerge(bio)
    if (freed) freeRequest(freed)
    return merged
  }
  return mergeIntoSoftwareQueue(ctx, bio, queue)
}

/**
 * blk_attempt_plug_merge: every plugged request of the queue, newest first (to 5.15), or one candidate: the newest
 * request, else, where that is another queue's, this queue's first in the order of the list.
 */
export function mergeIntoPlug(ctx: Context, bio: Bio, queue: RequestQueue): boolean {
  const plug = ctx.plug
  const newest = plug?.newest
  if (!plug || !newest) return false
  if (queue.m.profile.plugMergeTests === 'all')
    return plug.requests.toReversed().some((rq) => rq.queue === queue && mergeInto(rq, bio))
  if (newest.queue === queue) return mergeInto(newest, bio)
  if (!plug.multipleQueues) return false
  const candidate = firstOf(plug, queue)
  return candidate !== undefined && mergeInto(candidate, bio)
}

/** The request of a queue that a look through the plug's list meets first. */
function firstOf({ requests }: Plug, queue: RequestQueue): Request | undefined {
  if (queue.m.profile.plugIssueOrder === 'fifo') return requests.find((rq) => rq.queue === queue)
  return requests.findLast((rq) => rq.queue === queue)
}

/** blk_bio_list_merge over the submitting CPU's software queue, newest first. */
function mergeIntoSoftwareQueue(ctx: Context, bio: Bio, queue: RequestQueue): boolean {
  const queued = queue.hctxOf(ctx.cpu.number).softwareQueues[ctx.cpu.number]!
  for (let back = 1; back <= Math.min(SW_QUEUE_MERGE_CHECKS, queued.length); back++) {
    const rq = queued[queued.length - back]!
    const kind = mergeKind(rq, bio)
    if (kind) return attemptBioMerge(rq, bio, kind)
  }
  return false
}

function mergeInto(rq: Request, bio: Bio): boolean {
  const kind = mergeKind(rq, bio)
  return kind !== undefined && attemptBioMerge(rq, bio, kind)
}

/**
 * blk_mq_get_new_requests: sleeps until there is a tag. What the task has plugged goes first, so that it does not wait
 * for itself; that takes time, in which what it waits for may come, so it looks again before it sleeps.
 */
function* newRequest(m: Machine, ctx: Context, bio: Bio, queue: RequestQueue): Steps<Request> {
  for (;;) {
    const hctx = queue.hctxOf(ctx.cpu.number)
    yield* enterQueue(m, ctx, bio, queue)
    const rq = tryNewRequest(m, ctx.cpu.number, queue, hctx, bio.rwbs)
    if (rq) return rq
    yield* runHwQueue(ctx, hctx, false)
    yield* flushPlugBeforeSleep(m, ctx)
    if (queue.frozen) continue
    const second = tryNewRequest(m, ctx.cpu.number, queue, hctx, bio.rwbs)
    if (second) return second
    ;(hctx.schedTags ?? hctx.tags).wait(ctx)
    yield* sleepFor(m, ctx, bio, queue, SleepReason.tag)
  }
}

/** blk_queue_enter: sleeps while the queue is frozen. */
export function* enterQueue(m: Machine, ctx: Context, bio: Bio, queue: RequestQueue): Steps {
  if (queue.frozen) yield* flushPlugBeforeSleep(m, ctx)
  while (queue.frozen) {
    queue.waitForThaw(ctx)
    yield* sleepFor(m, ctx, bio, queue, SleepReason.frozen)
  }
}

/** The submitter sleeps until whoever it has enlisted with wakes it. */
export function* sleepFor(
  m: Machine,
  ctx: Context,
  bio: Bio,
  queue: RequestQueue,
  reason: SleepReason,
): Steps {
  const { index } = queue.device
  m.log.emit(EventKind.task_sleep, index, bio.rwbs, bio.id, 0, bio.sector, bio.sizeSectors, reason)
  ctx.sleep()
  yield
  if (ctx.spend(m.costs.contextSwitch)) yield
  m.log.emit(EventKind.task_wake, index, bio.rwbs, bio.id, 0, bio.sector, bio.sizeSectors, reason)
}

/** blk_mq_alloc_request without waiting: a request with a scheduler tag where there is a scheduler, else a driver tag. */
export function tryNewRequest(
  m: Machine,
  cpuNumber: number,
  queue: RequestQueue,
  hctx: HwCtx,
  rwbs: number,
): Request | undefined {
  const { schedTags } = hctx
  const tag = schedTags ? schedTags.tryGet(queue.elevator!.depthFor(rwbs)) : hctx.tags.tryGet()
  if (tag < 0) return undefined
  const rq = new Request(m.nextId(), queue, hctx, cpuNumber, rwbs as Request['rwbs'], m.clock.nowNs)
  if (schedTags) rq.internalTag = tag
  else rq.tag = tag
  return rq
}

/** blk_mq_bio_to_request */
export function takeBio(rq: Request, bio: Bio): void {
  rq.sector = bio.sector
  rq.sizeSectors = bio.sizeSectors
  rq.bio = bio
  rq.bioTail = bio
  rq.bioCount = 1
  rq.segments = segmentsOf(bio)
  rq.noMerge = bio.noMerge
  rq.failfastTransport = bio.failfastTransport
}
