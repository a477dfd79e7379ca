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
import type { Transport, TransportDevice } from './transport.ts'

type FcSpec = Extract<TransportSpec, { readonly kind: 'fc' }>

export class FcRport implements Transport {
  private readonly spec: FcSpec
  private readonly device: TransportDevice
  private readonly fastIoFail: DeviceTimer
  private readonly devLoss: DeviceTimer
  private state: 'online' | 'blocked' | 'failing' | 'gone' = 'online'

  constructor(m: Machine, index: number, spec: FcSpec, device: TransportDevice) {
    this.spec = spec
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
    const { fast_io_fail_tmo_s: fastS, dev_loss_tmo_s: lossS } = this.spec
    if (fastS !== undefined) this.fastIoFail.arm(fastS * 1e9)
    this.devLoss.arm(lossS * 1e9)
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
