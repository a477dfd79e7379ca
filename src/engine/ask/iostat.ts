/** `iostat -x` (sysstat 12): what the counters say about the time between two moments. */
import { type DiskCounters, Group } from './disk-stats.ts'

export interface Measured {
  readonly name: string
  readonly from: DiskCounters
  readonly to: DiskCounters
}

/** Name and width of each column after the device. */
const COLUMNS: readonly (readonly [name: string, width: number])[] = [
  ['r/s', 8],
  ['rkB/s', 10],
  ['rrqm/s', 9],
  ['%rrqm', 7],
  ['r_await', 8],
  ['rareq-sz', 9],
  ['w/s', 8],
  ['wkB/s', 10],
  ['wrqm/s', 9],
  ['%wrqm', 7],
  ['w_await', 8],
  ['wareq-sz', 9],
  ['d/s', 8],
  ['dkB/s', 10],
  ['drqm/s', 9],
  ['%drqm', 7],
  ['d_await', 8],
  ['dareq-sz', 9],
  ['f/s', 8],
  ['f_await', 8],
  ['aqu-sz', 8],
  ['%util', 7],
]
const NAME_WIDTH = 13

export function iostatText(devices: readonly Measured[], spanNs: number): string {
  const head = 'Device'.padEnd(NAME_WIDTH) + COLUMNS.map(([name, width]) => name.padStart(width)).join('')
  const rows = devices.map(({ name, from, to }) => {
    const cells = figuresOf(from, to, spanNs).map(
      (figure, at) => ` ${figure.toFixed(2).padStart(COLUMNS[at]![1] - 1)}`,
    )
    return name.padEnd(NAME_WIDTH) + cells.join('')
  })
  return [head, ...rows].join('\n')
}

function figuresOf(from: DiskCounters, to: DiskCounters, spanNs: number): number[] {
  const seconds = spanNs / 1e9
  const perSecond = (amount: number): number => (seconds > 0 ? amount / seconds : 0)
  const figures: number[] = []
  for (const group of [Group.read, Group.write, Group.discard]) {
    const since = (column: 'ios' | 'merges' | 'sectors' | 'takenNs'): number =>
      to[column][group]! - from[column][group]!
    const [ios, merges, kib] = [since('ios'), since('merges'), since('sectors') / 2]
    figures.push(perSecond(ios), perSecond(kib), perSecond(merges), share(merges, merges + ios) * 100)
    figures.push(share(since('takenNs') / 1e6, ios), share(kib, ios))
  }
  const flushes = to.ios[Group.flush]! - from.ios[Group.flush]!
  figures.push(
    perSecond(flushes),
    share((to.takenNs[Group.flush]! - from.takenNs[Group.flush]!) / 1e6, flushes),
  )
  figures.push(share(to.weightedNs - from.weightedNs, spanNs))
  figures.push(Math.min(100, share(to.busyNs - from.busyNs, spanNs) * 100))
  return figures
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}
