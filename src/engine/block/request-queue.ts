/**
 * struct request_queue: limits and merging switches of a device, its hardware queues and scheduler, and the list of
 * requests that go back to be inserted again.
 */
import { EventKind, RequeueTo } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { DelayedWork } from '../sim/workqueue.ts'
import type { BlockDevice } from './block-device.ts'
import type { Elevator } from './elevator.ts'
import type { HwCtx } from './hw-ctx.ts'
import type { QueueLimits } from './limits.ts'
import type { MqOps } from './mq-ops.ts'
import type { Request } from './request.ts'

export class RequestQueue {
  readonly m: Machine
  readonly device: BlockDevice
  limits: QueueLimits
  /** Undefined for a bio-based device, which has no requests. */
  readonly ops: MqOps | undefined
  /** sysfs `nomerges`: 0 all merges, 1 only the one-hit cache, 2 none. */
  nomerges = 0
  elevator: Elevator | undefined
  /** sysfs `nr_requests` */
  nrRequests = 0
  /** One-hit cache of the last request a bio was merged into or that was inserted. */
  lastMerge: Request | undefined
  /** blk_mq_quiesce_queue: nothing is dispatched. */
  quiesced = false
  /** blk_mq_freeze_queue: no request is made until it is thawed. */
  frozen = false
  readonly hctxs: HwCtx[] = []
  readonly requeueList: Request[] = []
  /** FLUSH requests of the flush machine on their way to the dispatch list. */
  readonly flushList: Request[] = []
  /** Set by the queue's maker: blk_mq_requeue_work. */
  requeueWork!: DelayedWork
  private readonly freezers: Context[] = []
  private readonly frozenOut: Context[] = []

  constructor(m: Machine, device: BlockDevice, limits: QueueLimits, ops: MqOps | undefined) {
    this.m = m
    this.device = device
    this.limits = limits
    this.ops = ops
  }

  /** The hardware queue that a CPU submits to. */
  hctxOf(cpuNumber: number): HwCtx {
    return this.hctxs[cpuNumber % this.hctxs.length]!
  }

  runAllAsync(): void {
    for (const hctx of this.hctxs) hctx.runAsync()
  }

  /** Requests that exist. */
  get requestsInUse(): number {
    return this.hctxs.reduce((sum, hctx) => sum + (hctx.schedTags ?? hctx.tags).used, 0)
  }

  /** blk_mq_freeze_queue: waits until every request is done, and lets nobody make one. */
  *freeze(ctx: Context): Steps {
    this.frozen = true
    this.runAllAsync()
    while (this.requestsInUse > 0) {
      this.freezers.push(ctx)
      ctx.sleep()
      yield
    }
    // who sleeps for a tag now waits for the thaw instead: the tags may be others then
    for (const { tags, schedTags } of this.hctxs) {
      tags.wakeAll()
      schedTags?.wakeAll()
    }
  }

  unfreeze(): void {
    this.frozen = false
    for (const waiter of this.frozenOut.splice(0)) waiter.wake()
  }

  /** blk_queue_enter: the context is woken when the queue is thawed. */
  waitForThaw(ctx: Context): void {
    this.frozenOut.push(ctx)
  }

  /** The tags of a request that is freed. */
  putTags(rq: Request): void {
    if (rq.tag >= 0) rq.hctx.tags.put(rq.tag)
    if (rq.internalTag >= 0) rq.hctx.schedTags!.put(rq.internalTag)
  }

  /** What a task has plugged for this queue, where the queue takes it otherwise than blk-mq (blk-mq-plug.ts). */
  takePlugged?(ctx: Context, requests: Request[], fromSchedule: boolean): Steps

  noteFreed(): void {
    if (!this.frozen || this.requestsInUse > 0) return
    for (const waiter of this.freezers.splice(0)) waiter.wake()
  }

  /** blk_mq_requeue_request: back onto the list that requeueWork inserts again; R. */
  requeue(rq: Request, to: RequeueTo): void {
    giveBack(rq, to)
    this.requeueList.push(rq)
  }

  /** blk_mq_delay_kick_requeue_list: moves the one timer of the list; 0 releases everything now. */
  kickRequeueList(delayNs: number): void {
    this.requeueWork.modify(delayNs)
  }
}

/** __blk_mq_requeue_request: the request returns to the queued state; R. Keeps its place and its scheduler tag. */
export function giveBack(rq: Request, to: RequeueTo): void {
  putDriverTag(rq)
  rq.queue.m.log.emit(
    EventKind.rq_requeue,
    rq.queue.device.index,
    rq.rwbs,
    rq.id,
    rq.sayCompletion(),
    rq.sector,
    rq.sizeSectors,
    to,
  )
  rq.state = 'idle'
  releaseBudget(rq)
}

/** blk_mq_put_driver_tag: only a request that also has a scheduler tag can live without it. */
export function putDriverTag(rq: Request): void {
  if (rq.tag < 0 || rq.internalTag < 0) return
  rq.hctx.tags.put(rq.tag)
  rq.tag = -1
}

export function releaseBudget(rq: Request): void {
  if (!rq.hasBudget) return
  rq.hasBudget = false
  rq.queue.ops!.putBudget?.()
}
