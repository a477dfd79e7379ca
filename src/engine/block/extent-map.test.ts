import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExtentMap, NO_STAMP } from './extent-map.ts'

const SECTORS = 40

const write = fc
  .record({
    start: fc.nat(SECTORS - 1),
    length: fc.integer({ min: 0, max: 12 }),
    stamp: fc.nat(3),
    shift: fc.constantFrom(0, 0, 0, 7),
  })
  .map((w) => ({ ...w, end: Math.min(SECTORS, w.start + w.length) }))

/** The same, one entry a sector. */
class Naive {
  readonly marks = Array.from({ length: SECTORS }, () => '0 0')

  write(start: number, end: number, stamp: number, shift: number): void {
    for (let at = start; at < end; at++) this.marks[at] = stamp === NO_STAMP ? '0 0' : `${stamp} ${shift}`
  }
}

describe('ExtentMap', () => {
  it('says of every sector what an array of sectors says, in as few extents as there are changes', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40 }), fc.nat(SECTORS), fc.nat(SECTORS), (writes, a, b) => {
        const map = new ExtentMap()
        const naive = new Naive()
        for (const { start, end, stamp, shift } of writes) {
          map.write(start, end, { stamp, shift: stamp === NO_STAMP ? 0 : shift })
          naive.write(start, end, stamp, shift)
        }
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const seen: string[] = []
        map.visit(from, to, (start, end, { stamp, shift }) => {
          for (let at = start; at < end; at++) seen.push(`${stamp} ${shift}`)
        })
        expect(seen).toEqual(naive.marks.slice(from, to))
        const runs = naive.marks.filter((mark, i) => mark !== '0 0' && mark !== naive.marks[i - 1]).length
        expect(map.size).toBe(runs)
        expect([...map.all()]).toHaveLength(runs)
      }),
      { numRuns: 2000 },
    )
  })
})
