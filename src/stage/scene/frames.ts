/** Requests as frames around their bios: a ground, an outline that says what kind of request it is, a tab with its count. */
import type { Ink, Dash, Painter } from '../painter.ts'
import { Look } from '../targets/look.ts'
import { sizeText } from '../words.ts'
import { ObjectType } from '../../record/places.ts'
import { FRAME_MIN, FRAME_MIN_W } from './detail.ts'
import type { Groups } from './groups.ts'
import type { Scene } from './scene.ts'

export interface FrameStyle {
  readonly look: Look
  readonly ink: Ink
  readonly widthUnits: number
  readonly dash: Dash
}

/** Of a low frame: the share of its height that a corner may take, so that its dashes still make a frame. */
const LOW_ROUND = 0.22

export const FRAME_STYLES: readonly FrameStyle[] = [
  { look: Look.held, ink: 'hold', widthUnits: 1.2, dash: 'dashed' },
  { look: Look.frame, ink: 'merge', widthUnits: 1.8, dash: 'solid' },
  { look: Look.clone_frame, ink: 'halo', widthUnits: 1.8, dash: 'dashed' },
]

/** Frames stand on a ground of the page's colour, so that gradients read the same on every band. */
export function drawFrameGrounds(painter: Painter, { positions: at, layout }: Scene, groups: Groups): void {
  const { byLook } = groups
  const u = layout.unitPx
  painter.path()
  for (const look of [Look.frame, Look.clone_frame]) {
    for (let i = byLook.starts[look]!; i < byLook.starts[look + 1]!; i++) {
      const row = byLook.rows[i]!
      if (at.h[row]! < FRAME_MIN * u) continue
      painter.box(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, 4 * u)
    }
  }
  painter.fill('panel')
}

export function drawFrames(painter: Painter, { positions: at, layout }: Scene, { byLook }: Groups): void {
  const u = layout.unitPx
  for (const { look, ink, widthUnits, dash } of FRAME_STYLES) {
    painter.path()
    for (let i = byLook.starts[look]!; i < byLook.starts[look + 1]!; i++) {
      const row = byLook.rows[i]!
      if (at.h[row]! < FRAME_MIN * u || at.w[row]! < FRAME_MIN_W * u) continue
      painter.box(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, Math.min(4.5 * u, at.h[row]! * LOW_ROUND))
    }
    painter.stroke(ink, widthUnits * u, dash)
  }
}

/** Width of a letter of a tab, in units: enough for every face in the stack. */
const LETTER = 5.9

export function drawTab(painter: Painter, scene: Scene, row: number): void {
  const { positions: at, layout, targets } = scene
  const u = layout.unitPx
  const ink = targets.look[row] === Look.frame ? 'merge' : 'muted'
  painter.text(tabText(scene, row), at.x[row]! + 2 * u, at.y[row]! - 6.5 * u, 10 * u, ink, 'left', true)
}

/** The longest of its names that is no wider than the frame. */
function tabText({ positions, layout, picture, targets, facts }: Scene, row: number): string {
  const { slots } = picture
  const letters = positions.w[row]! / layout.unitPx / LETTER
  const bios = slots.remaining[row]!
  const clone = slots.type[row] === ObjectType.request_clone
  const number = facts.ordinalOf(slots.id[row]!)
  const name = `${clone ? 'clone of request' : 'request'} ${number}`
  const size = sizeText(slots.sizeSectors[row]!)
  const held = targets.look[row] === Look.held
  const names = held
    ? [`${name} waits here, holds its tag`, `${name} waits`]
    : [`${name} · ${size} · ${bios} ${bios === 1 ? 'bio' : 'bios'}`, `${name} · ${size}`]
  return [...names, `rq ${number}`].find(({ length }) => length <= letters) ?? `${number}`
}
