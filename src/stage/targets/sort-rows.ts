/** Puts every row of a picture into the queue of its area, and gives it its look. */
import { SECTOR_UNDEFINED } from '../../engine/log/index.ts'
import { NO_SLOT, ObjectType, Place } from '../../record/places.ts'
import { colourStep } from '../address-colour.ts'
import { Station } from '../motion/stations.ts'
import { Look } from './look.ts'
import type { Placing } from './placing.ts'
import type { Queues } from './queues.ts'

/** `cloneOf` is filled with the row of the request clone by row of its request. */
export function sortRow(placing: Placing, queues: Queues, cloneOf: Int32Array, slot: number): void {
  const { slots } = placing.picture
  const type = slots.type[slot]! as ObjectType
  const place = slots.place[slot]! as Place
  placing.out.colour[slot] = colourOf(placing, slot)
  switch (type) {
    case ObjectType.free:
      return
    case ObjectType.io:
      if (place === Place.app) show(placing, slot, Look.io, queues.app)
      return
    case ObjectType.original:
    case ObjectType.clone:
    case ObjectType.fragment:
      sortBio(placing, queues, slot, type, place)
      return
    case ObjectType.request_clone:
      sortRequestClone(placing, queues, cloneOf, slot, place)
      return
    case ObjectType.request:
    case ObjectType.flush_request:
      sortRequest(placing, queues, slot, place)
  }
}

function colourOf({ picture, facts }: Placing, slot: number): number {
  const sector = picture.slots.sector[slot]!
  const atTop = facts.shifts.atTop(picture.slots.dev[slot]!, sector)
  return sector === SECTOR_UNDEFINED ? 0 : colourStep(atTop, facts.range)
}

function show({ out }: Placing, slot: number, look: Look, list: number[]): void {
  out.look[slot] = look
  out.shown++
  list.push(slot)
}

function sortBio(placing: Placing, queues: Queues, slot: number, type: ObjectType, place: Place): void {
  const { slots } = placing.picture
  const look = type === ObjectType.clone ? Look.clone : Look.block
  if (place === Place.ended) {
    if (slots.prevPlace[slot] === Place.in_request) endInStrip(placing, slot)
    return
  }
  if (place === Place.in_request || isCarried(placing, slot, type)) return
  if (place === Place.queued_bios || place === Place.deferred) {
    show(placing, slot, look, queues.dmPocket)
    placing.out.pockets[0] = 1
    return
  }
  if (place === Place.choose) {
    show(placing, slot, look, queues.choosing)
    return
  }
  const rest = place === Place.waiting ? Look.waiting : look
  const dev = slots.dev[slot]!
  const path = queues.pathIndex(dev)
  const layer = queues.layerIndex(dev)
  if (path >= 0) show(placing, slot, rest, queues.paths[path]!.band)
  else if (layer >= 0) {
    if (!isBesideItsOriginal(placing, slot, type)) show(placing, slot, rest, queues.layers[layer]!)
  } else if (placing.picture.header.mode === 'rq') show(placing, slot, rest, queues.dmBand)
  else if (type === ObjectType.original || rest === Look.waiting) show(placing, slot, rest, queues.originals)
  else show(placing, slot, rest, queues.dmClones)
}

/** A layer is one row: a clone that has not left it yet is where its original waits for it. */
function isBesideItsOriginal({ picture }: Placing, slot: number, type: ObjectType): boolean {
  const { slots } = picture
  const parent = type === ObjectType.clone ? picture.find(slots.parent[slot]!) : NO_SLOT
  return parent !== NO_SLOT && slots.dev[parent] === slots.dev[slot]
}

/** What a request clone carries was cloned from a bio on the map; it is drawn as the bios of its request. */
function isCarried({ picture, layout }: Placing, slot: number, type: ObjectType): boolean {
  if (type !== ObjectType.clone || picture.header.mode !== 'rq') return false
  const parent = picture.find(picture.slots.parent[slot]!)
  return parent === NO_SLOT || picture.slots.dev[parent] === layout.map
}

/** Moves to its addresses in the strip. */
function endInStrip({ out, layout, facts, picture }: Placing, slot: number): void {
  const { slots } = picture
  const size = slots.sizeSectors[slot]!
  if (size === 0 || slots.status[slot] !== 0) return
  const { strip } = layout.lun
  const span = Math.max(1, facts.range.lastSector - facts.range.firstSector)
  const atTop = facts.shifts.atTop(slots.dev[slot]!, slots.sector[slot]!)
  const at = (atTop - facts.range.firstSector) / span
  out.look[slot] = Look.ended
  out.station[slot] = Station.strip
  out.set(slot, strip.x + at * strip.w, strip.y + 2, Math.max(2, (size / span) * strip.w), strip.h - 4)
}

function sortRequestClone(
  placing: Placing,
  queues: Queues,
  cloneOf: Int32Array,
  slot: number,
  place: Place,
): void {
  if (place === Place.ended || place === Place.none) return
  const original = placing.picture.find(placing.picture.slots.parent[slot]!)
  if (original !== NO_SLOT) cloneOf[original] = slot
  if (waitsInPocket(placing, queues, slot, Look.clone_frame, place)) return
  if (!onPath(placing, queues, slot, Look.clone_frame, place))
    show(placing, slot, Look.clone_frame, queues.choosing)
}

function sortRequest(placing: Placing, queues: Queues, slot: number, place: Place): void {
  if (place === Place.ended || place === Place.none) return
  const ofDm = queues.pathIndex(placing.picture.slots.dev[slot]!) < 0
  const isHeld = place === Place.issued || (place === Place.completing && ofDm)
  const look = isHeld ? Look.held : Look.frame
  if (waitsInPocket(placing, queues, slot, look, place) || onPath(placing, queues, slot, look, place)) return
  // A request that chooses keeps its place in the band: it comes back there as an empty frame.
  show(placing, slot, look, queues.dmBand)
  if (place === Place.choose) queues.choosing.push(slot)
}

function waitsInPocket(placing: Placing, queues: Queues, slot: number, look: Look, place: Place): boolean {
  if (place !== Place.dispatch && place !== Place.requeue && place !== Place.flush) return false
  const path = queues.pathIndex(placing.picture.slots.dev[slot]!)
  placing.out.pockets[path + 1] = 1
  show(placing, slot, look, path < 0 ? queues.dmPocket : queues.paths[path]!.pocket)
  return true
}

function onPath(placing: Placing, queues: Queues, slot: number, look: Look, place: Place): boolean {
  const path = queues.pathIndex(placing.picture.slots.dev[slot]!)
  if (path < 0) return false
  const { device, band } = queues.paths[path]!
  const atDevice = place === Place.device || place === Place.completing
  show(placing, slot, look, atDevice ? device : band)
  return true
}
