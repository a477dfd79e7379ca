/**
 * Goes through a growing record ahead of whoever looks at it and leaves keyframes behind, some events at a time: then a
 * jump to anywhere folds no more than lies between two of them.
 */
import { PictureCursor } from './picture-cursor.ts'
import type { RunRecord } from './run-record.ts'

export class KeyframeWalk {
  private readonly record: RunRecord
  private readonly cursor: PictureCursor
  private index = -1

  constructor(record: RunRecord) {
    this.record = record
    this.cursor = new PictureCursor(record)
  }

  /** Goes on by so many events; false when there was nowhere to go. */
  on(events: number): boolean {
    const { record } = this
    const last = record.eventCount - 1
    // Others leave keyframes too.
    const from = Math.max(this.index, record.keyframes.at(-1)?.index ?? -1)
    if (from >= last) return false
    this.index = Math.min(last, from + events)
    this.cursor.at(this.index)
    return true
  }
}
