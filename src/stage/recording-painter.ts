/** The painter of tests: keeps what was drawn as a list of short lines, coordinates rounded to a tenth of a pixel. */
import type { Colour, Dash, Painter, TextAlign } from './painter.ts'

export interface RecordingPainter extends Painter {
  readonly log: string[]
}

const round = (value: number): string => String(Math.round(value * 10) / 10)

export function recordingPainter(): RecordingPainter {
  const log: string[] = []
  const put = (verb: string, ...numbers: number[]): void => {
    log.push([verb, ...numbers.map(round)].join(' '))
  }
  return {
    log,
    begin: (w, h) => put('begin', w, h),
    end: () => undefined,
    opacity: (alpha) => put('opacity', alpha),
    path: () => put('path'),
    box: (x, y, w, h, radius) => put('box', x, y, w, h, radius),
    line: (x1, y1, x2, y2) => put('line', x1, y1, x2, y2),
    curve: (x1, y1, cx, cy, x2, y2) => put('curve', x1, y1, cx, cy, x2, y2),
    circle: (x, y, radius) => put('circle', x, y, radius),
    arc: (x, y, radius, share) => put('arc', x, y, radius, share),
    ink: (colour: Colour) => log.push(`ink ${colour}`),
    plain: (x, y, w, h) => put('plain', x, y, w, h),
    edges: (x, y, w, h, edgePx) => put('edges', x, y, w, h, edgePx),
    hollow: (x, y, w, h, edgePx) => put('hollow', x, y, w, h, edgePx),
    fill: (colour: Colour) => log.push(`fill ${colour}`),
    stroke: (colour: Colour, widthPx: number, dash: Dash) =>
      log.push(`stroke ${colour} ${round(widthPx)} ${dash}`),
    text: (text, x, y, _sizePx, colour, _align: TextAlign) =>
      log.push(`text ${round(x)} ${round(y)} ${colour} ${text}`),
    textOn: (step, text, x, y) => log.push(`textOn ${round(x)} ${round(y)} ${step} ${text}`),
  }
}
