/**
 * Everything one lane's run has logged so far: the header, the side tables and the chunks, read by global event index.
 *
 * All chunks but the last are full, so an index is a chunk number and a row. Appending takes the chunk as it is, nothing
 * is copied; a million events cost 34 MB.
 */
import {
  CHUNK_EVENTS,
  type EventChunk,
  type Origin,
  type RunHeader,
  type RunResult,
  sectorAt,
  type SideTables,
} from '../engine/log/index.ts'
import { simNs, type SimNs } from '../lib/brands.ts'
import type { EventRow } from './event-row.ts'
import type { Picture } from './picture.ts'
import { KEYFRAME_EVENTS, PictureCursor } from './picture-cursor.ts'

const CHUNK_SHIFT: number = Math.log2(CHUNK_EVENTS)
const ROW_MASK = CHUNK_EVENTS - 1

export class RunRecord {
  readonly header: RunHeader
  readonly tables: SideTables = { devices: [], tasks: [], strings: [], origins: [] }
  readonly chunks: EventChunk[] = []
  /** Events so far. */
  eventCount = 0
  /** Set when the run has ended. */
  result: RunResult | undefined
  /** @internal Pictures laid down by cursors, in order of their index. */
  readonly keyframes: Picture[] = []
  /** @internal Events between keyframes of a small state. */
  readonly keyframeEvents: number
  /** @internal Largest subject in the chunks up to each: ids are given out in rising order, so this finds births. */
  readonly largestSubject: number[] = []
  private ownCursor: PictureCursor | undefined

  constructor(header: RunHeader, keyframeEvents: number = KEYFRAME_EVENTS) {
    this.header = header
    this.keyframeEvents = keyframeEvents
  }

  /** @throws Error when a chunk is appended after a partly filled one. */
  append(chunks: readonly EventChunk[], additions: SideTables): void {
    this.tables.devices?.push(...(additions.devices ?? []))
    this.tables.tasks.push(...additions.tasks)
    this.tables.strings.push(...additions.strings)
    this.tables.origins.push(...additions.origins)
    for (const chunk of chunks) {
      if (chunk.count === 0) continue
      if ((this.eventCount & ROW_MASK) !== 0) throw new Error('a chunk follows one that is not full')
      this.chunks.push(chunk)
      this.largestSubject.push(Math.max(this.largestSubject.at(-1) ?? 0, largestSubjectOf(chunk)))
      this.eventCount += chunk.count
    }
  }

  /** Time of the last event; the run's own end when it has ended. */
  get endNs(): SimNs {
    if (this.result !== undefined) return simNs(this.result.endNs)
    return this.eventCount === 0 ? simNs(0) : this.timeAt(this.eventCount - 1)
  }

  chunkOf(index: number): EventChunk {
    return this.chunks[index >>> CHUNK_SHIFT]!
  }

  rowOf(index: number): number {
    return index & ROW_MASK
  }

  /** 0 before the first event. */
  timeAt(index: number): SimNs {
    return simNs(index < 0 ? 0 : this.chunkOf(index).timeNs[index & ROW_MASK]!)
  }

  kindAt(index: number): number {
    return this.chunkOf(index).kind[index & ROW_MASK]!
  }

  devAt(index: number): number {
    return this.chunkOf(index).dev[index & ROW_MASK]!
  }

  subjectAt(index: number): number {
    return this.chunkOf(index).subject[index & ROW_MASK]!
  }

  objectAt(index: number): number {
    return this.chunkOf(index).object[index & ROW_MASK]!
  }

  argAt(index: number): number {
    return this.chunkOf(index).arg[index & ROW_MASK]!
  }

  /** One event with all its columns; for sentences and inspectors, not for loops over millions. */
  eventAt(index: number): EventRow {
    const chunk = this.chunkOf(index)
    const row = index & ROW_MASK
    return {
      index,
      timeNs: chunk.timeNs[row]!,
      kind: chunk.kind[row]!,
      dev: chunk.dev[row]!,
      rwbs: chunk.rwbs[row]!,
      task: chunk.task[row]!,
      subject: chunk.subject[row]!,
      object: chunk.object[row]!,
      sector: sectorAt(chunk, row),
      sizeSectors: chunk.size[row]!,
      arg: chunk.arg[row]!,
    }
  }

  origin(index: number): Origin | undefined {
    return this.tables.origins[index]
  }

  /** Index of the last event with time <= ns, -1 when all are later. */
  indexAtTime(ns: number): number {
    let low = 0
    let high = this.chunks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.chunks[middle]!.timeNs[0]! <= ns) low = middle + 1
      else high = middle
    }
    if (low === 0) return -1
    const chunk = this.chunks[low - 1]!
    return (low - 1) * CHUNK_EVENTS + lastNotAfter(chunk, ns)
  }

  /**
   * State of everything after event `index` (-1: before the first). The picture belongs to the record and is valid until
   * the next call; who needs one for longer makes a PictureCursor.
   */
  pictureAt(index: number): Picture {
    this.ownCursor ??= new PictureCursor(this)
    return this.ownCursor.at(index)
  }
}

function largestSubjectOf(chunk: EventChunk): number {
  let largest = 0
  for (let row = 0; row < chunk.count; row++) if (chunk.subject[row]! > largest) largest = chunk.subject[row]!
  return largest
}

/** Row of the last event of a chunk that is not after ns; the first one is known not to be. */
function lastNotAfter(chunk: EventChunk, ns: number): number {
  let low = 1
  let high = chunk.count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (chunk.timeNs[middle]! <= ns) low = middle + 1
    else high = middle
  }
  return low - 1
}
