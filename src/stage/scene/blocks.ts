/** Bios as blocks in the colour of their address, and the halo that marks a clone. */
import { COLOUR_STEPS } from '../address-colour.ts'
import type { Painter } from '../painter.ts'
import { Look } from '../targets/look.ts'
import { HALO_MIN, ROUND_MIN } from './detail.ts'
import type { Groups } from './groups.ts'
import type { Scene } from './scene.ts'

export function drawBlocks(painter: Painter, { positions: at, layout }: Scene, { byColour }: Groups): void {
  const u = layout.unitPx
  for (let step = 0; step < COLOUR_STEPS; step++) {
    const from = byColour.starts[step]!
    const to = byColour.starts[step + 1]!
    if (from === to) continue
    painter.path()
    for (let i = from; i < to; i++) {
      const row = byColour.rows[i]!
      const w = at.w[row]!
      painter.box(at.x[row]!, at.y[row]!, w, at.h[row]!, w < ROUND_MIN * u ? 0 : 2.5 * u)
    }
    painter.fill(step)
  }
}

export function drawHalos(painter: Painter, scene: Scene, { byLook }: Groups): void {
  const { targets, positions: at, layout } = scene
  const u = layout.unitPx
  painter.path()
  for (let i = byLook.starts[Look.clone]!; i < byLook.starts[Look.clone + 1]!; i++) {
    const row = byLook.rows[i]!
    if (at.w[row]! < HALO_MIN * u || at.h[row]! < HALO_MIN * u) continue
    const out = targets.host[row]! >= 0 ? -0.6 * u : 1.6 * u
    painter.box(at.x[row]! - out, at.y[row]! - out, at.w[row]! + 2 * out, at.h[row]! + 2 * out, 3.5 * u)
  }
  painter.stroke('halo', 1.3 * u, 'dashed')
}
