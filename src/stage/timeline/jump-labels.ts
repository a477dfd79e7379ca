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
  const marks: JumpMark[] = []
  let free = -Infinity
  for (const jump of view.map.jumps) {
    const x = xOf(view, jump.fromShownMs)
    const widthPx = xOf(view, jump.toShownMs) - x
    if (x + widthPx < 0 || x > view.widthPx) continue
    const before = marks.at(-1)
    if (before !== undefined && x + widthPx - (before.x + before.widthPx) < MERGE_UNITS * view.unitPx)
      continue
    const wanted = Math.max(0, x + widthPx / 2 + GAP_UNITS * view.unitPx)
    const end = wanted + jump.label.length * LETTER_UNITS * view.unitPx
    const fits = wanted >= free && end <= view.widthPx
    if (fits) free = end + GAP_UNITS * view.unitPx
    marks.push({ jump, x, widthPx, labelX: fits ? wanted : undefined })
  }
  return marks
}
