/** The spans of a lane, made when the timeline first shows it and taken up chunk by chunk, some milliseconds a frame. */
import type { LaneShow } from '../../stage/lane-show.ts'
import { LaneSpans } from '../../stage/spans.ts'

interface Reading {
  readonly spans: LaneSpans
  chunks: number
}

const readings = new WeakMap<LaneShow, Reading>()
const BUDGET_MS = 5

function readingOf(show: LaneShow): Reading {
  let found = readings.get(show)
  if (found === undefined)
    readings.set(show, (found = { spans: new LaneSpans(show.record.header, show.facts), chunks: 0 }))
  return found
}

/** As far as they were read. */
export function spansOf(show: LaneShow): LaneSpans {
  return readingOf(show).spans
}

/** Takes up what is new; what it says about ids must have been read into the facts before. */
export function readSpans(show: LaneShow): { readonly any: boolean; readonly done: boolean } {
  const reading = readingOf(show)
  const { chunks } = show.record
  // The facts read whole chunks in a frame of their own.
  const known = Math.min(chunks.length, show.chunksRead)
  const endMs = performance.now() + BUDGET_MS
  const before = reading.chunks
  while (reading.chunks < known && performance.now() < endMs) reading.spans.read(chunks[reading.chunks++]!)
  return { any: reading.chunks > before, done: reading.chunks === known }
}
