/**
 * Maps between simulated and shown time: strictly rising, piecewise linear, invertible.
 *
 * One map serves all lanes, so they stay in lockstep. Outside the knots a map stays at its ends.
 */
import { shownMs, type ShownMs, simNs, type SimNs } from '../lib/brands.ts'

/** A silence that the show shortens and says so. */
export interface Jump {
  readonly fromNs: SimNs
  readonly toNs: SimNs
  readonly fromShownMs: ShownMs
  readonly toShownMs: ShownMs
  /** `20 ms pass: service time` */
  readonly label: string
}

export interface TimeMap {
  /** The show covers 0 to here: the last event and a little more, so that its effect can be seen. */
  readonly endNs: SimNs
  readonly totalShownMs: ShownMs
  readonly jumps: readonly Jump[]
  toShown(ns: number): ShownMs
  toSim(ms: number): SimNs
  /** The jump that a moment of the show lies in. */
  jumpAt(ms: number): Jump | undefined
}

export class KnotMap implements TimeMap {
  readonly jumps: readonly Jump[]
  private readonly ns: Float64Array
  private readonly ms: Float64Array

  /** Both columns start at 0 and rise strictly; at least two knots. */
  constructor(ns: Float64Array, ms: Float64Array, jumps: readonly Jump[] = []) {
    this.ns = ns
    this.ms = ms
    this.jumps = jumps
  }

  get endNs(): SimNs {
    return simNs(this.ns[this.ns.length - 1]!)
  }

  get totalShownMs(): ShownMs {
    return shownMs(this.ms[this.ms.length - 1]!)
  }

  toShown(ns: number): ShownMs {
    return shownMs(interpolate(this.ns, this.ms, ns))
  }

  toSim(ms: number): SimNs {
    return simNs(interpolate(this.ms, this.ns, ms))
  }

  jumpAt(ms: number): Jump | undefined {
    let low = 0
    let high = this.jumps.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.jumps[middle]!.fromShownMs <= ms) low = middle + 1
      else high = middle
    }
    const jump = this.jumps[low - 1]
    return jump !== undefined && ms < jump.toShownMs ? jump : undefined
  }
}

/** Between the knots around x; at a knot exactly its value, so that a map and its inverse agree there. */
function interpolate(from: Float64Array, to: Float64Array, x: number): number {
  const last = from.length - 1
  if (!(x > from[0]!)) return to[0]!
  if (x >= from[last]!) return to[last]!
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (from[middle]! <= x) low = middle
    else high = middle
  }
  const share = (x - from[low]!) / (from[high]! - from[low]!)
  return to[low]! + share * (to[high]! - to[low]!)
}

/** Simulated and shown time in one fixed ratio. */
export function realTime(endNs: number, nsPerShownMs: number): TimeMap {
  const end = Math.max(1, endNs)
  return new KnotMap(Float64Array.of(0, end), Float64Array.of(0, end / nsPerShownMs))
}

/** A show in real ratio should last about this long at speed 1. */
const REAL_SHOW_MS = 30_000

/** A ratio of the series 1, 2, 5 that shows a run in about half a minute, in ns per shown ms. */
export function readableRatio(endNs: number): number {
  const wanted = Math.max(1, endNs) / REAL_SHOW_MS
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 5].find((factor) => factor * power >= wanted) ?? 10
  return step * power
}
