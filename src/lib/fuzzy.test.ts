import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzy } from './fuzzy.ts'

const letters = fc
  .array(fc.constantFrom('a', 'b', 'c', ' ', '-', 'D'), { maxLength: 20 })
  .map((all) => all.join(''))

describe('finding by letters', () => {
  it('finds exactly the texts that hold the letters of every word in order', () => {
    fc.assert(
      fc.property(letters, letters, (query, text) => {
        const isIn = (word: string): boolean => {
          let at = 0
          for (const letter of text.toLowerCase()) if (letter === word[at]) at++
          return at === word.length
        }
        const words = query.toLowerCase().split(/\s+/).filter(Boolean)
        expect(fuzzy(query, text) !== undefined).toBe(words.every(isIn))
      }),
      { numRuns: 1000 },
    )
  })

  it('shows letters that are in the query', () => {
    fc.assert(
      fc.property(letters, letters, (query, text) => {
        const found = fuzzy(query, text)
        for (const at of found?.at ?? []) expect(query.toLowerCase()).toContain(text[at]!.toLowerCase())
        expect(found?.at ?? []).toEqual([...(found?.at ?? [])].sort((a, b) => a - b))
      }),
    )
  })

  it('puts the start of a word before its middle, and that before single letters', () => {
    const score = (text: string): number => fuzzy('path', text)?.score ?? -1
    expect(score('two paths')).toBeGreaterThan(score('multipath'))
    expect(score('multipath')).toBeGreaterThan(score('pretty a thing'))
    expect(fuzzy('tp', 'theme: projector')?.at).toEqual([0, 7])
    expect(fuzzy('xyz', 'two paths')).toBeUndefined()
  })
})
