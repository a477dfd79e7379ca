import { expect, it } from 'vitest'
import { durationText } from './duration.ts'

it.each([
  [0, '0 ns'],
  [340, '340 ns'],
  [20_000_000, '20 ms'],
  [20_004_321, '20 ms'],
  [999_999, '1 ms'],
  [1_500_000_000, '1.5 s'],
  [30_000_000_000, '30 s'],
  [125_000_000_000, '130 s'],
])('says %d ns in two digits as %s', (ns, text) => {
  expect(durationText(ns, 2)).toBe(text)
})

it.each([
  [84_217, '84.2 µs'],
  [999_499, '999 µs'],
  [999_500, '1 ms'],
  [100_000, '100 µs'],
  [1_234_567_890, '1.23 s'],
])('says %d ns as %s', (ns, text) => {
  expect(durationText(ns)).toBe(text)
})
