/** The cut between a fragment and the rest of its bio, with the limit that made it. */
import type { Painter } from '../painter.ts'
import { limitName } from '../limits.ts'
import type { Scene } from './scene.ts'

/** Width of a letter of its label, in units: enough for every face in the stack. */
const LETTER = 5.9

export function drawCut(painter: Painter, scene: Scene, row: number, cut: number): void {
  const { positions: at, layout, picture } = scene
  const u = layout.unitPx
  const device = picture.header.devices[picture.slots.dev[row]!]
  const name = limitName(cut)
  const value = device?.limits[name]
  const x = at.x[row]! + at.w[row]! + 1.5 * u
  painter.path()
  painter.line(x, at.y[row]! - 4 * u, x, at.y[row]! + at.h[row]! + 4 * u)
  painter.stroke('text', 1.6 * u, 'dotted')
  const said = `${name}${value === undefined ? '' : ` ${value}`} of ${device?.name ?? 'the queue'}`
  const path = layout.paths.find(({ chain }) => chain.includes(picture.slots.dev[row]!))
  const end = path === undefined ? layout.widthPx : path.box.x + path.box.w
  const from = Math.min(x - 14 * u, end - said.length * LETTER * u)
  painter.text(said, from, at.y[row]! - 9 * u, 9.5 * u, 'text', 'left', false)
}
