/**
 * A picture that can be moved to any event of a growing record: forwards by folding, backwards through keyframes.
 *
 * Keyframes are shared by all cursors of a record and are laid while folding passes by. Their distance grows with the
 * size of the state, so that they stay a small part of the record: see distanceAfter.
 */
import { foldTo } from './fold.ts'
import { Picture } from './picture.ts'
import type { RunRecord } from './run-record.ts'

/** Events between keyframes of a small state: so many are folded in 4 to 8 ms. */
export const KEYFRAME_EVENTS = 49_152
/** A keyframe may cost this many bytes for each event of its distance: 2 of the record's 35. */
const KEYFRAME_BYTES_PER_EVENT = 2

export class PictureCursor {
  private readonly record: RunRecord
  private readonly picture: Picture

  constructor(record: RunRecord) {
    this.record = record
    this.picture = new Picture(record.header)
  }

  /** The picture after event `index`, clamped to what is recorded; the same object every time. */
  at(index: number): Picture {
    const target = Math.max(-1, Math.min(index, this.record.eventCount - 1))
    const frame = this.frameBefore(target)
    const start = frame?.index ?? -1
    if (target < this.picture.index || start > this.picture.index) this.restore(frame)
    this.foldLayingFrames(target)
    return this.picture
  }

  private restore(frame: Picture | undefined): void {
    this.picture.copyFrom(frame ?? new Picture(this.record.header, 1))
    this.picture.reindex()
  }

  private foldLayingFrames(target: number): void {
    const { picture, record } = this
    const frames = record.keyframes
    for (;;) {
      const last = frames.at(-1)
      const due = last === undefined ? record.keyframeEvents - 1 : last.index + this.distanceAfter(last)
      if (picture.index < due && due <= target) {
        foldTo(picture, record, due)
        frames.push(compactCopy(picture))
      } else break
    }
    foldTo(picture, record, target)
  }

  /** The last keyframe at or before an event. */
  private frameBefore(index: number): Picture | undefined {
    const frames = this.record.keyframes
    let low = 0
    let high = frames.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (frames[middle]!.index <= index) low = middle + 1
      else high = middle
    }
    return frames[low - 1]
  }

  private distanceAfter(frame: Picture): number {
    return Math.max(this.record.keyframeEvents, Math.ceil(frame.byteLength / KEYFRAME_BYTES_PER_EVENT))
  }
}

function compactCopy(picture: Picture): Picture {
  const copy = new Picture(picture.header, Math.max(1, picture.slots.count))
  copy.copyFrom(picture)
  return copy
}
