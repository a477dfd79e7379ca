/**
 * Lines across the rows of the timeline and their words: turns (somebody did something, a path failed) and breaks, where
 * the show passes over a silence. All share one line of words: the turns first, then the longest silences; what finds no
 * room has none.
 */
import type { Jump } from '../../record/time-map.ts'
import type { Mark } from '../marks.ts'
import { type TimelineView, xOf, xOfNs } from './view.ts'

export interface TurnLine {
  readonly mark: Mark
  readonly words: string
  readonly x: number
  /** The words begin at the line; false where there is no room for them. */
  readonly hasRoom: boolean
}

export interface BreakLine {
  readonly jump: Jump
  readonly x: number
  readonly widthPx: number
  /** Left edge of the words; undefined where there is no room for them. */
  readonly labelX: number | undefined
}

/** Of a letter, in units. */
const LETTER_UNITS = 5.6
const GAP_UNITS = 8
/** Lines nearer to each other than this are drawn as one; breaks are as wide as their teeth. */
const MERGE_UNITS = 3
const MERGE_BREAKS_UNITS = 11

type Taken = (readonly [from: number, to: number])[]

export function lineLabels(
  view: TimelineView,
  marks: readonly Mark[],
): { readonly turns: readonly TurnLine[]; readonly breaks: readonly BreakLine[] } {
  const taken: Taken = []
  const turns = turnsIn(view, marks).map((turn) => {
    const to = turn.x + (turn.words.length + 2) * LETTER_UNITS * view.unitPx
    const hasRoom = isFree(turn.x, to, view, taken)
    if (hasRoom) taken.push([turn.x, to])
    return { ...turn, hasRoom }
  })
  const breaks = breaksIn(view)
  const labels = new Map<Break, number>()
  for (const one of [...breaks].sort((a, b) => lengthNs(b.jump) - lengthNs(a.jump))) {
    const left = placeOf(one, breaks, view, taken)
    if (left === undefined) continue
    labels.set(one, left)
    taken.push([left - gapPx(view), left + wordsPx(one, view) + gapPx(view)])
  }
  return { turns, breaks: breaks.map((one) => ({ ...one, labelX: labels.get(one) })) }
}

type Turn = Omit<TurnLine, 'hasRoom'>

function turnsIn(view: TimelineView, marks: readonly Mark[]): Turn[] {
  const turns: Turn[] = []
  for (const mark of marks) {
    const x = xOfNs(view, mark.timeNs)
    if (!mark.turns || x < 0 || x > view.widthPx) continue
    if (x - (turns.at(-1)?.x ?? -Infinity) < MERGE_UNITS * view.unitPx) continue
    turns.push({ mark, x, words: mark.label.replace(/^[A-Z]: /, '') })
  }
  return turns
}

type Break = Omit<BreakLine, 'labelX'>

/** Those in sight; where some are as good as one, the longest stands for them. */
function breaksIn(view: TimelineView): Break[] {
  const breaks: Break[] = []
  for (const jump of view.map.jumps) {
    const x = xOf(view, jump.fromShownMs)
    const widthPx = xOf(view, jump.toShownMs) - x
    if (x + widthPx < 0 || x > view.widthPx) continue
    const before = breaks.at(-1)
    const isOne =
      before !== undefined && x + widthPx - (before.x + before.widthPx) < MERGE_BREAKS_UNITS * view.unitPx
    if (!isOne) breaks.push({ jump, x, widthPx })
    else if (lengthNs(jump) > lengthNs(before.jump)) breaks[breaks.length - 1] = { ...before, jump }
  }
  return breaks
}

/** Behind the break; before it only where no other break is between, which they could be taken for. */
function placeOf(one: Break, breaks: readonly Break[], view: TimelineView, taken: Taken): number | undefined {
  const words = wordsPx(one, view)
  const middle = middleOf(one)
  const behind = Math.max(0, middle + gapPx(view))
  if (isFree(behind, behind + words, view, taken)) return behind
  const before = middle - gapPx(view) - words
  const alone = breaks.every((other) => middleOf(other) < before || middleOf(other) >= middle)
  return alone && isFree(before, before + words, view, taken) ? before : undefined
}

function isFree(left: number, right: number, view: TimelineView, taken: Taken): boolean {
  return left >= 0 && right <= view.widthPx && taken.every(([from, to]) => right <= from || left >= to)
}

function middleOf({ x, widthPx }: Break): number {
  return x + widthPx / 2
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
