/** The figures of a brushed range as rows with words and units: what the panel shows and the exported table holds. */
import { csvText, type Cell } from '../lib/csv.ts'
import { durationText } from '../lib/duration.ts'
import type { RangeSummary, TimeRange } from '../stats/range-summary.ts'
import { bytesText, countText } from './words.ts'

export interface Figure {
  readonly key: string
  readonly label: string
  readonly about: string
  readonly unit: 'ns' | 'sectors' | 'count'
  /** One per lane, NaN where there is nothing to tell. */
  readonly values: readonly number[]
}

type Pick = (summary: RangeSummary) => number

const PLAIN: readonly (readonly [
  key: string,
  label: string,
  unit: Figure['unit'],
  pick: Pick,
  about: string,
])[] = [
  ['ios', 'I/Os ended', 'count', (s) => s.ios, 'Application I/Os that ended in the range.'],
  ['p50', 'p50', 'ns', (s) => s.p50Ns, 'Half of these I/Os took no longer, from submission to end.'],
  ['p95', 'p95', 'ns', (s) => s.p95Ns, '95 of 100 took no longer.'],
  ['p99', 'p99', 'ns', (s) => s.p99Ns, '99 of 100 took no longer.'],
  ['max', 'max', 'ns', (s) => s.maxNs, 'The longest of them.'],
  ['failed_ios', 'I/Os failed', 'count', (s) => s.failedIos, 'I/Os that ended with an error.'],
  ['errors', 'errors', 'count', (s) => s.failedCommands, 'Commands that came back with an error.'],
  ['merges', 'merges', 'count', (s) => s.merges, 'Bios and requests that joined another request.'],
  [
    'size',
    'median size',
    'sectors',
    (s) => s.medianSectors,
    'Of the commands given to devices in the range.',
  ],
  ['largest', 'largest', 'sectors', (s) => s.maxSectors, 'The largest command.'],
  ['data', 'data', 'sectors', (s) => s.sectors, 'Data of all these commands.'],
]

export interface PathName {
  readonly dev: number
  readonly name: string
}

/** All figures; the commands of each path at the end. */
export function figuresOf(
  summaries: readonly (RangeSummary | undefined)[],
  paths: readonly PathName[],
): Figure[] {
  const valuesOf = (pick: Pick): number[] => summaries.map((one) => (one === undefined ? NaN : pick(one)))
  return [
    ...PLAIN.map(([key, label, unit, pick, about]) => ({ key, label, unit, about, values: valuesOf(pick) })),
    ...paths.map(({ dev, name }) => ({
      key: `commands_${name}`,
      label: `to ${name}`,
      unit: 'count' as const,
      about: `Commands given to ${name} in the range.`,
      values: valuesOf((one) => one.commands.get(dev) ?? 0),
    })),
  ]
}

export function figureText(unit: Figure['unit'], value: number): string {
  if (Number.isNaN(value)) return '–'
  if (unit === 'ns') return durationText(value)
  return unit === 'sectors' ? bytesText(value) : countText(value)
}

/** Exact values, a column per lane. */
export function figuresCsv(range: TimeRange, figures: readonly Figure[], lanes: readonly string[]): string {
  const bounds: Cell[][] = [
    ['from', 'ns', ...lanes.map(() => Math.round(range.fromNs))],
    ['to', 'ns', ...lanes.map(() => Math.round(range.toNs))],
  ]
  return csvText(
    ['figure', 'unit', ...lanes],
    [...bounds, ...figures.map(({ key, unit, values }) => [key, unit, ...values])],
  )
}
