/** Axes of a chart: the scale of its values, ticks, frames, names. */
import { scaleLinear } from 'd3-scale'
import { timeTicks } from '../timeline/time-ticks.ts'
import type { TimeView } from '../timeline/view.ts'
import { countText } from '../words.ts'
import { binOf } from './bins.ts'
import type { Cells, Chart, ChartData, Lines, Rows } from './chart.ts'
import {
  LABEL_UNITS,
  largest,
  LEAST_ROW_UNITS,
  type ChartMark,
  type Plot,
  round,
  TICK_UNITS,
  type Words,
} from './marks.ts'

/** Above the highest bar, for its number. */
const BAR_HEADROOM = 1.1

interface Tick {
  readonly at: number
  readonly label: string
}

export interface ValueScale {
  /** Height above the foot of a plot. */
  readonly of: (value: number) => number
  readonly ticks: readonly Tick[]
}

export function valueScale(data: ChartData, heightPx: number, u: number): ValueScale {
  const wanted = Math.max(2, Math.floor(heightPx / (22 * u)))
  if (data.kind === 'cells') return rowScale(data, heightPx, wanted)
  if (data.kind === 'rows') return nameScale(data, heightPx, u)
  const top = data.kind === 'bars' ? largest(data.counts.flat()) : (data.top ?? largestOfLines(data))
  const headroom = data.kind === 'bars' ? BAR_HEADROOM : 1
  const scale = scaleLinear([0, Math.max(1, top * headroom)], [0, heightPx]).nice(wanted)
  const ticks = scale
    .ticks(wanted)
    .filter((value) => Number.isInteger(value) || (data.kind === 'lines' && top > 0 && top < 3))
  return {
    of: (value) => scale(value),
    ticks: ticks.map((value) => ({ at: scale(value), label: axisText(value) })),
  }
}

/** Small values keep their decimals. */
function axisText(value: number): string {
  return value < 10 ? String(Number(value.toFixed(2))) : countText(value)
}

function rowScale({ rowEdges, rowText }: Cells, heightPx: number, wanted: number): ValueScale {
  const rows = rowEdges.length - 1
  const of = (value: number): number => (binOf(rowEdges, value) / rows) * heightPx
  const every = Math.max(1, Math.ceil(rows / wanted))
  const ticks = Array.from({ length: Math.floor(rows / every) + 1 }, (_, i) => i * every)
  return { of, ticks: ticks.map((row) => ({ at: (row / rows) * heightPx, label: rowText(rowEdges[row]!) })) }
}

/** The names of rows, as many as fit, from above. */
function nameScale({ rows }: Rows, heightPx: number, u: number): ValueScale {
  const pitch = heightPx / Math.max(1, rows.length)
  const every = Math.max(1, Math.ceil((LEAST_ROW_UNITS * u) / pitch))
  const ticks = rows.flatMap(({ label }, i) =>
    i % every === 0 ? [{ at: heightPx - (i + 0.5) * pitch, label }] : [],
  )
  return { of: () => 0, ticks }
}

function largestOfLines({ values }: Lines): number {
  let max = 0
  for (const lane of values) for (const series of lane) for (const value of series) max = Math.max(max, value)
  return max
}

export function frame(
  { x, y, widthPx, heightPx, letter }: Plot,
  { ticks }: ValueScale,
  u: number,
): ChartMark[] {
  const foot = y + heightPx
  const lines = ticks.map(({ at }) => `M${round(x)} ${round(foot - at)}h${round(widthPx)}`).join('')
  return [
    { kind: 'shape', d: lines, stroke: 'faint', widthPx: 1, opacity: 0.35 },
    {
      kind: 'shape',
      d: `M${round(x)} ${round(y)}v${round(heightPx)}h${round(widthPx)}`,
      stroke: 'muted',
      widthPx: 1,
    },
    {
      kind: 'words',
      x,
      y: y - 5 * u,
      text: `lane ${letter}`,
      align: 'start',
      sizePx: LABEL_UNITS * u,
      colour: 'text',
      bold: true,
    },
  ]
}

export type AxisNames = Pick<Chart, 'xLabel' | 'yLabel'>

/** Rows lie: what they are stands at the side, what they measure below. */
export function axisNames({ xLabel, yLabel }: Chart, { kind }: ChartData): AxisNames {
  return kind === 'rows' ? { xLabel: yLabel, yLabel: xLabel } : { xLabel, yLabel }
}

export function names(
  chart: AxisNames,
  first: Plot,
  { ticks }: ValueScale,
  plots: readonly Plot[],
  heightPx: number,
  u: number,
): ChartMark[] {
  const foot = first.y + first.heightPx
  const last = plots.at(-1)!
  const words = { kind: 'words', sizePx: TICK_UNITS * u, colour: 'muted' } as const
  return [
    ...ticks.map(({ at, label }): Words => ({
      ...words,
      x: first.x - 4 * u,
      y: foot - at + 3 * u,
      text: label,
      align: 'end',
    })),
    {
      ...words,
      x: 8 * u,
      y: first.y + first.heightPx / 2,
      text: chart.yLabel,
      align: 'middle',
      upright: true,
    },
    {
      ...words,
      x: (first.x + last.x + last.widthPx) / 2,
      y: heightPx - 4 * u,
      text: chart.xLabel,
      align: 'middle',
    },
  ]
}

export function timeAxis(plot: Plot, time: Omit<TimeView, 'widthPx'>, u: number): ChartMark[] {
  const ticks = timeTicks({ ...time, widthPx: plot.widthPx }, 54 * u)
  return axisTicks(
    plot,
    ticks.map(({ x, label }) => ({ at: x, label })),
    u,
  )
}

export function binAxis(plot: Plot, data: ChartData, u: number): ChartMark[] {
  if (data.kind !== 'bars') return []
  const pitch = plot.widthPx / Math.max(1, data.bins.length)
  const every = Math.max(1, Math.ceil((44 * u) / pitch))
  const ticks = data.bins.flatMap(({ label }, i) => (i % every === 0 ? [{ at: i * pitch, label }] : []))
  return axisTicks(plot, ticks, u)
}

function axisTicks({ x, y, heightPx }: Plot, ticks: readonly Tick[], u: number): ChartMark[] {
  const foot = y + heightPx
  return [
    {
      kind: 'shape',
      d: ticks.map(({ at }) => `M${round(x + at)} ${round(foot)}v${round(3 * u)}`).join(''),
      stroke: 'muted',
      widthPx: 1,
    },
    ...ticks.map(({ at, label }): Words => ({
      kind: 'words',
      x: x + at,
      y: foot + 12 * u,
      text: label,
      align: 'middle',
      sizePx: TICK_UNITS * u,
      colour: 'muted',
    })),
  ]
}
