/** Timers that will empty a pocket, as rings that shrink: how much of each is left at a moment. */
import { TimerKind } from '../../engine/log/index.ts'
import { NOT_ARMED } from '../../record/devices.ts'
import type { Picture } from '../../record/picture.ts'
import type { LaneLayout } from '../layout/parts.ts'
import type { Painter } from '../painter.ts'
import { right, type Rect } from '../rect.ts'

const KINDS = [TimerKind.requeue, TimerKind.resource_retry, TimerKind.no_path, TimerKind.budget_retry]

/** Share of a device's timer that is left, 1 just armed, 0 due; undefined where none runs. */
export function timerLeft(picture: Picture, dev: number, timeNs: number): number | undefined {
  const { devices } = picture
  for (const kind of KINDS) {
    const at = kind * devices.rows + devices.row(dev)
    const due = devices.timerDueNs[at]!
    if (due === NOT_ARMED || due <= timeNs) continue
    const armed = devices.timerArmedNs[at]!
    return due > armed ? (due - timeNs) / (due - armed) : 0
  }
  return undefined
}

/** Draws the rings of used pockets; true when there is one, because it moves with time. */
export function drawRings(
  painter: Painter,
  picture: Picture,
  layout: LaneLayout,
  pockets: Uint8Array,
  timeNs: number,
): boolean {
  let any = false
  const ring = (pocket: Rect, dev: number): void => {
    const left = timerLeft(picture, dev, timeNs)
    if (left === undefined) return
    any = true
    const u = layout.unitPx
    painter.path()
    painter.arc(right(pocket) - 9 * u, pocket.y + 8.5 * u, 4.5 * u, left)
    painter.stroke('bad', 2.4 * u, 'solid')
  }
  if (pockets[0] === 1 && layout.map !== undefined) ring(layout.dm.bands[0]!.pocket, layout.map)
  layout.paths.forEach((path, i) => {
    if (pockets[i + 1] === 1) ring(path.band.pocket, path.disk)
  })
  return any
}
