/**
 * The first event at which two lanes part: until then the same things happened, in the same order, to the same sectors.
 * Times are not compared, nor are ids; both logs may still grow.
 */
import { deviceAt } from '../engine/log/index.ts'
import type { RunRecord } from '../record/run-record.ts'

export class Parting {
  private readonly lanes: readonly [RunRecord, RunRecord]
  /** Events known to be alike in both. */
  private alike = 0
  private found = false

  constructor(a: RunRecord, b: RunRecord) {
    this.lanes = [a, b]
  }

  /** Index of the event, the same in both lanes; undefined while they have not parted. */
  index(): number | undefined {
    const [a, b] = this.lanes
    if (this.found) return this.alike
    const end = Math.min(a.eventCount, b.eventCount)
    while (this.alike < end && isAlike(a, b, this.alike)) this.alike++
    const oneEnded = this.alike === end && a.result !== undefined && b.result !== undefined
    this.found = this.alike < end || (oneEnded && a.eventCount !== b.eventCount)
    return this.found ? this.alike : undefined
  }
}

function isAlike(a: RunRecord, b: RunRecord, index: number): boolean {
  const chunkA = a.chunkOf(index)
  const chunkB = b.chunkOf(index)
  const row = a.rowOf(index)
  return (
    chunkA.kind[row] === chunkB.kind[row] &&
    chunkA.sectorLow[row] === chunkB.sectorLow[row] &&
    chunkA.sectorHigh[row] === chunkB.sectorHigh[row] &&
    chunkA.size[row] === chunkB.size[row] &&
    nameAt(a, chunkA.dev[row]!) === nameAt(b, chunkB.dev[row]!)
  )
}

function nameAt(record: RunRecord, dev: number): string | undefined {
  return deviceAt(record.header, record.tables, dev)?.name
}
