/**
 * struct mapped_device (drivers/md/dm.c, dm-core.h): the dm device with its live table, its queue and what a suspend
 * holds back. Bio mode and request mode are two parts with one door each; which one it has is fixed by the first table.
 */
import type { Bio } from '../block/bio.ts'
import type { BlockDevice } from '../block/block-device.ts'
import { MqQueue } from '../block/blk-mq.ts'
import type { IoQueue } from '../block/io-queue.ts'
import { LegacyQueue } from '../block/legacy/legacy-queue.ts'
import { defaultScheduler } from '../block/scheduler-names.ts'
import type { QueueKind } from '../kernel/profile.ts'
import type { BlockSoftirq } from '../block/complete.ts'
import { type QueueLimits, stackingLimits, stackLimits } from '../block/limits.ts'
import { RequestQueue } from '../block/request-queue.ts'
import type { PathDevice } from '../drivers/path-device.ts'
import { type DmQueueMode, DmState, EventKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { DmBio } from './dm-bio.ts'
import { DmRq } from './dm-rq.ts'
import { DmRequestFn } from './dm-rq-legacy.ts'
import { Multipath, type MultipathHost, type MultipathParameters } from './mpath/multipath.ts'
import type { MultipathTable } from './mpath/table.ts'

export interface MappedDeviceSpec {
  readonly index: number
  readonly name: string
  readonly dev: string
  readonly sizeSectors: number
  readonly parameters: MultipathParameters
}

export class MappedDevice implements BlockDevice, MultipathHost {
  readonly index: number
  readonly name: string
  readonly dev: string
  readonly sizeSectors: number
  readonly alive = true
  readonly hasSubmitBio: boolean
  readonly mode: DmQueueMode
  readonly queue: RequestQueue
  /** The same queue in request mode, with its scheduler; undefined in bio mode, which has no requests. */
  readonly ioQueue: IoQueue | undefined
  readonly parameters: MultipathParameters
  /** The live target. */
  target: Multipath
  /** A table that was loaded and becomes live at the next resume. */
  inactiveTable: MultipathTable | undefined
  /** DMF_BLOCK_IO_FOR_SUSPEND */
  blockIoForSuspend = false
  noflushSuspending = false
  /** The suspend in force was one with noflush. */
  suspendedNoflush = false
  suspended = false
  readonly bioPart: DmBio | undefined
  readonly rqPart: DmRq | undefined
  private readonly m: Machine
  private readonly deviceOf: (dev: string) => PathDevice
  private readonly idleWaiters: Context[] = []

  constructor(
    m: Machine,
    softirqs: readonly BlockSoftirq[],
    spec: MappedDeviceSpec,
    table: MultipathTable,
    deviceOf: (dev: string) => PathDevice,
  ) {
    this.m = m
    this.index = spec.index
    this.name = spec.name
    this.dev = spec.dev
    this.sizeSectors = spec.sizeSectors
    this.parameters = spec.parameters
    this.deviceOf = deviceOf
    this.mode = table.queueMode
    this.hasSubmitBio = this.mode === 'bio'
    this.target = this.makeTarget(table)
    const limits = this.stackedLimits()
    if (this.mode === 'bio') {
      this.bioPart = new DmBio(m, this)
      this.queue = new RequestQueue(m, this, limits, undefined)
    } else {
      this.rqPart = new DmRq(m, this, softirqs)
      this.ioQueue = this.upperQueue(this.rqPart, table.upperQueue, limits)
      this.queue = this.ioQueue
    }
  }

  *submitBio(ctx: Context, bio: Bio): Steps {
    if (this.bioPart) yield* this.bioPart.submitBio(ctx, bio)
    else if (this.ioQueue) yield* this.ioQueue.submitBio(ctx, bio)
  }

  /** dm_setup_md_queue */
  private upperQueue(ops: DmRq, kind: QueueKind, limits: QueueLimits): IoQueue {
    const { m } = this
    const tagDepth = m.profile.dmMqDepth
    const scheduler = defaultScheduler(m.profile, kind)
    if (kind === 'mq') return new MqQueue(m, this, { limits, ops, hwQueues: 1, tagDepth, scheduler })
    const dm = new DmRequestFn(m, this, ops)
    const requestFn = (ctx: Context, queue: LegacyQueue): Steps => dm.run(ctx, queue)
    return new LegacyQueue(m, this, { limits, ops, tagDepth, scheduler, requestFn })
  }

  private makeTarget(table: MultipathTable): Multipath {
    return new Multipath(this.m, this, table, this.deviceOf, this.parameters)
  }

  /** dm_calculate_queue_limits: what all paths of all groups can take, as they are now. */
  private stackedLimits(): QueueLimits {
    const limits = stackingLimits()
    for (const path of this.target.paths) if (path.device.alive) stackLimits(limits, path.device.queue.limits)
    return limits
  }

  /** __bind: the inactive table becomes live; sysfs tuning of the dm queue is lost. */
  swapTable(): void {
    if (this.inactiveTable === undefined) return
    this.target.destroy()
    this.target = this.makeTarget(this.inactiveTable)
    this.inactiveTable = undefined
    const keepsLimits = this.mode === 'rq' && this.suspendedNoflush && this.m.profile.noflushReloadKeepsLimits
    if (!keepsLimits && this.target.paths.some((path) => path.device.alive))
      this.queue.limits = this.stackedLimits()
    this.m.log.emit(EventKind.dm_state, this.index, 0, 0, 0, 0, 0, DmState.table_live)
  }

  /** I/Os between this device and its paths (md_in_flight), and submissions that are on their way there. */
  get inFlight(): number {
    if (this.bioPart) return this.bioPart.inFlight + this.bioPart.submitting
    return this.rqPart?.inFlight ?? 0
  }

  /** m->queue_size */
  get queuedIos(): number {
    return this.bioPart?.queuedBios.length ?? this.rqPart?.heldRequests ?? 0
  }

  waitUntilIdle(ctx: Context): void {
    this.idleWaiters.push(ctx)
  }

  wakeWhenIdle(): void {
    if (this.inFlight > 0) return
    for (const waiter of this.idleWaiters.splice(0)) waiter.wake()
  }

  /** process_queued_io_list */
  runQueuedIo(): void {
    if (this.bioPart) this.bioPart.kickRetry()
    else this.rqPart?.runQueuedIo()
  }
}
