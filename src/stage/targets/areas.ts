/** Parts of a layout that depend on what is in it: the room beside a pocket, and in one. */
import { rect, type Rect } from '../rect.ts'

export function besidePocket(content: Rect, pocket: Rect): Rect {
  return rect(content.x, content.y, Math.max(10, pocket.x - content.x - 4), content.h)
}

/** A pocket so high, in units, has room for a second line: what it waits for. */
const TWO_LINES_FROM = 46

export function hasSecondLine(pocket: Rect, u: number): boolean {
  return pocket.h >= TWO_LINES_FROM * u
}

/** A pocket's words stand above what is in it. */
export function pocketContent(pocket: Rect, u: number): Rect {
  const words = (hasSecondLine(pocket, u) ? 28 : 15) * u
  return rect(pocket.x + 6 * u, pocket.y + words, pocket.w - 12 * u, pocket.h - words - 2 * u)
}
