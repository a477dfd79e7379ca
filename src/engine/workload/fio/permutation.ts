/**
 * A random order of 0 to n-1 that nobody has to store: a Feistel network over the next even power of two, walked until
 * it lands below n. Serves as the random map of a pass, which fio keeps as a bitmap.
 */
const ROUNDS = 4

export class Permutation {
  private readonly count: number
  private readonly halfBits: number
  private readonly seed: number

  constructor(count: number, seed: number) {
    this.count = count
    this.halfBits = Math.max(1, Math.ceil(Math.log2(Math.max(2, count)) / 2))
    this.seed = mix(seed)
  }

  /** The number at place `index`, both 0 to n-1. */
  at(index: number): number {
    let value = index
    do value = this.shuffle(value)
    while (value >= this.count)
    return value
  }

  private shuffle(value: number): number {
    const half = 2 ** this.halfBits
    let left = Math.floor(value / half)
    let right = value % half
    for (let round = 0; round < ROUNDS; round++) {
      const mixed = (mix(right + this.seed + round * 0x9e37) >>> 0) % half
      ;[left, right] = [right, left ^ mixed]
    }
    return left * half + right
  }
}

/** A 32-bit finalizer (xor, shift, multiply). */
function mix(value: number): number {
  let x = Math.imul((value | 0) ^ 0x5bd1e995, 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
