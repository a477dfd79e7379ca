/**
 * Where the show is: a time and, for each lane, the last event that has happened.
 *
 * The time alone is not enough: several events can share one nanosecond, and stepping stops between them. Events of all
 * lanes are in one order: by time, then by lane, then as logged.
 */
import { simNs, type SimNs } from '../lib/brands.ts'
import type { RunRecord } from '../record/run-record.ts'

export interface Playhead {
  readonly timeNs: SimNs
  /** Per lane, -1 before its first event. */
  readonly indices: readonly number[]
}

export type Lanes = readonly (RunRecord | undefined)[]

export function playheadAt(lanes: Lanes, timeNs: SimNs): Playhead {
  return { timeNs, indices: lanes.map((record) => record?.indexAtTime(timeNs) ?? -1) }
}

/** At a time, but between events of that nanosecond where `indices` say so; they are believed only where that is true. */
export function playheadNear(lanes: Lanes, timeNs: SimNs, indices: readonly number[] | undefined): Playhead {
  const plain = playheadAt(lanes, timeNs)
  if (indices?.length !== plain.indices.length) return plain
  const possible = indices.every((index, lane) => {
    const last = plain.indices[lane]!
    return index === last || (index >= -1 && index < last && lanes[lane]?.timeAt(index + 1) === timeNs)
  })
  return possible ? { timeNs, indices } : plain
}

/**
 * The same moment when lanes show other runs: what had happened in both has happened, what only one of them has at that
 * nanosecond is still to come, unless all of the nanosecond had happened. A record that is still there, in whatever lane,
 * stays at its event.
 */
export function playheadIn(lanes: Lanes, { timeNs, indices }: Playhead, before: Lanes): Playhead {
  return {
    timeNs,
    indices: lanes.map((record, lane) => {
      const kept = record === undefined ? -1 : before.indexOf(record)
      if (kept >= 0) return indices[kept] ?? -1
      const last = record?.indexAtTime(timeNs) ?? -1
      const old = before[lane]
      const index = indices[lane]
      if (record === undefined || old === undefined || index === undefined) return last
      return index === old.indexAtTime(timeNs)
        ? last
        : Math.min(last, sharedIndex(record, old, timeNs, index))
    }),
  }
}

/** The last event up to `index` that both have, at one nanosecond; Infinity where they were apart before it. */
function sharedIndex(record: RunRecord, old: RunRecord, timeNs: SimNs, index: number): number {
  let at = old.indexAtTime(timeNs - 1)
  if (record.indexAtTime(timeNs - 1) !== at) return Infinity
  while (at < index && at + 1 < record.eventCount && sameEvent(record, old, at + 1)) at++
  return at
}

function sameEvent(a: RunRecord, b: RunRecord, index: number): boolean {
  const [one, other] = [a.eventAt(index), b.eventAt(index)]
  return Object.entries(one).every(([column, value]) => value === other[column as keyof typeof other])
}

/** Right after an event of a lane: whatever stands behind it in the order of all lanes has not happened yet. */
export function playheadAfter(lanes: Lanes, lane: number, index: number): Playhead {
  const timeNs = lanes[lane]?.timeAt(index) ?? simNs(0)
  const indices = lanes.map((record, other) => {
    if (record === undefined) return -1
    if (other === lane) return index
    return record.indexAtTime(other < lane ? timeNs : timeNs - 1)
  })
  return { timeNs, indices }
}

/** One event further or back; the same playhead when there is none. */
export function stepped(lanes: Lanes, from: Playhead, direction: 1 | -1): Playhead {
  return direction === 1 ? forwards(lanes, from) : backwards(lanes, from)
}

function forwards(lanes: Lanes, from: Playhead): Playhead {
  let chosen = -1
  let timeNs = Infinity
  lanes.forEach((record, lane) => {
    const next = (from.indices[lane] ?? -1) + 1
    if (record === undefined || next >= record.eventCount || record.timeAt(next) >= timeNs) return
    chosen = lane
    timeNs = record.timeAt(next)
  })
  if (chosen < 0) return from
  return { timeNs: simNs(timeNs), indices: changed(lanes, from, chosen, 1) }
}

/** Undoes the last event; the time becomes that of the last event left. */
function backwards(lanes: Lanes, from: Playhead): Playhead {
  const last = lastLane(lanes, from.indices)
  if (last < 0) return from
  const indices = changed(lanes, from, last, -1)
  const before = lastLane(lanes, indices)
  return { timeNs: before < 0 ? simNs(0) : lanes[before]!.timeAt(indices[before]!), indices }
}

/** The lane whose last event is the latest of all, -1 when nothing has happened. */
function lastLane(lanes: Lanes, indices: readonly number[]): number {
  let chosen = -1
  let timeNs = -1
  lanes.forEach((record, lane) => {
    const index = indices[lane] ?? -1
    if (record === undefined || index < 0 || record.timeAt(index) < timeNs) return
    chosen = lane
    timeNs = record.timeAt(index)
  })
  return chosen
}

function changed(lanes: Lanes, from: Playhead, lane: number, by: number): number[] {
  return lanes.map((_, i) => (from.indices[i] ?? -1) + (i === lane ? by : 0))
}
