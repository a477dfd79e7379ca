/**
 * The ledger of a lane up to an event: how often each task has taken each step, and the objects there are. Part of a
 * picture, folded with it; steps become nanoseconds only where somebody reads them (ledger.ts).
 */
import {
  CloneKind,
  OBJECT_CLASS_COUNT,
  ObjectClass,
  type RunHeader,
  SLAB_BYTES,
} from '../../engine/log/index.ts'
import type { EventRow } from '../event-row.ts'
import { ObjectType } from '../places.ts'
import { chargeEvent, type ChargeRules, type ChargeSink, type Payer, payerOf, STEP_COUNT } from './charges.ts'

const FIRST_TASKS = 8
const BYTES: Float64Array = Float64Array.from(
  { length: OBJECT_CLASS_COUNT },
  (_, objectClass) => SLAB_BYTES[objectClass as ObjectClass],
)
const REQUEST_OF = {
  dm: ObjectClass.dm_request,
  scsi_debug: ObjectClass.scsi_request,
  null_blk: ObjectClass.null_blk_request,
  nvme: ObjectClass.nvme_request,
} as const

export class LedgerTable implements ChargeSink {
  /** How often, by task and step (task * STEP_COUNT + step); of lockSpin the nanoseconds. */
  counts: Float64Array = new Float64Array(FIRST_TASKS * STEP_COUNT)
  /** By ObjectClass. */
  readonly born: Float64Array = new Float64Array(OBJECT_CLASS_COUNT)
  readonly live: Int32Array = new Int32Array(OBJECT_CLASS_COUNT)
  readonly peak: Int32Array = new Int32Array(OBJECT_CLASS_COUNT)
  bytesLive = 0
  bytesPeak = 0
  private readonly payers: Uint8Array = new Uint8Array(256)
  private readonly requestClass: Uint8Array = new Uint8Array(256).fill(ObjectClass.scsi_request)
  private readonly rules: ChargeRules
  private row = 0

  constructor(header: RunHeader) {
    this.rules = { native: header.mode === 'native', copiesSplits: header.copiesSplits === true }
    header.devices.forEach(({ driver }, dev) => {
      this.payers[dev] = payerOf(header, dev)
      this.requestClass[dev] = REQUEST_OF[driver]
    })
  }

  get tasks(): number {
    return this.counts.length / STEP_COUNT
  }

  charge(e: EventRow): void {
    this.row = e.task * STEP_COUNT
    if (this.row >= this.counts.length) this.grow(e.task + 1)
    chargeEvent(e, this.payers[e.dev] as Payer, this.rules, this)
  }

  add(step: number, times: number): void {
    this.counts[this.row + step]! += times
  }

  private grow(tasks: number): void {
    const larger = new Float64Array(Math.max(tasks, 2 * this.tasks) * STEP_COUNT)
    larger.set(this.counts)
    this.counts = larger
  }

  /** What an object that an event makes is, in memory. */
  classOf(type: ObjectType, e: EventRow): ObjectClass {
    switch (type) {
      case ObjectType.original:
        return ObjectClass.bio
      case ObjectType.fragment:
        return ObjectClass.fragment
      case ObjectType.clone:
        if (e.arg === CloneKind.of_request) return ObjectClass.request_clone_bio
        return e.arg === CloneKind.further ? ObjectClass.further_clone : ObjectClass.clone
      case ObjectType.request:
      case ObjectType.request_clone:
        return this.requestClass[e.dev] as ObjectClass
      default:
        return ObjectClass.none
    }
  }

  objectBorn(objectClass: number): void {
    this.born[objectClass]!++
    this.objectBack(objectClass)
  }

  /** An object that had ended is in use again: it was never given back. */
  objectBack(objectClass: number): void {
    const live = ++this.live[objectClass]!
    if (live > this.peak[objectClass]!) this.peak[objectClass] = live
    this.bytesLive += BYTES[objectClass]!
    if (this.bytesLive > this.bytesPeak) this.bytesPeak = this.bytesLive
  }

  objectGone(objectClass: number): void {
    this.live[objectClass]!--
    this.bytesLive -= BYTES[objectClass]!
  }

  /** Peaks from now on. */
  forgetPeaks(): void {
    this.peak.set(this.live)
    this.bytesPeak = this.bytesLive
  }

  copyFrom(other: LedgerTable): void {
    if (this.counts.length < other.counts.length) this.counts = other.counts.slice()
    else {
      this.counts.fill(0)
      this.counts.set(other.counts)
    }
    this.born.set(other.born)
    this.live.set(other.live)
    this.peak.set(other.peak)
    this.bytesLive = other.bytesLive
    this.bytesPeak = other.bytesPeak
  }

  get byteLength(): number {
    return this.counts.byteLength + this.born.byteLength + this.live.byteLength + this.peak.byteLength + 512
  }
}
