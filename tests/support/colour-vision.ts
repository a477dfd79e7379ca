/**
 * How far apart two colours are for an eye: distance in OKLab, also as somebody sees them who lacks one kind of cone
 * (Machado, Oliveira and Fernandes 2009, severity 1). 0.02 is a difference one just notices side by side.
 */
type Triple = readonly [number, number, number]

/** Rows of the matrices from linear light to linear light. */
const EYES: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}
export const EYE_NAMES: readonly string[] = Object.keys(EYES)

/** Distance of two `#rrggbb` for one of EYE_NAMES. */
export function distanceFor(eye: string, a: string, b: string): number {
  const [one, other] = [a, b].map((colour) => okLab(seen(eye, linear(colour)))) as [Triple, Triple]
  return Math.hypot(...one.map((value, i) => value - other[i]!))
}

function linear(colour: string): Triple {
  const channel = (at: number): number => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

function seen(eye: string, light: Triple): Triple {
  const rows = EYES[eye]!
  return rows.map((row) => Math.min(1, Math.max(0, dot(row, light)))) as unknown as Triple
}

function okLab(light: Triple): Triple {
  const cone = (row: Triple): number => Math.cbrt(dot(row, light))
  const cones: Triple = [
    cone([0.4122214708, 0.5363325363, 0.0514459929]),
    cone([0.2119034982, 0.6806995451, 0.1073969566]),
    cone([0.0883024619, 0.2817188376, 0.6299787005]),
  ]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ]
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
