/**
 * The SCSI midlayer's share of a disk (drivers/scsi/scsi_lib.c, sd.c, 6.1): queueing, budget, completion, retries. What
 * becomes of commands without an answer is in scsi-error-handler.ts, of results in scsi-result.ts; what the device
 * answers in scsi-answers.ts.
 *
 * Simplified: commands carry no data; one host per disk; no unit attention after state changes.
 */
import { finishRequest, updateRequest } from '../block/complete.ts'
import type { Request } from '../block/request.ts'
import { releaseBudget } from '../block/request-queue.ts'
import { RESOURCE_DELAY_NS, SD_MAX_RETRIES } from '../kernel/constants.ts'
import { type AccessState, BlkStatus, DeviceState, EventKind, RequeueTo } from '../log/index.ts'
import type { InjectedError, ScenarioDevice } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { Disk, type DriverWorld } from './disk.ts'
import { ScsiAnswers } from './scsi-answers.ts'
import { ScsiBudget } from './scsi-budget.ts'
import { ScsiCdb } from './scsi-cdb.ts'
import { commandOf, dispose, setResult } from './scsi-command.ts'
import { ScsiErrorHandler, type UnjamHost } from './scsi-error-handler.ts'
import { QueueFullTracker } from './scsi-queue-full.ts'
import { type Disposition, type ScsiResult, TASK_SET_FULL, TIMED_OUT } from './scsi-result.ts'
import { TargetPort } from './target-port.ts'
import type { Command } from './command.ts'

const PREPARED_ANEW: Disposition = { kind: 'delayed', delayNs: 0 }

export abstract class ScsiDisk extends Disk implements UnjamHost {
  protected readonly errors: ScsiErrorHandler
  /** Where the array takes its commands. */
  readonly port: TargetPort
  private readonly deviceAnswers: ScsiAnswers
  private readonly queueFull = new QueueFullTracker()
  private readonly budget = new ScsiBudget()
  private readonly cdb: ScsiCdb

  constructor(world: DriverWorld, index: number, spec: ScenarioDevice) {
    super(world, index, spec)
    this.port = new TargetPort(spec)
    this.deviceAnswers = new ScsiAnswers(world.m, index, spec, this.port, world.seed)
    this.cdb = new ScsiCdb(this.queue.limits.logicalBlockSize)
    this.errors = new ScsiErrorHandler(world.m, index, this)
  }

  /** scsi_device_handler.prep_fn */
  protected abstract prepareForPort(): BlkStatus
  /** scsi_device_handler.check_sense */
  protected abstract noteSense(result: ScsiResult): void
  /** What the adapter answers by itself, undefined when it sends the command. */
  protected abstract adapterAnswers(): ScsiResult | undefined

  getBudget(): boolean {
    if (this.budget.take(this.queueDepth)) return true
    if (this.budget.idle && this.state !== DeviceState.blocked)
      for (const hctx of this.queue.hctxs) hctx.delayRun(RESOURCE_DELAY_NS)
    return false
  }

  putBudget(): void {
    this.budget.give()
  }

  /** scsi_mq_lld_busy */
  busy(): boolean {
    if (!this.alive) return false
    return this.errors.inRecovery || this.budget.busy(this.queueDepth)
  }

  /** scsi_queue_rq */
  *queueRq(ctx: Context, rq: Request): Steps<BlkStatus> {
    const refusal = this.checkState()
    if (refusal !== BlkStatus.OK) {
      releaseBudget(rq)
      if (refusal !== BlkStatus.RESOURCE) this.runQueueAsync()
      return refusal
    }
    const prepared = this.prepareForPort()
    if (prepared !== BlkStatus.OK) {
      rq.quiet = prepared === BlkStatus.IOERR
      releaseBudget(rq)
      return prepared
    }
    const allocNs = rq.pdu === undefined ? this.m.clock.nowNs : commandOf(rq).allocNs
    rq.prepared = true
    this.startRequest(rq)
    this.dispatchCommand(rq, allocNs)
    if (ctx.spend(this.m.costs.dispatch + this.m.costs.driverQueue)) yield
    return BlkStatus.OK
  }

  /** scsi_dispatch_cmd: to the adapter, which may answer by itself. */
  private dispatchCommand(rq: Request, allocNs: number): void {
    const adapters = this.adapterAnswers()
    if (adapters === undefined) {
      rq.pdu = { ...this.deviceAnswers.to(rq, this.cdb.bytesOf(rq)), allocNs }
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
      case DeviceState.connecting: // no state of a SCSI device
        return this.errors.inRecovery ? BlkStatus.RESOURCE : BlkStatus.OK
    }
  }

  protected answered(command: Command): void {
    if (command.refused) setResult(command.rq, TASK_SET_FULL)
    this.scsiDone(command.rq)
    this.errors.wake()
  }

  /** scsi_done: the midlayer's part of the completion runs in the block softirq. */
  protected scsiDone(rq: Request): void {
    this.world.softirqs[rq.cpuNumber]!.raise(rq)
  }

  /** scsi_complete, scsi_finish_command, scsi_io_completion */
  complete(rq: Request): void {
    const command = commandOf(rq)
    releaseBudget(rq)
    this.noteQueueFull(command.result)
    this.noteSense(command.result)
    const disposition = this.cdb.learnsFrom(rq, command.result)
      ? PREPARED_ANEW
      : dispose(rq, this.m.clock.nowNs)
    if (disposition.kind !== 'busy') this.budget.unblock()
    this.dispositionIs(disposition, rq, command.goodSectors)
    this.runQueueAsync()
  }

  private dispositionIs(disposition: Disposition, rq: Request, goodSectors: number): void {
    switch (disposition.kind) {
      case 'done':
        this.m.media?.transfer(this.spec.lun, rq, rq.sizeSectors)
        this.endWith(rq, BlkStatus.OK, rq.sizeSectors)
        break
      case 'retry':
        if (++rq.retries <= SD_MAX_RETRIES) this.tryAgain(rq)
        else this.dispositionIs(disposition.then, rq, 0)
        break
      case 'busy':
        this.budget.block()
        this.tryAgain(rq)
        break
      case 'requeue':
        this.tryAgain(rq)
        break
      case 'delayed':
        this.prepareAnew(rq, disposition.delayNs)
        break
      case 'fail':
        this.failAfter(rq, goodSectors, disposition.status)
        break
    }
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

  /** scsi_mq_requeue_cmd: what was prepared is undone, so it comes back through the scheduler. */
  private prepareAnew(rq: Request, delayNs: number): void {
    rq.prepared = false
    this.queue.requeue(rq, delayNs > 0 ? RequeueTo.delayed : RequeueTo.requeue_list)
    this.queue.kickRequeueList(delayNs)
  }

  /** scsi_run_queue_async */
  private runQueueAsync(): void {
    if (this.budget.restart()) this.queue.runAllAsync()
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

  setAccessState(state: AccessState): void {
    this.port.change(state)
  }

  inject(error: InjectedError): void {
    this.deviceAnswers.inject(error)
  }

  protected setQueueDepth(depth: number): void {
    this.queueDepth = depth
    this.m.log.emit(EventKind.queue_depth, this.index, 0, 0, 0, 0, 0, depth)
  }

  protected setState(state: DeviceState): void {
    this.state = state
    this.say(state)
    for (const hctx of this.queue.hctxs) if (hctx.dispatch.length > 0) hctx.delayRun(RESOURCE_DELAY_NS)
  }
}
