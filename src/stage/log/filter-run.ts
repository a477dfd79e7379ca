/**
 * A search through a lane's events, bit by bit: who runs it gives it so many events at a time, so that the page goes on
 * answering, and shows how far it is. What is found so far is a list that can be shown at once. While the record grows there
 * is more to look at; a family is that of the moment at which the search began.
 */
import { words, type Column } from '../../lib/column.ts'
import type { EventList } from '../../stats/merged-order.ts'
import type { LogLane } from './log-row.ts'
import { candidatesOf, type Candidates, type LogQuery, type SentenceOf } from './query.ts'

export class FilterRun implements EventList {
  readonly record: LogLane['record']
  private readonly candidates: Candidates
  private readonly found: Column<Uint32Array> = words()
  private next: number

  constructor(lane: LogLane, query: LogQuery, sentenceOf: SentenceOf) {
    this.record = lane.record
    this.candidates = candidatesOf(lane, query, sentenceOf)
    this.next = this.candidates.only === undefined ? this.candidates.from : 0
  }

  get length(): number {
    return this.found.length
  }

  indexAt(row: number): number {
    return this.found.at(row)
  }

  get over(): boolean {
    return this.next >= this.end
  }

  /** 0 to 1. */
  get share(): number {
    const from = this.candidates.only === undefined ? this.candidates.from : 0
    return this.over ? 1 : (this.next - from) / Math.max(1, this.end - from)
  }

  /** Looks at so many events more; true while there are others. */
  advance(events: number): boolean {
    const end = Math.min(this.end, this.next + events)
    const { only, from, matches } = this.candidates
    const to = this.candidates.to()
    for (; this.next < end; this.next++) {
      const index = only === undefined ? this.next : only[this.next]!
      if (index >= from && index < to && matches(index)) this.found.push(index)
    }
    return !this.over
  }

  private get end(): number {
    return this.candidates.only?.length ?? this.candidates.to()
  }
}
