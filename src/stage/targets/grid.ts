/** Cells that stay where they are while others come and go: application I/Os, and originals that wait for their clones. */
import { ObjectType } from '../../record/places.ts'
import { gridFor } from '../pack.ts'
import type { Rect } from '../rect.ts'
import { BIO_GAP, BIO_HEIGHT, bioWidth } from '../sizes.ts'
import type { Placing } from './placing.ts'
import { SHADE_OUTLINES_FROM, shadeQueue } from './shade.ts'

/** `span` is how many cells keep everybody where they are; a span far larger than the list is not worth it. */
export function placeInGrid(
  placing: Placing,
  list: readonly number[],
  area: Rect,
  station: number,
  span: number,
): void {
  const { picture, layout, facts, out } = placing
  if (list.length >= SHADE_OUTLINES_FROM) shadeQueue(list, area, out)
  if (list.length === 0 || list.length >= SHADE_OUTLINES_FROM) return
  const { slots } = picture
  const u = layout.unitPx
  // A clone that waits for clones of its own (a volume on a map) has no number among the application's bios.
  const steady =
    span <= 4 * Math.max(16, list.length) && list.every((slot) => slots.type[slot] !== ObjectType.clone)
  const cells = steady ? span : list.length
  const natural = (bioWidth(facts.maxIoSectors) + BIO_GAP) * u
  const grid = gridFor(cells, area, natural, 9 * u, 6 * u)
  const h = Math.min(BIO_HEIGHT * u, grid.pitchY - Math.min(2 * u, grid.pitchY * 0.2))
  for (let rank = 0; rank < list.length; rank++) {
    const slot = list[rank]!
    const cell = steady ? (facts.ordinalOf(slots.id[slot]!) - 1) % cells : rank
    const x = area.x + (cell % grid.columns) * grid.pitchX
    const y = area.y + Math.floor(cell / grid.columns) * grid.pitchY + (grid.pitchY - h) / 2
    out.station[slot] = station
    out.set(slot, x, y, Math.min(bioWidth(slots.sizeSectors[slot]!) * u, grid.pitchX * 0.82), h)
  }
}
