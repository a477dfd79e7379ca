/**
 * A SCSI disk on a scsi_debug host: its cable and transport (transport.ts), its files in sysfs, its hardware handler
 * (device-handler.ts). Commands are the midlayer's, scsi-disk.ts.
 *
 * Simplified: no passthrough commands in the log, only the time they take; a blocked device is not set running from
 * sysfs.
 */
import { AccessState, BlkStatus, DeviceState, ScsiDh } from '../log/index.ts'
import type { ScenarioDevice } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { sleepNs } from '../sim/sleep.ts'
import { ALUA_FAILOVER_TIMEOUT_NS } from './alua.ts'
import { type ActivationOrder, Activations } from './activations.ts'
import { createHandler } from './create-handler.ts'
import type { DeviceHandler, HandlerAnswer, HandlerDisk } from './device-handler.ts'
import type { DriverWorld } from './disk.ts'
import { setResult } from './scsi-command.ts'
import { ScsiDisk } from './scsi-disk.ts'
import type { ScsiResult } from './scsi-result.ts'
import type { PathAnswer } from './path-device.ts'
import {
  createTransport,
  isForScsi,
  type Transport,
  type TransportAttribute,
  type TransportDevice,
} from './transport.ts'

/** Commands of a rescan that take the disk's service time; the others are answered at once (seen: e21). */
const RESCAN_TIMED_COMMANDS = 19

export class ScsiDebugDisk extends ScsiDisk implements TransportDevice, HandlerDisk {
  readonly driver = 'scsi_debug'
  private readonly transport: Transport | undefined
  private readonly unblockWaiters: Context[] = []
  private handler: DeviceHandler | undefined
  private readonly activations = new Activations()

  constructor(world: DriverWorld, index: number, spec: ScenarioDevice) {
    super(world, index, spec)
    if (isForScsi(spec.transport)) this.transport = createTransport(world.m, index, spec.transport, this)
    if (spec.hw_handler_attached !== undefined) this.attachHandler(spec.hw_handler_attached)
  }

  protected prepareForPort(): BlkStatus {
    return this.handler?.prepare() ?? BlkStatus.OK
  }

  protected noteSense(result: ScsiResult): void {
    this.handler?.checkSense(result)
  }

  protected adapterAnswers(): ScsiResult | undefined {
    return this.transport?.ready()
  }

  // ---- TransportDevice: what its transport does ----------------------------------------------------------------------

  setLink(up: boolean): void {
    this.moveCable(up)
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
    return this.handler?.name
  }

  attachHandler(name: string): void {
    this.handler ??= createHandler(name, this, this.spec)
  }

  /** scsi_dh_activate */
  *activate(ctx: Context): Steps<ScsiDh> {
    if (this.handler === undefined) return ScsiDh.NOSYS
    if (!this.alive) return ScsiDh.NOTCONN
    if (this.state === DeviceState.offline) return ScsiDh.DEV_OFFLINED
    const ordered = this.activations.take()
    const result = yield* this.handler.activate(ctx)
    return ordered ?? result
  }

  orderActivation(order: ActivationOrder): void {
    this.activations.add(order)
  }

  *passthrough(ctx: Context): Steps<HandlerAnswer> {
    if (this.passthroughNs > 0) yield* sleepNs(this.m, ctx, this.passthroughNs)
    while (this.state === DeviceState.blocked) {
      this.unblockWaiters.push(ctx)
      ctx.sleep()
      yield
    }
    if (ctx.spend(this.m.costs.activation)) yield
    if (!this.alive || this.state !== DeviceState.running) return 'no connection'
    if (!this.silent) return 'answered'
    yield* sleepNs(this.m, ctx, ALUA_FAILOVER_TIMEOUT_NS)
    return 'timed out'
  }

  protected override get readiness(): PathAnswer {
    switch (this.port.state) {
      case AccessState.standby:
        return 'standby'
      case AccessState.transitioning:
        return 'transitioning'
      case AccessState.unavailable:
      case AccessState.offline:
        return 'not ready'
      default:
        return 'good'
    }
  }

  override get accessState(): AccessState {
    return this.port.state
  }

  override writeTransport(attribute: TransportAttribute, value: string): string | undefined {
    return this.transport?.write(attribute, value)
  }

  override readTransport(attribute: TransportAttribute): string | undefined {
    return this.transport?.read(attribute)
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
      case 'timeout':
      case 'eh_timeout':
        if (!/^[1-9]\d{0,4}$/.test(value)) return 'Invalid argument'
        if (attribute === 'timeout') this.watch.timeoutNs = Number(value) * 1e9
        else this.errors.testNs = Number(value) * 1e9
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
}
