import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTime } from './goal-text.ts'

describe('a typed time', () => {
  it('is read in each unit', () => {
    expect(['700ns', '12.5 ms', '3 s', '2us', '2 µs'].map(readTime)).toEqual([
      700, 12_500_000, 3e9, 2000, 2000,
    ])
  })

  it('is nothing without a unit, with another one, or below zero', () => {
    expect(['5', '-1 s', '3 min', '', 's', '1e3 s'].map(readTime)).toEqual(Array(6).fill(undefined))
  })

  it('never throws and is a whole number of nanoseconds', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, n) => {
        readTime(text)
        expect(readTime(`${n} ns`)).toBe(n)
      }),
    )
  })
})
