import { describe, expect, it } from 'vitest'
import { actionOf, KEYS, RESERVED_KEYS, type KeyPress } from './keys.ts'

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more }
}

describe('the table of keys', () => {
  it('gives every key one action and every action a key and a description', () => {
    const keys = KEYS.flatMap((binding) => binding.keys)
    expect(new Set(keys).size).toBe(keys.length)
    const actions = KEYS.map((binding) => binding.action)
    expect(new Set(actions).size).toBe(actions.length)
    for (const { caps, about } of KEYS) expect(caps.length * about.length).toBeGreaterThan(0)
  })

  it('leaves the keys of clickers alone', () => {
    for (const key of RESERVED_KEYS) expect(actionOf(press(key))).toBeUndefined()
  })

  it('tells an arrow from an arrow with shift, and leaves the browser its own', () => {
    expect(actionOf(press('ArrowRight'))).toBe('step_forward')
    expect(actionOf(press('ArrowRight', { shiftKey: true }))).toBe('mark_forward')
    expect(actionOf(press('ArrowRight', { altKey: true }))).toBeUndefined()
    expect(actionOf(press('f', { ctrlKey: true }))).toBeUndefined()
    expect(actionOf(press('k', { ctrlKey: true }))).toBe('palette')
    expect(actionOf(press('k', { metaKey: true }))).toBe('palette')
    expect(actionOf(press('k'))).toBeUndefined()
    expect(actionOf(press('F', { shiftKey: true }))).toBe('follow_previous')
    expect(actionOf(press('?', { shiftKey: true }))).toBe('help')
    expect(actionOf(press('S', { shiftKey: true }))).toBeUndefined()
  })
})
