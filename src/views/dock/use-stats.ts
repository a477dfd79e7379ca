/**
 * Statistics of the lanes, taken up while somebody looks at them: some milliseconds of each frame until all events are in.
 * They stay with their record, so opening a panel again costs nothing.
 */
import { useEffect, useMemo, useState } from 'react'
import type { RunRecord } from '../../record/run-record.ts'
import { LaneStats } from '../../stats/lane-stats.ts'
import type { PanelProps } from './panel.ts'

const statsOfRecord = new WeakMap<RunRecord, LaneStats>()

/** Of each frame, at most. */
const BUDGET_MS = 4
const EVENTS_AT_ONCE = 4000
/** Who shows statistics of a growing run draws them anew no more often. */
const TELL_EVERY_MS = 200

export interface StatsNow {
  /** One per lane. */
  readonly stats: readonly (LaneStats | undefined)[]
  /** Rises when there is more in them. */
  readonly version: number
  /** Share of the events that are in, 0 to 1. */
  readonly share: number
}

export function useStats({ theater, records }: Pick<PanelProps, 'theater' | 'records'>): StatsNow {
  const [now, setNow] = useState({ version: 0, share: 0 })
  // A record is the same object while it grows; the array of them is new with every render.
  const key = useSameList(records)
  const stats = useMemo(
    () => key.map((record) => (record === undefined ? undefined : statsOf(record))),
    [key],
  )
  useEffect(() => {
    let version = 0
    let toldMs = -Infinity
    let due = true
    return theater.onFrame((nowMs) => {
      if (readSome(stats)) due = true
      const share = shareOf(stats)
      if (!due || (nowMs - toldMs < TELL_EVERY_MS && share < 1)) return
      due = false
      toldMs = nowMs
      setNow({ version: ++version, share })
    })
  }, [theater, stats])
  return { stats, ...now }
}

function statsOf(record: RunRecord): LaneStats {
  let found = statsOfRecord.get(record)
  if (found === undefined) statsOfRecord.set(record, (found = new LaneStats(record)))
  return found
}

function readSome(stats: readonly (LaneStats | undefined)[]): boolean {
  const endMs = performance.now() + BUDGET_MS
  let any = false
  for (const lane of stats)
    while (performance.now() < endMs && lane?.read(EVENTS_AT_ONCE) === true) any = true
  return any
}

function shareOf(stats: readonly (LaneStats | undefined)[]): number {
  const known = stats.filter((lane) => lane !== undefined)
  const all = known.reduce((sum, lane) => sum + lane.record.eventCount, 0)
  return all === 0 ? 1 : known.reduce((sum, lane) => sum + lane.events, 0) / all
}

/** The list as it was, as long as it holds the same. */
export function useSameList<T>(list: readonly T[]): readonly T[] {
  const [kept, setKept] = useState(list)
  const same = kept.length === list.length && kept.every((one, i) => one === list[i])
  if (same) return kept
  setKept(list)
  return list
}
