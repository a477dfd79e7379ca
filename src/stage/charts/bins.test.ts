import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ended } from '../../stats/ended.ts'
import { binOf, countInto, gridOf, roundEdges } from './bins.ts'

const edges = fc
  .uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 30 })
  .map((all) => all.sort((a, b) => a - b))

describe('a bin', () => {
  it('is the last one that begins at or below the value', () => {
    fc.assert(
      fc.property(edges, fc.integer({ min: -10, max: 1010 }), (all, value) => {
        const below = all.slice(0, -1).findLastIndex((edge) => edge <= value)
        expect(binOf(all, value)).toBe(Math.max(0, below))
      }),
    )
  })

  it('counts every value once', () => {
    fc.assert(
      fc.property(edges, fc.array(fc.integer({ min: 0, max: 1000 })), (all, values) => {
        const counts = countInto(all, values, 0, values.length)
        expect(counts).toHaveLength(all.length - 1)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
      }),
    )
  })
})

describe('round edges', () => {
  it('enclose the values, rise, and are neither too few nor too many', () => {
    const value = fc.double({ min: 1, max: 1e12, noNaN: true })
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const all = roundEdges(low, high)
        expect(all[0]!).toBeLessThanOrEqual(low)
        expect(all.at(-1)!).toBeGreaterThan(high)
        expect(all.length).toBeGreaterThanOrEqual(2)
        expect(all.length).toBeLessThanOrEqual(120)
        for (const [i, edge] of all.entries()) if (i > 0) expect(edge).toBeGreaterThan(all[i - 1]!)
        if (all.length > 2) expect(all[1]!).toBeGreaterThan(low)
      }),
    )
  })
})

describe('a grid', () => {
  const thing = fc.record({
    gap: fc.nat({ max: 5 }),
    value: fc.nat({ max: 99 }),
    key: fc.nat({ max: 2 }),
  })
  it('holds what a count of every cell by hand finds', () => {
    fc.assert(
      fc.property(fc.array(thing, { maxLength: 120 }), edges, (all, rows) => {
        const things = new Ended()
        let ns = 0
        const rowsOf = all.map(({ gap, value, key }) => ({ ns: (ns += gap), value, key }))
        for (const { ns: endNs, value, key } of rowsOf)
          things.push({ endNs, tookNs: value, sector: 0, sizeSectors: 1, dev: key, status: 0 })
        const columns = Float64Array.of(0, ns / 3, ns / 2, ns)
        const grid = gridOf({
          things,
          columns,
          rows,
          valueOf: (i) => things.tookNs.at(i),
          keyOf: (i) => things.dev.at(i),
          keys: 3,
        })
        for (let column = 0; column < 3; column++)
          for (let row = 0; row < rows.length - 1; row++) {
            const inside = rowsOf.filter(
              (one) =>
                columns[column]! <= one.ns && one.ns < columns[column + 1]! && binOf(rows, one.value) === row,
            )
            const cell = column * (rows.length - 1) + row
            expect(grid.counts[cell]).toBe(inside.length)
            const byKey = [0, 1, 2].map((key) => inside.filter((one) => one.key === key).length)
            if (inside.length > 0) expect(byKey[grid.keys[cell]!]).toBe(Math.max(...byKey))
          }
      }),
    )
  })
})
