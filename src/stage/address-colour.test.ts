import { describe, expect, it } from 'vitest'
import {
  addressRamp,
  COLOUR_STEPS,
  colourStep,
  contrast,
  inkOn,
  luminance,
  RAMP_ON_DARK,
  RAMP_ON_LIGHT,
} from './address-colour.ts'

describe.each([
  ['dark', RAMP_ON_DARK, '#151b23'],
  ['light', RAMP_ON_LIGHT, '#ffffff'],
] as const)('the ramp of addresses on a %s page', (_name, ends, page) => {
  const ramp = addressRamp(ends)

  it('gets lighter with every step, evenly', () => {
    expect(ramp).toHaveLength(COLOUR_STEPS)
    const lightness = ramp.map((colour) => Math.cbrt(luminance(colour)))
    const steps = lightness.slice(1).map((value, i) => value - lightness[i]!)
    expect(Math.min(...steps)).toBeGreaterThan(0)
    expect(Math.max(...steps)).toBeLessThan(4 * (lightness.at(-1)! - lightness[0]!) * (1 / COLOUR_STEPS))
  })

  it('stands out from the page at both ends', () => {
    for (const colour of [ramp[0]!, ramp.at(-1)!]) expect(contrast(colour, page)).toBeGreaterThan(1.45)
  })

  it('carries a label that reads', () => {
    for (const colour of ramp) expect(contrast(colour, inkOn(colour))).toBeGreaterThan(4.5)
  })
})

describe('the step of a sector', () => {
  it('runs from the first to the last sector in play and stays inside', () => {
    const range = { firstSector: 100, lastSector: 228 }
    expect(colourStep(100, range)).toBe(0)
    expect(colourStep(228, range)).toBe(COLOUR_STEPS - 1)
    expect(colourStep(0, range)).toBe(0)
    expect(colourStep(5000, range)).toBe(COLOUR_STEPS - 1)
  })
})
