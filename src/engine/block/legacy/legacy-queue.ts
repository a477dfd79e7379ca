/**
 * The single queue of `.request_fn`: block/blk-core.c:blk_queue_bio (__make_request), get_request, blk_peek_request,
 * __blk_run_queue; block/elevator.c, 2.6.28 to 4.20. One scheduler and one dispatch list per queue; a driver takes
 * requests from the head of the list.
 *
 * It stands on the same parts as blk-mq: its one HwCtx holds the dispatch list (q->queue_head) and the device's tags.
 * Simplified: 128 requests per direction without the hysteresis of congestion and batching; a queue that a completion
 * makes runnable is run by kblockd, where SCSI runs it in the softirq; D of a path comes when the driver takes the
 * request, not when it first looks at it; the flush machine is that of later kernels; 2.6.28 has none (and no barriers).
 */
import { BLKDEV_DEFAULT_RQ } from '../../kernel/constants.ts'
import type { QueueKind } from '../../kernel/profile.ts'
import {
  BlkStatus,
  EventKind,
  isWrite,
  LockName,
  LockSite,
  type Rwbs,
  RwbsFlag,
  SleepReason,
  TimerKind,
} from '../../log/index.ts'
import type { Machine } from '../../machine.ts'
import type { Context, Steps } from '../../sim/cpu.ts'
import type { Spinlock } from '../../sim/spinlock.ts'
import type { Bio } from '../bio.ts'
import { addToPlug, flushPlugBeforeSleep } from '../blk-mq-plug.ts'
import { enterQueue, mergeIntoPlug, sleepFor, takeBio } from '../blk-mq-submit.ts'
import type { BlockDevice } from '../block-device.ts'
import { freeRequest } from '../complete.ts'
import { FlushMachine } from '../flush.ts'
import { HwCtx } from '../hw-ctx.ts'
import { IoQueue } from '../io-queue.ts'
import type { QueueLimits } from '../limits.ts'
import type { MqOps } from '../mq-ops.ts'
import { Request } from '../request.ts'
import { schedulerFor } from '../scheduler-names.ts'
import { splitBio } from '../split-bio.ts'
import { TagSet } from '../tags.ts'
import { legacyElevator } from './elevators.ts'
import { QueuePlug } from './queue-plug.ts'

export interface LegacyQueueSpec {
  readonly limits: QueueLimits
  readonly ops: MqOps
  readonly tagDepth: number
  readonly scheduler: string
  /** q->request_fn: takes requests from `queue.peek()` until there is none or it can take no more. */
  readonly requestFn: (ctx: Context, queue: LegacyQueue) => Steps
}

export class LegacyQueue extends IoQueue {
  readonly kind: QueueKind = 'legacy'
  readonly hctx: HwCtx
  /** q->queue_lock, as far as submitters take it: to merge or get a request. */
  private readonly lock: Spinlock
  private readonly requestFn: LegacyQueueSpec['requestFn']
  /** Request pools (q->rq) by direction. */
  private readonly reads: TagSet = new TagSet(BLKDEV_DEFAULT_RQ)
  private readonly writes: TagSet = new TagSet(BLKDEV_DEFAULT_RQ)
  private readonly flushMachine: FlushMachine
  /** Queue-level plugging; undefined where tasks plug. */
  private readonly plug: QueuePlug | undefined
  private running = false
  private runAgain = false
  private readonly inDriver = new Set<Request>()

  constructor(m: Machine, device: BlockDevice, spec: LegacyQueueSpec) {
    super(m, device, spec.limits, spec.ops)
    this.requestFn = spec.requestFn
    this.lock = m.spinlock(LockName.queue, device.index)
    this.hctx = new HwCtx(this, 0, spec.tagDepth, m.cpus.length)
    this.hctx.runWork = m.kblockdWork(
      m.cpus[0]!,
      (ctx) => this.run(ctx),
      m.loggedTimer(device.index, TimerKind.resource_retry),
    )
    this.hctxs.push(this.hctx)
    this.requeueWork = m.kblockdWork(m.cpus[0]!, (ctx) => this.run(ctx))
    this.flushMachine = new FlushMachine(m, this.hctx)
    this.nrRequests = BLKDEV_DEFAULT_RQ
    if (m.profile.plugOwner === 'queue') this.plug = new QueuePlug(m, this)
    this.setScheduler(spec.scheduler)
  }

  get scheduler(): string {
    return this.elevator!.name
  }

  setScheduler(name: string): void {
    this.elevator = legacyElevator(this.m, schedulerFor(this.m.profile, 'legacy', name))
    this.lastMerge = undefined
  }

  setNrRequests(count: number): boolean {
    this.nrRequests = count
    this.reads.depth = count
    this.writes.depth = count
    return true
  }

  override get requestsInUse(): number {
    return this.reads.used + this.writes.used
  }

  /** Requests that wait for the driver (q->rq.count without q->in_flight). */
  get waiting(): number {
    return this.requestsInUse - this.inDriver.size
  }

  /** blk_queue_bio */
  *submitBio(ctx: Context, bio: Bio): Steps {
    const { m } = this
    const front = m.profile.biosBuiltToFit ? bio : yield* splitBio(m, ctx, bio, this)
    yield* this.lock.hold(ctx, m.costs.mergeAttempt, LockSite.submit, front.id)
    if (this.attemptMerge(ctx, front)) {
      this.plug?.noteTask(ctx)
      return
    }
    if (ctx.mightSleep()) yield
    const rq = yield* this.newRequest(ctx, front)
    m.log.emit(
      EventKind.getrq,
      this.device.index,
      front.rwbs,
      rq.id,
      front.id,
      front.sector,
      front.sizeSectors,
      rq.internalTag,
    )
    yield* this.lock.hold(ctx, m.costs.getRequest, LockSite.submit, rq.id)
    takeBio(rq, front)
    const flushes = (front.rwbs & (RwbsFlag.PREFLUSH | RwbsFlag.FUA)) !== 0
    if (flushes && this.flushMachine.insert(rq)) return
    if (this.plug) yield* this.insertPlugged(ctx, this.plug, rq)
    else if (ctx.plug) yield* addToPlug(m, ctx, ctx.plug, rq)
    else {
      yield* this.insert(ctx, [rq])
      yield* this.run(ctx)
    }
  }

  private attemptMerge(ctx: Context, bio: Bio): boolean {
    if (this.nomerges === 2 || !bio.mergeable) return false
    if (mergeIntoPlug(ctx, bio, this)) return true
    const { merged, freed } = this.elevator!.bioMerge(bio)
    if (freed) freeRequest(freed)
    return merged
  }

  private *insertPlugged(ctx: Context, plug: QueuePlug, rq: Request): Steps {
    if (!this.hctx.hasPending) plug.close(rq)
    plug.noteTask(ctx)
    yield* this.insert(ctx, [rq])
    if (plug.mustOpen) plug.open(false)
    if (!plug.closed) yield* this.run(ctx)
  }

  /** get_request_wait: each direction has its own pool; the submitter sleeps where its pool is empty. */
  private *newRequest(ctx: Context, bio: Bio): Steps<Request> {
    const pool = isWrite(bio.rwbs) ? this.writes : this.reads
    for (;;) {
      yield* enterQueue(this.m, ctx, bio, this)
      const slot = pool.tryGet()
      if (slot >= 0) return this.makeRequest(ctx.cpu.number, bio.rwbs, slot)
      yield* flushPlugBeforeSleep(this.m, ctx)
      if (this.plug?.closed) this.plug.open(true)
      yield* this.run(ctx)
      const second = this.frozen ? -1 : pool.tryGet()
      if (second >= 0) return this.makeRequest(ctx.cpu.number, bio.rwbs, second)
      if (this.frozen) continue
      pool.wait(ctx)
      yield* sleepFor(this.m, ctx, bio, this, SleepReason.tag)
    }
  }

  private makeRequest(cpuNumber: number, rwbs: number, slot: number): Request {
    const rq = new Request(this.m.nextId(), this, this.hctx, cpuNumber, rwbs as Rwbs, this.m.clock.nowNs)
    // one number space for both pools
    if (slot >= 0) rq.internalTag = 2 * slot + (isWrite(rwbs) ? 1 : 0)
    return rq
  }

  /** From dm's own pool, not from this queue's. */
  allocateClone(cpuNumber: number, rwbs: number): Request {
    return this.makeRequest(cpuNumber, rwbs, -1)
  }

  override putTags(rq: Request): void {
    if (rq.tag >= 0) this.hctx.tags.put(rq.tag)
    if (rq.internalTag >= 0)
      (rq.internalTag % 2 === 1 ? this.writes : this.reads).put(Math.floor(rq.internalTag / 2))
    this.inDriver.delete(rq)
  }

  /** __elv_add_request into the scheduler; I. */
  private *insert(ctx: Context, requests: readonly Request[]): Steps {
    const elevator = this.elevator!
    const before = elevator.taken
    for (const freed of elevator.insert(requests, false)) freeRequest(freed)
    if (ctx.spend(this.m.costs.insert * (elevator.taken - before))) yield
  }

  /** blk_flush_plug_list: what a task has plugged for this queue; U comes after the I's. */
  override *takePlugged(ctx: Context, requests: Request[], fromSchedule: boolean): Steps {
    yield* this.insert(
      ctx,
      requests.sort((a, b) => a.sector - b.sector),
    )
    const reason = fromSchedule ? 1 : 0
    this.m.log.emit(EventKind.unplug, this.device.index, 0, 0, 0, 0, requests.length, reason)
    if (fromSchedule) this.hctx.runAsync()
    else yield* this.run(ctx)
  }

  /** ELEVATOR_INSERT_BACK: behind everything, unsorted and unmerged. */
  *insertCloned(ctx: Context, clone: Request): Steps<BlkStatus> {
    for (let rq = this.elevator!.dispatch(); rq; rq = this.elevator!.dispatch()) this.hctx.dispatch.push(rq)
    this.emitInsert(clone, 0)
    this.hctx.dispatch.push(clone)
    yield* this.run(ctx)
    return BlkStatus.OK
  }

  /** elv_requeue_request for all that were given back, at the head of the dispatch list; then the queue is run. */
  override kickRequeueList(delayNs: number): void {
    for (const rq of this.requeueList.splice(0)) {
      this.emitInsert(rq, 1)
      this.hctx.dispatch.unshift(rq)
    }
    this.hctx.dispatch.push(...this.flushList.splice(0))
    if (delayNs > 0) this.rest(delayNs)
    else this.hctx.runAsync()
  }

  private emitInsert(rq: Request, atHead: 0 | 1): void {
    this.m.log.emit(
      EventKind.rq_insert,
      this.device.index,
      rq.rwbs,
      rq.id,
      0,
      rq.sector,
      rq.sizeSectors,
      atHead,
    )
  }

  /** blk_delay_queue: run again after a time, unless a run is due already. */
  rest(delayNs: number): void {
    const { runWork } = this.hctx
    if (!runWork.timerArmed && !runWork.work.pending) this.hctx.delayRun(delayNs)
  }

  /** __blk_run_queue: the driver's request_fn, by one context at a time. */
  *run(ctx: Context): Steps {
    if (this.running) this.runAgain = true
    if (this.running || this.stopped) return
    this.running = true
    do yield* this.requestFn(ctx, this)
    while (this.askedAgain())
    this.running = false
  }

  private askedAgain(): boolean {
    const asked = this.runAgain && !this.stopped
    this.runAgain = false
    return asked
  }

  private get stopped(): boolean {
    return this.quiesced || this.plug?.closed === true
  }

  /** blk_peek_request: the next request stays at the head of the dispatch list until it is started. */
  peek(): Request | undefined {
    if (this.stopped) return undefined
    if (this.hctx.dispatch.length === 0) {
      const rq = this.elevator!.dispatch()
      if (rq) this.hctx.dispatch.push(rq)
    }
    return this.hctx.dispatch[0]
  }

  /** blk_start_request: the driver has it now. */
  start(rq: Request): void {
    this.hctx.dispatch.splice(this.hctx.dispatch.indexOf(rq), 1)
    rq.inDispatchList = false
    this.inDriver.add(rq)
  }

  /** A request that was started goes back. */
  override requeue(rq: Request, to: Parameters<IoQueue['requeue']>[1]): void {
    this.inDriver.delete(rq)
    super.requeue(rq, to)
  }
}
