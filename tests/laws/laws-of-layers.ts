/**
 * What every layer of every stack owes, judged from the event log and the scenario alone: each bio ends once and after its
 * parts, its parts are together what it was, each layer sends to what is directly under it, at the sectors that its table
 * says. Knows nothing of the engine but the form of its log.
 */
import type { Scenario } from '../../src/engine/index.ts'
import {
  BlkStatus,
  EventKind,
  Op,
  opOf,
  type RunHeader,
  type RunResult,
  type SideTables,
} from '../../src/engine/log/index.ts'
import type { Law, Watch } from './law.ts'
import type { Row } from './log-rows.ts'

export const layersHandOn: Law = {
  name: 'each layer of a stack sends what it was given to what is under it, at the sectors that its table says (1, 3)',
  watch: (_, { scenario, header, tables }) => new Layers(scenario, header, tables),
}

interface Bio {
  readonly id: number
  readonly kind: 'original' | 'clone' | 'front'
  /** The I/O of an original, the bio that a clone or a front was made from. */
  readonly parent: number
  /** Where it was made for. */
  dev: number
  sector: number
  size: number
  /** What it covered at first, or what it keeps after a cut. */
  readonly home: Extent
  ended: boolean
  liveParts: number
  /** Parts by address, of the present attempt. */
  parts: Extent[]
}

/** A clone that is tried again is queued on its new path without an A. */
const ANYWHERE = -1

interface Extent {
  readonly sector: number
  readonly size: number
}

/** One run, event by event. */
class Layers implements Watch {
  private found: string | undefined
  private readonly header: RunHeader
  private readonly tables: SideTables
  private readonly below: readonly ReadonlySet<number>[]
  private readonly shifts: readonly (((sector: number) => number | undefined) | undefined)[]
  private readonly bios = new Map<number, Bio>()
  private readonly ios = new Map<number, { live: number; status: number }>()
  private readonly waitingAtHead = new Set<number>()
  private reloaded = false

  constructor(scenario: Scenario, header: RunHeader, tables: SideTables) {
    this.header = header
    this.tables = tables
    this.below = header.devices.map((device) => new Set(device.below))
    this.shifts = header.devices.map((device) => shiftOf(scenario, device.mapName ?? device.name))
  }

  see(e: Row): string | undefined {
    this.found = undefined
    this.look(e)
    return this.found
  }

  private look(e: Row): void {
    switch (e.kind) {
      case EventKind.io_submit:
        this.ios.set(e.subject, { live: 0, status: BlkStatus.OK })
        if (e.dev !== this.header.top)
          this.fault(e, `I/O is for device ${e.dev}, the top is ${this.header.top}`)
        break
      case EventKind.io_end:
        if (this.ios.get(e.subject)?.live !== 0) this.fault(e, 'I/O ends before its bios')
        break
      case EventKind.dm_state:
        this.reloaded = true
        break
      case EventKind.bio_queue:
        this.queue(e)
        break
      case EventKind.bio_clone:
        this.clone(e)
        break
      case EventKind.bio_remap:
        this.remap(e)
        break
      case EventKind.split:
        this.cut(e)
        break
      case EventKind.dm_split:
        this.trim(e)
        break
      case EventKind.head_requeue:
        if (this.waitingAtHead.has(e.subject)) this.fault(e, 'waits at the head already')
        this.waitingAtHead.add(e.subject)
        this.moved(e)
        break
      case EventKind.head_resubmit:
        if (!this.waitingAtHead.delete(e.subject)) this.fault(e, 'did not wait at the head')
        break
      case EventKind.bio_retry:
        this.retry(e)
        break
      case EventKind.bio_undefer: {
        // what was pushed back begins anew
        const bio = this.bios.get(e.subject)
        if (bio) bio.parts = []
        break
      }
      case EventKind.bio_complete:
      case EventKind.bio_endio:
        this.ended(e)
        break
      default:
    }
  }

  end({ stuck }: RunResult): string | undefined {
    if (stuck > 0) return undefined
    for (const bio of this.bios.values()) if (!bio.ended) return `bio ${bio.id} never ends`
    return this.waitingAtHead.size > 0 ? `${this.waitingAtHead.size} bios wait at the head` : undefined
  }

  private fault(e: Row, what: string): void {
    this.found ??= `${e.subject}: ${what}`
  }

  private add(e: Row, kind: Bio['kind'], parent: number): Bio {
    const home = { sector: e.sector, size: e.size }
    const bio: Bio = {
      id: e.subject,
      kind,
      parent,
      dev: e.dev,
      ...home,
      home,
      ended: false,
      liveParts: 0,
      parts: [],
    }
    this.bios.set(e.subject, bio)
    const of = this.bios.get(parent)
    if (of) of.liveParts++
    const io = this.ios.get(parent)
    if (io) io.live++
    return bio
  }

  /** A bio that nobody made before is an original, and belongs to the top or to the disk of a partition there. */
  private queue(e: Row): void {
    if (this.waitingAtHead.has(e.subject)) this.fault(e, 'is queued while it waits at the head')
    const known = this.bios.get(e.subject)
    if (known === undefined) {
      if (!this.reaches(this.header.top, e)) this.fault(e, `an original is queued on device ${e.dev}`)
      if (!this.ios.has(e.object)) this.fault(e, 'an original belongs to no I/O')
      this.add(e, 'original', e.object)
    } else if (known.dev === ANYWHERE) known.dev = e.dev
    else if (!this.reaches(known.dev, e)) this.fault(e, `is queued on ${e.dev}, it was sent to ${known.dev}`)
  }

  /** Sent to a device, it is queued there; an empty flush goes past a partition without an A. */
  private reaches(dev: number, e: Row): boolean {
    if (dev === e.dev) return true
    return e.size === 0 && this.header.devices[dev]?.role === 'partition' && this.below[dev]!.has(e.dev)
  }

  private clone(e: Row): void {
    const of = this.bios.get(e.object)
    if (of === undefined) {
      this.fault(e, 'is a clone of nothing')
      return
    }
    if (this.header.devices[e.dev]?.role === 'head') this.fault(e, 'the head of a namespace clones nothing')
    this.add(e, 'clone', e.object)
    // clones of a request's bios are made anew for every attempt
    const ofRequest = this.header.mode === 'rq' && this.header.devices[e.dev]?.role === 'dm'
    if (e.size > 0 && !ofRequest) of.parts.push({ sector: e.sector, size: e.size })
  }

  /** The layer that sends is the one that A names; it sends to a device under it, as far as its table says. */
  private remap(e: Row): void {
    const origin = this.tables.origins[e.arg]!
    if (this.waitingAtHead.has(e.subject)) this.fault(e, 'leaves while it waits at the head')
    if (!this.reloaded && this.below[origin.dev]?.has(e.dev) !== true)
      this.fault(e, `device ${origin.dev} sends to ${e.dev}, which is not under it`)
    const shift = this.shifts[origin.dev]
    const old = e.sector - origin.shiftSectors
    const wanted = shift?.(old)
    if (!this.reloaded && e.size > 0 && wanted !== undefined && wanted !== e.sector)
      this.fault(e, `sector ${old} of device ${origin.dev} goes to ${e.sector}, its table says ${wanted}`)
    if (shift === undefined && origin.shiftSectors !== 0)
      this.fault(e, 'a layer without a table shifts sectors')
    const bio = this.bios.get(e.subject)
    if (bio === undefined) {
      if (origin.dev !== this.header.top) this.fault(e, 'an original begins below the top')
      this.add(e, 'original', e.object)
      return
    }
    this.moved(e)
  }

  private moved(e: Row): void {
    const bio = this.bios.get(e.subject)
    if (bio === undefined) return
    bio.dev = e.dev
    bio.sector = e.sector
    bio.size = e.size
  }

  private cut(e: Row): void {
    const rest = this.bios.get(e.object)!
    if (rest.sector !== e.sector || e.size >= rest.size) this.fault(e, 'is no front of its bio')
    this.add(e, 'front', e.object)
    rest.sector += e.size
    rest.size -= e.size
  }

  /** Device-mapper goes on with the rest: the front is covered by a clone that is there. */
  private trim(e: Row): void {
    const bio = this.bios.get(e.subject)!
    const front = bio.parts.at(-1)
    if (front?.sector !== bio.sector || front.size !== e.object)
      this.fault(e, 'the part that was cut off is no clone')
    bio.sector = e.sector
    bio.size = e.size
  }

  private retry(e: Row): void {
    const bio = this.bios.get(e.subject)!
    const parent = this.bios.get(bio.parent)
    if (bio.ended && parent) parent.liveParts++
    bio.ended = false
    if (e.sector !== bio.home.sector || e.size !== bio.home.size) this.fault(e, 'is not retried as a whole')
    this.moved(e)
    bio.dev = ANYWHERE
    bio.parts = []
  }

  private ended(e: Row): void {
    const bio = this.bios.get(e.subject)
    if (bio === undefined) {
      // refused, or done with, before it was queued: a flush without a cache, an operation that the device has not
      if (e.kind === EventKind.bio_complete) this.fault(e, 'is complete without having been')
      return
    }
    if (bio.ended) this.fault(e, 'ends twice')
    if (this.waitingAtHead.has(bio.id)) this.fault(e, 'ends while it waits at the head')
    if (bio.liveParts > 0) this.fault(e, `ends with ${bio.liveParts} parts alive`)
    if (e.arg === BlkStatus.OK) this.whole(e, bio)
    bio.ended = true
    const of = this.bios.get(bio.parent)
    if (of) of.liveParts--
    const io = this.ios.get(bio.parent)
    if (io) io.live--
  }

  /** All clones that were made of it are together what it was, without a gap and without an overlap. */
  private whole(e: Row, bio: Bio): void {
    const op = opOf(e.rwbs)
    if (bio.parts.length === 0 || (op !== Op.READ && op !== Op.WRITE)) return
    const parts = [...bio.parts].sort((a, b) => a.sector - b.sector)
    const first = parts[0]!
    let at = first.sector
    for (const part of parts) {
      if (part.sector !== at) this.fault(e, `its parts leave a gap or overlap at sector ${at}`)
      at = part.sector + part.size
    }
    const last = bio.sector + bio.size
    if (at !== last && at !== bio.home.sector + bio.home.size)
      this.fault(e, `its parts end at sector ${at}, it ends at ${last}`)
  }
}

/** Where a sector of a device of the stack is on the device under it; undefined for a device without a table of its own. */
function shiftOf(scenario: Scenario, name: string): ((sector: number) => number | undefined) | undefined {
  const entry = scenario.stack?.find((one) => one.name === name)
  if (entry === undefined) return undefined
  if (!('table' in entry)) return (sector) => sector + entry.start_sector
  const lines = entry.table.map((line) => line.trim().split(/\s+/).map(Number))
  return (sector) => {
    const line = lines.find(([start = 0, length = 0]) => sector >= start && sector < start + length)
    return line === undefined ? undefined : sector - line[0]! + line[4]!
  }
}
