/**
 * The address strip at the foot of a lane: which part of the addresses in play was completed, and by which event.
 *
 * Cut into columns; for each column the event that completed it first, so that the strip of any moment is a comparison
 * and never a replay.
 */
import type { LaneFacts } from './facts.ts'

export const STRIP_COLUMNS = 256
const NEVER = 2 ** 31 - 1

export class StripColumns {
  /** Index of the event that completed the column first. */
  readonly done: Int32Array = new Int32Array(STRIP_COLUMNS).fill(NEVER)
  private read = 0
  private rangeKey = ''

  /** Takes what the facts have learned since the last call. */
  update(facts: LaneFacts): void {
    const { firstSector, lastSector } = facts.range
    const key = `${firstSector}-${lastSector}`
    if (key !== this.rangeKey) this.reset(key)
    const scale = STRIP_COLUMNS / Math.max(1, lastSector - firstSector)
    for (; this.read < facts.completions.length; this.read++) {
      const { index, sector, sizeSectors } = facts.completions[this.read]!
      const from = Math.floor((sector - firstSector) * scale + 1e-6)
      const to = Math.max(from + 1, Math.floor((sector + sizeSectors - firstSector) * scale + 1e-6))
      for (let column = Math.max(0, from); column < Math.min(to, STRIP_COLUMNS); column++)
        this.done[column] = Math.min(this.done[column]!, index)
    }
  }

  private reset(key: string): void {
    this.rangeKey = key
    this.read = 0
    this.done.fill(NEVER)
  }
}
