import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ObjectType } from '../../record/places.ts'
import { PictureCursor } from '../../record/picture-cursor.ts'
import type { Picture } from '../../record/picture.ts'
import { bioLane, rqLane } from '../test-record.ts'
import { BirthOrder } from './birth-order.ts'

/** The same without memory: all rows in use, sorted by id. */
function sorted({ slots }: Picture): number[] {
  const rows = Array.from({ length: slots.count }, (_, row) => row)
  return rows.filter((row) => slots.type[row] !== ObjectType.free).sort((a, b) => slots.id[a]! - slots.id[b]!)
}

describe('the order of birth', () => {
  it.each([
    ['bio', bioLane()],
    ['rq', rqLane()],
  ] as const)('of a %s lane is that of sorted ids, wherever the show jumps', (_mode, record) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: record.eventCount }), { maxLength: 30 }), (jumps) => {
        const order = new BirthOrder()
        const pictures = new PictureCursor(record)
        for (const jump of jumps) {
          const picture = pictures.at(jump)
          order.update(picture)
          expect([...order.rows.subarray(0, order.count)]).toEqual(sorted(picture))
        }
      }),
    )
  })
})
