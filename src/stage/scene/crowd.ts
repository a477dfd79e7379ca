/**
 * Hundreds of things at once, drawn with plain boxes: outlines, frames and halos as thin edges, blocks as fills. The order
 * of depth, the colours and the sizes from which something is seen at all are those of few things.
 */
import { COLOUR_STEPS } from '../address-colour.ts'
import type { Painter } from '../painter.ts'
import { Look } from '../targets/look.ts'
import { FRAME_MIN, FRAME_MIN_W, HALO_MIN } from './detail.ts'
import { FRAME_STYLES } from './frames.ts'
import type { Groups } from './groups.ts'
import type { Scene } from './scene.ts'

export function drawCrowd(painter: Painter, scene: Scene, groups: Groups): void {
  outlines(painter, scene, groups)
  frames(painter, scene, groups)
  blocks(painter, scene, groups)
  halos(painter, scene, groups)
}

function outlines(painter: Painter, { positions: at, layout }: Scene, { byLook }: Groups): void {
  painter.ink('hold')
  for (const look of [Look.io, Look.waiting]) {
    for (let i = byLook.starts[look]!; i < byLook.starts[look + 1]!; i++) {
      const row = byLook.rows[i]!
      painter.hollow(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, layout.unitPx)
    }
  }
}

function frames(painter: Painter, { positions: at, layout }: Scene, { byLook }: Groups): void {
  const u = layout.unitPx
  for (const { look, ink, widthUnits } of FRAME_STYLES) {
    painter.ink(ink)
    for (let i = byLook.starts[look]!; i < byLook.starts[look + 1]!; i++) {
      const row = byLook.rows[i]!
      // An empty frame has nothing in it that would stand for it.
      const large = at.h[row]! >= FRAME_MIN * u && at.w[row]! >= FRAME_MIN_W * u
      if (large || look === Look.held)
        painter.hollow(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, widthUnits * 0.7 * u)
    }
  }
}

function blocks(painter: Painter, { positions: at }: Scene, { byColour }: Groups): void {
  for (let step = 0; step < COLOUR_STEPS; step++) {
    const to = byColour.starts[step + 1]!
    if (byColour.starts[step] === to) continue
    painter.ink(step)
    for (let i = byColour.starts[step]!; i < to; i++) {
      const row = byColour.rows[i]!
      painter.plain(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!)
    }
  }
}

function halos(painter: Painter, { positions: at, layout }: Scene, { byLook }: Groups): void {
  const u = layout.unitPx
  painter.ink('halo')
  for (let i = byLook.starts[Look.clone]!; i < byLook.starts[Look.clone + 1]!; i++) {
    const row = byLook.rows[i]!
    if (at.w[row]! >= HALO_MIN * u && at.h[row]! >= HALO_MIN * u)
      painter.edges(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, u)
  }
}
