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
  private gaveUp = false

  /** `expired` is told when the retries are used up. */
  constructor(m: Machine, mapIndex: number, options: MultipathdOptions, expired: () => void) {
    this.options = options
    this.timer = new DeviceTimer(m, mapIndex, TimerKind.no_path_retry, () => {
      this.gaveUp = true
      expired()
    })
  }

  get timerRuns(): boolean {
    return this.timer.armed
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
      this.timer.arm((retry * this.options.polling_interval + 1) * 1e9)
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
