import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edited, historyOf, redone, undone } from './history.ts'

describe('a history of texts', () => {
  it('undoes and redoes every step', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 30 }), (texts) => {
        const states = [historyOf('begin')]
        for (const text of texts) states.push(edited(states.at(-1)!, text, undefined, 0))
        let back = states.at(-1)!
        const steps = back.past.length
        const seen = [back.now]
        for (let step = 0; step < steps; step++) {
          back = undone(back)
          seen.push(back.now)
        }
        expect(back.now).toBe('begin')
        expect(undone(back)).toBe(back)
        for (const text of seen.reverse().slice(1)) {
          back = redone(back)
          expect(back.now).toBe(text)
        }
        expect(redone(back)).toBe(back)
      }),
    )
  })

  it('joins what is typed in one place, and nothing else', () => {
    let history = edited(historyOf(''), 'a', 'json', 0)
    history = edited(history, 'ab', 'json', 500)
    history = edited(history, 'abc', 'json', 1900)
    expect(undone(history).now).toBe('')
    history = edited(history, 'abcd', 'json', 9000)
    expect(undone(history).now).toBe('abc')
    history = edited(history, 'x', 'seed', 9100)
    expect(undone(history).now).toBe('abcd')
    expect(edited(undone(history), 'y', 'seed', 9150).past.at(-1)).toBe('abcd')
  })

  it('forgets the oldest of too much', () => {
    let history = historyOf('')
    for (let step = 0; step < 1000; step++) history = edited(history, String(step), undefined, 0)
    expect(history.past.length).toBeLessThanOrEqual(301)
    const large = 'x'.repeat(3_000_000)
    for (let step = 0; step < 10; step++) history = edited(history, large + String(step), undefined, 0)
    expect(history.past.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(8_000_000)
  })
})
