/** Where in a record an object was born, as what, and from whom: read off the event that first has it as its subject. */
import { EventKind } from '../engine/log/index.ts'
import { type ObjectId, objectId, ObjectType } from './places.ts'
import type { RunRecord } from './run-record.ts'

export interface Birth {
  readonly id: ObjectId
  readonly type: ObjectType
  /** Id of what it was made from: the io of an original, the original of a clone, the rest that a fragment was cut from,
   *  the bio that a request was made for, the request of a request clone; 0 for none. */
  readonly parent: number
  /** Index of the event. */
  readonly event: number
}

export function birthOf(record: RunRecord, id: number): Birth | undefined {
  const event = firstEventOf(record, id)
  if (event < 0) return undefined
  const parent = record.objectAt(event)
  return { id: objectId(id), type: typeBornBy(record, event), parent, event }
}

/** The first event with that subject, or -1; looks at the one or two chunks in which it can be. */
function firstEventOf(record: RunRecord, id: number): number {
  if (id === 0) return -1
  let low = 0
  let high = record.chunks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (record.largestSubject[middle]! < id) low = middle + 1
    else high = middle
  }
  for (let at = low; at < record.chunks.length; at++) {
    const chunk = record.chunks[at]!
    const row = chunk.subject.subarray(0, chunk.count).indexOf(id)
    if (row >= 0) return at * chunk.subject.length + row
  }
  return -1
}

function typeBornBy(record: RunRecord, event: number): ObjectType {
  switch (record.kindAt(event)) {
    case EventKind.io_submit:
      return ObjectType.io
    case EventKind.bio_remap:
    case EventKind.bio_queue:
      return isBioId(record, record.objectAt(event)) ? ObjectType.clone : ObjectType.original
    case EventKind.bio_clone:
      return ObjectType.clone
    case EventKind.split:
      return ObjectType.fragment
    case EventKind.getrq:
      return ObjectType.request
    case EventKind.rq_clone:
      return ObjectType.request_clone
    case EventKind.flush_kick:
      return ObjectType.flush_request
    default:
      return ObjectType.free
  }
}

function isBioId(record: RunRecord, id: number): boolean {
  const event = firstEventOf(record, id)
  return event >= 0 && record.kindAt(event) !== EventKind.io_submit
}

/** Deeper than any family is: io, original, clone, fragments of fragments, request, request clone. */
const MAX_DEPTH = 64

/** The application I/O that an object works for; of a request that of the bio it was made for. */
export function ioOf(record: RunRecord, id: number): ObjectId | undefined {
  let at = birthOf(record, id)
  for (let depth = 0; at !== undefined && depth < MAX_DEPTH; depth++) {
    if (at.type === ObjectType.io) return at.id
    at = birthOf(record, at.parent)
  }
  return undefined
}
