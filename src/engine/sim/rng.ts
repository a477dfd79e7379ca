/**
 * Randomness of a run: a 32-bit generator (a Weyl sequence through a mixing function), seeded by the run's seed and the
 * name of what draws from it, so that one more device or injection leaves the draws of all others as they were.
 */
const GOLDEN = 0x9e3779b9

export class Rng {
  private state: number

  constructor(seed: number, stream: string) {
    this.state = mix(mix(seed >>> 0) ^ mix(Math.floor(seed / 0x1_0000_0000) ^ hash(stream)))
  }

  /** Uniform over the 2^32 whole numbers from 0. */
  next(): number {
    this.state = (this.state + GOLDEN) >>> 0
    return mix(this.state)
  }

  /** Uniform in [0, 1). */
  fraction(): number {
    return this.next() / 0x1_0000_0000
  }

  /** True with this probability; 0 and 1 are certain. */
  chance(probability: number): boolean {
    return this.fraction() < probability
  }
}

/** Every bit of the input moves about half of the output's: multiply, fold the high half onto the low one, again. */
function mix(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}

function hash(text: string): number {
  let h = 0
  for (let i = 0; i < text.length; i++) h = mix(Math.imul(h, 31) + text.charCodeAt(i))
  return h
}
