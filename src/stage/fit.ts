/** How much smaller words are written so that all of them fit a box: from their number, without measuring the page. */
import type { Rect } from './rect.ts'

/** A sentence under a lane at its full size, in units: its letters, their mean width as a share, the height of a line. */
const SENTENCE_UNITS = 13
/** Of the boldest theme, which also writes larger. */
const LETTER_SHARE = 0.62
const LINE_SHARE = 1.28
const SMALLEST = 0.6
const STEP = 0.05

/** Share of the full size, from 1 down; the smallest that is still read where nothing fits. */
export function fitOf(text: string, box: Rect, unitPx: number, textScale: number): number {
  const letters = text.length
  for (let share = 1; share > SMALLEST; share -= STEP) {
    const sizePx = SENTENCE_UNITS * textScale * unitPx * share
    const perLine = Math.floor(box.w / (sizePx * LETTER_SHARE))
    const lines = Math.floor(box.h / (sizePx * LINE_SHARE))
    // A word that does not end a line leaves room behind it.
    if (letters <= perLine * lines - (lines - 1) * Math.min(8, perLine / 3)) return share
  }
  return SMALLEST
}
