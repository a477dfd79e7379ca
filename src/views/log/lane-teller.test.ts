import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { galleryRecord } from '../../../tests/support/engine-record.ts'
import { MergedOrder, allEvents } from '../../stats/merged-order.ts'
import { LaneShow } from '../../stage/lane-show.ts'
import { telling } from '../telling.ts'
import { newTeller, PatientTeller } from './lane-teller.ts'
import { ListWords } from './list-words.ts'

const show = new LaneShow(galleryRecord('busy-paths', 'rq'))
show.readArrivals()
const count = show.record.eventCount
const places = fc.array(fc.integer({ min: 0, max: count - 1 }), { minLength: 1, maxLength: 12 })

beforeAll(async () => {
  telling()
  await vi.dynamicImportSettled()
})

describe('a patient teller', () => {
  it('comes to tell the same as one that takes all the time it needs', () => {
    fc.assert(
      fc.property(places, (indices) => {
        const patient = new PatientTeller(show)
        const plain = newTeller(show)
        for (const index of indices) {
          let told: string | undefined
          for (let frame = 0; told === undefined && frame < count; frame++)
            told = patient.tell(index, () => false)
          expect(told).toBe(plain(index))
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('the words of a list', () => {
  it('are owed where time runs out, and all there some frames later', () => {
    let nowMs = 0
    const words = new ListWords(() => (nowMs += 100))
    const order = new MergedOrder([allEvents(show.record)])
    const first = count - 20
    const at = { now: first, active: first }
    let frames = 0
    let rows = words.rows(order, [show], first, 20, at)
    do {
      words.begin()
      rows = words.rows(order, [show], first, 20, at)
    } while (words.owing && frames++ < 1000)
    const plain = newTeller(show)
    expect(rows.map(({ sentence }) => sentence)).toEqual(rows.map(({ rank }) => plain(rank)))
    expect(words.sentence(order, [show], first)).toBe(`A: ${plain(first)!}`)
    expect(words.sentence(order, [show], -1)).toBe('')
  })
})
