/** The figures of a span of time: what ended in it, what was given to which path, what merged and what failed. */
import type { LaneStats } from './lane-stats.ts'
import { quantilesOf } from './quantiles.ts'

/** From the first nanosecond up to, not including, the second. */
export interface TimeRange {
  readonly fromNs: number
  readonly toNs: number
}

export interface RangeSummary {
  /** I/Os that ended in the range. */
  readonly ios: number
  readonly p50Ns: number
  readonly p95Ns: number
  readonly p99Ns: number
  readonly maxNs: number
  /** Of the commands given to devices in the range; NaN without any. */
  readonly medianSectors: number
  readonly maxSectors: number
  readonly sectors: number
  /** Commands given to each path in the range. */
  readonly commands: ReadonlyMap<number, number>
  readonly merges: number
  readonly failedIos: number
  /** Commands that came back with an error in the range. */
  readonly failedCommands: number
}

export function summaryOf(stats: LaneStats, { fromNs, toNs }: TimeRange): RangeSummary {
  const { ios, commands, issued, mergesNs } = stats
  const [firstIo, endIo] = ios.rowsIn(fromNs, toNs)
  const [p50Ns, p95Ns, p99Ns, maxNs] = quantilesOf(
    ios.tookNs.values.slice(firstIo, endIo),
    [0.5, 0.95, 0.99, 1],
  ) as [number, number, number, number]
  const first = issued.timeNs.firstNotBelow(fromNs)
  const end = issued.timeNs.firstNotBelow(toNs)
  const sizes = Float64Array.from(issued.sizeSectors.values.subarray(first, end))
  const [medianSectors, maxSectors] = quantilesOf(sizes, [0.5, 1]) as [number, number]
  return {
    ios: endIo - firstIo,
    p50Ns,
    p95Ns,
    p99Ns,
    maxNs,
    medianSectors,
    maxSectors,
    sectors: sizes.reduce((sum, size) => sum + size, 0),
    commands: countsOf(issued.dev.values.subarray(first, end)),
    merges: mergesNs.firstNotBelow(toNs) - mergesNs.firstNotBelow(fromNs),
    failedIos: failuresIn(ios.status.values.subarray(firstIo, endIo)),
    failedCommands: failuresIn(commands.status.values.subarray(...commands.rowsIn(fromNs, toNs))),
  }
}

function countsOf(devs: Uint8Array): Map<number, number> {
  const counts = new Uint32Array(256)
  for (const dev of devs) counts[dev]!++
  return new Map([...counts].flatMap((count, dev) => (count > 0 ? [[dev, count] as const] : [])))
}

function failuresIn(statuses: Uint8Array): number {
  let failed = 0
  for (const status of statuses) if (status !== 0) failed++
  return failed
}
