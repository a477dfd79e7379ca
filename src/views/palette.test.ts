/**
 * The inks of a theme stay apart for eyes without one kind of cone. Simulated as culori does it (Machado, Oliveira and
 * Fernandes 2009, full severity), distances by CIEDE2000; 10 is plainly different colours for areas and thick lines.
 */
import { readFileSync } from 'node:fs'
import {
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  lab65,
  parse,
  type Color,
} from 'culori'
import { describe, expect, it } from 'vitest'
import { addressRamp, RAMP_ON_DARK, RAMP_ON_LIGHT } from '../stage/address-colour.ts'
import { PATH_INKS } from '../stage/painter.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const distance = differenceCiede2000()
const eyes: [string, (colour: Color) => Color][] = [
  ['all cones', (colour) => colour],
  ['protanopia', filterDeficiencyProt(1)],
  ['deuteranopia', filterDeficiencyDeuter(1)],
  ['tritanopia', filterDeficiencyTrit(1)],
]
const inks = ['split', 'merge', 'choose', 'good', 'bad']
const PLAINLY_DIFFERENT = 10
/** Eight colours are many; each has its name beside it. */
const TOLD_APART = 8

function ink(theme: string, name: string): Color {
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? ''
  return parse(new RegExp(`--ink-${name}: (#\\w+)`).exec(block)?.[1] ?? '')!
}

describe.each(eyes)('seen with %s', (_, seen) => {
  it.each(['dark', 'light', 'projector'])('no two inks of the %s theme look alike', (theme) => {
    for (const [place, one] of inks.entries()) {
      for (const other of inks.slice(place + 1)) {
        const apart = distance(seen(ink(theme, one)), seen(ink(theme, other)))
        expect(apart, `${one} and ${other}`).toBeGreaterThanOrEqual(PLAINLY_DIFFERENT)
      }
    }
  })

  it.each(['dark', 'light', 'projector'])('no two paths of the %s theme look alike', (theme) => {
    for (const [place, one] of PATH_INKS.entries()) {
      for (const other of PATH_INKS.slice(place + 1)) {
        const apart = distance(seen(ink(theme, one)), seen(ink(theme, other)))
        expect(apart, `${one} and ${other}`).toBeGreaterThanOrEqual(TOLD_APART)
      }
    }
  })

  it.each([RAMP_ON_DARK, RAMP_ON_LIGHT])('addresses grow lighter all along the ramp %j to %j', (...ends) => {
    const lightness = addressRamp(ends).map((colour) => lab65(seen(parse(colour)!)).l)
    for (const [step, value] of lightness.slice(1).entries()) expect(value).toBeGreaterThan(lightness[step]!)
  })
})
