/**
 * Commands without an answer: drivers/scsi/scsi_error.c:scsi_timeout, scmd_eh_abort_handler, scsi_eh_scmd_add,
 * scsi_unjam_host, scsi_eh_ready_devs, scsi_eh_offline_sdevs, 6.1.
 *
 * After 30 s the command is aborted. Where that works it is tried again; where not it is left to the error handler: the
 * host takes nothing more, and once all it has out has failed or ended, LUN, target, bus and host are reset in turn, each
 * followed by a test whether the device answers (10 s without an answer). What answers goes on, what never does is
 * taken offline.
 *
 * Simplified: one host per disk, so only this disk stops; a reset itself takes no time and cures nothing; no unit
 * attention after it.
 */
import { SCSI_ABORT_DELAY_NS, SCSI_EH_TIMEOUT_NS } from '../kernel/constants.ts'
import { TimerKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import { DeviceTimer } from './device-timer.ts'
import type { Command } from './command.ts'

/** LUN, target, bus and host reset. */
const RESETS = 4

/** What the error handler sees of the disk and does with it. */
export interface UnjamHost {
  readonly inFlight: ReadonlySet<Command>
  /** The device answers when it is asked. */
  readonly answers: boolean
  /** It does what an abort asks. */
  readonly heedsAborts: boolean
  /** scsi_eh_finish_cmd: the command ends with DID_TIME_OUT; `again` if it may be retried. */
  finish(command: Command, again: boolean): void
  takeOffline(): void
  runQueue(): void
}

export class ScsiErrorHandler {
  private readonly m: Machine
  private readonly host: UnjamHost
  private readonly failed = new Set<Command>()
  private readonly timer: DeviceTimer
  private resetsLeft = 0
  /** sdev->eh_timeout */
  testNs: number = SCSI_EH_TIMEOUT_NS

  constructor(m: Machine, device: number, host: UnjamHost) {
    this.m = m
    this.host = host
    this.timer = new DeviceTimer(m, device, TimerKind.error_handler, () => {
      this.test()
    })
  }

  /** SHOST_RECOVERY: the host takes no commands. */
  get inRecovery(): boolean {
    return this.failed.size > 0
  }

  get running(): boolean {
    return this.timer.armed
  }

  /** scsi_timeout */
  timedOut(command: Command): void {
    command.abandoned = true
    this.m.clock.schedule(this.m.clock.nowNs + SCSI_ABORT_DELAY_NS, {
      fire: () => {
        this.abort(command)
      },
    })
  }

  /** scmd_eh_abort_handler */
  private abort(command: Command): void {
    if (!this.host.inFlight.has(command)) return
    if (this.host.heedsAborts) {
      this.host.finish(command, true)
      this.wake()
      return
    }
    this.failed.add(command)
    this.wake()
  }

  /** scsi_eh_wakeup: only when everything that is out has failed. */
  wake(): void {
    if (this.failed.size === 0 || this.timer.armed || this.failed.size < this.host.inFlight.size) return
    this.resetsLeft = RESETS
    this.nextReset()
  }

  private nextReset(): void {
    this.resetsLeft--
    if (this.host.answers) this.recovered()
    else this.timer.arm(this.testNs)
  }

  private test(): void {
    if (this.resetsLeft > 0) this.nextReset()
    else if (this.host.answers) this.recovered()
    else this.giveUp()
  }

  /** scsi_eh_flush_done_q */
  private recovered(): void {
    const commands = [...this.failed]
    this.failed.clear()
    for (const command of commands) this.host.finish(command, true)
    this.host.runQueue()
  }

  private giveUp(): void {
    this.host.takeOffline()
    const commands = [...this.failed]
    this.failed.clear()
    for (const command of commands) this.host.finish(command, false)
    this.host.runQueue()
  }

  /** The disk is removed or taken back by its transport: nothing is left to save. */
  stop(): void {
    this.timer.cancel()
    this.failed.clear()
  }
}
