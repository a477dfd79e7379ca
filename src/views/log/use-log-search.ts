/**
 * What the log lists: all events, or what a search has found so far. A search takes some milliseconds of each frame, so the
 * page answers while it goes on; it can be stopped, and what it found stays.
 */
import { useEffect, useMemo, useState } from 'react'
import { allEvents, MergedOrder, type EventList } from '../../stats/merged-order.ts'
import { FilterRun } from '../../stage/log/filter-run.ts'
import { isEmpty, type LogQuery } from '../../stage/log/query.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import type { Theater } from '../theater.ts'
import { newTeller } from './lane-teller.ts'

const BUDGET_MS = 6
const EVENTS_AT_ONCE = 200
const TELL_EVERY_MS = 150

export interface LogSearch {
  readonly order: MergedOrder
  /** Rises when more was found or logged. */
  readonly version: number
  /** 1 when all has been looked at. */
  readonly share: number
  readonly stopped: boolean
  readonly stop: () => void
}

export function useLogSearch(
  theater: Theater,
  lanes: readonly number[],
  shows: readonly (LaneShow | undefined)[],
  query: LogQuery,
): LogSearch {
  const [progress, setProgress] = useState({ version: 0, share: 0 })
  const [stoppedFor, setStoppedFor] = useState<object>()
  const found = useMemo(() => {
    const all = isEmpty(query)
    const lists = shows.map((show, lane): EventList | undefined => {
      if (show === undefined || !lanes.includes(lane)) return undefined
      return all ? allEvents(show.record) : new FilterRun(show, query, newTeller(show))
    })
    return { lists, order: new MergedOrder(lists), runs: lists.filter((list) => list instanceof FilterRun) }
  }, [lanes, shows, query])
  const stopped = stoppedFor === found

  useEffect(() => {
    let version = 0
    let toldMs = -Infinity
    let told = ''
    return theater.onFrame((nowMs) => {
      if (!stopped) advance(found.runs)
      const share = found.runs.reduce((sum, run) => sum + run.share, 0) / Math.max(1, found.runs.length)
      const done = found.runs.every((run) => run.over)
      const news = `${found.order.length} ${done ? 1 : share}`
      if (news === told || nowMs - toldMs < TELL_EVERY_MS) return
      told = news
      toldMs = nowMs
      setProgress({ version: ++version, share: done ? 1 : share })
    })
  }, [theater, found, stopped])
  return { order: found.order, ...progress, stopped, stop: () => setStoppedFor(found) }
}

function advance(runs: readonly FilterRun[]): void {
  const endMs = performance.now() + BUDGET_MS
  for (const run of runs) while (performance.now() < endMs && run.advance(EVENTS_AT_ONCE));
}
