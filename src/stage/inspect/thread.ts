/**
 * The thread of one I/O: for each event of its family the earlier one of the same family that led to it. Followed back
 * from the end of the I/O it is the one way on which its time went, however many fragments ran beside each other: of
 * what ran together, the last to end counts.
 *
 * Every link goes to an earlier event and the first event has none, so the spans between the links add up to the latency.
 */
import { BlkStatus, CloneKind, EventKind } from '../../engine/log/index.ts'
import type { Family } from '../../record/family.ts'
import { ObjectType } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'

/** Beside the way: they follow from an event and lead to none. */
const ASIDE: ReadonlySet<number> = new Set([
  EventKind.end_io,
  EventKind.start_io,
  EventKind.inject,
  EventKind.lock_wait,
  EventKind.plug,
  EventKind.rq_error,
  EventKind.nvme_bio_complete,
])

export class IoThread {
  readonly record: RunRecord
  readonly family: Family
  /** Position in the family's events by index of the record. */
  private readonly position = new Map<number, number>()
  private readonly parents = new Map<number, number>()
  private readonly types = new Map<number, ObjectType>()
  /** Bios that a request has held, by request; of the family alone. */
  private readonly held = new Map<number, Set<number>>()

  constructor(record: RunRecord, family: Family) {
    this.record = record
    this.family = family
    for (const { id, parent, type } of family.members) {
      this.parents.set(id, parent)
      this.types.set(id, type)
    }
    family.events.forEach((event, at) => {
      this.position.set(event, at)
      this.notePassengers(event)
    })
  }

  has(index: number): boolean {
    return this.position.has(index)
  }

  isMember(id: number): boolean {
    return this.types.has(id)
  }

  typeOf(id: number): ObjectType {
    return this.types.get(id) ?? ObjectType.free
  }

  parentOf(id: number): number {
    return this.parents.get(id) ?? 0
  }

  /** Index of the end of the I/O; undefined while it runs. */
  get end(): number | undefined {
    const { record, family } = this
    return family.events.findLast((event) => record.kindAt(event) === EventKind.io_end)
  }

  /** The event of the family that led to one of it; undefined for the first. */
  before(index: number): number | undefined {
    const at = this.position.get(index)
    if (at === undefined || at === 0) return undefined
    return this.specific(index, at) ?? this.ofSubject(index, at) ?? this.family.events[at - 1]
  }

  /** From the submission to `to`, the links of the thread in order of time. */
  way(to: number): number[] {
    const links: number[] = []
    for (let at: number | undefined = to; at !== undefined; at = this.before(at)) links.push(at)
    return links.reverse()
  }

  private notePassengers(event: number): void {
    const { record } = this
    const subject = record.subjectAt(event)
    const object = record.objectAt(event)
    switch (record.kindAt(event)) {
      case EventKind.getrq:
        this.hold(subject, object)
        break
      case EventKind.backmerge:
      case EventKind.frontmerge:
        if (this.isMember(subject)) this.hold(object, subject)
        break
      case EventKind.rq_merge:
        for (const bio of this.held.get(subject) ?? []) this.hold(object, bio)
        break
      default:
    }
  }

  private hold(request: number, bio: number): void {
    const bios = this.held.get(request)
    if (bios === undefined) this.held.set(request, new Set([bio]))
    else bios.add(bio)
  }

  private specific(index: number, at: number): number | undefined {
    const { record } = this
    const subject = record.subjectAt(index)
    const object = record.objectAt(index)
    switch (record.kindAt(index)) {
      case EventKind.io_end:
        return this.latest(
          at,
          (event) => this.endsBio(event) && this.parentOf(record.subjectAt(event)) === subject,
        )
      case EventKind.bio_endio:
      case EventKind.bio_complete:
        return this.latest(at, (event) => this.endedWithin(event, subject))
      case EventKind.rq_complete:
        return this.cloneEnd(at, subject) ?? this.latest(at, (event) => this.givenAway(event, subject))
      case EventKind.split:
        return this.latest(at, (event) => this.concerns(event, object))
      case EventKind.bio_clone:
        return record.argAt(index) === CloneKind.of_request
          ? this.latest(at, (event) => record.kindAt(event) === EventKind.rq_clone)
          : this.latest(at, (event) => this.concerns(event, object))
      case EventKind.getrq:
      case EventKind.rq_clone:
      case EventKind.plug:
        return this.latest(at, (event) => this.concerns(event, object))
      default:
        return undefined
    }
  }

  private ofSubject(index: number, at: number): number | undefined {
    const subject = this.record.subjectAt(index)
    const own = this.latest(at, (event) => this.concerns(event, subject))
    if (own !== undefined) return own
    const parent = this.parentOf(subject)
    return parent === 0 ? undefined : this.latest(at, (event) => this.concerns(event, parent))
  }

  private latest(at: number, fits: (event: number) => boolean): number | undefined {
    const { events } = this.family
    for (let i = at - 1; i >= 0; i--) if (fits(events[i]!)) return events[i]
    return undefined
  }

  /** An event on the way of a thing: its own, a cut from it, a bio of the family joining it. */
  private concerns(event: number, id: number): boolean {
    const { record } = this
    const kind = record.kindAt(event)
    if (ASIDE.has(kind)) return false
    if (record.subjectAt(event) === id) return true
    if (record.objectAt(event) !== id) return false
    if (kind === EventKind.split) return true
    return (
      (kind === EventKind.backmerge || kind === EventKind.frontmerge || kind === EventKind.rq_merge) &&
      this.isMember(record.subjectAt(event))
    )
  }

  private endsBio(event: number): boolean {
    const kind = this.record.kindAt(event)
    return kind === EventKind.bio_complete || kind === EventKind.bio_endio
  }

  /** A completion that can have ended a bio: of a child of it, or of a request that held it. */
  private endedWithin(event: number, bio: number): boolean {
    const { record } = this
    const subject = record.subjectAt(event)
    if (this.endsBio(event)) return this.parentOf(subject) === bio
    if (record.kindAt(event) !== EventKind.rq_complete || !this.says(event)) return false
    const request = this.typeOf(subject) === ObjectType.request_clone ? this.parentOf(subject) : subject
    const asked = this.parentOf(bio)
    const passengers = this.held.get(request)
    return passengers?.has(bio) === true || (subject !== request && passengers?.has(asked) === true)
  }

  /** A completion with sectors or with an error; the empty ones only free the request. */
  private says(event: number): boolean {
    const row = this.record.eventAt(event)
    return row.sizeSectors > 0 || row.arg !== BlkStatus.OK
  }

  private cloneEnd(at: number, request: number): number | undefined {
    const { record } = this
    return this.latest(
      at,
      (event) =>
        record.kindAt(event) === EventKind.rq_complete &&
        this.typeOf(record.subjectAt(event)) === ObjectType.request_clone &&
        this.parentOf(record.subjectAt(event)) === request,
    )
  }

  /** The last time a request was given to somebody, before it came back. */
  private givenAway(event: number, request: number): boolean {
    const { record } = this
    return record.kindAt(event) !== EventKind.rq_complete && this.concerns(event, request)
  }
}
