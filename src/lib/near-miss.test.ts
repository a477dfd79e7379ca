import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, listed, nearest, suggest } from './near-miss.ts'

/** The definition, word for word; exponential, so only for tiny words. */
function naive(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const [x, y] = [a.slice(1), b.slice(1)]
  let best = Math.min(naive(x, b) + 1, naive(a, y) + 1, naive(x, y) + (a[0] === b[0] ? 0 : 1))
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0])
    best = Math.min(best, naive(a.slice(2), b.slice(2)) + 1)
  return best
}

describe('the distance of two words', () => {
  it('is what the definition says', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b) === naive(a, b)))
  })

  it('is the same in both directions and zero only for the same word', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
      }),
    )
  })
})

describe('the nearest word', () => {
  const fields = ['offset', 'length', 'count', 'stride', 'op']

  it.each([
    ['lenght', 'length'],
    ['strid', 'stride'],
    ['Offset', 'offset'],
    ['counts', 'count'],
  ])('of %s is %s', (word, meant) => {
    expect(nearest(word, fields)).toBe(meant)
  })

  it('is nobody when nothing is near', () => {
    expect(nearest('banana', fields)).toBeUndefined()
    expect(nearest('x'.repeat(100_000), fields)).toBeUndefined()
  })

  it('becomes a remedy', () => {
    expect(suggest('lenght', fields)).toBe('did you mean "length"?')
    expect(suggest('banana', ['R', 'W', 'M'])).toBe('write "R", "W" or "M"')
    expect(listed(['R'])).toBe('"R"')
  })
})
