/** What the events of applications and bios say about the picture. */
import { BlkStatus, EventKind } from '../engine/log/index.ts'
import { Counter } from './counters.ts'
import { bump } from './fold-count.ts'
import type { EventRow } from './event-row.ts'
import { birth, childBorn, end, known, leaveRequest, move } from './objects.ts'
import { isBio, ObjectType, Place, type Slot } from './places.ts'
import type { Picture } from './picture.ts'

export function foldIo(p: Picture, e: EventRow): void {
  if (e.kind === EventKind.io_submit) {
    birth(p, e, e.subject, ObjectType.io, Place.app, e.dev)
    bump(p, Counter.ios_submitted, e.dev)
    return
  }
  const slot = p.find(e.subject)
  if (!end(p, e, slot, e.arg)) return
  const dev = p.slots.dev[slot]!
  bump(p, Counter.ios_completed, dev)
  if (e.arg !== BlkStatus.OK) bump(p, Counter.ios_failed, dev)
}

export function foldBio(p: Picture, e: EventRow): void {
  switch (e.kind) {
    case EventKind.bio_queue:
      queue(p, e)
      break
    case EventKind.bio_clone:
      clone(p, e)
      break
    case EventKind.split:
      split(p, e)
      break
    case EventKind.dm_split:
      keepRest(p, e)
      break
    case EventKind.bio_remap:
      queue(p, e)
      break
    case EventKind.head_requeue:
      requeueOnHead(p, e)
      break
    case EventKind.head_resubmit:
      bump(p, Counter.retries, e.dev)
      readdress(p, e, Place.submit)
      break
    case EventKind.nvme_bio_complete:
      break // told ahead of the end, which comes with the request
    case EventKind.bio_queue_mpath:
      readdress(p, e, Place.queued_bios)
      break
    case EventKind.bio_retry:
      bump(p, Counter.retries, e.dev)
      readdress(p, e, Place.choose)
      break
    case EventKind.bio_defer:
      move(p, e, known(p, e, e.subject, ObjectType.original), Place.deferred, e.dev)
      break
    case EventKind.bio_undefer:
      move(p, e, known(p, e, e.subject, ObjectType.original), Place.submit, e.dev)
      break
    default:
      finish(p, e)
  }
}

/** The first Q of a bio is its birth, or its A where it begins on a partition; what it belongs to tells an original from a clone that nobody announced. */
function queue(p: Picture, e: EventRow): void {
  if (p.find(e.subject) >= 0) {
    readdress(p, e, Place.submit)
    return
  }
  const parent = p.find(e.object)
  const ofBio = parent >= 0 && isBio(p.slots.type[parent]!)
  const slot = birth(p, e, e.subject, ofBio ? ObjectType.clone : ObjectType.original, Place.submit, e.dev)
  adopt(p, slot, e.object)
  if (!ofBio) bump(p, Counter.bios_accepted, e.dev)
}

function adopt(p: Picture, slot: Slot, parentId: number): void {
  p.slots.parent[slot] = parentId
  childBorn(p, parentId)
}

function clone(p: Picture, e: EventRow): void {
  const original = known(p, e, e.object, ObjectType.original)
  const slot = birth(p, e, e.subject, ObjectType.clone, Place.submit, e.dev)
  adopt(p, slot, e.object)
  if (p.slots.container[original] === 0) move(p, e, original, Place.waiting, e.dev)
  bump(p, Counter.bio_clones, e.dev)
}

/** The front is new, the old bio goes on with the rest. */
function split(p: Picture, e: EventRow): void {
  const { slots } = p
  const rest = known(p, e, e.object, ObjectType.original)
  const front = birth(p, e, e.subject, ObjectType.fragment, Place.submit, e.dev)
  adopt(p, front, e.object)
  p.slots.cut[front] = e.arg
  p.slots.cut[rest] = e.arg
  slots.sector[rest] = e.sector + e.sizeSectors
  slots.sizeSectors[rest] = Math.max(0, slots.sizeSectors[rest]! - e.sizeSectors)
  bump(p, Counter.splits, e.dev)
}

/** The front is covered by a clone that is there already; the bio goes on with the rest. */
function keepRest(p: Picture, e: EventRow): void {
  readdress(p, e, Place.submit)
  p.slots.cut[known(p, e, e.subject, ObjectType.original)] = e.arg
  bump(p, Counter.splits, e.dev)
}

/** Taken from a request that has failed, or held because there is no path now. */
function requeueOnHead(p: Picture, e: EventRow): void {
  const slot = known(p, e, e.subject, ObjectType.original)
  const request = p.find(p.slots.container[slot]!)
  if (request >= 0) {
    leaveRequest(p, slot)
    move(p, e, request, Place.completing, p.slots.dev[request]!)
  }
  readdress(p, e, Place.requeue)
  bump(p, Counter.requeues, e.dev)
}

/** A bio is somewhere else now, perhaps with other sectors (a remap, a restored clone). */
function readdress(p: Picture, e: EventRow, place: Place): void {
  const slot = known(p, e, e.subject, ObjectType.clone)
  p.slots.sector[slot] = e.sector
  p.slots.sizeSectors[slot] = e.sizeSectors
  move(p, e, slot, place, e.dev)
}

function finish(p: Picture, e: EventRow): void {
  const slot = p.find(e.subject)
  // the block layer refused it before it was queued: an operation that the device has not
  if (slot < 0 && e.kind === EventKind.bio_endio) return
  if (!end(p, e, slot, e.arg) || p.slots.type[slot] !== ObjectType.original) return
  const dev = p.slots.dev[slot]!
  bump(p, Counter.bios_completed, dev)
  if (e.arg !== BlkStatus.OK) bump(p, Counter.bios_failed, dev)
}
