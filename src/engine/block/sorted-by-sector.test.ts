import fc from 'fast-check'
import { expect, it } from 'vitest'
import { engineParts, looseRequest, pathsUnder } from '../../../tests/support/engine-parts.ts'
import type { Request } from './request.ts'
import { EndHash } from './elevator.ts'
import { SortedBySector } from './sorted-by-sector.ts'

const { stack } = engineParts(pathsUnder('round-robin', 1), 'rq')
const queue = stack.md.queue

/** Few sectors, so that many requests lie at the same one. */
const steps = fc.array(
  fc.record({
    act: fc.constantFrom('insert', 'insert', 'remove', 'move'),
    sector: fc.integer({ min: 0, max: 12 }),
    at: fc.nat(30),
  }),
  { maxLength: 80 },
)

it('SortedBySector is an array that is sorted anew each time, equal sectors in order of arrival', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const sorted = new SortedBySector()
      let naive: Request[] = []
      const file = (rq: Request): void => {
        const behind = naive.findIndex((other) => other.sector > rq.sector)
        naive.splice(behind < 0 ? naive.length : behind, 0, rq)
      }
      for (const { act, sector, at } of list) {
        const rq = naive[at % Math.max(1, naive.length)]
        if (act === 'insert') {
          const fresh = looseRequest(queue, 'R', sector)
          sorted.insert(fresh)
          file(fresh)
        } else if (rq && act === 'remove') {
          sorted.remove(rq)
          naive = naive.filter((other) => other !== rq)
        } else if (rq) {
          rq.sector = Math.min(rq.sector, sector) // as by a front merge, before the request is filed anew
          sorted.resort(rq)
          naive = naive.filter((other) => other !== rq)
          file(rq)
        }
        expect(sorted.size).toBe(naive.length)
        for (let probe = 0; probe <= 13; probe++)
          expect(sorted.atOrAfter(probe)).toBe(naive.find((other) => other.sector >= probe))
        naive.forEach((other, index) => {
          expect(sorted.after(other)).toBe(naive[index + 1])
          expect(sorted.before(other)).toBe(naive[index - 1])
        })
      }
    }),
    { seed: 3 },
  )
})

it('EndHash finds the newest mergeable request that ends at a sector', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const hash = new EndHash()
      let naive: Request[] = [] // newest first
      for (const { act, sector, at } of list) {
        const rq = naive[at % Math.max(1, naive.length)]
        if (act === 'insert') {
          const fresh = looseRequest(queue, 'R', sector, 4)
          hash.add(fresh)
          naive.unshift(fresh)
        } else if (rq && act === 'remove') {
          hash.delete(rq)
          naive = naive.filter((other) => other !== rq)
        } else if (rq && at % 3 === 0) rq.noMerge = true
        else if (rq) {
          rq.sizeSectors += 2
          hash.reposition(rq)
          naive = [rq, ...naive.filter((other) => other !== rq)]
        }
        for (let end = 0; end < 40; end++)
          expect(hash.find(end)).toBe(naive.find((other) => other.mergeable && other.endSector === end))
      }
    }),
    { seed: 4 },
  )
})
