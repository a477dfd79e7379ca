/**
 * A SCSI disk (drivers/scsi/scsi_lib.c, sd.c) on a scsi_debug host: the midlayer's share of queueing, budget, retries
 * and device states. What becomes of commands without an answer is in scsi-error-handler.ts, of lost links in
 * transport.ts, of results in scsi-result.ts.
 *
 * Simplified: commands carry no data; one host per disk; no unit attention after state changes; no passthrough commands
 * in the log, only the time they take; a blocked device is not set running from sysfs.
 */
import { finishRequest, updateRequest } from '../block/complete.ts'
import type { Request } from '../block/request.ts'
import { releaseBudget } from '../block/request-queue.ts'
import { RESOURCE_DELAY_NS, SCSI_DEVICE_BLOCKED, SD_MAX_RETRIES } from '../kernel/constants.ts'
import { BlkStatus, DeviceState, EventKind, Op, RequeueTo } from '../log/index.ts'
import type { InjectedError, ScenarioDevice } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { sleepNs } from '../sim/sleep.ts'
import { ALUA_FAILOVER_TIMEOUT_NS, AluaPort, RTPG_COMMANDS, RTPG_DELAY_NS } from './alua.ts'
import { Disk, type DriverWorld } from './disk.ts'
import { Injections } from './injections.ts'
import { runtimeExceeded, ScsiErrorHandler, type UnjamHost } from './scsi-error-handler.ts'
import { QueueFullTracker } from './scsi-queue-full.ts'
import {
  type Disposition,
  dispositionOf,
  MEDIUM_ERROR_UNRECOVERED,
  SCSI_GOOD,
  SCSI_RESULTS,
  type ScsiResult,
  TASK_SET_FULL,
  tellsWhere,
  TIMED_OUT,
} from './scsi-result.ts'
import { type Command, scaled } from './service.ts'
import { createTransport, type Transport, type TransportDevice } from './transport.ts'

/** Commands of a rescan that take the disk's service time; the others are answered at once (seen: e21). */
const RESCAN_TIMED_COMMANDS = 19

/** What the midlayer keeps with a request (struct scsi_cmnd). */
interface ScsiCommand {
  readonly result: ScsiResult
  /** Sectors done before the failing one. */
  readonly goodSectors: number
  /** jiffies_at_alloc: when the first try was prepared. */
  readonly allocNs: number
}

export class ScsiDebugDisk extends Disk implements TransportDevice, UnjamHost {
  readonly driver = 'scsi_debug'
  private readonly mediumError: ScenarioDevice['medium_error']
  private readonly injections: Injections
  private readonly transport: Transport | undefined
  private readonly errors: ScsiErrorHandler
  private readonly queueFull = new QueueFullTracker()
  private readonly unblockWaiters: Context[] = []
  private alua: AluaPort | undefined
  private cableIn = true
  /** sdev->device_busy */
  private busyCommands = 0
  /** sdev->device_blocked: after a busy answer, tries to be refused once the device has drained. */
  private deviceBlocked = 0
  /** sdev->restarts: somebody was refused for lack of budget. */
  private restarts = false

  constructor(world: DriverWorld, index: number, spec: ScenarioDevice) {
    super(world, index, spec)
    this.mediumError = spec.medium_error
    this.injections = new Injections(spec.name, world.seed)
    this.errors = new ScsiErrorHandler(world.m, index, this)
    this.transport = spec.transport && createTransport(world.m, index, spec.transport, this)
    if (spec.hw_handler_attached === 'alua') this.alua = new AluaPort(spec)
  }

  /** scsi_mq_get_budget, scsi_dev_queue_ready */
  getBudget(): boolean {
    if (this.busyCommands < this.queueDepth && this.unblocksNow()) {
      this.busyCommands++
      return true
    }
    this.restarts = true
    if (this.busyCommands === 0 && this.state !== DeviceState.blocked)
      for (const hctx of this.queue.hctxs) hctx.delayRun(RESOURCE_DELAY_NS)
    return false
  }

  /** After a busy answer the device drains first, and then a few tries are refused. */
  private unblocksNow(): boolean {
    if (this.deviceBlocked === 0) return true
    return this.busyCommands === 0 && --this.deviceBlocked === 0
  }

  /** scsi_mq_put_budget, scsi_device_unbusy */
  putBudget(): void {
    this.busyCommands--
  }

  /** scsi_mq_lld_busy */
  busy(): boolean {
    if (!this.alive) return false
    return this.errors.inRecovery || this.deviceBlocked > 0 || this.busyCommands >= this.queueDepth
  }

  /** scsi_queue_rq */
  *queueRq(ctx: Context, rq: Request): Steps<BlkStatus> {
    const refusal = this.checkState()
    if (refusal !== BlkStatus.OK) {
      releaseBudget(rq)
      if (refusal !== BlkStatus.RESOURCE) this.runQueueAsync()
      return refusal
    }
    if (this.alua?.serves === false) {
      rq.quiet = true
      releaseBudget(rq)
      return BlkStatus.IOERR
    }
    const before = rq.prepared ? (rq.pdu as ScsiCommand) : undefined
    rq.prepared = true
    this.startRequest(rq)
    this.dispatchCommand(rq, before?.allocNs ?? this.m.clock.nowNs)
    if (ctx.spend(this.m.costs.driverQueue)) yield
    return BlkStatus.OK
  }

  /** scsi_dispatch_cmd: to the adapter, which may answer by itself. */
  private dispatchCommand(rq: Request, allocNs: number): void {
    const adapters = this.transport?.ready()
    if (adapters === undefined) {
      rq.pdu = { ...this.execute(rq), allocNs }
      this.send(rq)
      return
    }
    rq.pdu = { result: adapters, goodSectors: 0, allocNs }
    this.scsiDone(rq)
  }

  /** scsi_device_state_check, scsi_host_queue_ready */
  private checkState(): BlkStatus {
    switch (this.state) {
      case DeviceState.offline:
      case DeviceState.transport_offline:
        return BlkStatus.IOERR
      case DeviceState.blocked:
        return BlkStatus.RESOURCE
      case DeviceState.deleted:
        return BlkStatus.OFFLINE
      case DeviceState.running:
      case DeviceState.hung: // only ever said in the log
        return this.errors.inRecovery ? BlkStatus.RESOURCE : BlkStatus.OK
    }
  }

  /** What the device will answer, decided when the command is taken. */
  private execute(rq: Request): Pick<ScsiCommand, 'result' | 'goodSectors'> {
    const injected = this.injections.take(rq)
    if (injected) {
      const text = this.m.intern(describe(injected))
      this.m.log.emit(EventKind.inject, this.index, rq.rwbs, rq.id, 0, rq.sector, rq.sizeSectors, text)
      const result = resultOf(injected)
      const first = injected.first_sector
      const told = first !== undefined && tellsWhere(result)
      return { result, goodSectors: told ? Math.max(0, first - rq.sector) : 0 }
    }
    const bad = this.mediumError
    const isRead = rq.op === Op.READ
    if (bad && isRead && rq.sector < bad.first_sector + bad.sectors && rq.endSector > bad.first_sector) {
      return { result: MEDIUM_ERROR_UNRECOVERED, goodSectors: Math.max(0, bad.first_sector - rq.sector) }
    }
    return { result: SCSI_GOOD, goodSectors: rq.sizeSectors }
  }

  protected answered(command: Command): void {
    if (command.refused) setResult(command.rq, TASK_SET_FULL)
    this.scsiDone(command.rq)
    this.errors.wake()
  }

  /** scsi_done: the midlayer's part of the completion runs in the block softirq. */
  private scsiDone(rq: Request): void {
    this.world.softirqs[rq.cpuNumber]!.raise(rq)
  }

  /** scsi_complete, scsi_finish_command, scsi_io_completion */
  complete(rq: Request): void {
    const command = rq.pdu as ScsiCommand
    releaseBudget(rq)
    this.noteQueueFull(command.result)
    const disposition = this.dispose(rq, command)
    if (disposition.kind !== 'busy') this.deviceBlocked = 0
    switch (disposition.kind) {
      case 'done':
        this.m.media?.transfer(this.spec.lun, rq, rq.sizeSectors)
        this.endWith(rq, BlkStatus.OK, rq.sizeSectors)
        break
      case 'retry':
        if (++rq.retries <= SD_MAX_RETRIES) this.tryAgain(rq)
        else this.failAfter(rq, 0, disposition.status)
        break
      case 'busy':
        this.deviceBlocked = SCSI_DEVICE_BLOCKED
        this.tryAgain(rq)
        break
      case 'requeue':
        this.tryAgain(rq)
        break
      case 'delayed':
        this.queue.requeue(rq, RequeueTo.delayed)
        this.queue.kickRequeueList(disposition.delayNs)
        break
      case 'fail':
        this.failAfter(rq, command.goodSectors, disposition.status)
        break
    }
    this.runQueueAsync()
  }

  /** scsi_decide_disposition, and the end of patience with a command that is sent again and again. */
  private dispose(rq: Request, { result, allocNs }: ScsiCommand): Disposition {
    const disposition = dispositionOf(result, rq.failfastTransport)
    if (disposition.kind === 'done' || disposition.kind === 'fail') return disposition
    if (!runtimeExceeded(allocNs, this.m.clock.nowNs, SD_MAX_RETRIES)) return disposition
    return { kind: 'fail', status: disposition.kind === 'retry' ? disposition.status : BlkStatus.IOERR }
  }

  private noteQueueFull(result: ScsiResult): void {
    if (result.statusByte !== TASK_SET_FULL.statusByte) return
    const depth = this.queueFull.note(this.m.clock.nowNs, this.queueDepth)
    if (depth !== undefined) this.setQueueDepth(depth)
  }

  /** scsi_end_request for a command that has ended well. */
  private endWith(rq: Request, status: BlkStatus, sectors: number): void {
    updateRequest(rq, status, sectors)
    finishRequest(rq, status)
  }

  /** A failed command: first what was good (often nothing), then the rest with the error. */
  private failAfter(rq: Request, goodSectors: number, status: BlkStatus): void {
    this.m.media?.transfer(this.spec.lun, rq, goodSectors)
    if (updateRequest(rq, BlkStatus.OK, goodSectors) || rq.sizeSectors === 0)
      this.endWith(rq, status, rq.sizeSectors)
    else finishRequest(rq, BlkStatus.OK)
  }

  /** scsi_queue_insert, __scsi_queue_insert */
  private tryAgain(rq: Request): void {
    this.queue.requeue(rq, RequeueTo.requeue_list)
    this.queue.kickRequeueList(0)
  }

  /** scsi_run_queue_async */
  private runQueueAsync(): void {
    if (!this.restarts) return
    this.restarts = false
    this.queue.runAllAsync()
  }

  protected timedOut(command: Command): void {
    this.errors.timedOut(command)
  }

  // ---- UnjamHost: what the error handler does ------------------------------------------------------------------------

  get answers(): boolean {
    return !this.silent
  }

  get heedsAborts(): boolean {
    return this.linkUp && !this.stalled && (!this.hung || this.abortsWhileHung)
  }

  finish(command: Command, again: boolean): void {
    const { rq } = command
    this.takeBack(command)
    setResult(rq, TIMED_OUT)
    if (!again) rq.retries = SD_MAX_RETRIES
    this.scsiDone(rq)
  }

  takeOffline(): void {
    this.setState(DeviceState.offline)
  }

  runQueue(): void {
    this.queue.runAllAsync()
  }

  // ---- TransportDevice: what its transport does ----------------------------------------------------------------------

  override get reachable(): boolean {
    return this.cableIn
  }

  setLink(up: boolean): void {
    this.cableIn = up
    if (this.transport) {
      if (up) this.transport.linkUp()
      else this.transport.linkDown()
    } else if (up !== this.linkUp) {
      this.linkUp = up
      if (!up) this.loseAnswers()
    }
  }

  /** scsi_internal_device_block_nowait */
  block(): void {
    if (this.state !== DeviceState.running) return
    this.queue.quiesced = true
    this.setState(DeviceState.blocked)
  }

  /** scsi_internal_device_unblock_nowait: a device that an administrator took offline stays so, but its queue runs. */
  unblock(state: DeviceState): void {
    if (this.state === DeviceState.blocked || this.state === DeviceState.transport_offline)
      this.setState(state)
    this.startQueue()
  }

  /** scsi_start_queue */
  private startQueue(): void {
    this.queue.quiesced = false
    this.queue.runAllAsync()
    for (const waiter of this.unblockWaiters.splice(0)) waiter.wake()
  }

  returnAll(result: ScsiResult): void {
    this.errors.stop()
    for (const command of [...this.inFlight]) {
      this.takeBack(command)
      setResult(command.rq, result)
      this.scsiDone(command.rq)
    }
  }

  stall(on: boolean): void {
    if (on === this.stalled) return
    this.stalled = on
    if (on) this.watch.watch()
    else this.releaseSoon()
  }

  /** __scsi_remove_device: a blocked queue is started, so that what waits in it ends. */
  remove(): void {
    if (!this.alive) return
    this.alive = false
    this.transport?.removed()
    this.setState(DeviceState.deleted)
    this.startQueue()
  }

  rediscover(): void {
    this.world.rediscover(this.index)
  }

  override get timerRuns(): boolean {
    return super.timerRuns || this.errors.running || this.transport?.timerRuns === true
  }

  // ---- sysfs, hardware handler ---------------------------------------------------------------------------------------

  get hwHandler(): string | undefined {
    return this.alua ? 'alua' : undefined
  }

  attachHandler(name: string): void {
    if (name === 'alua') this.alua ??= new AluaPort(this.spec)
  }

  *activate(ctx: Context): Steps<boolean> {
    yield* sleepNs(this.m, ctx, RTPG_DELAY_NS + this.passthroughNs * RTPG_COMMANDS)
    while (this.state === DeviceState.blocked) {
      this.unblockWaiters.push(ctx)
      ctx.sleep()
      yield
    }
    if (this.silent) yield* sleepNs(this.m, ctx, ALUA_FAILOVER_TIMEOUT_NS)
    if (ctx.spend(this.m.costs.driverQueue * RTPG_COMMANDS)) yield
    if (!this.alive || this.silent || this.state !== DeviceState.running) return false
    return this.alua?.ask() !== false
  }

  /** Time of a command that is not in the log. */
  private get passthroughNs(): number {
    return this.completion.kind === 'timer' ? scaled(this.completion.ns, this.pace) : 0
  }

  inject(error: InjectedError): void {
    this.injections.add(error)
  }

  *writeDeviceAttribute(ctx: Context, attribute: string, value: string): Steps<string | undefined> {
    switch (attribute) {
      case 'state':
        return yield* this.writeState(ctx, value)
      case 'delete':
        this.remove()
        return ''
      case 'queue_depth':
        if (!/^[1-9]\d{0,4}$/.test(value)) return 'Invalid argument'
        this.setQueueDepth(Math.min(Number(value), this.queue.hctxs[0]!.tags.depth))
        this.queue.runAllAsync()
        return ''
      case 'ndelay':
        this.setCompletion(Number(value) === 0 ? { kind: 'immediate' } : { kind: 'timer', ns: Number(value) })
        return ''
      default:
        return undefined
    }
  }

  /** store_state_field: only `running` and `offline` may be written. */
  private *writeState(ctx: Context, value: string): Steps<string> {
    if (this.state === DeviceState.blocked && value === 'running') return 'Invalid argument'
    if (value === 'offline') this.setState(DeviceState.offline)
    else if (value === 'running') {
      this.setState(DeviceState.running)
      yield* this.revalidate(ctx)
    } else return 'Invalid argument'
    return ''
  }

  /** scsi_rescan_device: whoever writes `running` waits for the commands that look at the disk again. */
  private *revalidate(ctx: Context): Steps {
    if (this.passthroughNs > 0) yield* sleepNs(this.m, ctx, this.passthroughNs * RESCAN_TIMED_COMMANDS)
  }

  private setQueueDepth(depth: number): void {
    this.queueDepth = depth
    this.m.log.emit(EventKind.queue_depth, this.index, 0, 0, 0, 0, 0, depth)
  }

  private setState(state: DeviceState): void {
    this.state = state
    this.say(state)
    for (const hctx of this.queue.hctxs) if (hctx.dispatch.length > 0) hctx.delayRun(RESOURCE_DELAY_NS)
  }
}

/** set_host_byte and the like: what becomes of the command in place of the device's answer. */
function setResult(rq: Request, result: ScsiResult): void {
  rq.pdu = { ...(rq.pdu as ScsiCommand), result, goodSectors: 0 }
}

function resultOf(e: InjectedError): ScsiResult {
  const named = e.status === undefined ? undefined : SCSI_RESULTS.get(e.status)
  if (named) return named
  return {
    hostByte: e.host_byte,
    statusByte: e.status_byte,
    senseKey: e.sense_key,
    asc: e.asc,
    ascq: e.ascq,
  }
}

function describe(e: InjectedError): string {
  const hex = (n: number): string => n.toString(16).padStart(2, '0')
  if (e.status !== undefined) return `${e.command} ${e.status}`
  return `${e.command} host byte ${hex(e.host_byte)} status ${hex(e.status_byte)} sense ${hex(e.sense_key)}/${hex(e.asc)}/${hex(e.ascq)}`
}
