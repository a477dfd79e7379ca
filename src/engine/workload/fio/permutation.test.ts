import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Permutation } from './permutation.ts'

describe('Permutation', () => {
  it('names every number once, whatever the count and the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(2 ** 31), (count, seed) => {
        const order = new Permutation(count, seed)
        const all = Array.from({ length: count }, (_, index) => order.at(index))
        expect(new Set(all).size).toBe(count)
        expect(Math.min(...all)).toBe(0)
        expect(Math.max(...all)).toBe(count - 1)
      }),
    )
  })

  it('is another order with another seed, and no order of its own', () => {
    const [one, two] = [new Permutation(1000, 1), new Permutation(1000, 2)]
    const same = Array.from({ length: 1000 }, (_, i) => i).filter((i) => one.at(i) === two.at(i))
    const next = Array.from({ length: 999 }, (_, i) => i).filter((i) => one.at(i + 1) === one.at(i) + 1)
    expect(same.length).toBeLessThan(10)
    expect(next.length).toBeLessThan(10)
  })

  it('stays within a large device', () => {
    const count = 2 ** 40 / 512
    const order = new Permutation(count, 7)
    fc.assert(
      fc.property(fc.nat(count - 1), (index) => {
        expect(order.at(index)).toBeLessThan(count)
        expect(order.at(index)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
