/**
 * One path as multipathd keeps it (struct path): what its checker said last, when it is checked next, and whether a path
 * that comes and goes has to prove itself first.
 */
import { AccessState, CheckerState } from '../log/index.ts'
import type { MultipathdOptions } from './options.ts'

/** Priorities of the alua prioritizer (libmultipath/prioritizers/alua.c). */
const ALUA_PRIORITY: Readonly<Record<AccessState, number>> = {
  [AccessState.optimized]: 50,
  [AccessState.non_optimized]: 10,
  [AccessState.lba_dependent]: 5,
  [AccessState.standby]: 1,
  [AccessState.unavailable]: 0,
  [AccessState.offline]: 0,
  [AccessState.transitioning]: 0,
}

export function priorityOfState(state: AccessState | undefined): number {
  return state === undefined ? 1 : ALUA_PRIORITY[state]
}

export class PathState {
  readonly dev: string
  state: CheckerState
  priority = 1
  /** Seconds between checks at present (pp->checkint). */
  interval: number
  /** Tick at which it is checked next (pp->tick). */
  dueTick: number
  /** Tick at which the checker began to wait for the answer that is still out; -1 without one. */
  askedTick = -1
  /** The answer that came since. */
  answer: CheckerState | undefined
  /** Checks for which a failure counts as a relapse, and good checks that are missing before it is used. */
  private watchLeft = 0
  private waitLeft = 0
  private readonly options: MultipathdOptions

  constructor(dev: string, state: CheckerState, options: MultipathdOptions, dueTick: number) {
    this.dev = dev
    this.state = state
    this.options = options
    this.interval = options.polling_interval
    this.dueTick = dueTick
  }

  /** PATH_UP or PATH_GHOST */
  get usable(): boolean {
    return this.state === CheckerState.up || this.state === CheckerState.ghost
  }

  /** What a new answer means, with relapses counted: a path that is good may still have to wait (PATH_DELAYED). */
  judge(answer: CheckerState): CheckerState {
    const good = answer === CheckerState.up || answer === CheckerState.ghost
    if (this.watchLeft > 0) this.watchLeft--
    if (!good) {
      if (this.usable && this.watchLeft > 0) this.waitLeft = this.options.delay_wait_checks
      return answer
    }
    if (this.waitLeft > 0) {
      this.waitLeft--
      return CheckerState.delayed
    }
    if (!this.usable) this.watchLeft = this.options.delay_watch_checks
    return answer
  }

  /** The next check: soon after a change, later and later while all is well. */
  reschedule(tick: number, changed: boolean): void {
    const { polling_interval: shortest, max_polling_interval: longest } = this.options
    if (changed || !this.usable) this.interval = shortest
    else this.interval = Math.min(this.interval * 2, Math.max(longest, shortest))
    this.dueTick = tick + this.interval
  }
}
