/** From what chooses to what was chosen, with the head of an arrow. */
import { NO_DEV, Place } from '../../record/places.ts'
import type { Painter } from '../painter.ts'
import { Look } from '../targets/look.ts'
import type { Scene } from './scene.ts'

export function drawPointers(painter: Painter, scene: Scene): void {
  const { targets, picture } = scene
  const { slots } = picture
  for (let row = 0; row < targets.count; row++) {
    const chooses = slots.place[row] === Place.choose && slots.chosen[row] !== NO_DEV
    if (chooses && targets.look[row] !== Look.none) pointer(painter, scene, row)
  }
}

function pointer(painter: Painter, { layout, picture, positions: at }: Scene, row: number): void {
  const u = layout.unitPx
  const node = layout.nodes.find((candidate) => candidate.dev === picture.slots.chosen[row])
  if (node === undefined) return
  const y = at.y[row]! + at.h[row]! / 2
  const leftwards = node.x < at.x[row]!
  const from = leftwards ? at.x[row]! - 4 * u : at.x[row]! + at.w[row]! + 4 * u
  const to = leftwards ? node.x + node.halfWidth + 3 * u : node.x - node.halfWidth - 3 * u
  if (Math.abs(from - to) < 4 * u) return
  const back = leftwards ? 6 * u : -6 * u
  painter.path()
  painter.line(from, y, to, node.y)
  painter.line(to, node.y, to + back, node.y - 4 * u)
  painter.line(to, node.y, to + back, node.y + 4 * u)
  painter.stroke('choose', 2.2 * u, 'solid')
}
