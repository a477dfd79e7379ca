/** Outlines: application I/Os, originals that wait for their clones, and the shape a request keeps while its clone runs. */
import type { Painter } from '../painter.ts'
import { Look } from '../targets/look.ts'
import { FRAME_MIN, ROUND_MIN } from './detail.ts'
import type { Groups } from './groups.ts'
import type { Scene } from './scene.ts'

export function drawOutlines(painter: Painter, scene: Scene, { byLook }: Groups): void {
  const { positions: at, layout } = scene
  const u = layout.unitPx
  painter.path()
  for (const look of [Look.io, Look.waiting]) {
    for (let i = byLook.starts[look]!; i < byLook.starts[look + 1]!; i++) {
      const row = byLook.rows[i]!
      painter.box(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, at.w[row]! > ROUND_MIN * u ? 3 * u : 0)
    }
  }
  painter.stroke('hold', 1.1 * u, 'dashed')
  painter.path()
  for (let i = byLook.starts[Look.held]!; i < byLook.starts[Look.held + 1]!; i++)
    ghostOfHeld(painter, scene, byLook.rows[i]!)
  painter.stroke('faint', 1 * u, 'dashed')
}

/** An original request keeps the shape of its bios while its clone carries them. */
function ghostOfHeld(painter: Painter, { positions: at, layout, picture }: Scene, row: number): void {
  const u = layout.unitPx
  if (at.h[row]! < FRAME_MIN * u) painter.box(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, 0)
  const bios = picture.slots.remaining[row]!
  const pad = Math.min(4 * u, at.h[row]! * 0.2)
  const w = (at.w[row]! - 2 * pad) / Math.max(1, bios)
  if (w < 3.5 * u || bios < 2) return
  for (let i = 0; i < bios; i++)
    painter.box(at.x[row]! + pad + i * w, at.y[row]! + pad, w - 1.5 * u, at.h[row]! - 2 * pad, 2 * u)
}
