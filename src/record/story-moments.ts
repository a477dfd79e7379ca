/**
 * The moments of a story: points in simulated time at which something happens in any lane, each with its weight, merged
 * from all lanes and never more than a fixed number.
 *
 * When there are too many, neighbours are joined and only the longest silences stay apart: the map becomes coarser, its
 * shape stays.
 */
import { type EventChunk, EventKind } from '../engine/log/index.ts'
import type { RunRecord } from './run-record.ts'
import { BEAT_BY_KIND } from './story-beats.ts'

/** Silences longer than this are shortened by a jump that says so. */
export const JUMP_NS = 500_000
/** Moments kept: some 16 a frame in the longest show, more than anybody can see. */
export const MAX_MOMENTS = 32_768

/** Above all kinds of events. */
export const TIMER_BASE = 200

export interface Moments {
  /** When each begins, rising strictly; the first at 0. */
  readonly ns: Float64Array
  /** Weight of what happens from there to the next. */
  readonly weight: Float64Array
  /** What ended the silence before a moment: a kind of event, or TIMER_BASE plus the TimerKind of a timer that was due. */
  readonly cause: Uint8Array
  /** Events in all moments. */
  readonly events: number
  readonly count: number
  /** Gaps after a moment that are longer than this are jumps. */
  readonly jumpNs: number
}

/** Everything that has been logged, at once. */
export function collectMoments(records: readonly RunRecord[], maxMoments: number = MAX_MOMENTS): Moments {
  return new MomentCollector(records, maxMoments).read(Infinity)
}

/** Reads growing records bit by bit; each event is looked at once. */
export class MomentCollector {
  private readonly list: MomentList
  private readonly lanes: readonly LaneReader[]

  constructor(records: readonly RunRecord[], maxMoments: number = MAX_MOMENTS) {
    this.list = new MomentList(maxMoments)
    this.list.add(0, 0, 0, 0)
    this.lanes = records.map((record) => new LaneReader(record))
  }

  /** All moments before `untilNs`, which no lane will add to any more. */
  read(untilNs: number): Moments {
    for (const lane of this.lanes) lane.refresh()
    for (;;) {
      let ns = Infinity
      for (const lane of this.lanes) if (lane.nextNs < ns) ns = lane.nextNs
      if (ns >= untilNs || ns === Infinity) return this.list
      this.takeMoment(ns)
    }
  }

  /** All events of all lanes at one time: the weightiest counts in full, the others of its kind less and less. */
  private takeMoment(ns: number): void {
    let events = 0
    let weight = 0
    let cause = 0
    for (const lane of this.lanes) {
      while (lane.nextNs === ns) {
        const { kind } = lane
        events++
        if (BEAT_BY_KIND[kind]! > weight) weight = BEAT_BY_KIND[kind]!
        if (kind === EventKind.timer_end) cause = TIMER_BASE + lane.object
        else if (cause === 0) cause = kind
        lane.advance()
      }
    }
    this.list.add(ns, weight * (1 + Math.log2(events) / 4), cause, events)
  }
}

/** The next event of one lane that is not yet in a moment. */
class LaneReader {
  nextNs = Infinity
  private readonly record: RunRecord
  private chunkIndex = 0
  private row = 0
  private chunk: EventChunk | undefined

  constructor(record: RunRecord) {
    this.record = record
  }

  get kind(): number {
    return this.chunk!.kind[this.row]!
  }

  get object(): number {
    return this.chunk!.object[this.row]!
  }

  advance(): void {
    this.row++
    if (this.row < this.chunk!.count) this.nextNs = this.chunk!.timeNs[this.row]!
    else {
      this.chunkIndex++
      this.row = 0
      this.refresh()
    }
  }

  /** Looks again where the record ended before. */
  refresh(): void {
    this.chunk = this.record.chunks[this.chunkIndex]
    this.nextNs = this.chunk === undefined ? Infinity : this.chunk.timeNs[this.row]!
  }
}

class MomentList implements Moments {
  readonly ns: Float64Array
  readonly weight: Float64Array
  readonly cause: Uint8Array
  events = 0
  count = 0
  jumpNs = JUMP_NS
  /** Moments joined into one so far. */
  private stride = 1
  private inLast = 0

  constructor(capacity: number) {
    this.ns = new Float64Array(capacity)
    this.weight = new Float64Array(capacity)
    this.cause = new Uint8Array(capacity)
  }

  add(ns: number, weight: number, cause: number, events: number): void {
    this.events += events
    const last = this.count - 1
    const joins =
      last >= 0 && (ns === this.ns[last] || (this.inLast < this.stride && ns - this.ns[last]! <= this.jumpNs))
    if (joins) {
      this.weight[last]! += weight
      if (ns === this.ns[last]) this.cause[last] = cause
      this.inLast++
      return
    }
    if (this.count === this.ns.length) this.coarsen()
    this.ns[this.count] = ns
    this.weight[this.count] = weight
    this.cause[this.count] = cause
    this.count++
    this.inLast = 1
  }

  /** Joins pairs until at most half are left; silences that still stand in the way stop being jumps. */
  private coarsen(): void {
    const goal = this.ns.length / 2
    this.stride *= 2
    for (let pass = 0; this.count > goal; pass++) {
      if (pass > 0) this.jumpNs *= 4
      this.joinPairs()
    }
  }

  private joinPairs(): void {
    let to = 0
    for (let from = 0; from < this.count; to++) {
      const pair = from + 1 < this.count && from > 0 && this.ns[from + 1]! - this.ns[from]! <= this.jumpNs
      this.ns[to] = this.ns[from]!
      this.cause[to] = this.cause[from]!
      this.weight[to] = this.weight[from]! + (pair ? this.weight[from + 1]! : 0)
      from += pair ? 2 : 1
    }
    this.count = to
  }
}
