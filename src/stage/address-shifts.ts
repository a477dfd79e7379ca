/**
 * How far the addresses of each device lie behind those of the top of the stack: a partition starts somewhere on its disk,
 * a volume somewhere on its map. Read off the first remap to a device; colours and the address strip speak of the top.
 *
 * Simplified: a volume of several segments has the shift of the segment that is used first.
 */
import type { RunHeader } from '../engine/log/index.ts'

/** Bios remembered until they are sent on; more are not on their way at once. */
const MOST_KEPT = 4096

export class AddressShifts {
  private readonly shifts: (number | undefined)[] = []
  private readonly seen = new Map<number, { readonly sector: number; readonly dev: number }>()
  /** Without volumes and partitions nothing is ever shifted. */
  private readonly any: boolean

  constructor(header: RunHeader) {
    this.any = header.devices.some(({ role }) => role === 'linear' || role === 'partition')
    if (this.any) this.shifts[header.top] = 0
  }

  /** A sector of a device as the top of the stack counts it. */
  atTop(dev: number, sector: number): number {
    return this.any ? sector - (this.shifts[dev] ?? 0) : sector
  }

  /** An I/O or bio with an address on a device. */
  note(id: number, dev: number, sector: number): void {
    if (!this.any) return
    if (this.seen.size >= MOST_KEPT) this.seen.clear()
    this.seen.set(id, { sector, dev })
  }

  /** A bio, made for another or itself sent on, reaches a device. */
  remapped(id: number, madeFor: number, dev: number, sector: number): void {
    if (!this.any || this.shifts[dev] !== undefined) return
    const from = this.seen.get(id) ?? this.seen.get(madeFor)
    if (from !== undefined) this.shifts[dev] = sector - this.atTop(from.dev, from.sector)
  }
}
