import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holding, land, write } from './write-text.ts'

/** A thing that is written to, and everything that was written to it. */
interface Slate {
  readonly said: string[]
}

const slate = (): Slate => ({ said: [] })
const say = (on: Slate, words: string): void => write(on, () => on.said.push(words))

describe('the pen', () => {
  it('writes at once where nobody holds it', () => {
    const one = slate()
    say(one, 'now')
    expect(one.said).toEqual(['now'])
  })

  it('writes all that waits when it lands, once', () => {
    const [one, other] = [slate(), slate()]
    holding(() => say(one, 'first'))
    holding(() => say(other, 'second'))
    expect([one.said, other.said]).toEqual([[], []])
    land()
    land()
    expect([one.said, other.said]).toEqual([['first'], ['second']])
  })

  it('is let go by one who fails', () => {
    const one = slate()
    expect(() => holding(() => { throw new Error('no words') })).toThrow('no words') // prettier-ignore
    say(one, 'after')
    expect(one.said).toEqual(['after'])
  })

  it('leaves the newest words, whoever held it', () => {
    const writing = fc.record({ held: fc.boolean(), words: fc.string() })
    fc.assert(
      fc.property(fc.array(writing, { minLength: 1 }), (writings) => {
        const one = slate()
        for (const { held, words } of writings)
          if (held) holding(() => say(one, words))
          else say(one, words)
        land()
        expect(one.said.at(-1)).toBe(writings.at(-1)!.words)
      }),
    )
  })
})
