/**
 * What the stage must know about a whole lane before it can draw one moment of it: which sectors are in play (colour),
 * how many I/Os are out at once (slots that stay put), running numbers for names ("bio 5"), and when each part of the
 * address space was completed (the LUN strip).
 *
 * Gathered in one pass over the events as they arrive; never looks back, so a growing run costs nothing twice.
 */
import {
  BlkStatus,
  EventKind,
  SECTOR_UNDEFINED,
  sectorAt,
  type EventChunk,
  type RunHeader,
} from '../engine/log/index.ts'
import type { AddressRange } from './address-colour.ts'
import { AddressShifts } from './address-shifts.ts'

/** What an id stands for, as far as its first event told. */
export const ThingKind = {
  unknown: 0,
  io: 1,
  bio: 2,
  clone: 3,
  fragment: 4,
  request: 5,
  request_clone: 6,
} as const
export type ThingKind = (typeof ThingKind)[keyof typeof ThingKind]

/** Sectors that a path has carried out. */
export interface Completion {
  readonly index: number
  readonly sector: number
  readonly sizeSectors: number
}

export class LaneFacts {
  /** Events read so far. */
  events = 0
  range: AddressRange = { firstSector: 0, lastSector: 1 }
  /** Longest run of I/Os from the oldest in flight to the newest: that many places keep everybody where they are. */
  ioSpan = 1
  bioSpan = 1
  maxIoSectors = 1
  /** Ended application I/Os: event of the end, and how long each took; grows in step. */
  readonly endEvents: number[] = []
  readonly latenciesNs: number[] = []
  /** When application I/Os ended, by running number; undefined while they have not. */
  readonly ioEndNs: number[] = []
  /** What the paths have carried out, in order. */
  readonly completions: Completion[] = []
  private readonly bioIds: number[] = []
  private readonly requestIds: number[] = []
  private readonly disk: boolean[]
  private kind: Uint8Array = new Uint8Array(1024)
  private parent: Uint32Array = new Uint32Array(1024)
  private ordinal: Uint32Array = new Uint32Array(1024)
  private readonly counts: Uint32Array = new Uint32Array(8)
  /** Of I/Os in flight. */
  private readonly submittedNs = new Map<number, number>()
  private readonly ios = new Window()
  private readonly bios = new Window()
  private seen = false

  readonly shifts: AddressShifts

  constructor(header: RunHeader) {
    this.shifts = new AddressShifts(header)
    this.disk = header.devices.map((device) => device.role === 'path')
  }

  kindOf(id: number): ThingKind {
    return (this.kind[id] ?? 0) as ThingKind
  }

  /** Id of what it was made from: the io of a bio, the original of a clone, the bio of a request, the request of a request clone. */
  parentOf(id: number): number {
    return this.parent[id] ?? 0
  }

  /** Running number among its kind, from 1; 0 = unknown. Requests and their clones share the number of the request. */
  ordinalOf(id: number): number {
    return this.ordinal[id] ?? 0
  }

  /** Id of the nth original bio (from 1), 0 when there is none. */
  bioId(ordinal: number): number {
    return this.bioIds[ordinal - 1] ?? 0
  }

  /** Id of the nth request (from 1), 0 when there is none. */
  requestId(ordinal: number): number {
    return this.requestIds[ordinal - 1] ?? 0
  }

  read(chunk: EventChunk, fromRow = 0): void {
    for (let row = fromRow; row < chunk.count; row++) this.event(chunk, row)
  }

  private event(chunk: EventChunk, row: number): void {
    const subject = chunk.subject[row]!
    const object = chunk.object[row]!
    switch (chunk.kind[row]) {
      case EventKind.io_submit:
        this.shifts.note(subject, chunk.dev[row]!, sectorAt(chunk, row))
        this.name(subject, ThingKind.io, 0)
        this.ios.enter(this.ordinalOf(subject))
        this.submittedNs.set(subject, chunk.timeNs[row]!)
        this.ioSpan = Math.max(this.ioSpan, this.ios.span)
        break
      case EventKind.io_end:
        this.ioEnded(subject, chunk.timeNs[row]!)
        break
      case EventKind.bio_queue:
        if (this.kindOf(subject) === ThingKind.unknown && !this.isBio(object)) this.original(chunk, row)
        break
      case EventKind.bio_remap:
        this.shifts.remapped(subject, object, chunk.dev[row]!, sectorAt(chunk, row))
        this.shifts.note(subject, chunk.dev[row]!, sectorAt(chunk, row))
        break
      case EventKind.bio_clone:
        this.shifts.note(subject, chunk.dev[row]!, sectorAt(chunk, row))
        this.name(subject, ThingKind.clone, object)
        break
      case EventKind.split:
        this.name(subject, ThingKind.fragment, object)
        break
      case EventKind.getrq:
        this.name(subject, ThingKind.request, object)
        this.requestIds.push(subject)
        break
      case EventKind.rq_clone:
        this.name(subject, ThingKind.request_clone, object)
        this.ordinal[subject] = this.ordinalOf(object)
        break
      case EventKind.bio_complete:
      case EventKind.bio_endio:
        if (this.kindOf(subject) === ThingKind.bio) this.bios.leave(this.ordinalOf(subject))
        break
      case EventKind.rq_complete:
        if (this.disk[chunk.dev[row]!] === true) this.completed(chunk, row)
        break
      default:
    }
    this.events++
  }

  private isBio(id: number): boolean {
    const kind = this.kindOf(id)
    return kind === ThingKind.bio || kind === ThingKind.clone || kind === ThingKind.fragment
  }

  private ioEnded(io: number, timeNs: number): void {
    this.ios.leave(this.ordinalOf(io))
    this.ioEndNs[this.ordinalOf(io)] = timeNs
    const submitted = this.submittedNs.get(io)
    if (submitted === undefined) return
    this.submittedNs.delete(io)
    this.endEvents.push(this.events)
    this.latenciesNs.push(timeNs - submitted)
  }

  private original(chunk: EventChunk, row: number): void {
    const subject = chunk.subject[row]!
    this.name(subject, ThingKind.bio, chunk.object[row]!)
    this.bioIds.push(subject)
    this.bios.enter(this.ordinalOf(subject))
    this.bioSpan = Math.max(this.bioSpan, this.bios.span)
    this.widen(this.shifts.atTop(chunk.dev[row]!, sectorAt(chunk, row)), chunk.size[row]!)
  }

  private widen(sector: number, sizeSectors: number): void {
    if (sector === SECTOR_UNDEFINED || sizeSectors === 0) return
    this.maxIoSectors = Math.max(this.maxIoSectors, sizeSectors)
    const last = sector + sizeSectors
    const { firstSector, lastSector } = this.range
    if (!this.seen) this.range = { firstSector: sector, lastSector: last }
    else if (sector < firstSector || last > lastSector)
      this.range = { firstSector: Math.min(firstSector, sector), lastSector: Math.max(lastSector, last) }
    this.seen = true
  }

  private completed(chunk: EventChunk, row: number): void {
    const sector = sectorAt(chunk, row)
    const sizeSectors = chunk.size[row]!
    if (sector === SECTOR_UNDEFINED || sizeSectors === 0 || chunk.arg[row] !== BlkStatus.OK) return
    const atTop = this.shifts.atTop(chunk.dev[row]!, sector)
    this.completions.push({ index: this.events, sector: atTop, sizeSectors })
  }

  private name(id: number, kind: ThingKind, parent: number): void {
    if (id >= this.kind.length) this.grow(id)
    if (this.kind[id] !== ThingKind.unknown) return
    this.kind[id] = kind
    this.parent[id] = parent
    this.ordinal[id] = ++this.counts[kind]!
  }

  private grow(id: number): void {
    const size = Math.max(id + 1, this.kind.length * 2)
    const copy = <T extends Uint8Array | Uint32Array>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    this.kind = copy(this.kind, new Uint8Array(size))
    this.parent = copy(this.parent, new Uint32Array(size))
    this.ordinal = copy(this.ordinal, new Uint32Array(size))
  }
}

/** Numbers that enter in order and leave in any: how far apart are the oldest and the newest inside? */
class Window {
  private readonly gone = new Set<number>()
  private oldest = 1
  private newest = 0

  get span(): number {
    return this.newest - this.oldest + 1
  }

  enter(ordinal: number): void {
    this.newest = Math.max(this.newest, ordinal)
  }

  leave(ordinal: number): void {
    this.gone.add(ordinal)
    while (this.gone.delete(this.oldest)) this.oldest++
  }
}
