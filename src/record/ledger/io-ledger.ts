/**
 * What one I/O of an application has cost. Steps of a request that it shares with others are divided evenly among the
 * bios of the request; what is done for many at once and belongs to no request (a task's wake, reaping) is not divided
 * and not here. A system call is paid by the I/O that begins it.
 */
import { COST_TABLE, EventKind, type ObjectClass, SLAB_BYTES } from '../../engine/log/index.ts'
import type { EventRow } from '../event-row.ts'
import { type Family, familyOf } from '../family.ts'
import { PictureCursor } from '../picture-cursor.ts'
import type { Picture } from '../picture.ts'
import { isRequest, NO_SLOT, type ObjectId, ObjectType, Place } from '../places.ts'
import type { RunRecord } from '../run-record.ts'
import { chargeEvent, type ChargeSink, IS_CHARGED, payerOf, STEP_COUNT } from './charges.ts'
import type { StepLine } from './ledger.ts'

export interface IoLedger {
  readonly io: ObjectId
  readonly cpuNs: number
  /** Steps that were taken for it; `times` may be a fraction where a request was shared. */
  readonly steps: readonly StepLine[]
  /** Most memory that its own objects and its share of requests held at once, bytes. */
  readonly bytesPeak: number
}

/** Undefined when the log does not say what I/O the object works for. */
export function ledgerOfIo(record: RunRecord, id: ObjectId): IoLedger | undefined {
  const family = familyOf(record, id)
  return family === undefined ? undefined : new IoBooks(record, family).read()
}

class IoBooks implements ChargeSink {
  private readonly record: RunRecord
  private readonly family: Family
  private readonly members: ReadonlySet<number>
  private readonly times: Float64Array = new Float64Array(STEP_COUNT)
  /** The part of each request's bios that is the family's, from when it had most. */
  private readonly shares = new Map<number, { readonly bios: number; readonly share: number }>()
  private share = 1

  constructor(record: RunRecord, family: Family) {
    this.record = record
    this.family = family
    this.members = new Set(family.members.map((member) => Number(member.id)))
  }

  add(step: number, times: number): void {
    this.times[step]! += times * this.share
  }

  read(): IoLedger {
    const { record, family } = this
    const cursor = new PictureCursor(record)
    const { header } = record
    const rules = { native: header.mode === 'native', copiesSplits: header.copiesSplits === true }
    let bytesPeak = 0
    for (const index of family.events) {
      const e = record.eventAt(index)
      if (IS_CHARGED[e.kind] === 1) {
        this.share = this.shareOf(cursor.at(index - 1), e)
        chargeEvent(e, payerOf(header, e.dev), rules, this)
      }
      bytesPeak = Math.max(bytesPeak, this.bytesIn(cursor.at(index)))
    }
    const steps = COST_TABLE.flatMap(({ step, ns }, at): StepLine[] => {
      const times = this.times[at]!
      return times === 0 ? [] : [{ step, times, ns: times * ns }]
    })
    return { io: family.io, steps, cpuNs: steps.reduce((ns, line) => ns + line.ns, 0), bytesPeak }
  }

  /** What part of an event's charges is the family's. */
  private shareOf(before: Picture, e: EventRow): number {
    if (e.kind <= EventKind.getrq) return 1
    if (e.kind === EventKind.backmerge || e.kind === EventKind.frontmerge)
      return this.members.has(e.subject) ? 1 : 0
    // the clone of a request is not there yet: it stands for its original
    const request = before.find(e.kind === EventKind.rq_clone ? e.object : e.subject)
    return request !== NO_SLOT && isRequest(before.slots.type[request]!)
      ? this.shareOfRequest(before, request)
      : 1
  }

  private shareOfRequest(picture: Picture, request: number): number {
    const { slots } = picture
    const isClone = slots.type[request] === ObjectType.request_clone
    const id = isClone ? slots.parent[request]! : slots.id[request]!
    const bios = picture.biosOf(request)
    const known = this.shares.get(id)
    if (known !== undefined && bios.length < known.bios) return known.share // bios leave it as they end
    const mine = bios.filter((bio) => this.members.has(slots.id[bio]!)).length
    const share = bios.length === 0 ? 1 : mine / bios.length
    this.shares.set(id, { bios: bios.length, share })
    return share
  }

  private bytesIn(picture: Picture): number {
    const { slots } = picture
    let bytes = 0
    for (const { id } of this.family.members) {
      const slot = picture.slotOf(id)
      if (slot === NO_SLOT || slots.place[slot] === Place.ended) continue
      const size = SLAB_BYTES[slots.objectClass[slot]! as ObjectClass]
      bytes += isRequest(slots.type[slot]!) ? size * this.shareOfRequest(picture, slot) : size
    }
    return bytes
  }
}
