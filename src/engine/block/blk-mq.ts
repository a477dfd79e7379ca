/**
 * Making request queues (block/blk-mq.c:blk_mq_init_allocated_queue, block/elevator.c:elevator_switch) and the two works
 * every queue has: running a hardware queue, and inserting requeued requests again.
 */
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { BLKDEV_DEFAULT_RQ, MAX_SCHED_RQ } from '../kernel/constants.ts'
import type { QueueKind } from '../kernel/profile.ts'
import { BlkStatus, TimerKind } from '../log/index.ts'
import type { Bio } from './bio.ts'
import {
  bypassInsert,
  insertAtTail,
  insertRequest,
  issueDirectly,
  runHwQueue,
  runWorkFunction,
} from './blk-mq-dispatch.ts'
import { blkMqSubmitBio, tryNewRequest } from './blk-mq-submit.ts'
import type { BlockDevice } from './block-device.ts'
import { freeRequest } from './complete.ts'
import { FlushMachine } from './flush.ts'
import { HwCtx } from './hw-ctx.ts'
import { Kyber } from './kyber.ts'
import type { QueueLimits } from './limits.ts'
import { MqDeadline } from './mq-deadline.ts'
import type { MqOps } from './mq-ops.ts'
import { IoQueue } from './io-queue.ts'
import type { Request } from './request.ts'
import { schedulerFor } from './scheduler-names.ts'
import { TagSet } from './tags.ts'

export interface MqQueueSpec {
  readonly limits: QueueLimits
  readonly ops: MqOps
  readonly hwQueues: number
  /** Driver tags of each hardware queue. */
  readonly tagDepth: number
  readonly scheduler: string
}

/** A queue of blk-mq. */
export class MqQueue extends IoQueue {
  readonly kind: QueueKind = 'mq'
  private readonly flushMachines: FlushMachine[]
  private readonly tagDepth: number

  constructor(m: Machine, device: BlockDevice, spec: MqQueueSpec) {
    super(m, device, spec.limits, spec.ops)
    this.tagDepth = spec.tagDepth
    for (let number = 0; number < spec.hwQueues; number++) {
      const hctx = new HwCtx(this, number, spec.tagDepth, m.cpus.length)
      const cpu = m.cpus[number % m.cpus.length]!
      hctx.runWork = m.kblockdWork(
        cpu,
        (ctx) => runWorkFunction(ctx, hctx),
        m.loggedTimer(device.index, TimerKind.resource_retry),
      )
      this.hctxs.push(hctx)
    }
    this.flushMachines = this.hctxs.map((hctx) => new FlushMachine(m, hctx))
    this.requeueWork = m.kblockdWork(
      m.cpus[0]!,
      (ctx) => this.requeueWorkFunction(ctx),
      m.loggedTimer(device.index, TimerKind.requeue),
    )
    this.setScheduler(spec.scheduler)
  }

  /** The name sysfs shows in brackets. */
  get scheduler(): string {
    return this.elevator?.name ?? 'none'
  }

  /** elevator_switch: only while nothing is queued (the caller has frozen the queue). */
  setScheduler(asked: string): void {
    const name = schedulerFor(this.m.profile, 'mq', asked)
    if (name === 'none') {
      this.elevator = undefined
      this.nrRequests = this.tagDepth
    } else {
      this.nrRequests = 2 * Math.min(this.tagDepth, BLKDEV_DEFAULT_RQ)
      this.elevator =
        name === 'kyber' ? new Kyber(this.m, this.nrRequests) : new MqDeadline(this.m, this.nrRequests, name)
    }
    this.lastMerge = undefined
    for (const hctx of this.hctxs) hctx.schedTags = this.elevator ? new TagSet(this.nrRequests) : undefined
  }

  *submitBio(ctx: Context, bio: Bio): Steps {
    yield* blkMqSubmitBio(this.m, ctx, bio, this, (rq) => this.flushMachines[rq.hctx.number]!.insert(rq))
  }

  /** blk_mq_update_nr_requests: a scheduler's tags may grow to a limit, driver tags never beyond what the host has. */
  setNrRequests(count: number): boolean {
    if (count > (this.elevator ? MAX_SCHED_RQ : this.tagDepth)) return false
    this.nrRequests = count
    for (const hctx of this.hctxs) (hctx.schedTags ?? hctx.tags).depth = count
    return true
  }

  allocateClone(cpuNumber: number, rwbs: number): Request | undefined {
    if (this.frozen) return undefined
    return tryNewRequest(this.m, cpuNumber, this, this.hctxOf(cpuNumber), rwbs)
  }

  /** blk_insert_cloned_request, after its checks. */
  *insertCloned(ctx: Context, clone: Request): Steps<BlkStatus> {
    const { cloneInsert } = this.m.profile
    if (cloneInsert === 'direct') return yield* issueDirectly(ctx, clone)
    if (cloneInsert === 'dispatch-list') bypassInsert(clone, false)
    else yield* insertAtTail(ctx, clone)
    yield* runHwQueue(ctx, clone.hctx, this.m.profile.cloneRun === 'async')
    return BlkStatus.OK
  }

  /** blk_mq_requeue_work: requeued requests to the head, requests the driver has prepared past the scheduler. */
  private *requeueWorkFunction(ctx: Context): Steps {
    for (const rq of this.requeueList.splice(0)) {
      if (ctx.spend(0)) yield
      if (rq.prepared) bypassInsert(rq, false)
      else for (const freed of insertRequest(rq, true)) freeRequest(freed)
    }
    for (const flush of this.flushList.splice(0)) insertRequest(flush, false)
    for (const hctx of this.hctxs) yield* runHwQueue(ctx, hctx, false)
  }
}
