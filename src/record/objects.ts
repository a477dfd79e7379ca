/**
 * What events do to the objects of a picture: birth, moves, containment, end. Every count that a picture keeps beside its
 * objects (by place, tags, children) is kept right here and nowhere else.
 */
import { ObjectClass } from '../engine/log/index.ts'
import type { EventRow } from './event-row.ts'
import { isRequest, NO_DEV, NO_SLOT, NO_TAG, ObjectType, Place, PLACE_COUNT, type Slot } from './places.ts'
import type { Picture } from './picture.ts'

/** A new object; what the event says of address and operation is its own. */
export function birth(
  p: Picture,
  e: EventRow,
  id: number,
  type: ObjectType,
  place: Place,
  dev: number,
): Slot {
  const { slots } = p
  const slot = slots.take()
  slots.id[slot] = id
  slots.type[slot] = type
  slots.bornNs[slot] = e.timeNs
  slots.rwbs[slot] = e.rwbs
  slots.sector[slot] = e.sector
  slots.sizeSectors[slot] = e.sizeSectors
  p.place(id, slot)
  const objectClass = p.ledger.classOf(type, e)
  slots.objectClass[slot] = objectClass
  if (objectClass !== ObjectClass.none) p.ledger.objectBorn(objectClass)
  settle(p, e, slot, place, dev)
  if (type === ObjectType.original) p.originalsLive++
  else if (type === ObjectType.io) p.iosLive++
  return slot
}

/** The row of an object that the log should have introduced before; one that it has not is taken as it comes. */
export function known(p: Picture, e: EventRow, id: number, type: ObjectType): Slot {
  const slot = p.find(id)
  return slot >= 0 ? slot : birth(p, e, id, type, Place.submit, e.dev)
}

/** To another place or device; staying where it is does not restart its clock. */
export function move(p: Picture, e: EventRow, slot: number, place: Place, dev: number): void {
  const { slots } = p
  const from = slots.place[slot]!
  if (from === place && slots.dev[slot] === dev) return
  if (from === Place.ended) revive(p, slot)
  else count(p, slot, -1)
  slots.prevPlace[slot] = from
  slots.prevDev[slot] = slots.dev[slot]!
  settle(p, e, slot, place, dev)
}

function settle(p: Picture, e: EventRow, slot: number, place: Place, dev: number): void {
  const { slots } = p
  slots.place[slot] = place
  slots.dev[slot] = dev
  slots.sinceNs[slot] = e.timeNs
  slots.sinceEvent[slot] = e.index
  slots.task[slot] = e.task
  if (place !== Place.ended) count(p, slot, 1)
}

function count(p: Picture, slot: number, by: number): void {
  const at = p.devices.row(p.slots.dev[slot]!) * PLACE_COUNT + p.slots.place[slot]!
  p.devices.inPlace[at]! += by
  if (isRequest(p.slots.type[slot]!)) p.devices.requestsInPlace[at]! += by
}

/** An ended object that the log speaks of again: multipath keeps a failed clone and maps it once more. */
function revive(p: Picture, slot: number): void {
  const { slots } = p
  const type = slots.type[slot]!
  if (type === ObjectType.clone) childBorn(p, slots.parent[slot]!)
  else p.contradictions++
  if (type === ObjectType.original) p.originalsLive++
  else if (type === ObjectType.io) p.iosLive++
  const objectClass = slots.objectClass[slot]!
  if (objectClass !== ObjectClass.none) p.ledger.objectBack(objectClass)
}

/** The object is finished; it stays as `ended` for a while. False when it was already. */
export function end(p: Picture, e: EventRow, slot: number, status: number): boolean {
  const { slots } = p
  if (slot < 0 || slots.place[slot] === Place.ended) {
    p.contradictions++
    return false
  }
  const type = slots.type[slot]!
  if (slots.container[slot] !== 0) leaveRequest(p, slot)
  if (isRequest(type)) releaseTags(p, slot)
  else childEnded(p, slots.parent[slot]!)
  slots.status[slot] = status
  move(p, e, slot, Place.ended, slots.dev[slot]!)
  const objectClass = slots.objectClass[slot]!
  if (objectClass !== ObjectClass.none) p.ledger.objectGone(objectClass)
  if (type === ObjectType.original) p.originalsLive--
  else if (type === ObjectType.io) p.iosLive--
  if (p.ended.push(slot, e.index)) forget(p, p.ended.droppedSlot, p.ended.droppedEvent)
  return true
}

function forget(p: Picture, slot: number, endedEvent: number): void {
  const { slots } = p
  if (slots.place[slot] === Place.ended && slots.sinceEvent[slot] === endedEvent) slots.give(slot)
}

export function childBorn(p: Picture, parentId: number): void {
  const parent = p.find(parentId)
  if (parent >= 0) p.slots.remaining[parent]!++
}

function childEnded(p: Picture, parentId: number): void {
  const parent = p.find(parentId)
  if (parent >= 0 && p.slots.remaining[parent]! > 0) p.slots.remaining[parent]!--
}

/** A bio becomes part of a request, at its end or in front. */
export function enterRequest(p: Picture, e: EventRow, bio: number, request: number, front: boolean): void {
  const { slots } = p
  if (slots.container[bio] !== 0) leaveRequest(p, bio)
  const head = slots.linkA[request]!
  const tail = slots.linkB[request]!
  slots.container[bio] = slots.id[request]!
  slots.remaining[request]!++
  if (front) {
    slots.linkA[bio] = NO_SLOT
    slots.linkB[bio] = head
    slots.linkA[request] = bio
    if (head >= 0) slots.linkA[head] = bio
    else slots.linkB[request] = bio
  } else {
    slots.linkA[bio] = tail
    slots.linkB[bio] = NO_SLOT
    slots.linkB[request] = bio
    if (tail >= 0) slots.linkB[tail] = bio
    else slots.linkA[request] = bio
  }
  move(p, e, bio, Place.in_request, slots.dev[request]!)
}

export function leaveRequest(p: Picture, bio: number): void {
  const { slots } = p
  const request = p.find(slots.container[bio]!)
  const previous = slots.linkA[bio]!
  const next = slots.linkB[bio]!
  slots.container[bio] = 0
  slots.linkA[bio] = NO_SLOT
  slots.linkB[bio] = NO_SLOT
  if (previous >= 0) slots.linkB[previous] = next
  else if (request >= 0) slots.linkA[request] = next
  if (next >= 0) slots.linkA[next] = previous
  else if (request >= 0) slots.linkB[request] = previous
  if (request >= 0) slots.remaining[request]!--
}

/** All bios of `from` join `into`, before or behind its own. */
export function absorb(p: Picture, from: number, into: number): void {
  const { slots } = p
  const head = slots.linkA[from]!
  const tail = slots.linkB[from]!
  if (head < 0) return
  for (let bio = head; bio >= 0; bio = slots.linkB[bio]!) slots.container[bio] = slots.id[into]!
  const infront = slots.sector[from]! < slots.sector[into]!
  const left = infront ? tail : slots.linkB[into]!
  const right = infront ? slots.linkA[into]! : head
  if (left >= 0) slots.linkB[left] = right
  if (right >= 0) slots.linkA[right] = left
  if (infront || slots.linkA[into]! < 0) slots.linkA[into] = head
  if (!infront || slots.linkB[into]! < 0) slots.linkB[into] = tail
  slots.remaining[into]! += slots.remaining[from]!
  slots.remaining[from] = 0
  slots.linkA[from] = NO_SLOT
  slots.linkB[from] = NO_SLOT
}

/** A request clone holds tags of the path it was made for, every other request those of its own device. */
function tagRow(p: Picture, slot: number): number {
  const { slots } = p
  const ofClone = slots.type[slot] === ObjectType.request_clone && slots.chosen[slot] !== NO_DEV
  return p.devices.row(ofClone ? slots.chosen[slot]! : slots.dev[slot]!)
}

/** The tag that a request is allocated with: the scheduler's where there is one, else the driver's. */
export function takeFirstTag(p: Picture, slot: number, tag: number): void {
  const row = tagRow(p, slot)
  if (p.devices.hasScheduler[row] === 1) {
    p.slots.schedTag[slot] = tag
    p.devices.schedTagsInUse[row]!++
  } else takeDriverTag(p, slot, tag)
}

export function takeDriverTag(p: Picture, slot: number, tag: number): void {
  if (p.slots.driverTag[slot] !== NO_TAG) return
  p.slots.driverTag[slot] = tag
  p.devices.driverTagsInUse[tagRow(p, slot)]!++
}

/** What a request gives back when it is requeued: its driver tag, if it has another to its name. */
export function releaseDriverTag(p: Picture, slot: number): void {
  if (p.slots.schedTag[slot] === NO_TAG || p.slots.driverTag[slot] === NO_TAG) return
  p.slots.driverTag[slot] = NO_TAG
  p.devices.driverTagsInUse[tagRow(p, slot)]!--
}

function releaseTags(p: Picture, slot: number): void {
  const row = tagRow(p, slot)
  if (p.slots.schedTag[slot] !== NO_TAG) p.devices.schedTagsInUse[row]!--
  if (p.slots.driverTag[slot] !== NO_TAG) p.devices.driverTagsInUse[row]!--
  p.slots.schedTag[slot] = NO_TAG
  p.slots.driverTag[slot] = NO_TAG
}
