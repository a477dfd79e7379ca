import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { floats, words } from './column.ts'

describe('a column', () => {
  it('holds what was pushed, however much', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 2000 }), (all) => {
        const column = words()
        for (const one of all) column.push(one)
        expect([...column.values]).toEqual(all)
        expect(column.at(all.length)).toBeNaN()
      }),
    )
  })

  it('finds the first row that is not below, as a search from the start does', () => {
    const sorted = fc.array(fc.integer({ min: 0, max: 40 })).map((all) => all.sort((a, b) => a - b))
    fc.assert(
      fc.property(sorted, fc.integer({ min: -1, max: 41 }), (all, x) => {
        const column = floats()
        for (const one of all) column.push(one)
        const naive = all.findIndex((one) => one >= x)
        expect(column.firstNotBelow(x)).toBe(naive < 0 ? all.length : naive)
      }),
    )
  })
})
