import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../record/run-record.ts'
import { LogWriter, testHeader } from '../../tests/support/log-writer.ts'
import { allEvents, MergedOrder, type EventList, type MergedRow } from './merged-order.ts'

/** A record with events at these times. */
function recordOf(gaps: readonly number[]): RunRecord {
  const log = new LogWriter()
  for (const gap of gaps) {
    log.timeNs += gap
    log.add('io_submit')
  }
  return log.record(testHeader('bio'))
}

function everySecond(list: EventList): EventList {
  return { record: list.record, length: Math.ceil(list.length / 2), indexAt: (row) => list.indexAt(row * 2) }
}

function naive(lists: readonly EventList[]): MergedRow[] {
  const rows = lists.flatMap((list, lane) =>
    Array.from({ length: list.length }, (_, row) => ({ lane, index: list.indexAt(row) })),
  )
  const timeOf = ({ lane, index }: MergedRow): number => lists[lane]!.record.timeAt(index)
  return rows.sort((a, b) => timeOf(a) - timeOf(b) || a.lane - b.lane || a.index - b.index)
}

describe('the merged order of lanes', () => {
  const lane = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 30 })
  it('is that of a sorted list, row by row', () => {
    fc.assert(
      fc.property(fc.array(lane, { minLength: 1, maxLength: 3 }), fc.boolean(), (lanes, sparse) => {
        const all = lanes.map((gaps) => allEvents(recordOf(gaps)))
        const lists = sparse ? all.map(everySecond) : all
        const order = new MergedOrder(lists)
        const sorted = naive(lists)
        expect(Array.from({ length: order.length }, (_, rank) => order.at(rank))).toEqual(sorted)
        expect(order.at(order.length)).toBeUndefined()
        const indices = lanes.map((gaps) => Math.floor(gaps.length / 2) - 1)
        const happened = sorted.filter((row) => row.index <= indices[row.lane]!).length
        expect(order.countUpTo(indices)).toBe(happened)
      }),
      { numRuns: 150 },
    )
  })

  it('leaves out a lane that is not shown', () => {
    const order = new MergedOrder([undefined, allEvents(recordOf([1, 1]))])
    expect([order.length, order.at(1)]).toEqual([2, { lane: 1, index: 1 }])
  })
})
