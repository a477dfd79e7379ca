/**
 * The family of one I/O as a tree: its bios, their clones once for each attempt, fragments, the requests that carried
 * them, the clones of those, each with the path it took and what came of it.
 *
 * A clone that is mapped again is a node again, beside the first: what was made in an attempt hangs below that attempt.
 * Bios that were cloned along with a request hang below the clone of the request.
 */
import { BlkStatus, CloneKind, DEV_NONE, EventKind } from '../../engine/log/index.ts'
import type { Family, FamilyMember } from '../../record/family.ts'
import { type ObjectId, ObjectType } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'

export type Outcome =
  | { readonly kind: 'running' }
  | { readonly kind: 'ok'; readonly index: number }
  | { readonly kind: 'failed'; readonly index: number; readonly status: number }
  /** It became part of another request. */
  | { readonly kind: 'merged'; readonly index: number; readonly into: number }
  /** It was given back before a device had it. */
  | { readonly kind: 'returned'; readonly index: number }
  /** No path was usable. */
  | { readonly kind: 'no_path'; readonly index: number }

/** What a node is from one of its events on. */
export interface Turn {
  readonly index: number
  readonly outcome: Outcome
  readonly sizeSectors: number
  readonly bios: number
  readonly issued: number
}

/** `outcome`, `sizeSectors`, `issued` and `bios` are those of its end; `turns` tell of every moment before. */
export interface FamilyNode {
  /** Unique in the tree; the id, and the number of the attempt where there are several. */
  readonly key: string
  readonly id: ObjectId
  readonly type: ObjectType
  /** 1 for the first. */
  readonly attempt: number
  /** Device it is on: the path of an attempt, the queue of a request. */
  readonly dev: number
  readonly sizeSectors: number
  readonly since: number
  readonly outcome: Outcome
  /** Index of the last event that touched it. */
  readonly last: number
  /** Times that a device was given it. */
  readonly issued: number
  /** Bios in it, strangers too; 0 for what is no request. */
  readonly bios: number
  /** A bio that was cloned along with its request. */
  readonly ofRequest: boolean
  /** In order of their events, the first at its birth. */
  readonly turns: readonly Turn[]
  readonly children: readonly FamilyNode[]
}

interface Draft {
  readonly id: ObjectId
  readonly type: ObjectType
  readonly attempt: number
  dev: number
  sizeSectors: number
  readonly since: number
  outcome: Outcome
  last: number
  issued: number
  bios: number
  ofRequest: boolean
  readonly turns: Turn[]
  readonly children: Draft[]
  /** Says of a clone that it has been mapped: the next time is another attempt. */
  mapped: boolean
}

export function familyTree(record: RunRecord, family: Family): FamilyNode {
  return new TreeBuilder(record, family).build()
}

class TreeBuilder {
  private readonly record: RunRecord
  private readonly family: Family
  /** The attempt of each member that is under way. */
  private readonly current = new Map<number, Draft>()
  private root: Draft | undefined
  /** The clone of a request that is being set up. */
  private lastRequestClone: Draft | undefined

  constructor(record: RunRecord, family: Family) {
    this.record = record
    this.family = family
  }

  build(): FamilyNode {
    const births = new Map<number, FamilyMember[]>()
    for (const member of this.family.members)
      births.set(member.since, [...(births.get(member.since) ?? []), member])
    for (const event of this.family.events) {
      for (const member of births.get(event) ?? []) this.born(member, event)
      this.event(event)
      this.note(event)
    }
    return finished(this.root!)
  }

  private born(member: FamilyMember, event: number): void {
    const { dev, sizeSectors, arg, kind } = this.record.eventAt(event)
    const draft = this.draft(member.id, member.type, 1, event)
    draft.dev = dev
    draft.sizeSectors = sizeSectors
    if (member.type === ObjectType.request || member.type === ObjectType.request_clone) draft.bios = 1
    const ofRequest = kind === EventKind.bio_clone && arg === CloneKind.of_request
    draft.ofRequest = ofRequest
    const parent = ofRequest ? this.lastRequestClone : this.current.get(member.parent)
    if (parent === undefined) this.root ??= draft
    else parent.children.push(draft)
    this.current.set(member.id, draft)
    if (member.type === ObjectType.request_clone) this.lastRequestClone = draft
  }

  private draft(id: ObjectId, type: ObjectType, attempt: number, since: number): Draft {
    const outcome: Outcome = { kind: 'running' }
    return {
      ...{ id, type, attempt, dev: DEV_NONE, sizeSectors: 0, since, outcome, last: since },
      ...{ issued: 0, bios: 0, ofRequest: false, turns: [], children: [], mapped: false },
    }
  }

  /** Who was touched by an event has a turn where it is not what it was. */
  private note(event: number): void {
    for (const id of [this.record.subjectAt(event), this.record.objectAt(event)]) {
      const draft = this.current.get(id)
      if (draft === undefined) continue
      const { outcome, sizeSectors, bios, issued, turns } = draft
      const last = turns.at(-1)
      const same =
        last?.outcome === outcome &&
        last.sizeSectors === sizeSectors &&
        last.bios === bios &&
        last.issued === issued
      if (!same) turns.push({ index: event, outcome, sizeSectors, bios, issued })
    }
  }

  private event(event: number): void {
    const { kind, subject, object, dev, arg, sizeSectors } = this.record.eventAt(event)
    const own = this.current.get(subject)
    const other = this.current.get(object)
    if (own !== undefined) own.last = event
    switch (kind) {
      case EventKind.choose_path:
        if (own !== undefined) this.chosen(own, dev, event)
        break
      case EventKind.bio_remap:
        if (own !== undefined && own.type !== ObjectType.original) own.dev = dev
        break
      case EventKind.bio_complete:
      case EventKind.bio_endio:
      case EventKind.io_end:
        if (own !== undefined) own.outcome = ended(event, arg)
        break
      case EventKind.rq_issue:
        if (own !== undefined) {
          own.issued++
          own.outcome = { kind: 'running' }
        }
        break
      case EventKind.rq_complete:
        if (own !== undefined && (sizeSectors > 0 || arg !== BlkStatus.OK)) own.outcome = ended(event, arg)
        break
      case EventKind.rq_requeue:
        if (own !== undefined && own.type === ObjectType.request) own.outcome = { kind: 'running' }
        break
      case EventKind.rq_free:
        if (own?.outcome.kind === 'running') own.outcome = { kind: 'returned', index: event }
        break
      case EventKind.rq_merge:
        if (own !== undefined) own.outcome = { kind: 'merged', index: event, into: object }
        if (other?.since === event) this.joined(other, event)
        else if (other !== undefined) other.sizeSectors += sizeSectors
        break
      case EventKind.backmerge:
      case EventKind.frontmerge:
        if (own !== undefined) own.outcome = { kind: 'running' }
        if (other !== undefined) {
          other.bios++
          if (this.record.objectAt(other.since) === other.id && other.since === event)
            this.joined(other, event)
          else other.sizeSectors += sizeSectors
        }
        break
      case EventKind.rq_clone:
        if (own !== undefined && other !== undefined) own.bios = other.bios
        break
      default:
    }
  }

  /** A request that was there before the family joined: what it held until then stands in the picture. */
  private joined(request: Draft, event: number): void {
    const picture = this.record.pictureAt(event)
    const slot = picture.find(request.id)
    if (slot < 0) return
    request.sizeSectors = picture.slots.sizeSectors[slot]!
    request.bios = picture.biosOf(slot).length
  }

  private chosen(own: Draft, dev: number, event: number): void {
    // Of requests the clone is the attempt, of a bio of native NVMe the request.
    if (own.type !== ObjectType.clone) return
    if (own.mapped && !(own.dev === DEV_NONE && dev === DEV_NONE)) this.again(own, event)
    const attempt = this.current.get(own.id)!
    attempt.mapped = true
    attempt.dev = dev
    attempt.last = event
    attempt.outcome = dev === DEV_NONE ? { kind: 'no_path', index: event } : { kind: 'running' }
  }

  private again(own: Draft, event: number): void {
    const next = this.draft(own.id, own.type, own.attempt + 1, event)
    next.sizeSectors = own.sizeSectors
    for (const draft of this.current.values()) {
      const at = draft.children.indexOf(own)
      if (at < 0) continue
      draft.children.push(next)
      break
    }
    this.current.set(own.id, next)
  }
}

function ended(index: number, status: number): Outcome {
  return status === BlkStatus.OK ? { kind: 'ok', index } : { kind: 'failed', index, status }
}

function finished(draft: Draft): FamilyNode {
  const { mapped: _, children, ...rest } = draft
  return { ...rest, key: `${draft.id}#${draft.attempt}`, children: children.map(finished) }
}
