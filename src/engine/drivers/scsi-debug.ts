/**
 * A SCSI disk (drivers/scsi/scsi_lib.c, sd.c) on a scsi_debug host: the midlayer's share of queueing, budget, retries
 * and device states, and a device that stores nothing and takes a fixed time.
 *
 * Simplified: commands carry no data; one host per disk; no error handler, no unit attention after state changes; no
 * passthrough commands in the log, only the time they take.
 */
import { type Bio } from '../block/bio.ts'
import { MqQueue } from '../block/blk-mq.ts'
import { type BlockSoftirq, finishRequest, updateRequest } from '../block/complete.ts'
import { limitsFromSysfs } from '../block/limits.ts'
import type { MqOps } from '../block/mq-ops.ts'
import type { Request } from '../block/request.ts'
import { releaseBudget } from '../block/request-queue.ts'
import { RESOURCE_DELAY_NS, SD_MAX_RETRIES } from '../kernel/constants.ts'
import { BlkStatus, DeviceState, EventKind, Op, RequeueTo } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Completion, InjectedError, ScenarioDevice } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { sleepNs } from '../sim/sleep.ts'
import { AluaPort, RTPG_COMMANDS, RTPG_DELAY_NS } from './alua.ts'
import type { PathDevice } from './path-device.ts'
import { dispositionOf, MEDIUM_ERROR_UNRECOVERED, SCSI_GOOD, type ScsiResult } from './scsi-result.ts'
import { type CommandOwner, startService } from './service.ts'

/** Commands of a rescan that take the disk's service time; the others are answered at once (seen: e21). */
const RESCAN_TIMED_COMMANDS = 19

/** What the midlayer keeps with a request (struct scsi_cmnd). */
interface ScsiCommand {
  result: ScsiResult
  /** Bytes done before the failing sector. */
  goodSectors: number
}

interface Injection {
  readonly error: InjectedError
  left: number
}

export class ScsiDebugDisk implements PathDevice, MqOps, CommandOwner {
  readonly driver = 'scsi_debug'
  readonly index: number
  readonly name: string
  readonly dev: string
  readonly sizeSectors: number
  readonly hasSubmitBio = false
  readonly queue: MqQueue
  readonly readAheadKb: number
  state: DeviceState = DeviceState.running
  alive = true
  queueDepth: number
  private readonly m: Machine
  private readonly softirqs: readonly BlockSoftirq[]
  private readonly mediumError: ScenarioDevice['medium_error']
  private readonly injections: Injection[] = []
  private completion: Completion
  private readonly spec: ScenarioDevice
  private alua: AluaPort | undefined
  /** sdev->device_busy */
  private busyCommands = 0
  /** sdev->restarts: somebody was refused for lack of budget. */
  private restarts = false

  constructor(m: Machine, softirqs: readonly BlockSoftirq[], index: number, spec: ScenarioDevice) {
    this.m = m
    this.spec = spec
    this.softirqs = softirqs
    this.index = index
    this.name = spec.name
    this.dev = spec.dev
    this.sizeSectors = spec.sectors
    this.queueDepth = spec.queue_depth
    this.completion = spec.completion
    this.readAheadKb = Number(spec.queue['read_ahead_kb'] ?? 128)
    this.mediumError = spec.medium_error
    this.queue = new MqQueue(m, this, {
      limits: limitsFromSysfs(spec.queue),
      ops: this,
      hwQueues: spec.hw_queues,
      tagDepth: spec.host_tags ?? spec.queue_depth,
      scheduler: String(spec.queue['scheduler'] ?? 'none'),
    })
    if (spec.hw_handler_attached === 'alua') this.alua = new AluaPort(spec)
    this.queue.nomerges = Number(spec.queue['nomerges'] ?? 0)
  }

  submitBio(ctx: Context, bio: Bio): Steps {
    return this.queue.submitBio(ctx, bio)
  }

  /** scsi_mq_get_budget */
  getBudget(): boolean {
    if (this.busyCommands < this.queueDepth) {
      this.busyCommands++
      return true
    }
    this.restarts = true
    return false
  }

  /** scsi_mq_put_budget, scsi_device_unbusy */
  putBudget(): void {
    this.busyCommands--
  }

  /** scsi_mq_lld_busy */
  busy(): boolean {
    return this.alive && this.busyCommands >= this.queueDepth
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
    rq.prepared = true
    rq.state = 'in-flight'
    rq.issueNs = this.m.clock.nowNs
    this.m.log.emit(EventKind.rq_issue, this.index, rq.rwbs, rq.id, 0, rq.sector, rq.sizeSectors, rq.tag)
    rq.pdu = this.execute(rq)
    startService(this.m.clock, this.completion, this, rq)
    if (ctx.spend(this.m.costs.driverQueue)) yield
    return BlkStatus.OK
  }

  /** scsi_device_state_check */
  private checkState(): BlkStatus {
    switch (this.state) {
      case DeviceState.running:
        return BlkStatus.OK
      case DeviceState.offline:
      case DeviceState.transport_offline:
        return BlkStatus.IOERR
      case DeviceState.blocked:
        return BlkStatus.RESOURCE
      case DeviceState.deleted:
        return BlkStatus.OFFLINE
    }
  }

  /** What the device will answer, decided when the command is taken. */
  private execute(rq: Request): ScsiCommand {
    const isRead = rq.op === Op.READ
    const injection = this.injections.find(
      (i) =>
        i.left > 0 && (rq.op === Op.READ || rq.op === Op.WRITE) && (i.error.command === 'READ') === isRead,
    )
    if (injection) {
      injection.left--
      const e = injection.error
      this.m.log.emit(
        EventKind.inject,
        this.index,
        rq.rwbs,
        rq.id,
        0,
        rq.sector,
        rq.sizeSectors,
        this.m.intern(describe(e)),
      )
      return {
        result: {
          hostByte: e.host_byte,
          statusByte: e.status_byte,
          senseKey: e.sense_key,
          asc: e.asc,
          ascq: e.ascq,
        },
        goodSectors: 0,
      }
    }
    const bad = this.mediumError
    if (bad && isRead && rq.sector < bad.first_sector + bad.sectors && rq.endSector > bad.first_sector) {
      return { result: MEDIUM_ERROR_UNRECOVERED, goodSectors: Math.max(0, bad.first_sector - rq.sector) }
    }
    return { result: SCSI_GOOD, goodSectors: rq.sizeSectors }
  }

  /** scsi_done: the midlayer's part of the completion runs in the block softirq. */
  commandDone(rq: Request): void {
    this.softirqs[rq.cpuNumber]!.raise(rq)
  }

  /** scsi_complete, scsi_finish_command, scsi_io_completion */
  complete(rq: Request): void {
    const command = rq.pdu as ScsiCommand
    releaseBudget(rq)
    const disposition = dispositionOf(command.result, rq.failfastTransport)
    switch (disposition.kind) {
      case 'done':
        this.m.media?.transfer(this.spec.lun, rq, rq.sizeSectors)
        this.endWith(rq, BlkStatus.OK, rq.sizeSectors)
        break
      case 'retry':
        if (++rq.retries <= SD_MAX_RETRIES) this.tryAgain(rq)
        else this.failAfter(rq, 0, disposition.status)
        break
      case 'requeue':
        this.tryAgain(rq)
        break
      case 'fail':
        this.failAfter(rq, command.goodSectors, disposition.status)
        break
    }
    this.runQueueAsync()
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

  get hwHandler(): string | undefined {
    return this.alua ? 'alua' : undefined
  }

  attachHandler(name: string): void {
    if (name === 'alua') this.alua ??= new AluaPort(this.spec)
  }

  *activate(ctx: Context): Steps<boolean> {
    const commandNs = this.completion.kind === 'timer' ? this.completion.ns : 0
    yield* sleepNs(this.m, ctx, RTPG_DELAY_NS + commandNs * RTPG_COMMANDS)
    if (ctx.spend(this.m.costs.driverQueue * RTPG_COMMANDS)) yield
    return this.alive && this.state === DeviceState.running && this.alua?.ask() !== false
  }

  inject(error: InjectedError): void {
    this.injections.push({ error, left: error.count })
  }

  *writeDeviceAttribute(ctx: Context, attribute: string, value: string): Steps<string | undefined> {
    switch (attribute) {
      case 'state':
        if (value === 'offline') this.setState(DeviceState.offline)
        else if (value === 'running') {
          this.setState(DeviceState.running)
          yield* this.revalidate(ctx)
        } else return 'Invalid argument'
        return ''
      case 'delete':
        this.alive = false
        this.setState(DeviceState.deleted)
        return ''
      case 'queue_depth':
        if (!/^[1-9]\d{0,4}$/.test(value)) return 'Invalid argument'
        this.queueDepth = Math.min(Number(value), this.queue.hctxs[0]!.tags.depth)
        this.m.log.emit(EventKind.queue_depth, this.index, 0, 0, 0, 0, 0, this.queueDepth)
        this.queue.runAllAsync()
        return ''
      case 'ndelay':
        this.completion = Number(value) === 0 ? { kind: 'immediate' } : { kind: 'timer', ns: Number(value) }
        return ''
      default:
        return undefined
    }
  }

  /** scsi_rescan_device: whoever writes `running` waits for the commands that look at the disk again. */
  private *revalidate(ctx: Context): Steps {
    if (this.completion.kind === 'timer')
      yield* sleepNs(this.m, ctx, this.completion.ns * RESCAN_TIMED_COMMANDS)
  }

  private setState(state: DeviceState): void {
    this.state = state
    this.m.log.emit(EventKind.device_state, this.index, 0, 0, 0, 0, 0, state)
    for (const hctx of this.queue.hctxs) if (hctx.dispatch.length > 0) hctx.delayRun(RESOURCE_DELAY_NS)
  }
}

function describe(e: InjectedError): string {
  const hex = (n: number): string => n.toString(16).padStart(2, '0')
  return `${e.command} host byte ${hex(e.host_byte)} status ${hex(e.status_byte)} sense ${hex(e.sense_key)}/${hex(e.asc)}/${hex(e.ascq)}`
}
