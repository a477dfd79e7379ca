/** What transport, timeline and keys may ask of the show, whoever provides it. Read per frame; commands are intents. */
import type { Pace } from '../store/state.ts'
import type { TimeMap } from '../record/time-map.ts'
import type { ShowClock } from './theater.ts'

export interface Control extends ShowClock {
  readonly pace: Pace
  readonly map: TimeMap
  /** Position in the show, ms. */
  shownMs(): number
  toggle(): void
  toStart(): void
  toEnd(): void
  /** One event of any lane forwards (1) or back (-1). */
  stepEvent(direction: 1 | -1): void
  stepMilestone(direction: 1 | -1): void
  seekShown(ms: number): void
  seekNs(ns: number): void
  setPace(pace: Pace): void
  setSpeed(speed: number): void
}
