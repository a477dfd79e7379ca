/**
 * The objects of a picture in struct-of-arrays form: one row per object, rows used again through a free list.
 *
 * Columns are replaced when they grow, so nobody keeps a column across events. Rows 0..count-1 are or were in use; a row
 * with type `free` holds nothing. `linkA` and `linkB` serve two purposes that exclude each other: in a request they are
 * head and tail of its bios in sector order, in a bio inside a request next and previous; in a free row linkA is the next free.
 */
import { NO_DEV, NO_SLOT, NO_TAG, ObjectType, Place, type Slot } from './places.ts'

export const BYTES_PER_SLOT = 73
const FIRST_CAPACITY = 256

export class Slots {
  /** Rows in use or free below this number. */
  count = 0
  /** First of the free rows, or NO_SLOT. */
  firstFree: number = NO_SLOT

  /** Sector on the device that the object is on now; of a request its first. */
  sector!: Float64Array
  /** When the object came to its present place. */
  sinceNs!: Float64Array
  /** When the object was first seen. */
  bornNs!: Float64Array
  id!: Uint32Array
  /** Id of: the io of an original, the original of a clone, what a fragment was cut from, the request of a request clone. */
  parent!: Uint32Array
  /** Id of the request that a bio is in, 0 outside. */
  container!: Uint32Array
  sizeSectors!: Uint32Array
  /** Children that have not ended: originals of an io, clones and fragments of a bio, bios of a request. */
  remaining!: Uint32Array
  /** Index of the event that brought the object to its present place. */
  sinceEvent!: Uint32Array
  linkA!: Int32Array
  linkB!: Int32Array
  /** How often a request was issued, a clone mapped. */
  attempts!: Uint16Array
  schedTag!: Uint16Array
  driverTag!: Uint16Array
  type!: Uint8Array
  place!: Uint8Array
  /** Device the object is on, as an index of the header; NO_DEV for an io of no device. */
  dev!: Uint8Array
  prevPlace!: Uint8Array
  prevDev!: Uint8Array
  rwbs!: Uint8Array
  /** blk_status of its end or of its last failed attempt; 0 is good. */
  status!: Uint8Array
  /** Path that choose_pgpath answered last, NO_DEV before. */
  chosen!: Uint8Array
  /** Index of the task that brought the object to its present place. */
  task!: Uint8Array
  /** SplitLimit that cut it: of a fragment its own cut, of the bio that keeps the rest the last one; 0 = uncut. */
  cut!: Uint8Array
  /** What it takes in memory (ObjectClass). */
  objectClass!: Uint8Array

  constructor(capacity: number = FIRST_CAPACITY) {
    this.allocate(capacity)
  }

  get capacity(): number {
    return this.id.length
  }

  get byteLength(): number {
    return this.capacity * BYTES_PER_SLOT
  }

  /** A cleared row. */
  take(): Slot {
    let slot = this.firstFree
    if (slot >= 0) this.firstFree = this.linkA[slot]!
    else {
      if (this.count === this.capacity) this.grow()
      slot = this.count++
    }
    this.clear(slot)
    return slot as Slot
  }

  give(slot: number): void {
    this.type[slot] = ObjectType.free
    this.place[slot] = Place.none
    this.id[slot] = 0
    this.linkA[slot] = this.firstFree
    this.firstFree = slot
  }

  /** Makes this the same as `other`, keeping its own memory where that is large enough. */
  copyFrom(other: Slots): void {
    if (this.capacity < other.count) this.allocate(Math.max(other.count, 1))
    this.count = other.count
    this.firstFree = other.firstFree
    const mine = this.columns()
    const theirs = other.columns()
    for (let i = 0; i < mine.length; i++) mine[i]!.set(theirs[i]!.subarray(0, other.count))
  }

  private clear(slot: number): void {
    this.sector[slot] = 0
    this.sinceNs[slot] = 0
    this.bornNs[slot] = 0
    this.parent[slot] = 0
    this.container[slot] = 0
    this.sizeSectors[slot] = 0
    this.remaining[slot] = 0
    this.sinceEvent[slot] = 0
    this.linkA[slot] = NO_SLOT
    this.linkB[slot] = NO_SLOT
    this.attempts[slot] = 0
    this.schedTag[slot] = NO_TAG
    this.driverTag[slot] = NO_TAG
    this.place[slot] = Place.none
    this.prevPlace[slot] = Place.none
    this.dev[slot] = NO_DEV
    this.prevDev[slot] = NO_DEV
    this.rwbs[slot] = 0
    this.status[slot] = 0
    this.chosen[slot] = NO_DEV
    this.task[slot] = 0
    this.cut[slot] = 0
    this.objectClass[slot] = 0
  }

  private grow(): void {
    const old = this.columns()
    this.allocate(this.capacity * 2)
    const grown = this.columns()
    for (let i = 0; i < old.length; i++) grown[i]!.set(old[i]!)
  }

  private allocate(capacity: number): void {
    const buffer = new ArrayBuffer(capacity * BYTES_PER_SLOT)
    let at = 0
    const next = (bytesPerItem: number): number => {
      const offset = at
      at += capacity * bytesPerItem
      return offset
    }
    this.sector = new Float64Array(buffer, next(8), capacity)
    this.sinceNs = new Float64Array(buffer, next(8), capacity)
    this.bornNs = new Float64Array(buffer, next(8), capacity)
    this.id = new Uint32Array(buffer, next(4), capacity)
    this.parent = new Uint32Array(buffer, next(4), capacity)
    this.container = new Uint32Array(buffer, next(4), capacity)
    this.sizeSectors = new Uint32Array(buffer, next(4), capacity)
    this.remaining = new Uint32Array(buffer, next(4), capacity)
    this.sinceEvent = new Uint32Array(buffer, next(4), capacity)
    this.linkA = new Int32Array(buffer, next(4), capacity)
    this.linkB = new Int32Array(buffer, next(4), capacity)
    this.attempts = new Uint16Array(buffer, next(2), capacity)
    this.schedTag = new Uint16Array(buffer, next(2), capacity)
    this.driverTag = new Uint16Array(buffer, next(2), capacity)
    this.type = new Uint8Array(buffer, next(1), capacity)
    this.place = new Uint8Array(buffer, next(1), capacity)
    this.dev = new Uint8Array(buffer, next(1), capacity)
    this.prevPlace = new Uint8Array(buffer, next(1), capacity)
    this.prevDev = new Uint8Array(buffer, next(1), capacity)
    this.rwbs = new Uint8Array(buffer, next(1), capacity)
    this.status = new Uint8Array(buffer, next(1), capacity)
    this.chosen = new Uint8Array(buffer, next(1), capacity)
    this.task = new Uint8Array(buffer, next(1), capacity)
    this.cut = new Uint8Array(buffer, next(1), capacity)
    this.objectClass = new Uint8Array(buffer, next(1), capacity)
  }

  columns(): (Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array)[] {
    return [
      this.sector,
      this.sinceNs,
      this.bornNs,
      this.id,
      this.parent,
      this.container,
      this.sizeSectors,
      this.remaining,
      this.sinceEvent,
      this.linkA,
      this.linkB,
      this.attempts,
      this.schedTag,
      this.driverTag,
      this.type,
      this.place,
      this.dev,
      this.prevPlace,
      this.prevDev,
      this.rwbs,
      this.status,
      this.chosen,
      this.task,
      this.cut,
      this.objectClass,
    ]
  }
}
