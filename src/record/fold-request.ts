/** What the events of requests say about the picture. */
import { BlkStatus, EventKind, RequeueTo } from '../engine/log/index.ts'
import { Counter, SIZE_BUCKETS, sizeBucket } from './counters.ts'
import type { EventRow } from './event-row.ts'
import { bump } from './fold-count.ts'
import * as objects from './objects.ts'
import { birth, known, move } from './objects.ts'
import { ObjectType, Place } from './places.ts'
import type { Picture } from './picture.ts'

export function foldRequest(p: Picture, e: EventRow): void {
  switch (e.kind) {
    case EventKind.getrq:
      getRequest(p, e)
      break
    case EventKind.backmerge:
    case EventKind.frontmerge:
      mergeBio(p, e, e.kind === EventKind.frontmerge)
      break
    case EventKind.rq_merge:
      mergeRequest(p, e)
      break
    case EventKind.plug_add:
      move(p, e, request(p, e), Place.plug, e.dev)
      break
    case EventKind.rq_insert:
      move(p, e, request(p, e), Place.scheduler, e.dev)
      break
    case EventKind.rq_dispatch_list:
      move(p, e, request(p, e), Place.dispatch, e.dev)
      break
    case EventKind.rq_issue:
      issue(p, e)
      break
    case EventKind.rq_requeue:
      requeue(p, e)
      break
    case EventKind.rq_clone:
      cloneRequest(p, e)
      break
    case EventKind.rq_remap:
      remap(p, e)
      break
    case EventKind.rq_complete:
      complete(p, e)
      break
    case EventKind.rq_error:
      bump(p, Counter.errors, e.dev)
      p.slots.status[request(p, e)] = e.arg
      break
    case EventKind.rq_free:
      free(p, e)
      break
    case EventKind.flush_park:
      move(p, e, request(p, e), Place.flush, e.dev)
      break
    case EventKind.flush_kick:
      birth(p, e, e.subject, ObjectType.flush_request, Place.flush, e.dev)
      bump(p, Counter.flushes, e.dev)
      break
    default:
  }
}

function request(p: Picture, e: EventRow): number {
  return known(p, e, e.subject, ObjectType.request)
}

function getRequest(p: Picture, e: EventRow): void {
  const slot = birth(p, e, e.subject, ObjectType.request, Place.submit, e.dev)
  objects.takeFirstTag(p, slot, e.arg)
  if (e.object !== 0) objects.enterRequest(p, e, known(p, e, e.object, ObjectType.original), slot, false)
  bump(p, Counter.requests, e.dev)
}

function mergeBio(p: Picture, e: EventRow, front: boolean): void {
  const { slots } = p
  const bio = known(p, e, e.subject, ObjectType.original)
  const into = known(p, e, e.object, ObjectType.request)
  objects.enterRequest(p, e, bio, into, front)
  slots.sizeSectors[into]! += e.sizeSectors
  if (front) slots.sector[into] = e.sector
  bump(p, front ? Counter.front_merges : Counter.back_merges, e.dev)
}

function mergeRequest(p: Picture, e: EventRow): void {
  const { slots } = p
  const gone = request(p, e)
  const into = known(p, e, e.object, ObjectType.request)
  objects.absorb(p, gone, into)
  slots.sizeSectors[into]! += slots.sizeSectors[gone]!
  slots.sector[into] = Math.min(slots.sector[into]!, slots.sector[gone]!)
  objects.end(p, e, gone, BlkStatus.OK)
  bump(p, Counter.request_merges, e.dev)
}

function issue(p: Picture, e: EventRow): void {
  const { slots } = p
  const slot = request(p, e)
  const toDriver = p.header.devices[e.dev]?.role !== 'dm'
  if (slots.type[slot] !== ObjectType.flush_request) objects.takeDriverTag(p, slot, e.arg)
  slots.attempts[slot]!++
  slots.status[slot] = BlkStatus.OK
  move(p, e, slot, toDriver ? Place.device : Place.issued, e.dev)
  bump(p, Counter.issued, e.dev)
  bump(p, Counter.issued_sectors, e.dev, e.sizeSectors)
  p.devices.sizes[p.devices.row(e.dev) * SIZE_BUCKETS + sizeBucket(e.sizeSectors)]!++
}

function requeue(p: Picture, e: EventRow): void {
  const slot = request(p, e)
  objects.releaseDriverTag(p, slot)
  move(p, e, slot, e.arg === RequeueTo.dispatch ? Place.dispatch : Place.requeue, e.dev)
  bump(p, Counter.requeues, e.dev)
}

/** The clone starts where its original chose the path; the original stays behind with its tag. */
function cloneRequest(p: Picture, e: EventRow): void {
  const { slots } = p
  const original = known(p, e, e.object, ObjectType.request)
  const dev = slots.dev[original]!
  const slot = birth(p, e, e.subject, ObjectType.request_clone, Place.choose, dev)
  slots.parent[slot] = e.object
  slots.chosen[slot] = e.dev
  slots.remaining[slot] = slots.remaining[original]!
  objects.takeFirstTag(p, slot, e.arg)
  move(p, e, original, Place.issued, dev)
  bump(p, Counter.request_clones, e.dev)
}

function remap(p: Picture, e: EventRow): void {
  const slot = known(p, e, e.subject, ObjectType.request_clone)
  p.slots.sector[slot] = e.sector
  p.slots.sizeSectors[slot] = e.sizeSectors
  move(p, e, slot, Place.submit, e.dev)
}

/** Bytes of a request are done: all of them, none (before an error is reported), or some, and the rest goes on. */
function complete(p: Picture, e: EventRow): void {
  const { slots } = p
  const slot = request(p, e)
  if (slots.place[slot] === Place.ended) return
  if (e.arg !== BlkStatus.OK) slots.status[slot] = e.arg
  else {
    bump(p, Counter.completed_sectors, e.dev, e.sizeSectors)
    if (e.sizeSectors > 0 && e.sizeSectors < slots.sizeSectors[slot]!) advance(p, e, slot)
  }
  move(p, e, slot, Place.completing, slots.dev[slot]!)
}

/** The front of a request is done; its bios there have left it, even those that wait for other parts of themselves. */
function advance(p: Picture, e: EventRow, slot: number): void {
  const { slots } = p
  const sector = slots.sector[slot]! + e.sizeSectors
  slots.sector[slot] = sector
  slots.sizeSectors[slot]! -= e.sizeSectors
  for (let bio = slots.linkA[slot]!; bio >= 0; bio = slots.linkA[slot]!) {
    const done = sector - slots.sector[bio]!
    if (done < slots.sizeSectors[bio]!) {
      slots.sizeSectors[bio]! -= Math.max(0, done)
      slots.sector[bio]! += Math.max(0, done)
      break
    }
    objects.leaveRequest(p, bio)
    move(p, e, bio, Place.waiting, slots.dev[slot]!)
  }
}

/** A bio that outlives its request waits for the other parts it was cut into. */
function free(p: Picture, e: EventRow): void {
  const { slots } = p
  const slot = request(p, e)
  if (slots.place[slot] === Place.ended) return
  for (let bio = slots.linkA[slot]!; bio >= 0; bio = slots.linkA[slot]!) {
    objects.leaveRequest(p, bio)
    move(p, e, bio, Place.waiting, slots.dev[slot]!)
  }
  objects.end(p, e, slot, slots.status[slot]!)
}
