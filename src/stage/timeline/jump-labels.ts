/** Where the show passes over a silence: the place of the break, and its words where they fit beside the next ones. */
import type { Jump } from '../../record/time-map.ts'
import { xOf, type TimelineView } from './view.ts'

export interface JumpMark {
  readonly jump: Jump
  readonly x: number
  readonly widthPx: number
  /** Left edge of the words; undefined where there is no room for them. */
  readonly labelX: number | undefined
}

/** Of a letter of the label, in units. */
const LETTER_UNITS = 5.6
const GAP_UNITS = 8
/** Breaks nearer to each other than this are drawn as one. */
const MERGE_UNITS = 3

export function jumpMarks(view: TimelineView): JumpMark[] {
  const breaks = breaksIn(view)
  const labels = new Map<Break, number>()
  const taken: (readonly [from: number, to: number])[] = []
  // The longest first: it says the most.
  for (const one of [...breaks].sort((a, b) => lengthNs(b.jump) - lengthNs(a.jump))) {
    const left = placeOf(one, view, taken)
    if (left === undefined) continue
    labels.set(one, left)
    taken.push([left - gapPx(view), left + wordsPx(one, view) + gapPx(view)])
  }
  return breaks.map((one) => ({ ...one, labelX: labels.get(one) }))
}

type Break = Omit<JumpMark, 'labelX'>

/** Those in sight; where some are as good as one, the longest stands for them. */
function breaksIn(view: TimelineView): Break[] {
  const breaks: Break[] = []
  for (const jump of view.map.jumps) {
    const x = xOf(view, jump.fromShownMs)
    const widthPx = xOf(view, jump.toShownMs) - x
    if (x + widthPx < 0 || x > view.widthPx) continue
    const before = breaks.at(-1)
    const isOne =
      before !== undefined && x + widthPx - (before.x + before.widthPx) < MERGE_UNITS * view.unitPx
    if (!isOne) breaks.push({ jump, x, widthPx })
    else if (lengthNs(jump) > lengthNs(before.jump)) breaks[breaks.length - 1] = { ...before, jump }
  }
  return breaks
}

/** Behind the break, else before it; undefined where other words are. */
function placeOf(
  one: Break,
  view: TimelineView,
  taken: readonly (readonly [from: number, to: number])[],
): number | undefined {
  const words = wordsPx(one, view)
  const middle = one.x + one.widthPx / 2
  const places = [Math.max(0, middle + gapPx(view)), middle - gapPx(view) - words]
  return places.find((left) => {
    const right = left + words
    return left >= 0 && right <= view.widthPx && taken.every(([from, to]) => right <= from || left >= to)
  })
}

function wordsPx({ jump }: Break, { unitPx }: TimelineView): number {
  return jump.label.length * LETTER_UNITS * unitPx
}

function gapPx({ unitPx }: TimelineView): number {
  return GAP_UNITS * unitPx
}

function lengthNs({ fromNs, toNs }: Jump): number {
  return toNs - fromNs
}
