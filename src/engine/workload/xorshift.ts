/**
 * The generator of a loop's offsets: 64-bit xorshift as the traced workload used it (kernel-traces/README.md, "Random
 * offsets"), so that a simulated loop reads the very sectors of the real one.
 */
const MASK = (1n << 64n) - 1n
const WARM_UP = 8

export class Xorshift64 {
  private state: bigint

  constructor(seed: number) {
    this.state = (BigInt(seed) * 2654435761n + 88172645463325252n) & MASK
    for (let i = 0; i < WARM_UP; i++) this.next()
  }

  next(): bigint {
    let r = this.state
    r ^= (r << 13n) & MASK
    r ^= r >> 7n
    r ^= (r << 17n) & MASK
    this.state = r
    return r
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Number(this.next() % BigInt(count))
  }
}
