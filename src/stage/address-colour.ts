/**
 * The colour of an I/O is its address: a perceptually even ramp (viridis) over the sectors in play, cut into COLOUR_STEPS
 * so that the canvas can fill all blocks of one colour in one go.
 *
 * The ends that would vanish are cut off: the darkest part of viridis on a dark page, the lightest on a light one.
 * Neighbours keep neighbouring colours, so a merged request is a smooth gradient and a scattered one a comb.
 */

export const COLOUR_STEPS = 64

/** Part of the ramp that is readable on the page: from, to. */
export type RampEnds = readonly [number, number]
export const RAMP_ON_DARK: RampEnds = [0.2, 1]
export const RAMP_ON_LIGHT: RampEnds = [0.1, 0.88]

export interface AddressRange {
  readonly firstSector: number
  readonly lastSector: number
}

/** Index of the colour of a sector, 0..COLOUR_STEPS-1. */
export function colourStep(sector: number, range: AddressRange): number {
  const span = Math.max(1, range.lastSector - range.firstSector)
  const at = (sector - range.firstSector) / span
  return Math.max(0, Math.min(COLOUR_STEPS - 1, Math.round(at * (COLOUR_STEPS - 1))))
}

/** Viridis at even distances; between them a straight line is as good as the eye. (Its d3 module weighs 8 KB.) */
const VIRIDIS = [0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725]

/** CSS colours of the steps. */
export function addressRamp(ends: RampEnds): string[] {
  return Array.from({ length: COLOUR_STEPS }, (_, step) =>
    viridis(ends[0] + ((ends[1] - ends[0]) * step) / (COLOUR_STEPS - 1)),
  )
}

function viridis(share: number): string {
  const at = share * (VIRIDIS.length - 1)
  const below = Math.min(VIRIDIS.length - 2, Math.floor(at))
  const channel = (shift: number): number => {
    const from = (VIRIDIS[below]! >> shift) & 255
    const to = (VIRIDIS[below + 1]! >> shift) & 255
    return Math.round(from + (to - from) * (at - below))
  }
  const packed = (channel(16) << 16) | (channel(8) << 8) | channel(0)
  return `#${packed.toString(16).padStart(6, '0')}`
}

/** Black or white, whichever reads better on the colour (WCAG relative luminance). */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  return luminance(colour) > 0.179 ? '#000000' : '#ffffff'
}

/** WCAG relative luminance of `#rrggbb`. */
export function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/** WCAG contrast ratio of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}
