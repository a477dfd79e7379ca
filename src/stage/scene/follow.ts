/** Who is followed and who has the keyboard's cursor: outlines, and threads from each thing to what it was made from. */
import { NO_SLOT } from '../../record/places.ts'
import type { Painter } from '../painter.ts'
import { Look } from '../targets/look.ts'
import type { Scene } from './scene.ts'

export function drawThreads(painter: Painter, scene: Scene): void {
  const { picture, targets, positions: at, family, layout } = scene
  const { slots } = picture
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    if (family?.[row] !== 1 || targets.look[row] === Look.none) continue
    const parent = picture.find(slots.parent[row]!)
    if (parent === NO_SLOT || targets.look[parent] === Look.none) continue
    const x1 = at.x[parent]! + at.w[parent]! / 2
    const y1 = at.y[parent]! + at.h[parent]!
    const x2 = at.x[row]! + at.w[row]! / 2
    const y2 = at.y[row]!
    painter.curve(x1, y1, x2, (y1 + y2) / 2, x2, y2)
  }
  painter.stroke('focus', 1.4 * layout.unitPx, 'dotted')
}

export function drawFamilyOutlines(painter: Painter, { targets, positions, family, layout }: Scene): void {
  const u = layout.unitPx
  const { x, y, w, h } = positions
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    if (family?.[row] !== 1 || targets.look[row] === Look.none || targets.look[row] === Look.ended) continue
    painter.box(x[row]! - 2.5 * u, y[row]! - 2.5 * u, w[row]! + 5 * u, h[row]! + 5 * u, 5 * u)
  }
  painter.stroke('focus', 1.8 * u, 'solid')
}

export function drawCursor(painter: Painter, { cursor, targets, positions, layout }: Scene): void {
  if (cursor < 0 || cursor >= targets.count || targets.look[cursor] === Look.none) return
  const u = layout.unitPx
  const { x, y, w, h } = positions
  painter.path()
  painter.box(x[cursor]! - 4 * u, y[cursor]! - 4 * u, w[cursor]! + 8 * u, h[cursor]! + 8 * u, 6 * u)
  painter.stroke('focus', 2.6 * u, 'solid')
}
