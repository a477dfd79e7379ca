/**
 * The way back to the best priority group: multipathd/main.c:need_switch_pathgroup, deferred_failback_tick,
 * libmultipath/switchgroup.c:select_path_group, 0.14.3.
 */
import { DeviceTimer } from '../drivers/device-timer.ts'
import { TimerKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { MapStatus } from './map-text.ts'
import type { MultipathdOptions } from './options.ts'
import type { PathState } from './path-state.ts'

export class Failback {
  /** The seconds of a deferred failback are over. */
  due = false
  /** The group of a path that has just come back, for followover. */
  groupBack = 0
  private readonly options: MultipathdOptions
  private readonly timer: DeviceTimer

  /** `expired` is told when the seconds of a deferred failback are over. */
  constructor(m: Machine, mapIndex: number, options: MultipathdOptions, expired: () => void) {
    this.options = options
    this.timer = new DeviceTimer(m, mapIndex, TimerKind.failback, () => {
      this.due = true
      expired()
    })
  }

  get timerRuns(): boolean {
    return this.timer.armed
  }

  /** As `show maps status` has it. */
  describe(): string {
    const { failback } = this.options
    return failback === 'manual' || typeof failback === 'number' ? '-' : failback
  }

  /** need_switch_pathgroup: the group to switch to now, if any. */
  update(status: MapStatus, pathOf: (dev: string) => PathState | undefined): number | undefined {
    const { groupBack, due } = this
    const best = bestGroup(status, pathOf)
    this.groupBack = 0
    this.due = false
    if (best === undefined || best === status.nextGroup) {
      this.timer.cancel()
      return undefined
    }
    const { failback } = this.options
    if (typeof failback === 'number') {
      if (due) return best
      if (groupBack > 0 || !this.timer.armed) this.timer.arm((failback + 1) * 1e9)
      return undefined
    }
    return failback === 'immediate' || (failback === 'followover' && groupBack === best) ? best : undefined
  }
}

/** select_path_group: the highest mean priority of usable paths, then the most of them, then the first. */
function bestGroup({ paths }: MapStatus, pathOf: (dev: string) => PathState | undefined): number | undefined {
  const groups = new Map<number, { sum: number; count: number }>()
  for (const { dev, group } of paths) {
    const path = pathOf(dev)
    if (!path?.usable) continue
    const sums = groups.get(group) ?? { sum: 0, count: 0 }
    groups.set(group, { sum: sums.sum + path.priority, count: sums.count + 1 })
  }
  const mean = ({ sum, count }: { sum: number; count: number }): number => Math.floor(sum / count)
  const [best] = [...groups].sort(([a, x], [b, y]) => mean(y) - mean(x) || y.count - x.count || a - b)
  return best?.[0]
}
