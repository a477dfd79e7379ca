/**
 * What exists at a point of the log, rebuilt from events alone: I/Os, bios, requests and who is made of what. Knows
 * nothing of the engine but the form of its log; laws look at it before each event is applied.
 */
import {
  BlkStatus,
  CloneKind,
  DEV_NONE,
  DmState,
  EventKind,
  MpathFlag,
  Op,
  opOf,
  RwbsFlag,
  type RunHeader,
  type SideTables,
} from '../../src/engine/log/index.ts'
import type { Row } from './log-rows.ts'
import { readTable, validPaths, type TableModel } from './table-model.ts'

export interface AppIo {
  readonly id: number
  readonly rwbs: number
  readonly sector: number
  readonly size: number
  liveBios: number
  ended: boolean
}

export interface Bio {
  readonly id: number
  /** The I/O of an original, the bio that a clone or a front was made from. */
  readonly parent: number
  readonly role: 'original' | 'clone' | 'front'
  readonly io: AppIo | undefined
  /** A path without a write cache takes the flush flags off. */
  rwbs: number
  dev: number
  /** Where its cursor stands; fronts that were cut off are behind it. */
  sector: number
  size: number
  readonly homeSector: number
  readonly homeSize: number
  /** Its sectors less those of its I/O: what the layers above its place have added. */
  shift: number
  readonly homeShift: number
  /** The device that made it a clone; DEV_NONE for others. */
  readonly maker: number
  ended: boolean
  status: number
  liveChildren: number
}

export interface Request {
  readonly id: number
  readonly dev: number
  readonly rwbs: number
  sector: number
  size: number
  bios: Bio[]
  /** Scheduler tag or driver tag it was made with. */
  readonly tag: number
  /** The request it is a clone of; 0 for one that was made from bios. */
  readonly original: number
  liveClone: number
  /** It goes through the flush machine, or is the machine's own FLUSH. */
  flush: boolean
}

export class World {
  readonly header: RunHeader
  readonly tables: SideTables
  readonly ios: Map<number, AppIo> = new Map()
  readonly bios: Map<number, Bio> = new Map()
  readonly requests: Map<number, Request> = new Map()
  /** The last `dmsetup` or `echo` typed, and when. */
  command = ''
  commandNs = -1
  /** The last table line loaded. */
  private loaded = ''
  /** The table of the start is no longer the one in force. */
  reloaded = false
  table: TableModel
  /** MPATHF_* of the target. */
  flags: number
  private making: Request | undefined
  /** Index of the multipath map; -1 where another stack stands in its place. */
  private readonly map: number
  /** Device -> itself and what is over it. */
  private readonly over: readonly ReadonlySet<number>[]

  /** `table`: the line that is live at the start. */
  constructor(header: RunHeader, tables: SideTables, table: string) {
    this.header = header
    this.tables = tables
    this.map = header.devices.findIndex(({ role }) => role === 'dm')
    this.over = overEach(header)
    this.table = this.hasMap ? readTable(table, header) : NO_TABLE
    this.flags = this.hasMap ? this.flagsAtLoad() : 0
  }

  private flagsAtLoad(): number {
    return MpathFlag.queue_io | (this.table.queueIfNoPath ? MpathFlag.queue_if_no_path : 0)
  }

  get hasMap(): boolean {
    return this.map >= 0
  }

  isMap(dev: number): boolean {
    return dev === this.map
  }

  /** It has a driver: no device is under it. */
  isDisk(dev: number): boolean {
    return this.header.devices[dev]?.role === 'path'
  }

  /** What happens at `dev` happens to `upper`. */
  isOver(upper: number, dev: number): boolean {
    return this.over[dev]?.has(upper) === true
  }

  /** A bio sets out from the map for a path: its A names the map. */
  leavesMap(e: Row): boolean {
    return e.kind === EventKind.bio_remap && this.isMap(this.tables.origins[e.arg]?.dev ?? DEV_NONE)
  }

  apply(e: Row): void {
    switch (e.kind) {
      case EventKind.io_submit:
        this.ios.set(e.subject, {
          ...{ id: e.subject, rwbs: e.rwbs, sector: e.sector, size: e.size, liveBios: 0, ended: false },
        })
        break
      case EventKind.io_end:
        this.ios.get(e.subject)!.ended = true
        break
      case EventKind.command:
        this.command = this.tables.strings[e.arg] ?? ''
        this.commandNs = e.timeNs
        this.applyCommand()
        break
      case EventKind.dm_state:
        if (e.arg !== DmState.table_live || !this.isMap(e.dev)) break
        this.reloaded = true
        this.table = readTable(this.loaded, this.header)
        this.flags = this.flagsAtLoad()
        break
      case EventKind.mpath_flags:
        this.flags = e.arg
        break
      case EventKind.fail_path:
      case EventKind.reinstate_path: {
        const path = this.table.paths.get(e.dev)
        if (!path) break
        path.active = e.kind === EventKind.reinstate_path
        path.failCount = e.arg
        break
      }
      case EventKind.bypass_pg: {
        const group = this.table.groups[e.object - 1]
        if (group) group.bypassed = e.arg === 1
        break
      }
      case EventKind.switch_pg:
        this.table.current = e.arg
        break
      case EventKind.choose_path:
        if (validPaths(this.table) > 0) this.table.next = 0
        break
      case EventKind.bio_queue: {
        const known = this.bios.get(e.subject)
        if (known) {
          known.dev = e.dev
          known.rwbs = e.rwbs
        } else this.addBio(e, 'original', this.ios.get(e.object), e.object)
        break
      }
      case EventKind.bio_remap: {
        const shift = this.tables.origins[e.arg]?.shiftSectors ?? 0
        const bio = this.bios.get(e.subject) ?? this.addBio(e, 'original', this.ios.get(e.object), e.object)
        bio.shift += shift
        bio.dev = e.dev
        bio.sector = e.sector
        break
      }
      case EventKind.bio_clone: {
        const of = this.bios.get(e.object)
        const clone = this.addBio(e, 'clone', of?.io, e.object)
        if (of) of.liveChildren++
        if (this.making && e.arg === CloneKind.of_request) this.making.bios.push(clone)
        break
      }
      case EventKind.split: {
        const rest = this.bios.get(e.object)!
        this.addBio(e, 'front', rest.io, e.object)
        rest.liveChildren++
        rest.sector += e.size
        rest.size -= e.size
        break
      }
      case EventKind.dm_split: {
        const rest = this.bios.get(e.subject)!
        rest.sector = e.sector
        rest.size = e.size
        break
      }
      case EventKind.bio_retry: {
        const clone = this.bios.get(e.subject)!
        const parent = this.bios.get(clone.parent)
        if (parent && clone.ended) parent.liveChildren++
        clone.ended = false
        clone.shift = clone.homeShift
        clone.sector = clone.homeSector
        clone.size = clone.homeSize
        break
      }
      case EventKind.bio_complete:
      case EventKind.bio_endio:
        this.endBio(e)
        break
      default:
        this.applyRequest(e)
    }
  }

  private applyCommand(): void {
    const load = /^dmsetup load .*--table '(.*)'$/.exec(this.command)
    if (load) this.loaded = load[1]!
    const group = /^dmsetup message \S+ 0 switch_group (\d+)$/.exec(this.command)
    if (group && Number(group[1]) >= 1 && Number(group[1]) <= this.table.groups.length)
      this.table.next = Number(group[1])
  }

  private applyRequest(e: Row): void {
    const rq = this.requests.get(e.subject)
    switch (e.kind) {
      case EventKind.getrq: {
        const bio = this.bios.get(e.object)
        this.addRequest(e, bio ? [bio] : [], 0)
        break
      }
      case EventKind.rq_clone: {
        this.making = this.addRequest(e, [], e.object)
        const original = this.requests.get(e.object)
        if (original) original.liveClone = e.subject
        break
      }
      case EventKind.rq_remap:
        this.making = undefined
        break
      case EventKind.flush_kick:
        this.addRequest(e, [], 0).flush = true
        break
      case EventKind.flush_park:
        if (rq) rq.flush = true
        break
      case EventKind.backmerge:
      case EventKind.frontmerge: {
        const into = this.requests.get(e.object)!
        const bio = this.bios.get(e.subject)!
        if (e.kind === EventKind.backmerge) into.bios.push(bio)
        else {
          into.bios.unshift(bio)
          into.sector = bio.sector
        }
        into.size += bio.size
        break
      }
      case EventKind.rq_merge: {
        const into = this.requests.get(e.object)!
        into.bios.push(...rq!.bios)
        into.size += rq!.size
        rq!.bios = []
        rq!.size = 0
        break
      }
      case EventKind.rq_complete:
        if (rq) consume(rq, e.size)
        break
      case EventKind.rq_free: {
        const original = rq && this.requests.get(rq.original)
        if (original?.liveClone === e.subject) original.liveClone = 0
        this.requests.delete(e.subject)
        break
      }
    }
  }

  private addBio(e: Row, role: Bio['role'], io: AppIo | undefined, parent: number): Bio {
    const shift = this.bios.get(parent)?.shift ?? 0
    const bio: Bio = {
      ...{ id: e.subject, parent, role, io, rwbs: e.rwbs, dev: e.dev, sector: e.sector, size: e.size },
      ...{ homeSector: e.sector, homeSize: e.size, ended: false, status: BlkStatus.OK, liveChildren: 0 },
      ...{ shift, homeShift: shift, maker: role === 'clone' ? e.dev : DEV_NONE },
    }
    this.bios.set(bio.id, bio)
    if (role === 'original' && io) io.liveBios++
    return bio
  }

  private addRequest(e: Row, bios: Bio[], original: number): Request {
    const flush = opOf(e.rwbs) === Op.FLUSH || (e.rwbs & (RwbsFlag.PREFLUSH | RwbsFlag.FUA)) !== 0
    const rq: Request = {
      ...{ id: e.subject, dev: e.dev, rwbs: e.rwbs, sector: e.sector, size: e.size },
      ...{ bios, tag: e.arg, original, liveClone: 0, flush },
    }
    this.requests.set(rq.id, rq)
    return rq
  }

  private endBio(e: Row): void {
    const bio = this.bios.get(e.subject)
    if (!bio) return
    bio.ended = true
    bio.status = e.arg
    if (bio.role === 'original') {
      if (bio.io) bio.io.liveBios--
      return
    }
    const parent = this.bios.get(bio.parent)
    if (parent) parent.liveChildren--
  }
}

const NO_TABLE: TableModel = { queueIfNoPath: false, groups: [], paths: new Map(), next: 0, current: 0 }

function overEach({ devices }: RunHeader): readonly ReadonlySet<number>[] {
  const over = devices.map((_, dev) => new Set([dev]))
  const spread = (dev: number, upper: number): void => {
    for (const below of devices[dev]!.below) {
      over[below]!.add(upper)
      spread(below, upper)
    }
  }
  devices.forEach((_, dev) => {
    spread(dev, dev)
  })
  return over
}

/** The first `sectors` of a request are done: bios that are complete leave it. */
function consume(rq: Request, sectors: number): void {
  rq.sector += sectors
  rq.size -= sectors
  let left = sectors
  while (left > 0 && rq.bios.length > 0) {
    const bio = rq.bios[0]!
    if (bio.size > left) {
      bio.sector += left
      bio.size -= left
      return
    }
    left -= bio.size
    rq.bios.shift()
  }
}
