/** Parts of a layout that depend on what is in it: the room beside a pocket, and in one. */
import { rect, type Rect } from '../rect.ts'

export function besidePocket(content: Rect, pocket: Rect): Rect {
  return rect(content.x, content.y, Math.max(10, pocket.x - content.x - 4), content.h)
}

/** A pocket's name stands above what is in it. */
export function pocketContent(pocket: Rect, u: number): Rect {
  return rect(pocket.x + 6 * u, pocket.y + 15 * u, pocket.w - 12 * u, pocket.h - 17 * u)
}
