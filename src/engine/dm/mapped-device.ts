/**
 * struct mapped_device (drivers/md/dm.c, dm-core.h): a dm device with the targets of its live table, its queue and what a
 * suspend holds back. Bio mode and request mode are two parts with one door each; which one it has is fixed by the first
 * table.
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
import type { HandledDevice } from '../drivers/path-device.ts'
import { type DmQueueMode, DmState, EventKind, ScsiDh } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { Mutex } from '../sim/mutex.ts'
import { DmBio } from './dm-bio.ts'
import { DmRq } from './dm-rq.ts'
import { DmRequestFn } from './dm-rq-legacy.ts'
import { type DmTable, devsIn, type TargetSpec } from './dm-table.ts'
import { LinearTarget } from './linear.ts'
import type { Multipath, MultipathHost, MultipathParameters } from './mpath/multipath.ts'
import { MultipathTarget } from './mpath/target.ts'
import type { Target } from './target.ts'

export interface MappedDeviceSpec {
  readonly index: number
  /** `dm-0` */
  readonly name: string
  /** Name as dmsetup knows it. */
  readonly mapName: string
  readonly dev: string
  readonly sizeSectors: number
  readonly parameters: MultipathParameters
}

const MOST_MERGE_DEADLINE_US = 100_000

export class MappedDevice implements HandledDevice, MultipathHost {
  readonly index: number
  readonly name: string
  readonly mapName: string
  readonly dev: string
  readonly sizeSectors: number
  readonly alive = true
  readonly hwHandler = undefined
  readonly hasSubmitBio: boolean
  readonly mode: DmQueueMode
  readonly queue: RequestQueue
  /** The same queue in request mode, with its scheduler; undefined in bio mode, which has no requests. */
  readonly ioQueue: IoQueue | undefined
  readonly parameters: MultipathParameters
  /** The targets of the live table, in the order of their sectors. */
  targets: readonly Target[]
  /** A table that was loaded and becomes live at the next resume. */
  inactiveTable: DmTable | undefined
  /** DMF_BLOCK_IO_FOR_SUSPEND */
  blockIoForSuspend = false
  noflushSuspending = false
  /** The suspend in force was one with noflush. */
  suspendedNoflush = false
  suspended = false
  readonly suspendLock: Mutex = new Mutex()
  readonly bioPart: DmBio | undefined
  readonly rqPart: DmRq | undefined
  private readonly m: Machine
  private readonly deviceOf: (dev: string) => HandledDevice
  private readonly idleWaiters: Context[] = []

  private requestFn: DmRequestFn | undefined

  constructor(
    m: Machine,
    softirqs: readonly BlockSoftirq[],
    spec: MappedDeviceSpec,
    table: DmTable,
    deviceOf: (dev: string) => HandledDevice,
  ) {
    this.m = m
    this.index = spec.index
    this.name = spec.name
    this.mapName = spec.mapName
    this.dev = spec.dev
    this.sizeSectors = spec.sizeSectors
    this.parameters = spec.parameters
    this.deviceOf = deviceOf
    this.mode = table.mode
    this.hasSubmitBio = this.mode === 'bio'
    this.targets = table.targets.map((target) => this.makeTarget(target))
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
    this.requestFn = dm
    const requestFn = (ctx: Context, queue: LegacyQueue): Steps => dm.run(ctx, queue)
    return new LegacyQueue(m, this, { limits, ops, tagDepth, scheduler, requestFn })
  }

  /** dm_attr_rq_based_seq_io_merge_deadline_store: at most 100 ms; of no effect but on a legacy queue of 4.1 to 4.19. */
  setMergeDeadline(us: number): void {
    if (this.requestFn && this.m.profile.mergeDeadline)
      this.requestFn.mergeDeadlineNs = Math.min(us, MOST_MERGE_DEADLINE_US) * 1000
  }

  private makeTarget(spec: TargetSpec): Target {
    if (spec.type === 'linear') return new LinearTarget(spec.table, this.deviceOf(spec.table.dev))
    return new MultipathTarget(this.m, this, spec.table, this.deviceOf, this.parameters)
  }

  /** dm_table_find_target; a table of one target is not asked. */
  targetAt(sector: number): Target {
    const { targets } = this
    if (targets.length === 1) return targets[0]!
    let low = 0
    let high = targets.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (targets[middle]!.startSector <= sector) low = middle
      else high = middle - 1
    }
    return targets[low]!
  }

  /** Everything that the live table leads to. */
  get devices(): readonly BlockDevice[] {
    return this.targets.flatMap((target) => target.devices)
  }

  /** A table holds the device of this number, live or loaded. */
  holds(device: BlockDevice): boolean {
    if (this.devices.includes(device)) return true
    return this.inactiveTable !== undefined && devsIn(this.inactiveTable).includes(device.dev)
  }

  /** `dmsetup status` and `dmsetup table`, a line for each target. */
  get status(): string {
    return this.targets.map((target) => target.infoLine).join('\n')
  }

  get tableText(): string {
    return this.targets.map((target) => target.tableLine).join('\n')
  }

  /** The multipath target, which only the multipath map has. */
  get target(): Multipath {
    return this.multipathTarget.multipath
  }

  get isMultipath(): boolean {
    return this.targets[0] instanceof MultipathTarget
  }

  private get multipathTarget(): MultipathTarget {
    const [target] = this.targets
    if (target instanceof MultipathTarget) return target
    throw new Error(`${this.name} is no multipath map`)
  }

  /** dm_calculate_queue_limits: what all devices of all targets can take, as they are now. */
  private stackedLimits(): QueueLimits {
    const limits = stackingLimits()
    for (const device of this.devices) if (device.alive) stackLimits(limits, device.queue.limits)
    return limits
  }

  /** __bind: the inactive table becomes live; sysfs tuning of the dm queue is lost. */
  swapTable(): void {
    if (this.inactiveTable === undefined) return
    for (const target of this.targets) target.destroy?.()
    this.targets = this.inactiveTable.targets.map((target) => this.makeTarget(target))
    this.inactiveTable = undefined
    const keepsLimits = this.mode === 'rq' && this.suspendedNoflush && this.m.profile.noflushReloadKeepsLimits
    if (!keepsLimits && this.devices.some((device) => device.alive)) this.queue.limits = this.stackedLimits()
    this.m.log.emit(EventKind.dm_state, this.index, 0, 0, 0, 0, 0, DmState.table_live)
  }

  /** I/Os between this device and those below (md_in_flight), and submissions that are on their way there. */
  get inFlight(): number {
    if (this.bioPart) return this.bioPart.inFlight + this.bioPart.submitting
    return this.rqPart?.inFlight ?? 0
  }

  /** What waits here or in a target for something to change. */
  get held(): number {
    return this.targets.reduce((sum, target) => sum + target.held, this.bioPart?.deferred.length ?? 0)
  }

  /** m->queue_size */
  get queuedIos(): number {
    return this.rqPart?.heldRequests ?? this.multipathTarget.held
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
    if (this.bioPart) this.multipathTarget.queuedBios.kick()
    else this.rqPart?.runQueuedIo()
  }

  attachHandler(): void {
    // not a SCSI device: there is nothing to attach to
  }

  *activate(): Steps<ScsiDh> {
    return ScsiDh.NOSYS
  }
}
