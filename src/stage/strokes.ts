/**
 * What was drawn in a frame, as numbers: so that another thread can draw it. A painter that writes it down, and the way
 * back through any painter.
 */
import { COLOUR_STEPS } from './address-colour.ts'
import { INKS, type Colour, type Dash, type Painter, type TextAlign } from './painter.ts'

export interface Strokes {
  readonly numbers: Float32Array
  readonly texts: readonly string[]
}

const Verb = {
  begin: 0,
  opacity: 1,
  path: 2,
  box: 3,
  line: 4,
  curve: 5,
  circle: 6,
  arc: 7,
  fill: 8,
  ink: 9,
  plain: 10,
  edges: 11,
  hollow: 12,
  stroke: 13,
  text: 14,
  textOn: 15,
} as const

const DASHES: readonly Dash[] = ['solid', 'dashed', 'dotted']
const ALIGNS: readonly TextAlign[] = ['left', 'center', 'right']
const FIRST_CAPACITY = 16_384

/** Steps of the ramp, then the roles. */
function codeOf(colour: Colour): number {
  return typeof colour === 'number' ? colour : COLOUR_STEPS + INKS.indexOf(colour)
}

function colourOf(code: number): Colour {
  return code < COLOUR_STEPS ? code : (INKS[code - COLOUR_STEPS] ?? 'text')
}

export class StrokeWriter {
  private numbers: Float32Array<ArrayBuffer> = new Float32Array(FIRST_CAPACITY)
  private used = 0
  private texts: string[] = []
  readonly painter: Painter

  /** `ended` is called when a frame is complete. */
  constructor(ended: () => void) {
    const put = (...numbers: readonly number[]): void => {
      if (this.used + numbers.length > this.numbers.length) this.grow()
      for (const number of numbers) this.numbers[this.used++] = number
    }
    const say = (text: string): number => this.texts.push(text) - 1
    this.painter = {
      begin: (w, h) => {
        this.used = 0
        this.texts = []
        put(Verb.begin, w, h)
      },
      end: ended,
      opacity: (alpha) => put(Verb.opacity, alpha),
      path: () => put(Verb.path),
      box: (x, y, w, h, radius) => put(Verb.box, x, y, w, h, radius),
      line: (x1, y1, x2, y2) => put(Verb.line, x1, y1, x2, y2),
      curve: (x1, y1, cx, cy, x2, y2) => put(Verb.curve, x1, y1, cx, cy, x2, y2),
      circle: (x, y, radius) => put(Verb.circle, x, y, radius),
      arc: (x, y, radius, share) => put(Verb.arc, x, y, radius, share),
      fill: (colour) => put(Verb.fill, codeOf(colour)),
      ink: (colour) => put(Verb.ink, codeOf(colour)),
      plain: (x, y, w, h) => put(Verb.plain, x, y, w, h),
      edges: (x, y, w, h, edgePx) => put(Verb.edges, x, y, w, h, edgePx),
      hollow: (x, y, w, h, edgePx) => put(Verb.hollow, x, y, w, h, edgePx),
      stroke: (colour, widthPx, dash) => put(Verb.stroke, codeOf(colour), widthPx, DASHES.indexOf(dash)),
      text: (text, x, y, sizePx, colour, align, bold) =>
        put(Verb.text, say(text), x, y, sizePx, codeOf(colour), ALIGNS.indexOf(align), bold ? 1 : 0),
      textOn: (step, text, x, y, sizePx) => put(Verb.textOn, step, say(text), x, y, sizePx),
    }
  }

  /** A copy that can be given away. */
  taken(): Strokes & { readonly numbers: Float32Array<ArrayBuffer> } {
    return { numbers: this.numbers.slice(0, this.used), texts: this.texts }
  }

  private grow(): void {
    const grown = new Float32Array(this.numbers.length * 2)
    grown.set(this.numbers)
    this.numbers = grown
  }
}

/** Draws what was written down. */
export function drawStrokes({ numbers, texts }: Strokes, to: Painter): void {
  let at = 0
  const next = (): number => numbers[at++]!
  const text = (): string => texts[next()] ?? ''
  while (at < numbers.length) strokeOf(next(), next, text, to)
  to.end()
}

function strokeOf(verb: number, next: () => number, text: () => string, to: Painter): void {
  switch (verb) {
    case Verb.begin: {
      to.begin(next(), next())
      return
    }
    case Verb.opacity: {
      to.opacity(next())
      return
    }
    case Verb.path: {
      to.path()
      return
    }
    case Verb.fill: {
      to.fill(colourOf(next()))
      return
    }
    case Verb.ink: {
      to.ink(colourOf(next()))
      return
    }
    case Verb.plain: {
      to.plain(next(), next(), next(), next())
      return
    }
    case Verb.edges: {
      to.edges(next(), next(), next(), next(), next())
      return
    }
    case Verb.hollow: {
      to.hollow(next(), next(), next(), next(), next())
      return
    }
    case Verb.stroke: {
      to.stroke(colourOf(next()), next(), DASHES[next()] ?? 'solid')
      return
    }
    case Verb.text: {
      to.text(text(), next(), next(), next(), colourOf(next()), ALIGNS[next()] ?? 'left', next() === 1)
      return
    }
    case Verb.textOn: {
      to.textOn(next(), text(), next(), next(), next())
      return
    }
    default: {
      shapeOf(verb, next, to)
      return
    }
  }
}

function shapeOf(verb: number, next: () => number, to: Painter): void {
  switch (verb) {
    case Verb.box: {
      to.box(next(), next(), next(), next(), next())
      return
    }
    case Verb.line: {
      to.line(next(), next(), next(), next())
      return
    }
    case Verb.curve: {
      to.curve(next(), next(), next(), next(), next(), next())
      return
    }
    case Verb.circle: {
      to.circle(next(), next(), next())
      return
    }
    case Verb.arc: {
      to.arc(next(), next(), next(), next())
      return
    }
    default:
      throw new Error(`no stroke has the number ${verb}`)
  }
}
