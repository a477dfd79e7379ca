/** What is looked for, in words. */
import { assertNever } from '../../lib/assert-never.ts'
import { durationText } from '../../lib/duration.ts'
import type { Goal } from '../../store/goals.ts'

export function goalText(goal: Goal): string {
  switch (goal.to) {
    case 'end':
      return 'the end'
    case 'failure':
      return 'a failure'
    case 'merge':
      return 'a merge'
    case 'completions':
      return goal.count === 1 ? 'a completion' : `${goal.count} completions`
    case 'time':
      return durationText(goal.timeNs, 4)
    case 'event':
      return `${goal.kinds.join(' or ')}${goal.device === undefined ? '' : ` on ${goal.device}`}`
    default:
      return assertNever(goal)
  }
}

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 }

/** `12.5 ms`, `3s`, `700 ns`; undefined where it is no time. */
export function readTime(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,12}(?:\.\d{1,9})?)\s*(ns|us|µs|ms|s)$/.exec(text.trim()) ?? []
  return digits === undefined || unit === undefined ? undefined : Math.round(Number(digits) * UNITS[unit]!)
}
