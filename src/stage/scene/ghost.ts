/** The other lane as a faint ghost: where its blocks and frames are now, as outlines at the same places of this lane. */
import type { Painter } from '../painter.ts'
import type { Positions } from '../motion/positions.ts'
import { Look } from '../targets/look.ts'
import type { Targets } from '../targets/targets.ts'
import type { LaneLayout } from '../layout/parts.ts'

export interface Ghost {
  readonly targets: Targets
  readonly positions: Positions
  readonly layout: LaneLayout
  /** `B` */
  readonly letter: string
}

const SOLID: ReadonlySet<number> = new Set([Look.block, Look.clone, Look.frame, Look.clone_frame])

export function drawGhost(painter: Painter, layout: LaneLayout, ghost: Ghost): void {
  const { targets, positions: at } = ghost
  const u = layout.unitPx
  const scaleX = layout.widthPx / ghost.layout.widthPx
  const scaleY = layout.heightPx / ghost.layout.heightPx
  painter.opacity(0.75)
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    if (!SOLID.has(targets.look[row]!) || targets.host[row]! >= 0) continue
    painter.box(at.x[row]! * scaleX, at.y[row]! * scaleY, at.w[row]! * scaleX, at.h[row]! * scaleY, 2 * u)
  }
  painter.stroke('focus', 1.2 * u, 'dotted')
  const { title } = layout
  painter.text(`ghost of ${ghost.letter}`, title.x, title.y + title.h + 3 * u, 10 * u, 'focus', 'left', true)
  painter.opacity(1)
}
