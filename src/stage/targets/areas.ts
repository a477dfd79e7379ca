/** Parts of a layout that depend on what is in it: the room beside a pocket, in a pocket, between selector nodes. */
import type { LaneLayout } from '../layout/parts.ts'
import { rect, type Rect } from '../rect.ts'

export function besidePocket(content: Rect, pocket: Rect): Rect {
  return rect(content.x, content.y, Math.max(10, pocket.x - content.x - 4), content.h)
}

/** A pocket's name stands above what is in it. */
export function pocketContent(pocket: Rect, u: number): Rect {
  return rect(pocket.x + 6 * u, pocket.y + 15 * u, pocket.w - 12 * u, pocket.h - 17 * u)
}

/** Between two selector nodes, so that the pointer to the chosen one has a way to go. */
export function choosingArea({ nodes, unitPx: u, dm }: LaneLayout): Rect {
  const content = dm.bands.find((band) => band.kind === 'choose')!.content
  const right = nodes[Math.floor(nodes.length / 2)]!
  const left =
    nodes.length > 1
      ? nodes[Math.floor(nodes.length / 2) - 1]!
      : { x: content.x - right.radius, halfWidth: 0 }
  const gap = 30 * u
  const x = left.x + left.halfWidth + gap
  const w = Math.max(20 * u, right.x - right.halfWidth - gap - x)
  const h = Math.min(content.h, 30 * u)
  return rect(x, right.y - h / 2, w, h)
}
