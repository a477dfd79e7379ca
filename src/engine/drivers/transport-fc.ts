/**
 * The remote port of a Fibre Channel target: drivers/scsi/scsi_transport_fc.c:fc_remote_port_delete,
 * fc_timeout_fail_rport_io, fc_timeout_deleted_rport, fc_remote_port_add, 6.1.
 *
 * Link loss blocks the device: what the adapter has out comes back as TRANSPORT_DISRUPTED and is queued again, new
 * requests pile up. fast_io_fail_tmo after the loss (if it is set) everything fails, dev_loss_tmo after it the device
 * is removed. A port that comes back before that cancels both.
 *
 * Simplified: one device per port; the adapter notices the loss at once and gives commands back in no time.
 */
import { DeviceState, TimerKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { TransportSpec } from '../scenario.ts'
import { DeviceTimer } from './device-timer.ts'
import { type ScsiResult, TRANSPORT_DISRUPTED, TRANSPORT_FAILFAST } from './scsi-result.ts'
import type { Transport, TransportAttribute, TransportDevice } from './transport.ts'

type FcSpec = Extract<TransportSpec, { readonly kind: 'fc' }>

/** SCSI_DEVICE_BLOCK_MAX_TIMEOUT: more only with fast_io_fail_tmo. */
const FC_MOST_WITHOUT_FAST_S = 600
const MAX_DEV_LOSS_S = 0x7fff_ffff

export class FcRport implements Transport {
  /** Seconds; undefined is off. */
  private fastS: number | undefined
  private lossS: number
  private readonly device: TransportDevice
  private readonly fastIoFail: DeviceTimer
  private readonly devLoss: DeviceTimer
  private state: 'online' | 'blocked' | 'failing' | 'gone' = 'online'

  constructor(m: Machine, index: number, spec: FcSpec, device: TransportDevice) {
    this.fastS = spec.fast_io_fail_tmo_s
    this.lossS = spec.dev_loss_tmo_s
    this.device = device
    this.fastIoFail = new DeviceTimer(m, index, TimerKind.fast_io_fail, () => {
      this.failIo()
    })
    this.devLoss = new DeviceTimer(m, index, TimerKind.dev_loss, () => {
      this.lose()
    })
  }

  get timerRuns(): boolean {
    return this.fastIoFail.armed || this.devLoss.armed
  }

  /** fc_remote_port_delete */
  linkDown(): void {
    if (this.state !== 'online') return
    this.state = 'blocked'
    this.device.block()
    this.device.returnAll(TRANSPORT_DISRUPTED)
    if (this.fastS !== undefined) this.fastIoFail.arm(this.fastS * 1e9)
    if (this.lossS <= MAX_DEV_LOSS_S) this.devLoss.arm(this.lossS * 1e9)
  }

  /** store_fc_rport_dev_loss_tmo, store_fc_rport_fast_io_fail_tmo: in force from the next loss on. */
  write(attribute: TransportAttribute, value: string): string | undefined {
    const seconds = Number(value)
    const isNumber = /^\d{1,10}$/.test(value)
    switch (attribute) {
      case 'dev_loss_tmo':
        if (value !== 'infinity' && !isNumber) return 'Invalid argument'
        if (value !== 'infinity' && this.fastS === undefined && seconds > FC_MOST_WITHOUT_FAST_S)
          return 'Invalid argument'
        this.lossS = value === 'infinity' ? Infinity : seconds
        return ''
      case 'fast_io_fail_tmo':
        if (value !== 'off' && (!isNumber || seconds >= this.lossS)) return 'Invalid argument'
        this.fastS = value === 'off' ? undefined : seconds
        return ''
      default:
        return undefined
    }
  }

  read(attribute: TransportAttribute): string | undefined {
    if (attribute === 'dev_loss_tmo') return this.lossS === Infinity ? 'infinity' : String(this.lossS)
    if (attribute === 'fast_io_fail_tmo') return this.fastS === undefined ? 'off' : String(this.fastS)
    return undefined
  }

  /** fc_timeout_fail_rport_io, fc_terminate_rport_io */
  private failIo(): void {
    this.state = 'failing'
    this.device.unblock(DeviceState.transport_offline)
  }

  /** fc_timeout_deleted_rport, fc_starget_delete */
  private lose(): void {
    this.fastIoFail.cancel()
    if (this.state === 'blocked') this.failIo()
    this.state = 'gone'
    this.device.remove()
  }

  /** fc_remote_port_add, fc_remote_port_rolechg */
  linkUp(): void {
    this.fastIoFail.cancel()
    this.devLoss.cancel()
    const before = this.state
    this.state = 'online'
    if (before === 'gone') this.device.rediscover()
    else if (before !== 'online') this.device.unblock(DeviceState.running)
  }

  /** fc_remote_port_chkready */
  ready(): ScsiResult | undefined {
    return this.state === 'online' ? undefined : TRANSPORT_FAILFAST
  }

  removed(): void {
    this.fastIoFail.cancel()
    this.devLoss.cancel()
    if (this.state !== 'online') this.state = 'gone'
  }
}
