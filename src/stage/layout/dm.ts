/** The dm device: a head, two bands in the order of the mode, and the selector nodes in the band that chooses. */
import type { QueueMode } from '../../engine/log/index.ts'
import { bottom, rect, type Rect } from '../rect.ts'
import { labelAbove, labelBeside } from './bands.ts'
import { ROW, type FlexHeights } from './heights.ts'
import type { BandBox, BandKind, LaneLayout, LaneShape, SelectorNode } from './parts.ts'

const PAD = 10

export function layoutDm(
  mode: QueueMode,
  inner: Rect,
  y: number,
  flex: FlexHeights,
  u: number,
  narrow: boolean,
): LaneLayout['dm'] {
  const height = (ROW.dmHead + flex.first + ROW.bandGap + flex.second + ROW.dmPad) * u
  const box = rect(inner.x, y, inner.w, height)
  const head = rect(box.x + PAD * u, y, box.w - 2 * PAD * u, ROW.dmHead * u)
  const bandX = box.x + 7 * u
  const bandW = box.w - 14 * u
  const firstBox = rect(bandX, bottom(head), bandW, flex.first * u)
  const secondBox = rect(bandX, bottom(firstBox) + ROW.bandGap * u, bandW, flex.second * u)
  const first: BandKind = mode === 'rq' ? 'merge' : 'split'
  const place = narrow ? labelAbove : labelBeside
  return { box, head, bands: [place(first, firstBox, u), place('choose', secondBox, u)] }
}

/** Selector nodes stand evenly in the choosing band, so that a pointer to the next one never crosses a name. */
export function placeNodes({ paths, names }: LaneShape, choose: BandBox, u: number): SelectorNode[] {
  const { content } = choose
  const step = content.w / Math.max(1, paths.length)
  const radius = Math.max(5 * u, Math.min(17 * u, content.h * 0.3, step * 0.3))
  return paths.map((dev, i) => ({
    dev,
    x: content.x + step * (i + 0.5),
    y: content.y + radius + Math.max(2 * u, (content.h - 2 * radius) * 0.24),
    radius,
    halfWidth: Math.max(radius, Math.min(step * 0.46, ((names[i] ?? '').length * 3.9 + 7) * u)),
  }))
}
