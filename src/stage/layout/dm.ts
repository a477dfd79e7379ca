/** The multipath map: a head and two bands in the order of the mode. */
import type { QueueMode } from '../../engine/log/index.ts'
import { bottom, rect, type Rect } from '../rect.ts'
import { labelAbove, labelBeside } from './bands.ts'
import type { FlexHeights, Rows } from './heights.ts'
import type { BandKind, LaneLayout } from './parts.ts'

const PAD = 10

export function layoutDm(
  mode: QueueMode,
  inner: Rect,
  y: number,
  flex: FlexHeights,
  u: number,
  narrow: boolean,
  rows: Rows,
): LaneLayout['dm'] {
  const height = (rows.dmHead + flex.first + rows.bandGap + flex.second + rows.dmPad) * u
  const box = rect(inner.x, y, inner.w, height)
  const head = rect(box.x + PAD * u, y, box.w - 2 * PAD * u, rows.dmHead * u)
  const bandX = box.x + 7 * u
  const bandW = box.w - 14 * u
  const firstBox = rect(bandX, bottom(head), bandW, flex.first * u)
  const secondBox = rect(bandX, bottom(firstBox) + rows.bandGap * u, bandW, flex.second * u)
  const first: BandKind = mode === 'rq' ? 'merge' : 'split'
  const place = narrow ? labelAbove : labelBeside
  return { box, head, bands: [place(first, firstBox, u), place('choose', secondBox, u)] }
}

/** No map: nothing of it takes room. */
export function noDm(inner: Rect, y: number): LaneLayout['dm'] {
  const nothing = rect(inner.x, y, inner.w, 0)
  return { box: nothing, head: nothing, bands: [] }
}
