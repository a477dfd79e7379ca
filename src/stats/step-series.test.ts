import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StepSeries } from './step-series.ts'

const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 3 })), {
  maxLength: 400,
})

/** The value during each nanosecond, and every value it passed through at its start. */
function naive(
  all: readonly (readonly [number, number])[],
  lengthNs: number,
): { at: number[]; peak: number[] } {
  const at: number[] = []
  const peak: number[] = []
  const times = all.map(
    (
      (sum) =>
      ([gap]) =>
        (sum += gap)
    )(0),
  )
  for (let ns = 0; ns < lengthNs; ns++) {
    const before = all.filter((_, i) => times[i]! < ns).reduce((sum, [, by]) => sum + by, 0)
    let value = before
    // A span that begins here begins after the steps of this nanosecond, one that began earlier sees them all.
    let highest = -Infinity
    all.forEach(([, by], i) => {
      if (times[i] !== ns) return
      value += by
      highest = Math.max(highest, value)
    })
    at.push(value)
    peak.push(highest)
  }
  return { at, peak }
}

describe('a series of steps', () => {
  it('has the mean and the peak of a list with a value for every nanosecond', () => {
    fc.assert(
      fc.property(steps, fc.nat({ max: 90 }), fc.integer({ min: 1, max: 40 }), (all, from, length) => {
        const series = new StepSeries()
        let ns = 0
        for (const [gap, by] of all) series.add((ns += gap), by)
        const to = from + length
        const { at, peak } = naive(all, to + 1)
        const span = at.slice(from, to)
        expect(series.at(from)).toBe(at[from])
        expect(series.mean(from, to)).toBeCloseTo(span.reduce((a, b) => a + b, 0) / length, 9)
        expect(series.maxIn(from, to)).toBe(Math.max(at[from]!, ...peak.slice(from + 1, to)))
        expect(series.mean(from, from)).toBe(at[from])
      }),
      { numRuns: 300 },
    )
  })
})
