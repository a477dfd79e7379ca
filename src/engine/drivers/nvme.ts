/**
 * An NVMe namespace (drivers/nvme/host/pci.c, core.c, 6.1): no midlayer, hardware queues with tags of their own, each for
 * the CPUs that map to it, and completions that end in the interrupt where there is more than one hardware queue
 * (blk_mq_complete_request_remote).
 *
 * A command without an answer is aborted after 30 s; one that does not heed that for another 30 s costs the controller a
 * reset, which a controller that is still silent does not survive: its namespace is removed. A card that is pulled out
 * loses what it had, and its namespace, at once.
 *
 * With a transport it is a controller over fabrics (transport-fabrics.ts): while that connects again, commands that
 * may not wait (FAILFAST) or that a head can send elsewhere end for their path, and others are held in the queue.
 *
 * How it shows the namespace (ANA) is read by the head of native multipath alone; commands to one that is not accessible
 * fail for their path in every stack.
 *
 * Simplified: one namespace per controller; a retry (only for commands without FAILFAST) is immediate; a reset of the
 * card takes no time.
 */
import { endRequest } from '../block/complete.ts'
import type { Request } from '../block/request.ts'
import { ANA_LOG_NS, COMMAND_TIMEOUT_NS, NVME_MAX_RETRIES } from '../kernel/constants.ts'
import {
  AnaState,
  BlkStatus,
  CompletedIn,
  DeviceState,
  EventKind,
  RequeueTo,
  ScsiDh,
  TimerKind,
} from '../log/index.ts'
import type { InjectedError, ScenarioDevice } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { DeviceTimer } from './device-timer.ts'
import { Disk, type DriverWorld } from './disk.ts'
import { Injections } from './injections.ts'
import type { NvmeHead, NvmeNamespace } from './nvme-head.ts'
import { type FabricsController, FabricsConnection } from './transport-fabrics.ts'
import type { TransportAttribute } from './transport.ts'
import { ANA_ERRORS, blkStatusOf, isAnaError, isPathError } from './nvme-status.ts'
import type { Command } from './command.ts'

export class NvmeDisk extends Disk implements NvmeNamespace, FabricsController {
  readonly driver = 'nvme'
  readonly hwHandler = undefined
  /** The head of the namespace, where native multipath has one. */
  head: NvmeHead | undefined
  /** What the host believes; the controller's own answer is in anaNow. */
  anaState: AnaState
  private anaNow: AnaState
  /** NVME_NS_ANA_PENDING: an error has said that the host's belief is out of date. */
  private anaPending = false
  private readonly anaWork: DeviceTimer
  private readonly injections: Injections
  private readonly reset: DeviceTimer
  /** Undefined for a card in this machine (PCIe). */
  private readonly connection: FabricsConnection | undefined

  constructor(world: DriverWorld, index: number, spec: ScenarioDevice) {
    super(world, index, spec)
    this.anaState = AnaState[spec.ana_state ?? 'optimized']
    this.anaNow = this.anaState
    this.anaWork = new DeviceTimer(world.m, index, TimerKind.ana_log, () => {
      this.readAnaLog()
    })
    this.injections = new Injections(spec.name, world.seed)
    this.reset = new DeviceTimer(world.m, index, TimerKind.error_handler, () => {
      this.resetController()
    })
    if (spec.transport?.kind === 'nvme-tcp')
      this.connection = new FabricsConnection(world.m, index, spec.transport, this)
  }

  /** NVME_CTRL_LIVE */
  private get live(): boolean {
    return this.alive && this.connection?.live !== false
  }

  /** nvme_path_is_disabled, turned round */
  get usable(): boolean {
    return this.live && !this.anaPending
  }

  get mayReturn(): boolean {
    return this.alive && this.connection?.failfastExpired !== true
  }

  get active(): number {
    return this.inFlight.size
  }

  /** The controller shows the namespace in another state, and says so (asynchronous event, log page 0Ch). */
  setAna(state: AnaState): void {
    this.anaNow = state
    if (this.alive && !this.anaWork.armed) this.anaWork.arm(ANA_LOG_NS)
  }

  private rereadAnaLog(): void {
    this.anaPending = true
    if (this.alive && !this.anaWork.armed) this.anaWork.arm(ANA_LOG_NS)
  }

  /** nvme_read_ana_log, nvme_update_ns_ana_state: the head hears of it. */
  private readAnaLog(): void {
    if (!this.live) return
    this.anaPending = false
    if (this.anaState !== this.anaNow) {
      this.anaState = this.anaNow
      this.m.log.emit(EventKind.ana_state, this.index, 0, 0, 0, 0, 0, this.anaState)
    }
    this.head?.kickRequeue()
  }

  /** nvme_queue_rq */
  *queueRq(ctx: Context, rq: Request): Steps<BlkStatus> {
    if (!this.live) return this.failNonready(rq)
    this.startRequest(rq)
    this.setStatus(rq, this.execute(rq))
    this.send(rq)
    if (ctx.spend(this.m.costs.dispatch + this.m.costs.driverQueue)) yield
    return BlkStatus.OK
  }

  /** nvme_fail_nonready_command, nvme_host_path_error: ends within the submission, without a D. */
  private failNonready(rq: Request): BlkStatus {
    if (this.mayReturn && !rq.failfastTransport && this.head === undefined) return BlkStatus.RESOURCE
    rq.state = 'in-flight'
    this.setStatus(rq, 'HOST_PATH_ERROR')
    rq.takeUp(CompletedIn.caller)
    this.complete(rq)
    return BlkStatus.OK
  }

  /** The status that the command will end with; undefined when all is well. */
  private execute(rq: Request): string | undefined {
    const injected = this.injections.take(rq)
    if (injected === undefined) return ANA_ERRORS.get(this.anaNow)
    const status = injected.status ?? 'INTERNAL'
    const text = this.m.intern(`${injected.command} ${status}`)
    this.m.log.emit(EventKind.inject, this.index, rq.rwbs, rq.id, 0, rq.sector, rq.sizeSectors, text)
    return status
  }

  /** nvme_irq; blk_mq_complete_request_remote: straight on, or by the softirq where there is one hardware queue. */
  protected answered({ rq }: Command): void {
    if (this.queue.hctxs.length === 1) this.world.softirqs[rq.cpuNumber]!.raise(rq)
    else this.m.interrupt(this.m.cpus[rq.cpuNumber]!, (ctx) => this.completeInInterrupt(ctx, rq))
  }

  private *completeInInterrupt(ctx: Context, rq: Request): Steps {
    const { costs } = this.m
    if (ctx.spend(costs.interrupt + costs.completeRequest + costs.endBio * rq.bioCount)) yield
    rq.takeUp(CompletedIn.interrupt)
    this.complete(rq)
  }

  /** nvme_complete_rq, nvme_decide_disposition */
  complete(rq: Request): void {
    const status = rq.driverStatus
    if (status === BlkStatus.OK) this.m.media?.transfer(this.spec.lun, rq, rq.sizeSectors)
    if (status === BlkStatus.OK || rq.failfastTransport || rq.retries >= NVME_MAX_RETRIES) {
      this.finish(rq, status)
      return
    }
    if (this.head !== undefined && (isPathError(rq.pdu as string) || !this.alive)) {
      if (isAnaError(rq.pdu as string)) this.rereadAnaLog()
      this.head.failover(this, rq)
      return
    }
    if (!this.alive) {
      this.finish(rq, status)
      return
    }
    rq.retries++
    this.queue.requeue(rq, RequeueTo.requeue_list)
    this.queue.kickRequeueList(0)
  }

  /** nvme_end_req: the first bio of a request from a head is traced as complete before its request. */
  private finish(rq: Request, status: BlkStatus): void {
    const { bio } = rq
    if (this.head !== undefined && bio !== undefined && this.m.profile.nvmeTracesBio) {
      const { rwbs, id, sector, sizeSectors } = bio
      this.m.log.emit(EventKind.nvme_bio_complete, this.index, rwbs, id, rq.id, sector, sizeSectors, 0)
    }
    endRequest(rq, status)
  }

  /** nvme_timeout: an abort first, a reset of the controller when that does not help; over fabrics a new connection. */
  protected timedOut(command: Command): void {
    if (this.connection !== undefined) this.connection.lost()
    else if (this.linkUp && this.abortsWhileHung) this.end(command, 'ABORT_REQ')
    else if (!this.reset.armed) this.reset.arm(COMMAND_TIMEOUT_NS)
  }

  /** nvme_reset_work: what was out is cancelled; a controller that stays silent is dead (nvme_remove_dead_ctrl). */
  private resetController(): void {
    const dead = this.silent
    if (dead) this.remove()
    for (const command of [...this.inFlight]) this.end(command, 'HOST_ABORTED_CMD')
  }

  private setStatus(rq: Request, status: string | undefined): void {
    rq.pdu = status
    rq.driverStatus = status === undefined ? BlkStatus.OK : blkStatusOf(status)
  }

  private end(command: Command, status: string): void {
    this.takeBack(command)
    this.setStatus(command.rq, status)
    this.answered(command)
  }

  /** A cable over fabrics; else a card that is pulled out or pushed in (pciehp). */
  setLink(up: boolean): void {
    this.moveCable(up)
    if (this.connection !== undefined) {
      if (up) this.connection.linkUp()
      else this.connection.linkDown()
      return
    }
    if (up === this.linkUp) return
    this.linkUp = up
    if (up) this.world.rediscover(this.index)
    else {
      this.remove()
      for (const command of [...this.inFlight]) this.end(command, 'HOST_PATH_ERROR')
    }
  }

  // ---- FabricsController: what its connection does ----------------------------------------------------------------

  get answers(): boolean {
    return this.cableIn && !this.hung
  }

  connectionLost(): void {
    for (const command of [...this.inFlight]) this.end(command, 'HOST_ABORTED_CMD')
  }

  kick(): void {
    this.head?.kickRequeue()
    this.queue.runAllAsync()
  }

  setState(state: DeviceState): void {
    this.state = state
    this.say(state)
    this.readAnaLog()
  }

  override writeTransport(attribute: TransportAttribute, value: string): string | undefined {
    return this.connection?.write(attribute, value)
  }

  override readTransport(attribute: TransportAttribute): string | undefined {
    return this.connection?.read(attribute)
  }

  /** nvme_remove, nvme_mark_namespaces_dead */
  remove(): void {
    if (!this.alive) return
    this.alive = false
    this.connection?.removed()
    this.reset.cancel()
    this.anaWork.cancel()
    this.head?.remove(this)
    this.state = DeviceState.deleted
    this.say(DeviceState.deleted)
    this.queue.runAllAsync()
  }

  override get timerRuns(): boolean {
    const { connection } = this
    return super.timerRuns || this.reset.armed || this.anaWork.armed || connection?.timerRuns === true
  }

  attachHandler(): void {
    // not a SCSI device: there is nothing to attach to
  }

  *activate(): Steps<ScsiDh> {
    return ScsiDh.NOSYS
  }

  orderActivation(): void {
    // not a SCSI device: no handler answers for it
  }

  setAccessState(): void {
    // not a SCSI device: it has no target port
  }

  inject(error: InjectedError): void {
    this.injections.add(error)
  }

  *writeDeviceAttribute(): Steps<string | undefined> {
    return undefined
  }
}
