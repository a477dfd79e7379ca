/**
 * How far the addresses of each device lie behind those of the top of the stack: a partition starts somewhere on its disk,
 * each segment of a volume somewhere on its map. Learnt from remaps; colours and the address strip speak of the top.
 *
 * Simplified: a sector between two segments that nobody has used yet counts to the nearer one.
 */
import type { RunHeader } from '../engine/log/index.ts'

/** Bios remembered until they are sent on; more are not on their way at once. */
const MOST_KEPT = 4096
/** A device of more segments than this keeps the first ones. */
const MOST_SEGMENTS = 64

/** Sectors of a device that are known to lie `shift` behind those of the top. */
interface Segment {
  readonly shift: number
  first: number
  last: number
}

export class AddressShifts {
  private readonly segments: (Segment[] | undefined)[] = []
  /** The device whose sectors a device has where nobody told of a remap: a request is sent to a path as it is. */
  private readonly over: (number | undefined)[] = []
  private readonly seen = new Map<number, { readonly sector: number; readonly dev: number }>()
  /** Without volumes and partitions nothing is ever shifted. */
  private readonly any: boolean
  private readonly top: number

  constructor(header: RunHeader) {
    this.top = header.top
    this.any = header.devices.some(({ role }) => role === 'linear' || role === 'partition')
    header.devices.forEach(({ below }, dev) => {
      for (const lower of below) this.over[lower] ??= dev
    })
  }

  /** A sector of a device as the top of the stack counts it. */
  atTop(dev: number, sector: number): number {
    if (!this.any || dev === this.top) return sector
    const known = this.segments[dev]
    if (known !== undefined) return sector - nearest(known, sector).shift
    const over = this.over[dev]
    return over === undefined ? sector : this.atTop(over, sector)
  }

  /** An I/O or bio with an address on a device. */
  note(id: number, dev: number, sector: number): void {
    if (!this.any) return
    if (this.seen.size >= MOST_KEPT) this.seen.clear()
    this.seen.set(id, { sector, dev })
  }

  /** A bio, made for another or itself sent on, reaches a device. */
  remapped(id: number, madeFor: number, dev: number, sector: number): void {
    if (!this.any || dev === this.top) return
    const from = this.seen.get(id) ?? this.seen.get(madeFor)
    if (from !== undefined) this.learn(dev, sector, sector - this.atTop(from.dev, from.sector))
  }

  private learn(dev: number, sector: number, shift: number): void {
    const known = (this.segments[dev] ??= [])
    const segment = known.find((one) => one.shift === shift)
    if (segment === undefined) {
      if (known.length < MOST_SEGMENTS) known.push({ shift, first: sector, last: sector })
      return
    }
    segment.first = Math.min(segment.first, sector)
    segment.last = Math.max(segment.last, sector)
  }
}

function nearest(segments: readonly Segment[], sector: number): Segment {
  let best = segments[0]!
  let bestAway = Infinity
  for (const segment of segments) {
    const away = Math.max(segment.first - sector, sector - segment.last, 0)
    if (away < bestAway) {
      best = segment
      bestAway = away
    }
  }
  return best
}
