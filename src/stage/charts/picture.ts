/**
 * A chart as marks: the lanes side by side on one scale, axes with ticks and names. The same marks are drawn as SVG on the
 * page, as text of an SVG file, and on a canvas for PNG.
 */
import type { TimeView } from '../timeline/view.ts'
import { axisNames, binAxis, frame, names, timeAxis, valueScale } from './axes.ts'
import type { Chart, ChartData, ChartInput } from './chart.ts'
import { contents } from './contents.ts'
import type { ChartMark, Plot } from './marks.ts'

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
