/**
 * Where a search through the lanes leads: the first failure, the next event of a kind, so many completions. Pure; what is
 * not yet logged is not guessed: `findGoal` answers 'wait' as long as a lane may still log something earlier.
 */
import { BlkStatus, deviceAt, type EventChunk, EventKind, type EventKindName } from '../engine/log/index.ts'
import { simNs, type SimNs } from '../lib/brands.ts'
import { type EventTest, KindIndex } from '../record/kind-index.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Lanes, Playhead } from './playhead.ts'

/** Sought from the playhead on. */
export type Goal =
  /** Everything is computed: the end of the longest lane. */
  | { readonly to: 'end' }
  /** A path fails, a request or an I/O ends with an error. */
  | { readonly to: 'failure' }
  /** A bio or a request is merged. */
  | { readonly to: 'merge' }
  /** So many more I/Os of applications have ended in a lane. */
  | { readonly to: 'completions'; readonly count: number }
  | { readonly to: 'time'; readonly timeNs: SimNs }
  /** An event of one of the kinds, perhaps only on one device, by name. */
  | { readonly to: 'event'; readonly kinds: readonly EventKindName[]; readonly device?: string }

/** The event that was sought, or a time without one. */
export interface Found {
  readonly timeNs: SimNs
  readonly lane?: number
  readonly index?: number
}

/** Where a search is: lanes, and how far all of them are known. */
export interface Known {
  readonly lanes: Lanes
  /** No lane will log anything more before this; Infinity when all runs are over. */
  readonly untilNs: number
}

const FAILURES = [EventKind.fail_path, EventKind.rq_error, EventKind.io_end, EventKind.bio_complete]
const MERGES = [EventKind.backmerge, EventKind.frontmerge, EventKind.rq_merge]

/** `none`: there is no such thing after the playhead, and never will be. */
export function findGoal(known: Known, from: Playhead, goal: Goal): Found | 'wait' | 'none' {
  const over = known.untilNs === Infinity
  switch (goal.to) {
    case 'end':
      return over ? { timeNs: endOf(known.lanes) } : 'wait'
    case 'time':
      return over || goal.timeNs < known.untilNs ? { timeNs: goal.timeNs } : 'wait'
    case 'failure':
      return sought(known, from, FAILURES, 1, () => isFailure)
    case 'merge':
      return sought(known, from, MERGES, 1)
    case 'completions':
      return sought(known, from, [EventKind.io_end], goal.count)
    case 'event': {
      const { device } = goal
      const kinds = goal.kinds.map((name) => EventKind[name])
      return sought(
        known,
        from,
        kinds,
        1,
        device === undefined ? undefined : (lane) => onDevice(lane, device),
      )
    }
  }
}

/** The last event of the kinds before the playhead, in any lane. */
export function findBefore(
  lanes: Lanes,
  from: Playhead,
  kinds: readonly EventKindName[],
  device?: string,
): Found | 'none' {
  let best: Found | 'none' = 'none'
  lanes.forEach((record, lane) => {
    if (record === undefined) return
    const numbers = kinds.map((name) => EventKind[name])
    const test = device === undefined ? undefined : onDevice(record, device)
    const index = KindIndex.of(record).next(numbers, from.indices[lane] ?? -1, -1, test)
    if (index < 0) return
    const timeNs = record.timeAt(index)
    if (best === 'none' || timeNs > best.timeNs) best = { timeNs, lane, index }
  })
  return best
}

function sought(
  { lanes, untilNs }: Known,
  from: Playhead,
  kinds: readonly number[],
  nth: number,
  testOf?: (record: RunRecord) => EventTest,
): Found | 'wait' | 'none' {
  let best: Found | undefined
  lanes.forEach((record, lane) => {
    if (record === undefined) return
    const index = KindIndex.of(record).nth(kinds, nth, from.indices[lane] ?? -1, 1, testOf?.(record))
    if (index < 0) return
    const timeNs = record.timeAt(index)
    if (best === undefined || timeNs < best.timeNs) best = { timeNs, lane, index }
  })
  if (best !== undefined && best.timeNs < untilNs) return best
  return untilNs === Infinity ? (best ?? 'none') : 'wait'
}

function isFailure(chunk: EventChunk, row: number): boolean {
  const kind = chunk.kind[row]!
  return kind === EventKind.fail_path || kind === EventKind.rq_error || chunk.arg[row] !== BlkStatus.OK
}

function onDevice({ header, tables }: RunRecord, name: string): EventTest {
  return (chunk, row) => deviceAt(header, tables, chunk.dev[row]!)?.name === name
}

function endOf(lanes: Lanes): SimNs {
  return simNs(Math.max(0, ...lanes.map((record) => record?.endNs ?? 0)))
}
