/**
 * A chart as marks: the lanes side by side on one scale, axes with ticks and names. The same marks are drawn as SVG on the
 * page, as text of an SVG file, and on a canvas for PNG.
 */
import { scaleLinear } from 'd3-scale'
import { countText } from '../words.ts'
import type { Colour } from '../painter.ts'
import { timeTicks } from '../timeline/time-ticks.ts'
import type { TimeView } from '../timeline/view.ts'
import { binOf } from './bins.ts'
import type { Bars, Cells, Chart, ChartData, ChartInput, Lines, Rows } from './chart.ts'

export interface Shape {
  readonly kind: 'shape'
  /** Path data of SVG. */
  readonly d: string
  readonly fill?: Colour
  readonly stroke?: Colour
  readonly widthPx?: number
  readonly dash?: 'solid' | 'dashed' | 'dotted'
  readonly opacity?: number
}

export interface Words {
  readonly kind: 'words'
  readonly x: number
  readonly y: number
  readonly text: string
  readonly align: 'start' | 'middle' | 'end'
  readonly sizePx: number
  readonly colour: Colour
  readonly bold?: boolean
  /** Turned by a quarter, upwards. */
  readonly upright?: boolean
}

export type ChartMark = Shape | Words

/** Where the values of a lane are drawn. */
export interface Plot {
  readonly letter: string
  readonly x: number
  readonly y: number
  readonly widthPx: number
  readonly heightPx: number
}

export interface ChartPicture {
  readonly widthPx: number
  readonly heightPx: number
  readonly plots: readonly Plot[]
  readonly marks: readonly ChartMark[]
}

export interface PictureInput {
  readonly chart: Chart
  readonly input: ChartInput
  readonly data: ChartData
  readonly widthPx: number
  readonly heightPx: number
  readonly unitPx: number
  /** Letters are so much larger, as the theme wants. */
  readonly textScale: number
  /** The visible part of the show, without a width: each plot has its own. */
  readonly time: Omit<TimeView, 'widthPx'>
}

const LEFT_UNITS = 52
/** Names of rows are longer than numbers. */
const ROW_NAME_UNITS = 104
const GAP_UNITS = 16
const TOP_UNITS = 15
const BOTTOM_UNITS = 30
const RIGHT_UNITS = 8
const TICK_UNITS = 9.5
const LABEL_UNITS = 10
/** Above the highest bar, for its number. */
const BAR_HEADROOM = 1.1
/** Strengths of a cell, from one thing to the most. */
const SHADES = 5

export function plotsOf({ input, data, widthPx, heightPx, unitPx, textScale }: PictureInput): Plot[] {
  const u = unitPx * textScale
  const left = data.kind === 'rows' ? ROW_NAME_UNITS : LEFT_UNITS
  const count = Math.max(1, input.lanes.length)
  const room = widthPx - (left + RIGHT_UNITS + GAP_UNITS * (count - 1)) * u
  const plotPx = Math.max(10, room / count)
  return input.lanes.map(({ letter }, i) => ({
    letter,
    x: left * u + i * (plotPx + GAP_UNITS * u),
    y: TOP_UNITS * u,
    widthPx: plotPx,
    heightPx: Math.max(10, heightPx - (TOP_UNITS + BOTTOM_UNITS) * u),
  }))
}

export function pictureOf(given: PictureInput): ChartPicture {
  const { chart, data, widthPx, heightPx, unitPx, textScale } = given
  const u = unitPx * textScale
  const plots = plotsOf(given)
  const scale = valueScale(data, plots[0]?.heightPx ?? 10, u)
  const marks: ChartMark[] = plots.flatMap((plot, lane) => [
    ...frame(plot, scale, u),
    ...(chart.axis === 'time' ? timeAxis(plot, given.time, u) : binAxis(plot, data, u)),
    ...contents(plot, data, lane, scale, u),
  ])
  const first = plots[0]
  if (first !== undefined) marks.push(...names(axisNames(chart, data), first, scale, plots, heightPx, u))
  return { widthPx, heightPx, plots, marks }
}

interface Tick {
  readonly at: number
  readonly label: string
}

interface ValueScale {
  /** Height above the foot of a plot. */
  readonly of: (value: number) => number
  readonly ticks: readonly Tick[]
}

function valueScale(data: ChartData, heightPx: number, u: number): ValueScale {
  const wanted = Math.max(2, Math.floor(heightPx / (22 * u)))
  if (data.kind === 'cells') return rowScale(data, heightPx, wanted)
  if (data.kind === 'rows') return nameScale(data, heightPx, u)
  const top = data.kind === 'bars' ? largest(data.counts.flat()) : (data.top ?? largestOfLines(data))
  const headroom = data.kind === 'bars' ? BAR_HEADROOM : 1
  const scale = scaleLinear([0, Math.max(1, top * headroom)], [0, heightPx]).nice(wanted)
  const ticks = scale
    .ticks(wanted)
    .filter((value) => Number.isInteger(value) || (data.kind === 'lines' && top < 3))
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

const LEAST_ROW_UNITS = 10

/** The names of rows, as many as fit, from above. */
function nameScale({ rows }: Rows, heightPx: number, u: number): ValueScale {
  const pitch = heightPx / Math.max(1, rows.length)
  const every = Math.max(1, Math.ceil((LEAST_ROW_UNITS * u) / pitch))
  const ticks = rows.flatMap(({ label }, i) =>
    i % every === 0 ? [{ at: heightPx - (i + 0.5) * pitch, label }] : [],
  )
  return { of: () => 0, ticks }
}

function largest(values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), 0)
}

function largestOfLines({ values }: Lines): number {
  let max = 0
  for (const lane of values) for (const series of lane) for (const value of series) max = Math.max(max, value)
  return max
}

const round = (value: number): number => Math.round(value * 100) / 100

function frame({ x, y, widthPx, heightPx, letter }: Plot, { ticks }: ValueScale, u: number): ChartMark[] {
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

type AxisNames = Pick<Chart, 'xLabel' | 'yLabel'>

/** Rows lie: what they are stands at the side, what they measure below. */
function axisNames({ xLabel, yLabel }: Chart, { kind }: ChartData): AxisNames {
  return kind === 'rows' ? { xLabel: yLabel, yLabel: xLabel } : { xLabel, yLabel }
}

function names(
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

function timeAxis(plot: Plot, time: PictureInput['time'], u: number): ChartMark[] {
  const ticks = timeTicks({ ...time, widthPx: plot.widthPx }, 54 * u)
  return axisTicks(
    plot,
    ticks.map(({ x, label }) => ({ at: x, label })),
    u,
  )
}

function binAxis(plot: Plot, data: ChartData, u: number): ChartMark[] {
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

function contents(plot: Plot, data: ChartData, lane: number, scale: ValueScale, u: number): ChartMark[] {
  switch (data.kind) {
    case 'bars':
      return barMarks(plot, data, lane, scale, u)
    case 'lines':
      return lineMarks(plot, data, lane, scale, u)
    case 'cells':
      return cellMarks(plot, data, lane)
    case 'rows':
      return rowMarks(plot, data, lane, u)
  }
}

function barMarks(
  plot: Plot,
  { bins, counts, colour }: Bars,
  lane: number,
  scale: ValueScale,
  u: number,
): ChartMark[] {
  const pitch = plot.widthPx / Math.max(1, bins.length)
  const foot = plot.y + plot.heightPx
  const own = counts[lane] ?? []
  const seam = Math.min(2 * u, pitch * 0.15)
  const d = own.map((count, i) =>
    boxPath(plot.x + i * pitch + seam / 2, foot - scale.of(count), pitch - seam, scale.of(count)),
  )
  const labels = own.map((count, i): Words => ({
    kind: 'words',
    x: plot.x + (i + 0.5) * pitch,
    y: foot - scale.of(count) - 2 * u,
    text: countText(count),
    align: 'middle',
    sizePx: TICK_UNITS * u,
    colour: 'text',
  }))
  const fits = pitch > 26 * u
  return [
    { kind: 'shape', d: d.join(''), fill: colour },
    ...(fits ? labels.filter((_, i) => own[i]! > 0) : []),
  ]
}

function boxPath(x: number, y: number, w: number, h: number): string {
  return h <= 0 ? '' : `M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}z`
}

function lineMarks(
  plot: Plot,
  { keys, values }: Lines,
  lane: number,
  scale: ValueScale,
  u: number,
): ChartMark[] {
  return (values[lane] ?? []).map((series, key) => {
    const pitch = plot.widthPx / Math.max(1, series.length)
    const foot = plot.y + plot.heightPx
    let d = ''
    let before = NaN
    series.forEach((value, i) => {
      const y = round(foot - scale.of(value))
      if (i === 0) d = `M${round(plot.x)} ${y}`
      else if (y !== before) d += `V${y}`
      before = y
      d += `H${round(plot.x + (i + 1) * pitch)}`
    })
    const { colour, dash } = keys[key]!
    return { kind: 'shape', d, stroke: colour, widthPx: 1.8 * u, dash }
  })
}

/** Room for the number behind a bar. */
const ROW_TEXT_UNITS = 46

function rowMarks(plot: Plot, { rows, values, text, colour }: Rows, lane: number, u: number): ChartMark[] {
  const pitch = plot.heightPx / Math.max(1, rows.length)
  const most = Math.max(1, largest(values.flat()))
  const room = Math.max(10, plot.widthPx - ROW_TEXT_UNITS * u)
  const own = values[lane] ?? []
  const widths = own.map((value) => (value / most) * room)
  const d = widths.map((width, i) =>
    width <= 0 ? '' : boxPath(plot.x, plot.y + (i + 0.15) * pitch, Math.max(1, width), pitch * 0.7),
  )
  const labels = own.map((value, i): Words => ({
    kind: 'words',
    x: plot.x + widths[i]! + 4 * u,
    y: plot.y + (i + 0.5) * pitch + 3.2 * u,
    text: text(value),
    align: 'start',
    sizePx: TICK_UNITS * u,
    colour: 'text',
  }))
  return [{ kind: 'shape', d: d.join(''), fill: colour }, ...(pitch >= LEAST_ROW_UNITS * u ? labels : [])]
}

/** A shape for each colour and strength, however many cells there are. */
function cellMarks(plot: Plot, { grids, keys, rowEdges }: Cells, lane: number): ChartMark[] {
  const grid = grids[lane]
  if (grid === undefined) return []
  const rows = rowEdges.length - 1
  const columns = grid.counts.length / Math.max(1, rows)
  const most = grids.reduce((max, { counts }) => counts.reduce((a, b) => Math.max(a, b), max), 1)
  const [w, h] = [plot.widthPx / columns, plot.heightPx / rows]
  const paths = new Map<number, string>()
  grid.counts.forEach((count, cell) => {
    if (count === 0) return
    const shade = shadeOf(count, most)
    const [column, row] = [Math.floor(cell / rows), cell % rows]
    const id = grid.keys[cell]! * SHADES + shade
    const box = boxPath(plot.x + column * w, plot.y + plot.heightPx - (row + 1) * h, w, h)
    paths.set(id, (paths.get(id) ?? '') + box)
  })
  return [...paths].map(([id, d]) => ({
    kind: 'shape',
    d,
    fill: keys[Math.floor(id / SHADES)]?.colour ?? 'muted',
    opacity: 0.4 + (0.6 * (id % SHADES)) / (SHADES - 1),
  }))
}

/** By the logarithm: one thing can be seen beside a thousand. */
export function shadeOf(count: number, most: number): number {
  if (most <= 1) return SHADES - 1
  return Math.round((Math.log(count) / Math.log(most)) * (SHADES - 1))
}
