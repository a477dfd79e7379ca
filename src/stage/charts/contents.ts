/** What stands in the plot of a lane: bars, lines, cells, rows. */
import { countText } from '../words.ts'
import type { ValueScale } from './axes.ts'
import type { Bars, Cells, ChartData, Lines, Rows } from './chart.ts'
import {
  boxPath,
  largest,
  LEAST_ROW_UNITS,
  type ChartMark,
  type Plot,
  round,
  TICK_UNITS,
  type Words,
} from './marks.ts'

/** Strengths of a cell, from one thing to the most. */
const SHADES = 5

export function contents(
  plot: Plot,
  data: ChartData,
  lane: number,
  scale: ValueScale,
  u: number,
): ChartMark[] {
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
