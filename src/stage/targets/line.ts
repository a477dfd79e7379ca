/** Bios and requests in a line, or in several where one is not enough. */
import { NO_SLOT, ObjectType } from '../../record/places.ts'
import type { Picture } from '../../record/picture.ts'
import { createPacking, pack, type Packing, type PackStyle } from '../pack.ts'
import { rect, type Rect } from '../rect.ts'
import { BIO_GAP, BIO_HEIGHT, bioWidth, FRAME_GAP, FRAME_PAD, TAB_HEIGHT } from '../sizes.ts'
import { isFrame } from './look.ts'
import type { Placing } from './placing.ts'
import { SHADE_FROM, shadeQueue } from './shade.ts'

/** Rows of a line share one packing: what is in it is used before the next one is packed. */
const packing: Packing = createPacking()
const widths: number[] = []

export function placeInLine(
  placing: Placing,
  list: number[],
  area: Rect,
  station: number,
  centred = false,
): void {
  if (list.length >= SHADE_FROM) shadeQueue(list, area, placing.out)
  if (list.length === 0 || list.length >= SHADE_FROM) return
  const { out, layout } = placing
  list.sort(inBand(placing))
  const frames = measure(placing, list)
  const hasTabs = packWithTabs(area, frames > 0, layout.unitPx)
  const last = list.length - 1
  const free = area.x + area.w - packing.x[last]! - packing.w[last]!
  const shift = centred && packing.rows === 1 ? free / 2 : 0
  for (let i = 0; i < list.length; i++) {
    out.set(list[i]!, packing.x[i]! + shift, packing.y[i]!, packing.w[i]!, packing.itemH)
    out.station[list[i]!] = station
    if (hasTabs) out.tab[list[i]!] = 1
  }
}

/** Requests before bios, in the order in which they were born; a front that was cut off stands before its rest. */
function inBand({ picture: { slots }, out }: Placing): (a: number, b: number) => number {
  return (a, b) => {
    const frames = Number(isFrame(out.look[b]!)) - Number(isFrame(out.look[a]!))
    const related = slots.parent[a] === slots.id[b] || slots.parent[b] === slots.id[a]
    const cut = related ? slots.sector[a]! - slots.sector[b]! : 0
    return frames || cut || slots.id[a]! - slots.id[b]!
  }
}

/** Natural widths of a list; returns how many are frames. */
function measure({ picture, out, layout }: Placing, list: readonly number[]): number {
  let frames = 0
  widths.length = 0
  for (const slot of list) {
    const framed = isFrame(out.look[slot]!)
    if (framed) frames++
    const units = framed ? frameWidth(picture, slot) : bioWidth(picture.slots.sizeSectors[slot]!)
    widths.push(units * layout.unitPx)
  }
  return frames
}

/** Packs the measured widths, below a row of tabs where there is room for it; returns whether there is. */
function packWithTabs(area: Rect, framed: boolean, u: number): boolean {
  const bare = framed ? BIO_HEIGHT + 2 * FRAME_PAD : BIO_HEIGHT
  let total = 0
  for (const width of widths) total += width
  const tabs = framed && total <= area.w * 1.5 && area.h >= (bare + TAB_HEIGHT) * u
  const style: PackStyle = {
    heightPx: bare * u,
    gapPx: (framed ? FRAME_GAP : BIO_GAP) * u,
    minRowPx: 7 * u,
    minScale: 0.6,
  }
  const below = rect(area.x, area.y + TAB_HEIGHT * u, area.w, area.h - TAB_HEIGHT * u)
  pack(widths, tabs ? below : area, style, packing)
  if (tabs && packing.rows > 1) pack(widths, area, style, packing)
  return tabs && packing.rows === 1
}

function frameWidth(picture: Picture, slot: number): number {
  const { slots } = picture
  let width = 2 * FRAME_PAD
  let bios = 0
  for (let bio = firstBio(picture, slot); bio >= 0; bio = slots.linkB[bio]!) {
    width += bioWidth(slots.sizeSectors[bio]!)
    bios++
  }
  return bios === 0 ? 2 * FRAME_PAD + bioWidth(slots.sizeSectors[slot]!) : width
}

function firstBio(picture: Picture, slot: number): number {
  const { slots } = picture
  const isClone = slots.type[slot] === ObjectType.request_clone
  const owner = isClone ? picture.find(slots.parent[slot]!) : slot
  return owner < 0 ? NO_SLOT : slots.linkA[owner]!
}
