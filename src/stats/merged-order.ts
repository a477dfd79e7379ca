/**
 * The events of all lanes in one order (by time, then by lane, then as logged), without writing that order down: the
 * row of a given rank is found by bisection, so that a list of millions can begin anywhere.
 */
import type { RunRecord } from '../record/run-record.ts'

/** Events of one lane, all of them or those that a filter found, in order. */
export interface EventList {
  readonly record: RunRecord
  readonly length: number
  /** Index in the record of the nth. */
  indexAt(row: number): number
}

export interface MergedRow {
  readonly lane: number
  readonly index: number
}

export class MergedOrder {
  private readonly lists: readonly (EventList | undefined)[]

  constructor(lists: readonly (EventList | undefined)[]) {
    this.lists = lists
  }

  get length(): number {
    return this.lists.reduce((sum, list) => sum + (list?.length ?? 0), 0)
  }

  /** The event of a rank, undefined outside the list. */
  at(rank: number): MergedRow | undefined {
    for (const [lane, list] of this.lists.entries()) {
      if (list === undefined) continue
      let low = 0
      let high = list.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if (this.rankOf(lane, middle) < rank) low = middle + 1
        else high = middle
      }
      if (low < list.length && this.rankOf(lane, low) === rank) return { lane, index: list.indexAt(low) }
    }
    return undefined
  }

  /** How many have happened when the last event of each lane is the given one (-1: none). */
  countUpTo(indices: readonly number[]): number {
    return this.lists.reduce((sum, list, lane) => {
      if (list === undefined) return sum
      const last = indices[lane] ?? -1
      return sum + firstRow(list, (row) => list.indexAt(row) > last)
    }, 0)
  }

  private rankOf(lane: number, row: number): number {
    const own = this.lists[lane]!
    const timeNs = own.record.timeAt(own.indexAt(row))
    return this.lists.reduce((rank, list, other) => {
      if (list === undefined || other === lane) return rank
      const timeOf = (at: number): number => list.record.timeAt(list.indexAt(at))
      const before = firstRow(list, other < lane ? (at) => timeOf(at) > timeNs : (at) => timeOf(at) >= timeNs)
      return rank + before
    }, row)
  }
}

/** The first row of which something is true that stays true; the length when it never is. */
function firstRow(list: EventList, isTrue: (row: number) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isTrue(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** All events of a record, also those that are still to come. */
export function allEvents(record: RunRecord): EventList {
  return {
    record,
    get length() {
      return record.eventCount
    },
    indexAt: (row) => row,
  }
}
