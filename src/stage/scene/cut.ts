/** The cut in front of what is left of a bio, with the limit that made it. */
import type { Painter } from '../painter.ts'
import { right } from '../rect.ts'
import { limitName } from '../limits.ts'
import type { Scene } from './scene.ts'

/** Width of a letter of its label, in units: enough for every face in the stack. */
const LETTER = 5.9
/** In a band narrower than this, in units, the device goes without saying. */
const WIDE = 250

export function drawCut(painter: Painter, scene: Scene, row: number, cut: number): void {
  const { positions: at, layout, picture } = scene
  const u = layout.unitPx
  const device = picture.header.devices[picture.slots.dev[row]!]
  const name = limitName(cut)
  const value = device?.limits[name]
  const x = at.x[row]! - 2 * u
  painter.path()
  painter.line(x, at.y[row]! - 4 * u, x, at.y[row]! + at.h[row]! + 4 * u)
  painter.stroke('text', 1.6 * u, 'dotted')
  const path = layout.paths.find(({ chain }) => chain.includes(picture.slots.dev[row]!))
  const band = path?.band ?? layout.dm.bands[0]
  const end = band === undefined ? layout.widthPx : right(band.box) - 4 * u
  const limit = `${name}${value === undefined ? '' : ` ${value}`}`
  const said =
    band !== undefined && band.box.w < WIDE * u ? limit : `${limit} of ${device?.name ?? 'the queue'}`
  const from = Math.min(x - 14 * u, end - said.length * LETTER * u)
  const y = at.y[row]! - 8 * u
  // What stands above may be another thing, or its tab.
  painter.path()
  painter.box(from - 3 * u, y - 6.5 * u, said.length * LETTER * u + 6 * u, 13 * u, 3 * u)
  painter.fill('panel')
  painter.text(said, from, y, 9.5 * u, 'text', 'left', true)
}
