/**
 * State of everything in one lane after a given event: what the stage, the scoreboard and the inspector read.
 *
 * A picture is only ever made by folding events (fold.ts) from the start or from a keyframe, so two pictures at the same
 * event are equal whichever way they were reached. Reading is direct: `picture.slots.place[slot]`. Who reads must not keep
 * a picture's columns across events, and must not write.
 *
 *     const picture = record.pictureAt(index)
 *     for (let slot = 0; slot < picture.slots.count; slot++) {
 *       if (picture.slots.type[slot] === ObjectType.free) continue
 *       ...
 *     }
 */
import type { RunHeader } from '../engine/log/index.ts'
import { COUNTER_COUNT, type Counter } from './counters.ts'
import { LedgerTable } from './ledger/ledger-table.ts'
import { DeviceTable } from './devices.ts'
import { EndedRing } from './ended-ring.ts'
import { NO_SLOT, type ObjectId, ObjectType, Place, PLACE_COUNT, type Slot } from './places.ts'
import { Slots } from './slots.ts'
import { TaskTable } from './tasks.ts'

export class Picture {
  readonly header: RunHeader
  /** Index of the last event that is in the picture; -1 before the first. */
  index = -1
  /** Time of that event. */
  timeNs = 0
  readonly slots: Slots
  readonly devices: DeviceTable
  readonly tasks: TaskTable
  readonly ended: EndedRing
  /** CPU time and objects so far. */
  readonly ledger: LedgerTable
  /** Device that choose_pgpath answered last: device index, DEV_NONE = no path, undefined = never asked. */
  lastChoice: number | undefined
  /** Path next in line, where the selector defines one. */
  nextInLine: number | undefined
  /** Group of the last answer of choose_pgpath or of switch_pg; 0 = none yet. */
  currentGroup = 0
  /** MpathFlag bits as last reported; undefined while no event has said them. */
  mpathFlags: number | undefined
  /** DmState of the multipath map as last reported, 0 = none. */
  dmState = 0
  /** Bit set of bypassed priority groups (bit n = group n). */
  bypassedGroups = 0
  /** Activations (pg_init) running. */
  activations = 0
  /** Original bios in flight, counted by the rows of the picture. */
  originalsLive = 0
  /** Application I/Os in flight, counted by the rows of the picture. */
  iosLive = 0
  /** Events that ended something already ended or unknown: 0 in a sound log. */
  contradictions = 0
  /** Row of an id, true only where slots.id agrees: stale entries are never cleared. */
  private slotById: Int32Array = new Int32Array(1024)

  constructor(header: RunHeader, capacity?: number) {
    this.header = header
    this.slots = new Slots(capacity)
    this.devices = new DeviceTable(header)
    this.tasks = new TaskTable()
    this.ended = new EndedRing()
    this.ledger = new LedgerTable(header)
  }

  /** Row of an object that is alive or has just ended, or NO_SLOT. */
  slotOf(id: ObjectId): Slot {
    return this.find(id)
  }

  idAt(slot: number): ObjectId {
    return this.slots.id[slot]! as ObjectId
  }

  /** Bios of a request in sector order, by row. A request clone has those of its request. */
  biosOf(requestSlot: number): Slot[] {
    const { slots } = this
    let owner = requestSlot
    if (slots.type[requestSlot] === ObjectType.request_clone) owner = this.find(slots.parent[requestSlot]!)
    const bios: Slot[] = []
    if (owner < 0) return bios
    for (let bio = slots.linkA[owner]!; bio >= 0; bio = slots.linkB[bio]!) bios.push(bio as Slot)
    return bios
  }

  /** Rows at a place of a device, in the order in which they came there. Ended objects only when asked for by place. */
  slotsIn(dev: number, place: Place): Slot[] {
    const { slots } = this
    const found: Slot[] = []
    for (let slot = 0; slot < slots.count; slot++) {
      if (slots.place[slot] === place && slots.dev[slot] === dev) found.push(slot as Slot)
    }
    return found.sort((a, b) => slots.sinceEvent[a]! - slots.sinceEvent[b]! || slots.id[a]! - slots.id[b]!)
  }

  /** How many objects are at a place of a device (without looking at them). */
  countIn(dev: number, place: Place): number {
    return this.devices.inPlace[this.devices.row(dev) * PLACE_COUNT + place]!
  }

  counter(counter: Counter, dev: number): number {
    return this.devices.counters[this.devices.row(dev) * COUNTER_COUNT + counter]!
  }

  /** Sum of a counter over all devices. */
  total(counter: Counter): number {
    let sum = 0
    for (let row = 0; row < this.devices.rows; row++)
      sum += this.devices.counters[row * COUNTER_COUNT + counter]!
    return sum
  }

  /** Sum of a counter over the paths, or over the dm devices. */
  totalOf(counter: Counter, role: 'dm' | 'path'): number {
    let sum = 0
    this.header.devices.forEach((device, dev) => {
      if (device.role === role) sum += this.counter(counter, dev)
    })
    return sum
  }

  /** @internal Row of an id as the log writes it. */
  find(id: number): Slot {
    const slot = id < this.slotById.length ? this.slotById[id]! : 0
    return slot < this.slots.count && this.slots.id[slot] === id && id !== 0 ? (slot as Slot) : NO_SLOT
  }

  /** @internal Remembers where an id lives. */
  place(id: number, slot: number): void {
    if (id >= this.slotById.length) {
      const larger = new Int32Array(Math.max(id + 1, this.slotById.length * 2))
      larger.set(this.slotById)
      this.slotById = larger
    }
    this.slotById[id] = slot
  }

  /** Makes this picture equal to `other`, which is of the same lane. */
  copyFrom(other: Picture): void {
    this.index = other.index
    this.timeNs = other.timeNs
    this.lastChoice = other.lastChoice
    this.nextInLine = other.nextInLine
    this.currentGroup = other.currentGroup
    this.mpathFlags = other.mpathFlags
    this.dmState = other.dmState
    this.bypassedGroups = other.bypassedGroups
    this.activations = other.activations
    this.originalsLive = other.originalsLive
    this.iosLive = other.iosLive
    this.contradictions = other.contradictions
    this.devices.copyFrom(other.devices)
    this.tasks.copyFrom(other.tasks)
    this.ended.copyFrom(other.ended)
    this.ledger.copyFrom(other.ledger)
    this.slots.copyFrom(other.slots)
  }

  /** @internal After copying rows from a keyframe: the index of ids is not kept in keyframes. */
  reindex(): void {
    const { slots } = this
    for (let slot = 0; slot < slots.count; slot++) {
      if (slots.type[slot] !== ObjectType.free) this.place(slots.id[slot]!, slot)
    }
  }

  get byteLength(): number {
    const { slots, devices, tasks, ended, ledger } = this
    return slots.byteLength + devices.byteLength + tasks.byteLength + ended.byteLength + ledger.byteLength
  }
}
