/**
 * Where events of a kind are, without reading every event: how often each kind occurs in each chunk of a growing record.
 * A search reads the two chunks at its ends and skips the others by their counts; ten million events have 1,221 chunks.
 */
import { CHUNK_EVENTS, type EventChunk } from '../engine/log/index.ts'
import type { RunRecord } from './run-record.ts'

/** Which of the events of its kinds counts; absent: each. */
export type EventTest = (chunk: EventChunk, row: number) => boolean

const KINDS = 256
const indices = new WeakMap<RunRecord, KindIndex>()

export class KindIndex {
  private readonly record: RunRecord
  /** Events by chunk and kind: chunk * KINDS + kind. */
  private counts: Uint16Array = new Uint16Array(KINDS * 16)
  private chunksRead = 0

  /** One index a record, made when it is first asked for. */
  static of(record: RunRecord): KindIndex {
    let index = indices.get(record)
    if (index === undefined) indices.set(record, (index = new KindIndex(record)))
    return index
  }

  private constructor(record: RunRecord) {
    this.record = record
  }

  /** The next event after `from` (or before it) that is of one of the kinds and passes the test; -1 when there is none. */
  next(kinds: readonly number[], from: number, direction: 1 | -1, test?: EventTest): number {
    return this.nth(kinds, 1, from, direction, test)
  }

  /** The nth event after `from` (or before it), from 1. A test makes it read every chunk that has such kinds. */
  nth(kinds: readonly number[], nth: number, from: number, direction: 1 | -1 = 1, test?: EventTest): number {
    this.refresh()
    const { record } = this
    const start = Math.max(-1, Math.min(from, record.eventCount)) + direction
    let left = nth
    let row = start % CHUNK_EVENTS
    for (let at = Math.floor(start / CHUNK_EVENTS); at >= 0 && at < this.chunksRead; at += direction) {
      const chunk = record.chunks[at]!
      const whole = row === (direction === 1 ? 0 : chunk.count - 1)
      const here = this.countIn(at, kinds)
      if (here > 0 && !(whole && test === undefined && here < left)) {
        for (; row >= 0 && row < chunk.count; row += direction) {
          if (!kinds.includes(chunk.kind[row]!) || test?.(chunk, row) === false) continue
          if (--left === 0) return at * CHUNK_EVENTS + row
        }
      } else left -= here
      row = direction === 1 ? 0 : CHUNK_EVENTS - 1
    }
    return -1
  }

  private countIn(chunk: number, kinds: readonly number[]): number {
    let sum = 0
    for (const kind of kinds) sum += this.counts[chunk * KINDS + kind]!
    return sum
  }

  private refresh(): void {
    const { chunks } = this.record
    if (this.counts.length < chunks.length * KINDS) {
      const larger = new Uint16Array(Math.max(chunks.length, this.chunksRead * 2) * KINDS)
      larger.set(this.counts)
      this.counts = larger
    }
    for (; this.chunksRead < chunks.length; this.chunksRead++) {
      const { kind, count } = chunks[this.chunksRead]!
      const base = this.chunksRead * KINDS
      for (let row = 0; row < count; row++) this.counts[base + kind[row]!]!++
    }
  }
}
