/** What is written on things that have room for it, and the marks on a bio: broken in length, failed, just cut. */
import { BlkStatus } from '../../engine/log/index.ts'
import { ObjectType, Place } from '../../record/places.ts'
import type { Painter } from '../painter.ts'
import { isBroken } from '../sizes.ts'
import { Look } from '../targets/look.ts'
import { bytesText, sizeText } from '../words.ts'
import { drawCut } from './cut.ts'
import { LABEL_MIN, LABEL_MIN_H } from './detail.ts'
import { drawFailure } from './failure.ts'
import { drawTab } from './frames.ts'
import type { Groups } from './groups.ts'
import type { Scene } from './scene.ts'

export function drawLabels(painter: Painter, scene: Scene, { byLook }: Groups): void {
  const { targets } = scene
  for (let look = 1; look < byLook.starts.length - 1; look++) {
    for (let i = byLook.starts[look]!; i < byLook.starts[look + 1]!; i++) {
      const row = byLook.rows[i]!
      // What travels is too small to be read, and would carry its words over others.
      if (scene.positions.cornerCount[row]! > 0) continue
      if (look === Look.block || look === Look.clone) blockLabel(painter, scene, row)
      else if (look === Look.waiting) childrenLabel(painter, scene, row)
      else if (targets.tab[row] === 1) drawTab(painter, scene, row)
    }
  }
}

/** For how many clones and fragments an original waits. */
function childrenLabel(painter: Painter, { positions: at, layout, picture }: Scene, row: number): void {
  const u = layout.unitPx
  const children = picture.slots.remaining[row]!
  if (children === 0 || at.w[row]! <= 9 * u || at.h[row]! <= LABEL_MIN_H * u) return
  const x = at.x[row]! + at.w[row]! / 2
  painter.text(String(children), x, at.y[row]! + at.h[row]! / 2, 9.5 * u, 'muted', 'center', false)
}

function blockLabel(painter: Painter, scene: Scene, row: number): void {
  const { targets, positions: at, layout, picture } = scene
  const { slots } = picture
  const u = layout.unitPx
  const x = at.x[row]!
  const y = at.y[row]!
  const w = at.w[row]!
  const h = at.h[row]!
  const size = slots.sizeSectors[row]!
  if (w > LABEL_MIN * u && h > LABEL_MIN_H * u) {
    const text = w > 46 * u ? sizeText(size) : bytesText(size)
    painter.textOn(targets.colour[row]!, text, x + w / 2, y + h / 2, 9.5 * u)
  }
  if (isBroken(size) && targets.host[row]! < 0 && w > 30 * u) drawBreak(painter, x + w * 0.82, y, h, u)
  if (slots.status[row] !== BlkStatus.OK) drawFailure(painter, scene, row)
  const cut = slots.cut[row]!
  if (cut !== 0 && slots.type[row] !== ObjectType.fragment && slots.place[row] === Place.submit)
    drawCut(painter, scene, row, cut)
}

/** Two slanted lines across a block: it is longer than drawn. */
function drawBreak(painter: Painter, x: number, y: number, h: number, u: number): void {
  painter.path()
  painter.line(x - 2 * u, y + h, x + 1 * u, y)
  painter.line(x + 2 * u, y + h, x + 5 * u, y)
  painter.stroke('panel', 1.6 * u, 'solid')
}
