import { COUNTER_COUNT, type Counter } from './counters.ts'
import type { Picture } from './picture.ts'

/** Adds to a counter of a device. */
export function bump(p: Picture, counter: Counter, dev: number, by = 1): void {
  p.devices.counters[p.devices.row(dev) * COUNTER_COUNT + counter]! += by
}
