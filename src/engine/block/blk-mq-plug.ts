/**
 * Handing over a plug: block/blk-mq.c:blk_add_rq_to_plug, blk_mq_flush_plug_list, blk_mq_plug_issue_direct,
 * blk_mq_dispatch_plug_list, blk_mq_insert_requests. 6.12, with order and size of other kernels as the profile says.
 */
import { BlkStatus, EventKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { insertIntoSoftwareQueue, issueDirectly, bypassInsert, runHwQueue } from './blk-mq-dispatch.ts'
import { endRequest, freeRequest } from './complete.ts'
import type { HwCtx } from './hw-ctx.ts'
import { Plug } from './plug.ts'
import type { Request } from './request.ts'

/** blk_start_plug: true when this call opened the plug (nested plugs join the outermost). */
export function startPlug(ctx: Context): boolean {
  if (ctx.plug) return false
  ctx.plug = new Plug()
  return true
}

/** blk_finish_plug */
export function* finishPlug(m: Machine, ctx: Context): Steps {
  if (ctx.plug && ctx.plug.requests.length > 0) yield* flushPlug(m, ctx, ctx.plug, false)
  ctx.plug = undefined
}

/** Before a task sleeps (sched_submit_work): what it has plugged must not wait with it. */
export function* flushPlugBeforeSleep(m: Machine, ctx: Context): Steps {
  if (ctx.plug && ctx.plug.requests.length > 0) yield* flushPlug(m, ctx, ctx.plug, true)
}

/** blk_add_rq_to_plug */
export function* addToPlug(m: Machine, ctx: Context, plug: Plug, rq: Request): Steps {
  const { log, costs } = m
  let last = plug.newest
  if (last === undefined) {
    log.emit(EventKind.plug, rq.queue.device.index, rq.rwbs, 0, rq.id, 0, 0, 0)
  } else if (
    countedRequests(m, plug, rq) >= maxRequests(m, plug) ||
    (rq.queue.nomerges < 2 && last.sizeSectors * 512 >= m.profile.plugFlushBytes)
  ) {
    yield* flushPlug(m, ctx, plug, false)
    last = undefined
    log.emit(EventKind.plug, rq.queue.device.index, rq.rwbs, 0, rq.id, 0, 0, 0)
  }
  if (last && last.queue !== rq.queue) plug.multipleQueues = true
  if (rq.internalTag >= 0) plug.hasElevator = true
  plug.requests.push(rq)
  log.emit(EventKind.plug_add, rq.queue.device.index, rq.rwbs, rq.id, 0, rq.sector, rq.sizeSectors, 0)
  if (ctx.spend(costs.plugAdd)) yield
}

/** blk_plug_max_rq_count */
function maxRequests(m: Machine, plug: Plug): number {
  const { plugMaxRequests, plugSeveralQueuesFactor } = m.profile
  return plug.multipleQueues ? plugMaxRequests * plugSeveralQueuesFactor : plugMaxRequests
}

function countedRequests(m: Machine, plug: Plug, rq: Request): number {
  if (m.profile.plugCounts === 'all') return plug.requests.length
  return plug.requests.filter((plugged) => plugged.queue === rq.queue).length
}

/** blk_flush_plug_list: blk_mq_flush_plug_list, then the queues that are not of blk-mq. */
export function* flushPlug(m: Machine, ctx: Context, plug: Plug, fromSchedule: boolean): Steps {
  const all = plug.requests
  plug.requests = []
  const takenOtherwise = all.filter((rq) => rq.queue.takePlugged !== undefined)
  const mq = takenOtherwise.length > 0 ? all.filter((rq) => rq.queue.takePlugged === undefined) : all
  if (mq.length > 0) yield* flushMqPlug(m, ctx, plug, mq, fromSchedule)
  for (const queue of new Set(takenOtherwise.map((rq) => rq.queue))) {
    const mine = takenOtherwise.filter((rq) => rq.queue === queue)
    yield* queue.takePlugged!(ctx, mine, fromSchedule)
  }
}

function* flushMqPlug(
  m: Machine,
  ctx: Context,
  plug: Plug,
  plugged: Request[],
  fromSchedule: boolean,
): Steps {
  const { profile } = m
  let requests = plugged
  if (!plug.multipleQueues && !plug.hasElevator && !fromSchedule && profile.mqDirectIssue) {
    if (profile.unplugEventOnDirectIssue) emitUnplug(m, requests, false)
    if (profile.plugIssueOrder === 'lifo') requests.reverse()
    requests = yield* issuePluggedDirectly(ctx, requests)
  } else if (profile.plugInsertOrder === 'lifo') requests.reverse()
  if (profile.plugSorted) requests.sort((a, b) => a.queue.device.index - b.queue.device.index)
  while (requests.length > 0) {
    const { queue, hctx, cpuNumber } = requests[0]!
    const mine = requests.filter((rq) => rq.hctx === hctx && rq.cpuNumber === cpuNumber)
    requests = requests.filter((rq) => rq.hctx !== hctx || rq.cpuNumber !== cpuNumber)
    emitUnplug(m, mine, fromSchedule)
    if (queue.elevator) {
      const before = queue.elevator.taken
      for (const freed of queue.elevator.insert(mine, false)) freeRequest(freed)
      if (ctx.spend(m.costs.insert * (queue.elevator.taken - before))) yield
      yield* runHwQueue(ctx, hctx, fromSchedule)
    } else yield* insertRequests(ctx, hctx, mine, fromSchedule)
  }
}

function emitUnplug(m: Machine, requests: readonly Request[], fromSchedule: boolean): void {
  m.log.emit(
    EventKind.unplug,
    requests[0]!.queue.device.index,
    0,
    0,
    0,
    0,
    requests.length,
    fromSchedule ? 1 : 0,
  )
}

/** blk_mq_plug_issue_direct: returns what is left after a refusal. */
function* issuePluggedDirectly(ctx: Context, requests: Request[]): Steps<Request[]> {
  for (let at = 0; at < requests.length; at++) {
    const rq = requests[at]!
    const status = yield* issueDirectly(ctx, rq)
    if (status === BlkStatus.RESOURCE || status === BlkStatus.DEV_RESOURCE) {
      bypassInsert(rq, false)
      yield* runHwQueue(ctx, rq.hctx, false)
      return requests.slice(at + 1)
    }
    if (status !== BlkStatus.OK) endRequest(rq, status)
  }
  return []
}

/** blk_mq_insert_requests, without a scheduler: try the driver first, else the software queue. */
function* insertRequests(ctx: Context, hctx: HwCtx, requests: Request[], runAsync: boolean): Steps {
  let left = requests
  if (hctx.dispatchBusy === 0 && !runAsync && hctx.queue.m.profile.mqDirectIssue)
    left = yield* issueListDirectly(ctx, requests)
  if (left.length > 0) insertIntoSoftwareQueue(hctx, left, false)
  yield* runHwQueue(ctx, hctx, runAsync)
}

/** blk_mq_try_issue_list_directly */
function* issueListDirectly(ctx: Context, requests: Request[]): Steps<Request[]> {
  for (let at = 0; at < requests.length; at++) {
    const rq = requests[at]!
    const status = yield* issueDirectly(ctx, rq)
    if (status === BlkStatus.RESOURCE || status === BlkStatus.DEV_RESOURCE) {
      bypassInsert(rq, false)
      const left = requests.slice(at + 1)
      if (left.length === 0) yield* runHwQueue(ctx, rq.hctx, false)
      return left
    }
    if (status !== BlkStatus.OK) endRequest(rq, status)
  }
  return []
}
