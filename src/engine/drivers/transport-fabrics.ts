/**
 * The connection of an NVMe controller over fabrics: drivers/nvme/host/fabrics.c:nvmf_should_reconnect, tcp.c:
 * nvme_tcp_error_recovery_work, nvme_tcp_reconnect_or_remove, core.c:nvme_start_failfast_work, nvme_failfast_work, 6.1
 * and 6.12 (failfast 5.11+).
 *
 * A cable that is out shows when a keep-alive command has had no answer (keep_alive_tmo after it was sent, which is half
 * of that after the one before). Then what was out is cancelled, and every reconnect_delay the host tries again, until
 * ctrl_loss_tmo / reconnect_delay attempts have failed: the controller is deleted and stays so until somebody connects
 * again (a rescan). From fast_io_fail_tmo after the loss on, I/O is not kept waiting for it.
 *
 * Simplified: an attempt succeeds or fails at once; the keep-alive that is missed is the next one in its turn, sent half
 * of keep_alive_tmo after the loss; RESETTING takes no time.
 */
import { DeviceState, TimerKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { TransportSpec } from '../scenario.ts'
import { DeviceTimer } from './device-timer.ts'
import type { TransportAttribute } from './transport.ts'

export type FabricsSpec = Extract<TransportSpec, { readonly kind: 'nvme-tcp' }>

/** The controller at the end of the connection. */
export interface FabricsController {
  /** A connection can be made: the cable is in, and somebody answers. */
  readonly answers: boolean
  /** Nothing comes back until `on` is false again; nothing is lost. */
  stall(on: boolean): void
  /** nvme_tcp_teardown_io_queues: everything that is out is cancelled. */
  connectionLost(): void
  /** nvme_kick_requeue_lists: whoever waits for it looks again. */
  kick(): void
  setState(state: DeviceState): void
  /** nvme_delete_ctrl */
  remove(): void
}

export class FabricsConnection {
  private readonly controller: FabricsController
  private readonly keepAliveS: number
  private reconnectDelayS: number
  /** opts->max_reconnects; Infinity for -1. */
  private maxReconnects: number
  /** Seconds; undefined is off. */
  private fastS: number | undefined
  private attempts = 0
  private readonly keepAlive: DeviceTimer
  private readonly reconnect: DeviceTimer
  private readonly fastIoFail: DeviceTimer
  private state: 'live' | 'unnoticed' | 'connecting' = 'live'
  /** NVME_CTRL_FAILFAST_EXPIRED */
  failfastExpired = false

  constructor(m: Machine, index: number, spec: FabricsSpec, controller: FabricsController) {
    this.controller = controller
    this.keepAliveS = spec.keep_alive_tmo_s
    this.reconnectDelayS = spec.reconnect_delay_s
    this.maxReconnects = this.attemptsIn(spec.ctrl_loss_tmo_s)
    this.fastS = spec.fast_io_fail_tmo_s
    this.keepAlive = new DeviceTimer(m, index, TimerKind.keep_alive, () => {
      this.lost()
    })
    this.reconnect = new DeviceTimer(m, index, TimerKind.reconnect, () => {
      this.tryAgain()
    })
    this.fastIoFail = new DeviceTimer(m, index, TimerKind.fast_io_fail, () => {
      this.failfastExpired = true
      controller.kick()
    })
  }

  get timerRuns(): boolean {
    return this.keepAlive.armed || this.reconnect.armed || this.fastIoFail.armed
  }

  /** NVME_CTRL_LIVE */
  get live(): boolean {
    return this.state !== 'connecting'
  }

  private attemptsIn(ctrlLossS: number): number {
    return ctrlLossS < 0 ? Infinity : Math.ceil(ctrlLossS / this.reconnectDelayS)
  }

  linkDown(): void {
    if (this.state !== 'live') return
    this.state = 'unnoticed'
    this.controller.stall(true)
    this.keepAlive.arm(1.5 * this.keepAliveS * 1e9)
  }

  /** Before anybody has noticed, TCP sends again what was on its way; later only an attempt finds the way back. */
  linkUp(): void {
    if (this.state !== 'unnoticed') return
    this.keepAlive.cancel()
    this.state = 'live'
    this.controller.stall(false)
  }

  /** nvme_tcp_error_recovery: a keep-alive or a command had no answer. */
  lost(): void {
    if (this.state === 'connecting') return
    this.keepAlive.cancel()
    this.state = 'connecting'
    this.attempts = 0
    this.controller.setState(DeviceState.connecting)
    if (this.fastS !== undefined) this.fastIoFail.arm(this.fastS * 1e9)
    this.controller.connectionLost()
    this.reconnectOrRemove()
  }

  private reconnectOrRemove(): void {
    if (this.attempts < this.maxReconnects) this.reconnect.arm(this.reconnectDelayS * 1e9)
    else this.controller.remove()
  }

  /** nvme_tcp_reconnect_ctrl_work */
  private tryAgain(): void {
    this.attempts++
    if (!this.controller.answers) {
      this.reconnectOrRemove()
      return
    }
    this.fastIoFail.cancel()
    this.failfastExpired = false
    this.state = 'live'
    this.controller.stall(false)
    this.controller.setState(DeviceState.running)
    this.controller.kick()
  }

  removed(): void {
    this.keepAlive.cancel()
    this.reconnect.cancel()
    this.fastIoFail.cancel()
  }

  /** nvme_ctrl_loss_tmo_store and its neighbours; fast_io_fail_tmo is in force from the next loss on. */
  write(attribute: TransportAttribute, value: string): string | undefined {
    const seconds = Number(value)
    if (!/^-?\d{1,9}$/.test(value)) return 'Invalid argument'
    switch (attribute) {
      case 'ctrl_loss_tmo':
        this.maxReconnects = this.attemptsIn(seconds)
        return ''
      case 'reconnect_delay':
        if (seconds < 1) return 'Invalid argument'
        this.reconnectDelayS = seconds
        return ''
      case 'fast_io_fail_tmo':
        this.fastS = seconds < 0 ? undefined : seconds
        return ''
      case 'dev_loss_tmo':
      case 'recovery_tmo':
        return undefined
    }
  }

  /** What `cat` shows. */
  read(attribute: TransportAttribute): string | undefined {
    switch (attribute) {
      case 'ctrl_loss_tmo':
        return this.maxReconnects === Infinity ? 'off' : String(this.maxReconnects * this.reconnectDelayS)
      case 'reconnect_delay':
        return String(this.reconnectDelayS)
      case 'fast_io_fail_tmo':
        return this.fastS === undefined ? 'off' : String(this.fastS)
      case 'dev_loss_tmo':
      case 'recovery_tmo':
        return undefined
    }
  }
}
