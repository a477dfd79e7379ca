/** Moments that an author names by what happens there become times of this run. */
import { EventKind } from '../engine/log/index.ts'
import { nthEvent } from '../record/milestones.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Dilation as TimedDilation } from '../record/story-time.ts'
import { simNs, type SimNs } from '../lib/brands.ts'
import type { Dilation, Moment, StoryStop } from '../scenario/index.ts'

/** When a moment is, in the first lane in which it happens; undefined when it happens in none. */
export function timeOfMoment(records: readonly RunRecord[], moment: Moment): number | undefined {
  if ('at_ns' in moment) return moment.at_ns
  for (const record of records) {
    if (moment.mode !== undefined && record.header.mode !== moment.mode) continue
    const dev = record.header.devices.findIndex(({ name }) => name === moment.device)
    if (moment.device !== undefined && dev < 0) continue
    const wantedDev = moment.device === undefined ? undefined : dev
    const index = nthEvent(record, EventKind[moment.event], moment.nth ?? 1, wantedDev)
    if (index >= 0) return record.timeAt(index)
  }
  return undefined
}

/** Those of an author's dilations whose both ends happen. */
export function timedDilations(records: readonly RunRecord[], wishes: readonly Dilation[]): TimedDilation[] {
  return wishes.flatMap(({ from, to, factor }) => {
    const fromNs = timeOfMoment(records, from)
    const toNs = timeOfMoment(records, to)
    return fromNs === undefined || toNs === undefined ? [] : [{ fromNs, toNs, factor }]
  })
}

/** A stop of the author's, when it is. */
export interface TimedStop {
  readonly timeNs: SimNs
  readonly stop: StoryStop
}

/** Those stops that happen, in order of time. */
export function timedStops(records: readonly RunRecord[], stops: readonly StoryStop[]): TimedStop[] {
  const timed = stops.flatMap((stop) => {
    const timeNs = timeOfMoment(records, stop.at)
    return timeNs === undefined ? [] : [{ timeNs: simNs(timeNs), stop }]
  })
  return timed.sort((a, b) => a.timeNs - b.timeNs)
}
