/** Row of the thing under a point: the innermost one, -1 where there is none. */
import { Look } from '../targets/look.ts'
import type { Scene } from './scene.ts'

export function hitTest({ targets, positions: at, layout }: Scene, x: number, y: number): number {
  const slack = 2 * layout.unitPx
  let best = -1
  let bestArea = Infinity
  for (let row = 0; row < targets.count; row++) {
    const look = targets.look[row]!
    if (look === Look.none || look === Look.ended) continue
    if (x < at.x[row]! - slack || x > at.x[row]! + at.w[row]! + slack) continue
    if (y < at.y[row]! - slack || y > at.y[row]! + at.h[row]! + slack) continue
    const area = at.w[row]! * at.h[row]!
    if (area < bestArea) {
      best = row
      bestArea = area
    }
  }
  return best
}
