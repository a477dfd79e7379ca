import { describe, expect, it } from 'vitest'
import { Rng } from './rng.ts'

const draw = (rng: Rng, count: number): number[] => Array.from({ length: count }, () => rng.fraction())

describe('Rng', () => {
  it('repeats for the same seed and stream, and differs for any other', () => {
    const first = draw(new Rng(7, 'sda'), 20)
    expect(draw(new Rng(7, 'sda'), 20)).toEqual(first)
    for (const [seed, stream] of [
      [8, 'sda'],
      [7, 'sdb'],
      [7 + 2 ** 32, 'sda'],
    ] as const)
      expect(draw(new Rng(seed, stream), 20)).not.toEqual(first)
  })

  it('is even: each tenth of the range gets a tenth of the draws', () => {
    const draws = 50_000
    const tenths = new Array<number>(10).fill(0)
    const rng = new Rng(1, 'evenness')
    for (let i = 0; i < draws; i++) tenths[Math.floor(rng.fraction() * 10)]!++
    // Six standard deviations of a tenth of 50,000 draws.
    for (const count of tenths) expect(Math.abs(count - draws / 10)).toBeLessThan(6 * Math.sqrt(draws * 0.09))
  })

  it('does not remember the draw before', () => {
    const rng = new Rng(3, 'pairs')
    const values = draw(rng, 20_000)
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length
    const covariance =
      values.slice(1).reduce((sum, v, i) => sum + (v - mean) * (values[i]! - mean), 0) / values.length
    expect(Math.abs(covariance * 12)).toBeLessThan(6 / Math.sqrt(values.length))
  })

  it('takes 0 and 1 as never and always', () => {
    const rng = new Rng(5, 'certain')
    for (let i = 0; i < 1000; i++) {
      expect(rng.chance(0)).toBe(false)
      expect(rng.chance(1)).toBe(true)
    }
  })
})
