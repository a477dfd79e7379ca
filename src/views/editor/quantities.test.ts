import { describe, expect, it } from 'vitest'
import { spoken, typedNumber } from './quantities.ts'

describe('a number in a field', () => {
  it.each([
    ['4096', 'length', 4096],
    ['64k', 'length', 65_536],
    ['1.5m', 'offset', 1_572_864],
    ['100us', 'sleep_ns', 100_000],
    ['5 ms', 'ns', 5_000_000],
    ['0.25', 'hit_ratio', 0.25],
    ['', 'length', undefined],
    ['12x', 'length', '12x'],
    ['64k', 'count', '64k'],
    ['5ms', 'length', '5ms'],
    ['99999999999999999999', 'length', '99999999999999999999'],
  ])('typed as %j into %s is %j', (text, name, value) => {
    expect(typedNumber(text, name)).toBe(value)
  })

  it.each([
    [65_536, 'length', '64 KiB'],
    [512, 'length', ''],
    [294_912, 'sectors', '144 MiB'],
    [100_000, 'ns', '100 µs'],
    [1280, 'max_sectors_kb', '1.25 MiB'],
    [64, 'max_sectors_kb', ''],
    [16, 'count', ''],
    ['64', 'length', ''],
  ])('%j in %s is spoken as %j', (value, name, words) => {
    expect(spoken(value, name)).toBe(words)
  })
})
