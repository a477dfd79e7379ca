/**
 * What will happen by itself: the timers that run at a moment, each with its device and what is left of it, on a log axis
 * relative to now. From the picture alone. Pure.
 */
import { DEV_NONE, type TimerKind } from '../engine/log/index.ts'
import { NOT_ARMED, TIMER_KINDS } from '../record/devices.ts'
import type { Picture } from '../record/picture.ts'
import { deviceName } from './names.ts'
import { TIMERS } from './sentences/codes.ts'

export interface Upcoming {
  readonly kind: TimerKind
  /** `the command timeout (sda)` */
  readonly name: string
  readonly dueNs: number
}

/** The soonest first. */
export function upcomingOf({ devices, header }: Picture, nowNs: number): Upcoming[] {
  const found: Upcoming[] = []
  for (let kind = 1; kind < TIMER_KINDS; kind++)
    for (let row = 0; row < devices.rows; row++) {
      const dueNs = devices.timerDueNs[kind * devices.rows + row]!
      if (dueNs === NOT_ARMED || dueNs < nowNs) continue
      const dev = row < devices.rows - 1 ? row : DEV_NONE
      const name = TIMERS[kind] ?? 'a timer'
      found.push({
        kind: kind as TimerKind,
        name: dev === DEV_NONE ? name : `${name} (${deviceName(header, dev)})`,
        dueNs,
      })
    }
  return found.sort((a, b) => a.dueNs - b.dueNs)
}

/** From 100 ns to 1000 s; what is nearer is at the start. */
const FIRST_DECADE = 2
const LAST_DECADE = 12

/** 0 is now, 1 the far end. */
export function logShare(leftNs: number): number {
  if (leftNs <= 10 ** FIRST_DECADE) return 0
  return Math.min(1, (Math.log10(leftNs) - FIRST_DECADE) / (LAST_DECADE - FIRST_DECADE))
}

export const LOG_TICKS: readonly (readonly [ns: number, text: string])[] = [
  [1e3, '1 µs'],
  [1e6, '1 ms'],
  [1e9, '1 s'],
]
