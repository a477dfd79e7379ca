/** Tags of a path: a row of sockets where they are few, a bar where they are many; red when none is free. */
import type { Painter } from '../painter.ts'
import type { Rect } from '../rect.ts'
import { tagsOf } from '../tag-count.ts'
import type { Scene } from './scene.ts'

/** Up to this many tags are sockets, more are a bar. */
const SOCKETS_UP_TO = 32
/** A bar shorter than this, in units, shows no share; the numbers beside it do. */
const BAR_MIN = 14

export function drawTags(painter: Painter, { layout, picture }: Scene): void {
  const u = layout.unitPx
  for (const path of layout.paths) {
    const { used, total } = tagsOf(picture, path.disk)
    if (total <= 0) continue
    const area = path.tags.content
    const pitch = Math.min(area.h * 0.72, area.w / total)
    if (total <= SOCKETS_UP_TO && pitch > 4.5 * u) sockets(painter, area, used, total, pitch, u)
    else if (area.w >= BAR_MIN * u) bar(painter, area, used, total, u)
  }
}

function sockets(painter: Painter, area: Rect, used: number, total: number, pitch: number, u: number): void {
  const radius = pitch * 0.34
  const y = area.y + area.h / 2
  for (const full of [true, false]) {
    painter.path()
    for (let i = 0; i < total; i++)
      if (i < used === full) painter.circle(area.x + pitch * (i + 0.5), y, full ? radius + 0.6 * u : radius)
    if (full) painter.fill(used >= total ? 'bad' : 'text')
    else painter.stroke('hold', 1 * u, 'solid')
  }
}

function bar(painter: Painter, area: Rect, used: number, total: number, u: number): void {
  const h = 5 * u
  const y = area.y + (area.h - h) / 2
  painter.path()
  painter.box(area.x, y, area.w, h, 2 * u)
  painter.stroke('hold', 1 * u, 'solid')
  if (used === 0) return
  painter.path()
  painter.box(area.x, y, Math.max(3 * u, (area.w * Math.min(used, total)) / total), h, 2 * u)
  painter.fill(used >= total ? 'bad' : 'text')
}
