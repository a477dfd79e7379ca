import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrast } from '../stage/address-colour.ts'
import { PATH_INKS } from '../stage/painter.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

function theme(name: string): Map<string, string> {
  const block = new RegExp(`\\[data-theme='${name}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? ''
  return new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!]))
}

/** A colour mixed into another, as color-mix in srgb does. */
function mixed(over: string, under: string, share: number): string {
  const channel = (at: number): string => {
    const value =
      parseInt(over.slice(at, at + 2), 16) * share + parseInt(under.slice(at, at + 2), 16) * (1 - share)
    return Math.round(value).toString(16).padStart(2, '0')
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`
}

describe.each(['dark', 'light', 'projector'])('the %s theme', (name) => {
  const tokens = theme(name)
  const of = (token: string): string => tokens.get(token) ?? ''
  const grounds = ['page', 'bar', 'lane', 'box', 'ground']

  it.each([
    'ink-text',
    'ink-muted',
    'ink-split',
    'ink-merge',
    'ink-choose',
    'ink-good',
    'ink-bad',
    'ink-hold',
  ])('has %s readable on every ground', (ink) => {
    for (const ground of grounds) expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['split', 'merge', 'choose'])(
    'has the name and the notes of the %s band readable on its tint',
    (band) => {
      const tint = parseInt(of('tint'), 10) / 100
      const ground = mixed(of(`ink-${band}`), of('box'), tint)
      expect(contrast(of(`ink-${band}`), ground)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(of('ink-muted'), ground)).toBeGreaterThanOrEqual(4.5)
    },
  )

  it('has a focus ring that stands out', () => {
    for (const ground of grounds) expect(contrast(of('ink-focus'), of(ground))).toBeGreaterThanOrEqual(3)
  })

  it.each(PATH_INKS)('has %s visible on every ground', (ink) => {
    for (const ground of grounds) expect(contrast(of(`ink-${ink}`), of(ground))).toBeGreaterThanOrEqual(3)
  })
})
