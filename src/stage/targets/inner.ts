/** Bios of requests, inside the frame that stands for their request. */
import { NO_SLOT, ObjectType, Place } from '../../record/places.ts'
import { bioWidth, FRAME_PAD } from '../sizes.ts'
import { Look } from './look.ts'
import type { Placing } from './placing.ts'

export function placeInner(placing: Placing, cloneOf: Int32Array): void {
  const { out, picture } = placing
  const { slots } = picture
  for (let slot = 0; slot < out.count; slot++) {
    const type = slots.type[slot]
    const place = slots.place[slot]
    if (type !== ObjectType.request && type !== ObjectType.flush_request) continue
    if (place === Place.ended || place === Place.none) continue
    const clone = cloneOf[slot]!
    const host = clone === NO_SLOT ? slot : clone
    if (out.look[host] !== Look.none) fillFrame(placing, slot, host)
  }
}

function fillFrame({ picture, out, layout }: Placing, owner: number, host: number): void {
  const { slots } = picture
  let natural = 0
  for (let bio = slots.linkA[owner]!; bio >= 0; bio = slots.linkB[bio]!)
    natural += bioWidth(slots.sizeSectors[bio]!)
  if (natural === 0) return
  const hostW = out.w[host]!
  const hostH = out.h[host]!
  const pad = Math.min(FRAME_PAD * layout.unitPx, hostH * 0.16, hostW * 0.2)
  const innerW = Math.max(0, hostW - 2 * pad)
  let x = out.x[host]! + pad
  for (let bio = slots.linkA[owner]!; bio >= 0; bio = slots.linkB[bio]!) {
    const w = (bioWidth(slots.sizeSectors[bio]!) / natural) * innerW
    const seam = Math.min(1.2 * layout.unitPx, w * 0.12)
    out.set(bio, x, out.y[host]! + pad, w - seam, Math.max(0, hostH - 2 * pad))
    out.host[bio] = host
    out.look[bio] = slots.type[bio] === ObjectType.clone ? Look.clone : Look.block
    out.shown++
    x += w
  }
}
