/**
 * An iSCSI session: drivers/scsi/libiscsi.c:iscsi_check_transport_timeouts, fail_scsi_tasks,
 * scsi_transport_iscsi.c:__iscsi_block_session, session_recovery_timedout, iscsi_unblock_session, 6.1.
 *
 * Nobody notices a lost connection until a ping (NOP-Out) goes unanswered. Then the session blocks the device, what was
 * out comes back as TRANSPORT_DISRUPTED, and replacement_timeout later everything fails. The device is never removed;
 * once the target can be reached again iscsid logs in and the device runs on.
 *
 * Simplified: one device per session, the login takes no time, the silence before the ping begins with the loss, and a
 * cable that is back before the ping is given up has cost nothing (TCP sends again).
 */
import { DeviceState, TimerKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { TransportSpec } from '../scenario.ts'
import { DeviceTimer } from './device-timer.ts'
import { type ScsiResult, TRANSPORT_DISRUPTED, TRANSPORT_FAILFAST } from './scsi-result.ts'
import type { Transport, TransportAttribute, TransportDevice } from './transport.ts'

type IscsiSpec = Extract<TransportSpec, { readonly kind: 'iscsi' }>

export class IscsiSession implements Transport {
  private readonly spec: IscsiSpec
  private recoveryS: number
  private readonly device: TransportDevice
  private readonly ping: DeviceTimer
  private readonly replacement: DeviceTimer
  private state: 'logged in' | 'unnoticed' | 'failed' | 'free' = 'logged in'

  constructor(m: Machine, index: number, spec: IscsiSpec, device: TransportDevice) {
    this.spec = spec
    this.recoveryS = spec.replacement_timeout_s
    this.device = device
    this.ping = new DeviceTimer(m, index, TimerKind.noop_out, () => {
      this.connectionFailed()
    })
    this.replacement = new DeviceTimer(m, index, TimerKind.replacement, () => {
      this.giveUp()
    })
  }

  get timerRuns(): boolean {
    return this.ping.armed || this.replacement.armed
  }

  linkDown(): void {
    if (this.state !== 'logged in') return
    this.state = 'unnoticed'
    this.device.stall(true)
    this.ping.arm((this.spec.noop_interval_s + this.spec.noop_timeout_s) * 1e9)
  }

  /** iscsi_conn_failure, iscsi_block_session, fail_scsi_tasks */
  private connectionFailed(): void {
    this.state = 'failed'
    this.device.block()
    this.device.returnAll(TRANSPORT_DISRUPTED)
    this.replacement.arm(this.recoveryS * 1e9)
  }

  /** store_priv_session_recovery_tmo: in force from the next loss on. */
  write(attribute: TransportAttribute, value: string): string | undefined {
    if (attribute !== 'recovery_tmo') return undefined
    if (!/^[1-9]\d{0,9}$/.test(value)) return 'Invalid argument'
    this.recoveryS = Number(value)
    return ''
  }

  read(attribute: TransportAttribute): string | undefined {
    return attribute === 'recovery_tmo' ? String(this.recoveryS) : undefined
  }

  /** session_recovery_timedout */
  private giveUp(): void {
    this.state = 'free'
    this.device.unblock(DeviceState.transport_offline)
  }

  linkUp(): void {
    this.ping.cancel()
    this.replacement.cancel()
    const before = this.state
    this.state = 'logged in'
    this.device.stall(false)
    if (before === 'failed' || before === 'free') this.device.unblock(DeviceState.running)
  }

  /** iscsi_session_chkready */
  ready(): ScsiResult | undefined {
    return this.state === 'free' ? TRANSPORT_FAILFAST : undefined
  }

  removed(): void {
    this.ping.cancel()
    this.replacement.cancel()
  }
}
