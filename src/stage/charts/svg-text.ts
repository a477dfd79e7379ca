/** A chart as an SVG file of its own: title, sentence, keys and marks, all colours written out. */
import type { Colour } from '../painter.ts'
import type { Key } from './chart.ts'
import type { ChartMark } from './marks.ts'
import type { ChartPicture } from './picture.ts'

export interface SvgInput {
  readonly picture: ChartPicture
  readonly title: string
  readonly about: string
  readonly keys: readonly Key[]
  /** CSS colour of a role. */
  readonly css: (colour: Colour) => string
  readonly ground: string
  readonly font: string
  readonly unitPx: number
}

/** Above the picture: title, sentence, keys. */
export const HEAD_UNITS = 46

export function dashArray(
  dash: 'solid' | 'dashed' | 'dotted' | undefined,
  widthPx: number,
): string | undefined {
  if (dash === 'dashed') return `${widthPx * 5} ${widthPx * 2}`
  return dash === 'dotted' ? `${widthPx} ${widthPx * 2}` : undefined
}

/** The head of a file as marks, so that SVG and PNG have the same. */
export function headMarks({ title, about, keys, unitPx: u }: SvgInput): ChartMark[] {
  let x = 10 * u
  const legend = keys.flatMap(({ name, colour, dash }): ChartMark[] => {
    const at = x
    x += (26 + name.length * 6) * u
    return [
      { kind: 'shape', d: `M${at} ${40 * u}h${14 * u}`, stroke: colour, widthPx: 3 * u, dash },
      {
        kind: 'words',
        x: at + 18 * u,
        y: 43 * u,
        text: name,
        align: 'start',
        sizePx: 9.5 * u,
        colour: 'text',
      },
    ]
  })
  return [
    {
      kind: 'words',
      x: 10 * u,
      y: 16 * u,
      text: title,
      align: 'start',
      sizePx: 13 * u,
      colour: 'text',
      bold: true,
    },
    { kind: 'words', x: 10 * u, y: 30 * u, text: about, align: 'start', sizePx: 9.5 * u, colour: 'muted' },
    ...legend,
  ]
}

export function svgText(given: SvgInput): string {
  const { picture, title, about, css, ground, font, unitPx } = given
  const head = HEAD_UNITS * unitPx
  const [w, h] = [picture.widthPx, picture.heightPx + head]
  const body = picture.marks.map((mark) => element(mark, css)).join('\n')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${escaped(font)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(about)}</desc>`,
    `<rect width="${w}" height="${h}" fill="${ground}"/>`,
    ...headMarks(given).map((mark) => element(mark, css)),
    `<g transform="translate(0 ${head})">`,
    body,
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

function element(mark: ChartMark, css: (colour: Colour) => string): string {
  if (mark.kind === 'words') {
    const { x, y, text, align, sizePx, colour, bold, upright } = mark
    const turn = upright === true ? ` transform="rotate(-90 ${x} ${y})"` : ''
    const weight = bold === true ? ' font-weight="700"' : ''
    return `<text x="${x}" y="${y}" text-anchor="${align}" font-size="${sizePx}" fill="${css(colour)}"${weight}${turn}>${escaped(text)}</text>`
  }
  const { d, fill, stroke, widthPx = 1, dash, opacity } = mark
  const dashes = dashArray(dash, widthPx)
  return [
    `<path d="${d}" fill="${fill === undefined ? 'none' : css(fill)}"`,
    stroke === undefined ? '' : ` stroke="${css(stroke)}" stroke-width="${widthPx}"`,
    dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`,
    opacity === undefined ? '/>' : ` opacity="${opacity}"/>`,
  ].join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
