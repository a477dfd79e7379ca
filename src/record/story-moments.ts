/**
 * The moments of a story: points in simulated time at which something happens in any lane, each with its weight, merged
 * from all lanes and never more than a fixed number.
 *
 * When there are too many, neighbours are joined and only the longest silences stay apart: the map becomes coarser, its
 * shape stays.
 */
import { type EventChunk, EventKind, TimerKind } from '../engine/log/index.ts'
import type { RunRecord } from './run-record.ts'
import { BEAT_BY_KIND } from './story-beats.ts'
import { Habit } from './story-habit.ts'

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
  /** What ended the silence before a moment: its weightiest kind of event, or TIMER_BASE plus the TimerKind of a timer that was due. */
  readonly cause: Uint8Array
  /** How often something was tried in vain in the gap after a moment, as it had been before, and is passed over. */
  readonly passed: Uint32Array
  /** What that was, named as a cause; 0 where nothing was passed over. */
  readonly passedCause: Uint8Array
  /** Events in all moments that are told. */
  readonly events: number
  readonly count: number
  /** Gaps after a moment that are longer than this are jumps. */
  readonly jumpNs: number
}

/** Timers that run again and again: beside another that has run out they say little. */
const IS_RETRY: ReadonlySet<number> = new Set([
  TimerKind.requeue,
  TimerKind.resource_retry,
  TimerKind.budget_retry,
])

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
    let told = false
    for (const lane of this.lanes) {
      while (lane.nextNs === ns) {
        const { kind } = lane
        events++
        const isWeightiest = cause === 0 || BEAT_BY_KIND[kind]! > weight
        if (lane.timer !== 0 && !(cause > TIMER_BASE && IS_RETRY.has(lane.timer)))
          cause = TIMER_BASE + lane.timer
        else if (isWeightiest && cause < TIMER_BASE) cause = kind
        weight = Math.max(weight, BEAT_BY_KIND[kind]!)
        lane.advance()
      }
      if (lane.habit.tell()) told = true
    }
    if (told) this.list.add(ns, weight * (1 + Math.log2(events) / 4), cause, events)
    else this.list.pass(cause)
  }
}

/** The next event of one lane that is not yet in a moment. */
class LaneReader {
  nextNs = Infinity
  readonly habit: Habit
  private readonly record: RunRecord
  private chunkIndex = 0
  private row = 0
  private chunk: EventChunk | undefined

  constructor(record: RunRecord) {
    this.record = record
    this.habit = new Habit(record.header)
  }

  get kind(): number {
    return this.chunk!.kind[this.row]!
  }

  /** The TimerKind of a timer that has run out; 0 for what else happens. */
  get timer(): number {
    const { chunk, row } = this
    const ranOut = chunk!.kind[row] === EventKind.timer_end && chunk!.arg[row] === 0
    return ranOut ? chunk!.object[row]! : 0
  }

  advance(): void {
    this.habit.see(this.chunk!, this.row)
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
  readonly passed: Uint32Array
  readonly passedCause: Uint8Array
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
    this.passed = new Uint32Array(capacity)
    this.passedCause = new Uint8Array(capacity)
  }

  /** Something is tried once more in vain; what ends with a timer has its name from it. */
  pass(cause: number): void {
    const last = this.count - 1
    const before = this.passedCause[last]!
    if (before === 0 || (cause >= TIMER_BASE && before < TIMER_BASE)) {
      this.passedCause[last] = cause
      this.passed[last] = 1
    } else if (cause === before) this.passed[last]!++
    this.inLast = this.stride
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
    this.passed[this.count] = 0
    this.passedCause[this.count] = 0
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
      this.passed[to] = this.passed[pair ? from + 1 : from]!
      this.passedCause[to] = this.passedCause[pair ? from + 1 : from]!
      this.weight[to] = this.weight[from]! + (pair ? this.weight[from + 1]! : 0)
      from += pair ? 2 : 1
    }
    this.count = to
  }
}
