import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Xorshift64 } from './xorshift.ts'

/** Marsaglia's three shifts, in wrapping 64-bit arithmetic. */
function* naive(seed: number): Generator<bigint> {
  const u64 = (n: bigint): bigint => BigInt.asUintN(64, n)
  let state = u64(u64(BigInt(seed) * 2_654_435_761n) + 88_172_645_463_325_252n)
  for (;;) {
    state = u64(state ^ u64(state << 13n))
    state ^= state >> 7n
    state = u64(state ^ u64(state << 17n))
    yield state
  }
}

it('is the generator of the traced workload, after eight numbers that are thrown away', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const twin = naive(seed)
      for (let i = 0; i < 8; i++) twin.next()
      const random = new Xorshift64(seed)
      for (let i = 0; i < 20; i++) expect(random.next()).toBe(twin.next().value)
    }),
    { seed: 7 },
  )
})

it('keeps below what it is asked for', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 1_000_000 }), (seed, count) => {
      const number = new Xorshift64(seed).below(count)
      expect(Number.isInteger(number) && number >= 0 && number < count).toBe(true)
    }),
    { seed: 8 },
  )
})
