import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantilesOf } from './quantiles.ts'

const SHARES = [0.5, 0.95, 0.99, 1]

function naive(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (
    sorted.find((value) => sorted.filter((other) => other <= value).length >= share * sorted.length) ?? NaN
  )
}

describe('percentiles', () => {
  it('are those of a sorted list, by nearest rank', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 120 }), (values) => {
        const expected = SHARES.map((share) => naive(values, share))
        expect(quantilesOf(Float64Array.from(values), SHARES)).toEqual(expected)
      }),
    )
  })

  it('of a hundred values are the values of these ranks', () => {
    const hundred = Float64Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) + 1)
    expect(quantilesOf(hundred, SHARES)).toEqual([50, 95, 99, 100])
  })
})
