/** From a path on which something failed to where that is now: a dashed arrow, as long as it is not done. */
import type { Painter } from '../painter.ts'
import type { Scene } from './scene.ts'
import type { PathBox } from '../layout/parts.ts'
import { bottom, rect, right, type Point, type Rect } from '../rect.ts'
import { Look } from '../targets/look.ts'

/** `row`: what carries the failed I/O on. */
export function drawFate(
  painter: Painter,
  { layout, positions: at, targets }: Scene,
  path: number,
  row: number,
): void {
  const from = layout.paths[path]
  if (from === undefined || row < 0 || row >= targets.count || targets.look[row] === Look.none) return
  const u = layout.unitPx
  const thing = rect(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!)
  const way = thing.y > from.box.y ? across(from, thing, u) : up(from, thing, u)
  arrow(painter, way, u)
}

interface Way {
  readonly from: Point
  readonly bend: Point
  readonly to: Point
}

/** To another path: from the edge that is nearer to it. */
function across({ box, band }: PathBox, thing: Rect, u: number): Way {
  const rightwards = thing.x > box.x
  const from = { x: rightwards ? right(box) - 8 * u : box.x + 8 * u, y: band.box.y + band.box.h * 0.4 }
  const to = { x: rightwards ? thing.x : right(thing), y: thing.y + thing.h / 2 }
  return { from, bend: { x: (from.x + to.x) / 2, y: from.y }, to }
}

/** Up to the map: out of the head, beside its words. */
function up({ box }: PathBox, thing: Rect, u: number): Way {
  const from = { x: box.x + box.w * 0.7, y: box.y + 4 * u }
  const to = { x: thing.x + thing.w / 2, y: bottom(thing) + 3 * u }
  return { from, bend: { x: from.x, y: (from.y + to.y) / 2 }, to }
}

function arrow(painter: Painter, { from, bend, to }: Way, u: number): void {
  painter.path()
  painter.curve(from.x, from.y, bend.x, bend.y, to.x, to.y)
  painter.stroke('bad', 2 * u, 'dashed')
  const angle = Math.atan2(to.y - bend.y, to.x - bend.x)
  painter.path()
  for (const turn of [-0.5, 0.5])
    painter.line(to.x, to.y, to.x - 8 * u * Math.cos(angle + turn), to.y - 8 * u * Math.sin(angle + turn))
  painter.stroke('bad', 2 * u, 'solid')
}
