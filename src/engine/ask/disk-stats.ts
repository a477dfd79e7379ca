/**
 * The counters of /proc/diskstats (block/blk-core.c:blk_account_io_start, blk_account_io_done, bio_start_io_acct; 6.12),
 * counted from the log of a run that is asked: a queue's requests from their making to their end, the bios of a device
 * without requests from their submission to their completion.
 *
 * Simplified: a bio-based device counts whole bios, not the pieces that dm makes of them.
 */
import { type EventChunk, EventKind, Op, opOf } from '../log/index.ts'

/** Reads, writes, discards, flushes. */
export const Group = { read: 0, write: 1, discard: 2, flush: 3 } as const
export type Group = (typeof Group)[keyof typeof Group]
const GROUPS = 4

export interface DiskCounters {
  readonly ios: Float64Array
  readonly merges: Float64Array
  readonly sectors: Float64Array
  /** Time that they took, summed. */
  readonly takenNs: Float64Array
  inFlight: number
  /** Time with something in flight. */
  busyNs: number
  /** Things in flight summed over time. */
  weightedNs: number
  sinceNs: number
}

interface Going {
  readonly dev: number
  readonly group: Group
  readonly beganNs: number
  completed: boolean
}

function groupOf(rwbs: number): Group {
  switch (opOf(rwbs)) {
    case Op.READ:
    case Op.DRV_IN:
      return Group.read
    case Op.FLUSH:
      return Group.flush
    case Op.DISCARD:
    case Op.SECURE_ERASE:
      return Group.discard
    case Op.WRITE:
    case Op.WRITE_ZEROES:
    case Op.DRV_OUT:
      return Group.write
  }
}

export class DiskStats {
  private readonly counters = new Map<number, DiskCounters>()
  private readonly going = new Map<number, Going>()
  private readonly hasRequests: (dev: number) => boolean

  constructor(hasRequests: (dev: number) => boolean) {
    this.hasRequests = hasRequests
  }

  /** The counters of a device as they are at a time. */
  at(dev: number, nowNs: number): DiskCounters {
    const counters = this.of(dev)
    passTime(counters, nowNs)
    return counters
  }

  read(chunk: EventChunk): void {
    for (let row = 0; row < chunk.count; row++) this.readRow(chunk, row)
  }

  private readRow(chunk: EventChunk, row: number): void {
    const dev = chunk.dev[row]!
    const nowNs = chunk.timeNs[row]!
    const id = chunk.subject[row]!
    switch (chunk.kind[row]!) {
      case EventKind.getrq:
      case EventKind.rq_clone:
        this.begin(id, dev, chunk.rwbs[row]!, nowNs)
        break
      case EventKind.bio_queue:
        if (!this.hasRequests(dev) && !this.going.has(id)) this.begin(id, dev, chunk.rwbs[row]!, nowNs)
        break
      case EventKind.backmerge:
      case EventKind.frontmerge:
        this.of(dev).merges[groupOf(chunk.rwbs[row]!)]!++
        break
      case EventKind.rq_merge:
        this.of(dev).merges[groupOf(chunk.rwbs[row]!)]!++
        this.end(id, nowNs)
        break
      case EventKind.rq_complete:
        this.complete(id, chunk.size[row]!)
        break
      case EventKind.rq_free:
        this.end(id, nowNs)
        break
      case EventKind.bio_complete:
        this.complete(id, chunk.size[row]!)
        this.end(id, nowNs)
        break
    }
  }

  private begin(id: number, dev: number, rwbs: number, beganNs: number): void {
    this.going.set(id, { dev, group: groupOf(rwbs), beganNs, completed: false })
    const counters = this.of(dev)
    passTime(counters, beganNs)
    counters.inFlight++
  }

  private complete(id: number, sectors: number): void {
    const going = this.going.get(id)
    if (going === undefined) return
    going.completed = true
    if (going.group !== Group.flush) this.of(going.dev).sectors[going.group]! += sectors
  }

  /** What was never completed was taken back or merged away, and is no I/O. */
  private end(id: number, nowNs: number): void {
    const going = this.going.get(id)
    if (going === undefined) return
    this.going.delete(id)
    const counters = this.of(going.dev)
    passTime(counters, nowNs)
    counters.inFlight--
    if (!going.completed) return
    counters.ios[going.group]!++
    counters.takenNs[going.group]! += nowNs - going.beganNs
  }

  private of(dev: number): DiskCounters {
    let counters = this.counters.get(dev)
    if (counters === undefined) this.counters.set(dev, (counters = noCounters()))
    return counters
  }
}

export function noCounters(): DiskCounters {
  const four = (): Float64Array => new Float64Array(GROUPS)
  return {
    ...{ ios: four(), merges: four(), sectors: four(), takenNs: four() },
    ...{ inFlight: 0, busyNs: 0, weightedNs: 0, sinceNs: 0 },
  }
}

export function copyOf(counters: DiskCounters): DiskCounters {
  const { ios, merges, sectors, takenNs } = counters
  return {
    ...counters,
    ...{ ios: ios.slice(), merges: merges.slice(), sectors: sectors.slice(), takenNs: takenNs.slice() },
  }
}

function passTime(counters: DiskCounters, nowNs: number): void {
  const passedNs = Math.max(0, nowNs - counters.sinceNs)
  if (counters.inFlight > 0) counters.busyNs += passedNs
  counters.weightedNs += passedNs * counters.inFlight
  counters.sinceNs = Math.max(counters.sinceNs, nowNs)
}
