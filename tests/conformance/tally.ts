/** Counts that ranges speak of: "EVENT DEV", "EVENT paths", "sectors EVENT DEV", and sums of those joined by " + ". */
import type { TraceEvent } from './trace.ts'

export function tally(events: readonly TraceEvent[], dm: string): (key: string) => number {
  const counts = new Map<string, number>()
  const add = (key: string, amount: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + amount)
  }
  for (const { name, dev, size } of events) {
    for (const where of dev === dm ? [dev] : [dev, 'paths']) {
      add(`${name} ${where}`, 1)
      add(`sectors ${name} ${where}`, Number(size ?? 0))
    }
  }
  return (key) => key.split(' + ').reduce((sum, part) => sum + (counts.get(part) ?? 0), 0)
}
