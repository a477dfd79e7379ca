/** A bio that failed: a cross while it is on its way back or waits to be tried again, with its status where it waits alone. */
import { blkStatusName } from '../../engine/log/index.ts'
import { Place } from '../../record/places.ts'
import type { Painter } from '../painter.ts'
import type { Scene } from './scene.ts'

/** On its way back and while it waits to be tried again; on a new path it is a fresh attempt. */
const COMES_BACK: ReadonlySet<number> = new Set([
  Place.queued_bios,
  Place.choose,
  Place.requeue,
  Place.completing,
  Place.ended,
])

export function drawFailure(painter: Painter, scene: Scene, row: number): void {
  const { targets, positions: at, layout, picture } = scene
  const { slots } = picture
  const u = layout.unitPx
  const bearer = targets.host[row]! >= 0 ? targets.host[row]! : row
  const place = slots.place[bearer]! as Place
  if (!COMES_BACK.has(place)) return
  cross(painter, at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, u)
  const alone = picture.countIn(slots.dev[bearer]!, place) === 1
  if (!alone || (place !== Place.queued_bios && place !== Place.requeue)) return
  const said = blkStatusName(slots.status[row]!).replace('BLK_STS_', '')
  const x = at.x[bearer]! + at.w[bearer]! + 5 * u
  painter.text(said, x, at.y[bearer]! + at.h[bearer]! / 2, 9.5 * u, 'bad', 'left', true)
}

function cross(painter: Painter, x: number, y: number, w: number, h: number, u: number): void {
  const half = Math.min(w, h, 14 * u) / 2 - 2 * u
  if (half < 2) return
  const cx = x + w / 2
  const cy = y + h / 2
  painter.path()
  painter.line(cx - half, cy - half, cx + half, cy + half)
  painter.line(cx - half, cy + half, cx + half, cy - half)
  painter.stroke('bad', 2.4 * u, 'solid')
}
