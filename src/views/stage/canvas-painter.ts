/**
 * The painter of the page: Canvas2D in device pixels, colours from the theme's tokens.
 *
 * The tokens are read once per change of theme, not per frame; text styles are set only when they change, because
 * setting a font is the dearest call of a canvas.
 */
import { addressRamp, inkOn, luminance, RAMP_ON_DARK, RAMP_ON_LIGHT } from '../../stage/address-colour.ts'
import { INKS, type Colour, type Dash, type Ink, type Painter, type TextAlign } from '../../stage/painter.ts'

export interface CanvasTheme {
  readonly inks: Readonly<Record<Ink, string>>
  readonly ramp: readonly string[]
  readonly rampInk: readonly string[]
  readonly font: string
  /** Letters are so much larger than asked for. */
  readonly textScale: number
}

export function readCanvasTheme(root: Element): CanvasTheme {
  const style = getComputedStyle(root)
  const inks = Object.fromEntries(
    INKS.map((ink) => [ink, plainColour(root, style.getPropertyValue(`--ink-${ink}`).trim())]),
  ) as Record<Ink, string>
  const isLight = luminance(inks.panel) > LIGHT_PAGE
  const ramp = addressRamp(isLight ? RAMP_ON_LIGHT : RAMP_ON_DARK)
  return {
    inks,
    ramp,
    rampInk: ramp.map(inkOn),
    font: style.getPropertyValue('--font').trim(),
    textScale: Number(style.getPropertyValue('--text-scale')) || 1,
  }
}

const LIGHT_PAGE = 0.4

/** `#rrggbb`, also of `#fff`, as built style sheets write it, and of a colour of the system, such as CanvasText. */
function plainColour(root: Element, colour: string): string {
  if (/^#[\da-f]{6}$/i.test(colour)) return colour
  const probe = root.ownerDocument.createElement('i')
  probe.style.cssText = `forced-color-adjust: none; color: ${colour}`
  root.append(probe)
  const channels = getComputedStyle(probe).color.match(/\d+(?:\.\d+)?/g) ?? []
  probe.remove()
  return `#${[0, 1, 2]
    .map((i) =>
      Math.round(Number(channels[i] ?? 0))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

const DASHES = (widthPx: number): Readonly<Record<Dash, number[]>> => ({
  solid: [],
  dashed: [widthPx * 2.2, widthPx * 2.2],
  dotted: [widthPx, widthPx * 2.4],
})

function contextOf(
  canvas: HTMLCanvasElement | OffscreenCanvas,
): CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser gives no 2d canvas: the stage needs one')
  return context
}

export function canvasPainter(canvas: HTMLCanvasElement | OffscreenCanvas, theme: CanvasTheme): Painter {
  const c = contextOf(canvas)
  const dashesByWidth = new Map<number, Readonly<Record<Dash, number[]>>>()
  const dashes = (widthPx: number): Readonly<Record<Dash, number[]>> => {
    let found = dashesByWidth.get(widthPx)
    if (found === undefined) dashesByWidth.set(widthPx, (found = DASHES(widthPx)))
    return found
  }
  const css = (colour: Colour): string =>
    typeof colour === 'number' ? (theme.ramp[colour] ?? '#888888') : theme.inks[colour]
  let font = ''
  let ratio = 1
  const onPixel = (at: number): number => Math.round(at * ratio) / ratio
  const setFont = (sizePx: number, bold: boolean): void => {
    const wanted = `${bold ? 600 : 400} ${sizePx * theme.textScale}px ${theme.font}`
    if (wanted !== font) c.font = font = wanted
  }
  return {
    begin(widthPx, heightPx) {
      ratio = canvas.width / Math.max(1, widthPx)
      c.setTransform(ratio, 0, 0, ratio, 0, 0)
      c.clearRect(0, 0, widthPx, heightPx)
      c.textBaseline = 'middle'
      c.globalAlpha = 1
      font = ''
    },
    end() {
      // Drawn already.
    },
    opacity(alpha) {
      c.globalAlpha = alpha
    },
    path() {
      c.beginPath()
    },
    box(x, y, w, h, radius) {
      if (radius <= 0) c.rect(x, y, w, h)
      else c.roundRect(x, y, w, h, Math.min(radius, w / 2, h / 2))
    },
    line(x1, y1, x2, y2) {
      c.moveTo(x1, y1)
      c.lineTo(x2, y2)
    },
    curve(x1, y1, cx, cy, x2, y2) {
      c.moveTo(x1, y1)
      c.quadraticCurveTo(cx, cy, x2, y2)
    },
    circle(x, y, radius) {
      c.moveTo(x + radius, y)
      c.arc(x, y, radius, 0, Math.PI * 2)
    },
    arc(x, y, radius, share) {
      c.moveTo(x, y - radius)
      c.arc(x, y, radius, -Math.PI / 2, Math.PI * (2 * share - 0.5))
    },
    fill(colour) {
      c.fillStyle = css(colour)
      c.fill()
    },
    ink(colour) {
      c.fillStyle = css(colour)
    },
    plain(x, y, w, h) {
      const left = onPixel(x)
      const top = onPixel(y)
      c.fillRect(
        left,
        top,
        Math.max(1 / ratio, onPixel(x + w) - left),
        Math.max(1 / ratio, onPixel(y + h) - top),
      )
    },
    edges(x, y, w, h, edgePx) {
      const left = onPixel(x)
      const top = onPixel(y)
      const width = Math.max(1 / ratio, onPixel(x + w) - left)
      const height = Math.max(1 / ratio, onPixel(y + h) - top)
      const edge = Math.max(1, Math.floor(edgePx * ratio)) / ratio
      c.fillRect(left, top, width, edge)
      c.fillRect(left, top + height - edge, width, edge)
      c.fillRect(left, top + edge, edge, height - 2 * edge)
      c.fillRect(left + width - edge, top + edge, edge, height - 2 * edge)
    },
    hollow(x, y, w, h, edgePx) {
      const left = onPixel(x)
      const top = onPixel(y)
      const width = Math.max(1 / ratio, onPixel(x + w) - left)
      const height = Math.max(1 / ratio, onPixel(y + h) - top)
      const edge = Math.max(1, Math.floor(edgePx * ratio)) / ratio
      c.fillRect(left, top, width, height)
      if (width > 2 * edge && height > 2 * edge)
        c.clearRect(left + edge, top + edge, width - 2 * edge, height - 2 * edge)
    },
    stroke(colour, widthPx, dash) {
      c.strokeStyle = css(colour)
      c.lineWidth = widthPx
      c.setLineDash(dashes(widthPx)[dash])
      c.stroke()
    },
    text(text, x, y, sizePx, colour, align: TextAlign, bold) {
      setFont(sizePx, bold)
      c.textAlign = align
      c.fillStyle = css(colour)
      c.fillText(text, x, y)
    },
    textOn(step, text, x, y, sizePx) {
      setFont(sizePx, true)
      c.textAlign = 'center'
      c.fillStyle = theme.rampInk[step] ?? '#000000'
      c.fillText(text, x, y)
    },
  }
}
