/** A chart as a file: SVG, PNG, CSV. Made in the page from the marks and numbers that are shown. */
import { csvText } from '../../lib/csv.ts'
import type { Chart, ChartData, ChartInput } from '../../stage/charts/chart.ts'
import { tableOf } from '../../stage/charts/chart.ts'
import type { ChartMark } from '../../stage/charts/marks.ts'
import { pictureOf, type PictureInput } from '../../stage/charts/picture.ts'
import { dashArray, HEAD_UNITS, headMarks, svgText, type SvgInput } from '../../stage/charts/svg-text.ts'
import type { Colour } from '../../stage/painter.ts'
import { download, downloadText } from '../dock/download.ts'
import type { CanvasTheme } from '../stage/canvas-painter.ts'

/** Of an exported picture; on a slide it is a third of the width. */
const WIDTH_PX = 1200
const HEIGHT_PX = 420
const UNIT_PX = 1.4
/** Pixels of a PNG for each of the picture. */
const PNG_SCALE = 2

export interface ChartFileInput {
  readonly chart: Chart
  readonly input: ChartInput
  readonly data: ChartData
  readonly time: PictureInput['time']
  readonly theme: CanvasTheme
}

function cssOf(theme: CanvasTheme): (colour: Colour) => string {
  return (colour) => (typeof colour === 'number' ? (theme.ramp[colour] ?? '#888888') : theme.inks[colour])
}

function svgInput({ chart, input, data, time, theme }: ChartFileInput): SvgInput {
  return {
    picture: pictureOf({
      chart,
      input,
      data,
      time,
      widthPx: WIDTH_PX,
      heightPx: HEIGHT_PX,
      unitPx: UNIT_PX,
      textScale: 1,
    }),
    title: chart.title,
    about: chart.about,
    keys: 'keys' in data ? data.keys : [],
    css: cssOf(theme),
    ground: theme.inks.panel,
    font: theme.font,
    unitPx: UNIT_PX,
  }
}

export function saveSvg(given: ChartFileInput): void {
  downloadText(`bioscope-${given.chart.id}.svg`, svgText(svgInput(given)), 'image/svg+xml')
}

export function saveCsv({ chart, input, data }: ChartFileInput): void {
  const { columns, rows } = tableOf(chart, input, data)
  downloadText(`bioscope-${chart.id}.csv`, csvText(columns, rows), 'text/csv')
}

export async function savePng(given: ChartFileInput): Promise<void> {
  const svg = svgInput(given)
  const head = HEAD_UNITS * UNIT_PX
  const canvas = new OffscreenCanvas(WIDTH_PX * PNG_SCALE, (HEIGHT_PX + head) * PNG_SCALE)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser gives no 2d canvas: save the chart as SVG')
  context.scale(PNG_SCALE, PNG_SCALE)
  context.fillStyle = svg.ground
  context.fillRect(0, 0, WIDTH_PX, HEIGHT_PX + head)
  for (const mark of headMarks(svg)) drawMark(context, mark, svg)
  context.translate(0, head)
  for (const mark of svg.picture.marks) drawMark(context, mark, svg)
  download(`bioscope-${given.chart.id}.png`, await canvas.convertToBlob({ type: 'image/png' }))
}

const ALIGN = { start: 'left', middle: 'center', end: 'right' } as const

function drawMark(
  context: OffscreenCanvasRenderingContext2D,
  mark: ChartMark,
  { css, font }: SvgInput,
): void {
  context.save()
  if (mark.kind === 'words') {
    context.font = `${mark.bold === true ? 700 : 400} ${mark.sizePx}px ${font}`
    context.textAlign = ALIGN[mark.align]
    context.fillStyle = css(mark.colour)
    context.translate(mark.x, mark.y)
    if (mark.upright === true) context.rotate(-Math.PI / 2)
    context.fillText(mark.text, 0, 0)
  } else {
    const path = new Path2D(mark.d)
    context.globalAlpha = mark.opacity ?? 1
    if (mark.fill !== undefined) {
      context.fillStyle = css(mark.fill)
      context.fill(path)
    }
    if (mark.stroke !== undefined) {
      context.strokeStyle = css(mark.stroke)
      context.lineWidth = mark.widthPx ?? 1
      context.setLineDash(
        (dashArray(mark.dash, context.lineWidth) ?? '').split(' ').map(Number).filter(Boolean),
      )
      context.stroke(path)
    }
  }
  context.restore()
}
