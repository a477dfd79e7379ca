/**
 * What becomes of I/O while no path is left: libmultipath/structs_vec.c:set_no_path_retry, enter_recovery_mode,
 * leave_recovery_mode, multipathd/main.c:retry_count_tick. With no_path_retry N the map queues for N checks, then
 * `fail_if_no_path`; a path that comes back turns queueing on again.
 */
import { DeviceTimer } from '../drivers/device-timer.ts'
import { TimerKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { MultipathdOptions } from './options.ts'

export type QueueingMessage = 'queue_if_no_path' | 'fail_if_no_path'

export class Recovery {
  private readonly options: MultipathdOptions
  private readonly timer: DeviceTimer
  private queueing: boolean | undefined
  private inRecovery = false
  private endsNs = 0
  private readonly m: Machine
  private gaveUp = false

  /** `expired` is told when the retries are used up. */
  constructor(m: Machine, mapIndex: number, options: MultipathdOptions, expired: () => void) {
    this.options = options
    this.m = m
    this.timer = new DeviceTimer(m, mapIndex, TimerKind.no_path_retry, () => {
      this.gaveUp = true
      expired()
    })
  }

  get timerRuns(): boolean {
    return this.timer.armed
  }

  /** snprint_queueing: the seconds left count down while no path is usable. */
  describe(usablePaths: number): string {
    const { no_path_retry: retry } = this.options
    if (retry === undefined) return '-'
    if (retry === 'fail') return 'off'
    if (retry === 'queue') return 'on'
    if (this.timer.armed) return `${String(Math.ceil((this.endsNs - this.m.clock.nowNs) / 1e9))} sec`
    return usablePaths > 0 ? `${String(retry)} chk` : 'off'
  }

  /** set_no_path_retry: what to send to the map, if anything, now that so many paths are usable. */
  update(usablePaths: number): QueueingMessage | undefined {
    const retry = this.options.no_path_retry
    if (retry === undefined) return undefined
    if (retry === 'fail') return this.set(false)
    if (retry === 'queue') return this.set(true)
    if (usablePaths > 0) {
      this.timer.cancel()
      this.inRecovery = false
      this.gaveUp = false
      return this.set(true)
    }
    if (this.gaveUp) return this.set(false)
    if (!this.inRecovery) {
      this.inRecovery = true
      const waitNs = (retry * this.options.polling_interval + 1) * 1e9
      this.endsNs = this.m.clock.nowNs + waitNs
      this.timer.arm(waitNs)
    }
    return undefined
  }

  private set(queueing: boolean): QueueingMessage | undefined {
    if (this.queueing === queueing) return undefined
    this.queueing = queueing
    return queueing ? 'queue_if_no_path' : 'fail_if_no_path'
  }

  /** A new table has the feature that its line names. */
  tableLoaded(queues: boolean): void {
    this.queueing = queues
  }
}
