/** Things that have ended (I/Os, commands), a row each in order of their end. */
import { bytes, floats, words, type Column } from '../lib/column.ts'

export class Ended {
  readonly endNs: Column<Float64Array> = floats()
  readonly tookNs: Column<Float64Array> = floats()
  readonly sector: Column<Float64Array> = floats()
  readonly sizeSectors: Column<Uint32Array> = words()
  readonly dev: Column<Uint8Array> = bytes()
  /** blk_status; 0 is good. */
  readonly status: Column<Uint8Array> = bytes()

  get count(): number {
    return this.endNs.length
  }

  push(row: {
    readonly endNs: number
    readonly tookNs: number
    readonly sector: number
    readonly sizeSectors: number
    readonly dev: number
    readonly status: number
  }): void {
    this.endNs.push(row.endNs)
    this.tookNs.push(row.tookNs)
    this.sector.push(row.sector)
    this.sizeSectors.push(row.sizeSectors)
    this.dev.push(row.dev)
    this.status.push(row.status)
  }

  /** Rows that ended in [from, to): first and end. */
  rowsIn(fromNs: number, toNs: number): [first: number, end: number] {
    return [this.endNs.firstNotBelow(fromNs), this.endNs.firstNotBelow(toNs)]
  }
}
