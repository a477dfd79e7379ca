/**
 * Everything that belongs to one application I/O, and every event that touches it: its bios, their clones and fragments,
 * the requests they are in from the moment they join, and the clones of those.
 *
 * One pass over the time in which the I/O lives; parents are in the log before their children, so the family grows along
 * the way. A request shared with strangers belongs to the family, the strangers do not.
 */
import { EventKind } from '../engine/log/index.ts'
import { birthOf, ioOf } from './birth.ts'
import { type ObjectId, objectId, ObjectType } from './places.ts'
import type { RunRecord } from './run-record.ts'

export interface FamilyMember {
  readonly id: ObjectId
  readonly type: ObjectType
  /** Member it came from: for a request the bio that brought it in; 0 for the I/O. */
  readonly parent: number
  /** Index of the event that made it a member. */
  readonly since: number
}

export interface Family {
  readonly io: ObjectId
  /** In the order in which they joined; the I/O itself first. */
  readonly members: readonly FamilyMember[]
  /** Indices of all events that touch a member, rising. */
  readonly events: readonly number[]
}

/** Events looked at after the I/O has ended, for requests that are not free yet. */
const AFTERMATH_EVENTS = 100_000

/** The family of the I/O that an object works for; undefined when the log does not say. */
export function familyOf(record: RunRecord, id: ObjectId): Family | undefined {
  const io = ioOf(record, id)
  const birth = io === undefined ? undefined : birthOf(record, io)
  return birth === undefined ? undefined : new FamilyWalk(record, birth.id, birth.event).walk()
}

class FamilyWalk {
  private readonly record: RunRecord
  private readonly isMember: Uint8Array
  private readonly family: { io: ObjectId; members: FamilyMember[]; events: number[] }
  private readonly start: number
  private openRequests = 0
  private ioEnded = false

  constructor(record: RunRecord, io: ObjectId, start: number) {
    this.record = record
    this.isMember = new Uint8Array((record.largestSubject.at(-1) ?? 0) + 1)
    this.family = { io, members: [], events: [] }
    this.start = start
    this.join(io, ObjectType.io, 0, start)
  }

  walk(): Family {
    const { record, isMember } = this
    let stop = record.eventCount
    for (let i = this.start; i < stop; i++) {
      const subject = record.subjectAt(i)
      const object = record.objectAt(i)
      const kind = record.kindAt(i)
      const touchesSubject = isMember[subject] === 1
      if (!touchesSubject && (isMember[object] !== 1 || OBJECT_IS_ID[kind] !== 1)) continue
      this.family.events.push(i)
      this.event(i, kind, subject, object, touchesSubject)
      if (!this.ioEnded) continue
      if (this.openRequests === 0) break
      stop = Math.min(stop, this.family.events.at(-1)! + AFTERMATH_EVENTS)
    }
    return this.family
  }

  private event(i: number, kind: number, subject: number, object: number, touchesSubject: boolean): void {
    switch (kind) {
      case EventKind.bio_remap:
      case EventKind.bio_queue:
        this.join(subject, object === this.family.io ? ObjectType.original : ObjectType.clone, object, i)
        break
      case EventKind.bio_clone:
        this.join(subject, ObjectType.clone, object, i)
        break
      case EventKind.split:
        this.join(subject, ObjectType.fragment, object, i)
        break
      case EventKind.getrq:
        this.joinRequest(subject, ObjectType.request, object, i)
        break
      case EventKind.rq_clone:
        this.joinRequest(subject, ObjectType.request_clone, object, i)
        break
      case EventKind.backmerge:
      case EventKind.frontmerge:
        if (touchesSubject) this.joinRequest(object, ObjectType.request, subject, i)
        break
      case EventKind.rq_merge:
        if (touchesSubject) this.joinRequest(object, ObjectType.request, subject, i)
        break
      case EventKind.rq_free:
        this.openRequests--
        break
      case EventKind.io_end:
        this.ioEnded = true
        break
      default:
    }
  }

  private join(id: number, type: ObjectType, parent: number, since: number): boolean {
    if (this.isMember[id] === 1) return false
    this.isMember[id] = 1
    this.family.members.push({ id: objectId(id), type, parent, since })
    return true
  }

  private joinRequest(id: number, type: ObjectType, parent: number, since: number): void {
    if (this.join(id, type, parent, since)) this.openRequests++
  }
}

/** Kinds whose object is the id of a bio, request or I/O; in others it counts something. */
const OBJECT_IS_ID: Uint8Array = new Uint8Array(256)
for (const kind of [
  EventKind.bio_queue,
  EventKind.bio_clone,
  EventKind.bio_remap,
  EventKind.split,
  EventKind.getrq,
  EventKind.backmerge,
  EventKind.frontmerge,
  EventKind.rq_merge,
  EventKind.plug,
  EventKind.rq_clone,
  EventKind.rq_remap,
]) {
  OBJECT_IS_ID[kind] = 1
}

/** The I/O of another lane that is the same request of the same application: same number in its task, same address. */
export function sameIo(from: RunRecord, io: ObjectId, to: RunRecord): ObjectId | undefined {
  const birth = birthOf(from, io)
  if (birth === undefined) return undefined
  const wanted = from.eventAt(birth.event)
  for (let i = 0; i < to.eventCount; i++) {
    if (to.kindAt(i) !== EventKind.io_submit || to.argAt(i) !== wanted.arg) continue
    const other = to.eventAt(i)
    if (other.sector === wanted.sector && other.rwbs === wanted.rwbs) return objectId(other.subject)
  }
  return undefined
}
