/**
 * From queued to driver: block/blk-mq.c:blk_mq_run_hw_queue, blk_mq_dispatch_rq_list, __blk_mq_try_issue_directly and
 * block/blk-mq-sched.c:__blk_mq_sched_dispatch_requests. 6.12; 6.1 alike.
 */
import { BlkStatus, DispatchReason, EventKind, Op, RequeueTo } from '../log/index.ts'
import { RESOURCE_DELAY_NS } from '../kernel/constants.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { endRequest, freeRequest } from './complete.ts'
import type { HwCtx } from './hw-ctx.ts'
import type { Request } from './request.ts'
import { giveBack, putDriverTag, releaseBudget } from './request-queue.ts'

/** blk_mq_run_hw_queue: here and now, or from kblockd. */
export function* runHwQueue(ctx: Context, hctx: HwCtx, async: boolean): Steps {
  if (hctx.queue.quiesced || !hctx.hasPending) return
  if (async) hctx.delayRun(0)
  else yield* dispatchRequests(ctx, hctx)
}

/** blk_mq_run_work_fn */
export function* runWorkFunction(ctx: Context, hctx: HwCtx): Steps {
  if (hctx.queue.quiesced) return
  yield* dispatchRequests(ctx, hctx)
}

/** __blk_mq_sched_dispatch_requests: leftovers first; new ones only if all leftovers were taken. */
export function* dispatchRequests(ctx: Context, hctx: HwCtx): Steps {
  let needDispatch: boolean
  if (hctx.dispatch.length > 0) {
    hctx.restart = true
    if (!(yield* dispatchList(ctx, hctx, hctx.dispatch.splice(0), false))) return
    needDispatch = true
  } else needDispatch = hctx.dispatchBusy > 0
  if (hctx.queue.elevator) yield* dispatchFromScheduler(ctx, hctx)
  else if (needDispatch) yield* dispatchOneByOne(ctx, hctx)
  else {
    const requests = hctx.softwareQueues.flatMap((queued) => queued.splice(0))
    if (requests.length > 0) yield* dispatchList(ctx, hctx, requests, false)
  }
}

/** blk_mq_do_dispatch_sched: as much as nr_requests at once, one at a time while the device is busy. */
function* dispatchFromScheduler(ctx: Context, hctx: HwCtx): Steps {
  const { queue } = hctx
  const elevator = queue.elevator!
  for (;;) {
    const most = hctx.dispatchBusy > 0 ? 1 : queue.nrRequests
    const batch: Request[] = []
    let again = false
    while (batch.length < most && elevator.hasWork()) {
      if (hctx.dispatch.length > 0) {
        again = true
        break
      }
      if (queue.ops!.getBudget?.() === false) break
      const rq = elevator.dispatch()
      if (rq === undefined) {
        queue.ops!.putBudget?.()
        break
      }
      rq.hasBudget = queue.ops!.getBudget !== undefined
      batch.push(rq)
      if (!getDriverTag(rq)) break
    }
    const dispatched = yield* dispatchByHctx(ctx, batch)
    if (again) {
      hctx.runAsync()
      return
    }
    if (!dispatched) return
  }
}

/** blk_mq_dispatch_hctx_list: a scheduler serves all hardware queues, so what it hands out may belong to others. */
function* dispatchByHctx(ctx: Context, batch: readonly Request[]): Steps<boolean> {
  let dispatched = false
  for (const hctx of batch[0]?.queue.hctxs ?? []) {
    const mine = batch.filter((rq) => rq.hctx === hctx)
    if (mine.length > 0 && (yield* dispatchList(ctx, hctx, mine, true))) dispatched = true
  }
  return dispatched
}

/** blk_mq_do_dispatch_ctx: one request from the software queues at a time. */
function* dispatchOneByOne(ctx: Context, hctx: HwCtx): Steps {
  for (;;) {
    if (hctx.dispatch.length > 0) {
      hctx.runAsync()
      return
    }
    const queued = hctx.softwareQueues.find((requests) => requests.length > 0)
    if (queued === undefined || hctx.queue.ops!.getBudget?.() === false) return
    const rq = queued.shift()!
    rq.hasBudget = hctx.queue.ops!.getBudget !== undefined
    if (!(yield* dispatchList(ctx, hctx, [rq], true))) return
  }
}

/** blk_mq_dispatch_rq_list: true when every request was taken or ended. */
function* dispatchList(ctx: Context, hctx: HwCtx, requests: Request[], haveBudget: boolean): Steps<boolean> {
  const { queue } = hctx
  let at = 0
  let needsResource = false
  let reason: DispatchReason = DispatchReason.busy
  for (; at < requests.length; at++) {
    const rq = requests[at]!
    if (ctx.spend(0)) yield // its cost is part of the issue: a refused attempt costs nothing
    if (!haveBudget && !getBudget(rq)) {
      putDriverTag(rq)
      needsResource = true
      reason = DispatchReason.no_budget
      break
    }
    if (!getDriverTag(rq)) {
      hctx.restart = true // blk_mq_mark_tag_wait: whoever frees a tag runs the queue
      releaseBudget(rq)
      reason = DispatchReason.no_tag
      break
    }
    rq.inDispatchList = false
    const status = yield* queue.ops!.queueRq(ctx, rq)
    if (status === BlkStatus.RESOURCE || status === BlkStatus.DEV_RESOURCE) {
      needsResource ||= status === BlkStatus.RESOURCE
      giveBack(rq, RequeueTo.dispatch)
      break
    }
    if (status !== BlkStatus.OK) endRequest(rq, status)
  }
  if (at === requests.length) {
    hctx.updateDispatchBusy(false)
    return true
  }
  leaveInDispatch(hctx, requests.slice(at), reason)
  if (!hctx.restart) hctx.runAsync()
  else if (needsResource) hctx.delayRun(RESOURCE_DELAY_NS)
  hctx.updateDispatchBusy(true)
  return false
}

function leaveInDispatch(hctx: HwCtx, left: readonly Request[], reason: DispatchReason): void {
  let why: DispatchReason = reason
  for (const rq of left) {
    releaseBudget(rq)
    emitDispatchList(rq, why)
    why = DispatchReason.behind
  }
  hctx.dispatch.push(...left)
}

/** Logged when a request enters the list, not each time the list is tried again. */
export function emitDispatchList(rq: Request, reason: DispatchReason): void {
  if (rq.inDispatchList) return
  rq.inDispatchList = true
  rq.queue.m.log.emit(
    EventKind.rq_dispatch_list,
    rq.queue.device.index,
    rq.rwbs,
    rq.id,
    rq.hctxShown,
    rq.sector,
    rq.sizeSectors,
    reason,
  )
}

/** blk_mq_request_issue_directly: past the scheduler, straight to the driver. */
export function* issueDirectly(ctx: Context, rq: Request): Steps<BlkStatus> {
  const { queue, hctx } = rq
  if (queue.quiesced) {
    yield* insertAtTail(ctx, rq)
    return BlkStatus.OK
  }
  if (!getBudget(rq)) return BlkStatus.RESOURCE
  if (!getDriverTag(rq)) {
    releaseBudget(rq)
    return BlkStatus.RESOURCE
  }
  const status = yield* queue.ops!.queueRq(ctx, rq)
  if (status === BlkStatus.RESOURCE || status === BlkStatus.DEV_RESOURCE) {
    hctx.updateDispatchBusy(true)
    giveBack(rq, RequeueTo.dispatch)
  } else hctx.updateDispatchBusy(false)
  return status
}

/** blk_mq_request_bypass_insert: into hctx->dispatch, no I. */
export function bypassInsert(rq: Request, atHead: boolean): void {
  emitDispatchList(rq, rq.queue.quiesced ? DispatchReason.quiesced : DispatchReason.busy)
  if (atHead) rq.hctx.dispatch.unshift(rq)
  else rq.hctx.dispatch.push(rq)
}

/** blk_mq_insert_request. A request that merges into another as it is inserted is returned, to be freed. */
export function insertRequest(rq: Request, atHead: boolean): Request[] {
  if (rq.op === Op.FLUSH) bypassInsert(rq, true)
  else if (rq.queue.elevator) return rq.queue.elevator.insert([rq], atHead)
  else insertIntoSoftwareQueue(rq.hctx, [rq], atHead)
  return []
}

/** blk_mq_insert_request at the tail; a scheduler takes its time for it. */
export function* insertAtTail(ctx: Context, rq: Request): Steps {
  const { elevator, m } = rq.queue
  const before = elevator?.taken ?? 0
  for (const freed of insertRequest(rq, false)) freeRequest(freed)
  if (elevator && elevator.taken > before && ctx.spend(m.costs.insert)) yield
}

export function insertIntoSoftwareQueue(hctx: HwCtx, requests: readonly Request[], atHead: boolean): void {
  for (const rq of requests) {
    hctx.queue.m.log.emit(
      EventKind.rq_insert,
      hctx.queue.device.index,
      rq.rwbs,
      rq.id,
      0,
      rq.sector,
      rq.sizeSectors,
      atHead ? 1 : 0,
    )
    const queued = hctx.softwareQueues[rq.cpuNumber]!
    if (atHead) queued.unshift(rq)
    else queued.push(rq)
  }
}

/** blk_mq_get_dispatch_budget */
function getBudget(rq: Request): boolean {
  const { ops } = rq.queue
  if (rq.hasBudget || !ops!.getBudget) return true
  rq.hasBudget = ops!.getBudget()
  return rq.hasBudget
}

/** blk_mq_get_driver_tag */
function getDriverTag(rq: Request): boolean {
  if (rq.tag < 0) rq.tag = rq.hctx.tags.tryGet()
  return rq.tag >= 0
}
