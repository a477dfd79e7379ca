/**
 * The mq-deadline scheduler (block/mq-deadline.c), 6.1 and 6.12: per direction a FIFO with deadlines and a tree by
 * sector; batches of 16 in sector order, reads first, writes after being passed over twice.
 *
 * Simplified: one I/O priority class (best effort), so no ageing between classes; the clock is nanoseconds, not jiffies.
 */
import { EventKind, isWrite } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Bio } from './bio.ts'
import { type Elevator, EndHash, type SortedRequests, tryBioMerge, tryInsertMerge } from './elevator.ts'
import type { Request } from './request.ts'
import { SortedBySector } from './sorted-by-sector.ts'

const READ_EXPIRE_NS = 500_000_000
const WRITE_EXPIRE_NS = 5_000_000_000
const WRITES_STARVED = 2
const FIFO_BATCH = 16

/** One data direction. */
class Direction {
  readonly fifo: Request[] = []
  readonly tree: SortedBySector = new SortedBySector()
  readonly expireNs: number
  /** Where the last dispatched request of this direction began (6.5+), or the request after it (before). */
  latestSector = 0
  next: Request | undefined

  constructor(expireNs: number) {
    this.expireNs = expireNs
  }
}

export class MqDeadline implements Elevator, SortedRequests {
  readonly name: string
  taken = 0
  private readonly m: Machine
  private readonly nrRequests: number
  private readonly head: Request[] = []
  private readonly reads: Direction = new Direction(READ_EXPIRE_NS)
  private readonly writes: Direction = new Direction(WRITE_EXPIRE_NS)
  private readonly hash: EndHash = new EndHash()
  private lastDirection: Direction = this.reads
  private batching = 0
  private starved = 0

  /** `name`: bfq is reduced to this scheduler too, under its own name. */
  constructor(m: Machine, nrRequests: number, name = 'mq-deadline') {
    this.m = m
    this.name = name
    this.nrRequests = nrRequests
  }

  hasWork(): boolean {
    return this.head.length > 0 || this.reads.fifo.length > 0 || this.writes.fifo.length > 0
  }

  /** dd_limit_depth: writes and asynchronous I/O may be kept to a share of the tags. */
  depthFor(rwbs: number): number {
    if (!isWrite(rwbs)) return this.nrRequests
    const { numerator, denominator } = this.m.profile.deadlineAsyncShare
    return Math.max(1, Math.floor((this.nrRequests * numerator) / denominator))
  }

  /** dd_insert_requests */
  insert(requests: readonly Request[], atHead: boolean): Request[] {
    const freed: Request[] = []
    for (const rq of requests) {
      if (tryInsertMerge(rq, this.hash, this, freed)) continue
      this.taken++
      this.m.log.emit(
        EventKind.rq_insert,
        rq.queue.device.index,
        rq.rwbs,
        rq.id,
        1,
        rq.sector,
        rq.sizeSectors,
        atHead ? 1 : 0,
      )
      if (atHead) this.head.unshift(rq)
      else this.enqueue(rq)
    }
    return freed
  }

  private enqueue(rq: Request): void {
    const direction = this.directionOf(rq)
    direction.tree.insert(rq)
    direction.fifo.push(rq)
    rq.fifoTimeNs = this.m.clock.nowNs + direction.expireNs
    if (!rq.mergeable) return
    this.hash.add(rq)
    rq.queue.lastMerge ??= rq
  }

  /** __dd_dispatch_request */
  dispatch(): Request | undefined {
    const rq = this.head.shift() ?? this.nextInBatch() ?? this.beginBatch()
    if (rq) rq.dispatched = true
    return rq
  }

  private nextInBatch(): Request | undefined {
    if (this.batching >= FIFO_BATCH) return undefined
    const rq = this.following(this.lastDirection)
    return rq && this.take(rq)
  }

  private beginBatch(): Request | undefined {
    const direction = this.chooseDirection()
    if (direction === undefined) return undefined
    const next = this.following(direction)
    const oldest = direction.fifo[0]
    const rq = next === undefined || oldest!.fifoTimeNs <= this.m.clock.nowNs ? oldest! : next
    this.lastDirection = direction
    this.batching = 0
    return this.take(rq)
  }

  private chooseDirection(): Direction | undefined {
    const writesWait = this.writes.fifo.length > 0
    if (this.reads.fifo.length > 0) {
      if (!writesWait || this.starved++ < WRITES_STARVED) return this.reads
    } else if (!writesWait) return undefined
    this.starved = 0
    return this.writes
  }

  /** deadline_next_request: where this direction goes on in sector order. */
  private following(direction: Direction): Request | undefined {
    if (this.m.profile.deadlineNext === 'pointer') return direction.next
    return direction.tree.atOrAfter(direction.latestSector)
  }

  /** deadline_move_request */
  private take(rq: Request): Request {
    const direction = this.directionOf(rq)
    direction.latestSector = rq.sector
    direction.next = direction.tree.after(rq)
    this.batching++
    this.remove(rq)
    return rq
  }

  private remove(rq: Request): void {
    const direction = this.directionOf(rq)
    if (direction.next === rq) direction.next = direction.tree.after(rq)
    direction.tree.remove(rq)
    const at = direction.fifo.indexOf(rq)
    if (at >= 0) direction.fifo.splice(at, 1)
    this.hash.delete(rq)
    if (rq.queue.lastMerge === rq) rq.queue.lastMerge = undefined
  }

  bioMerge(bio: Bio): { merged: boolean; freed: Request | undefined } {
    return tryBioMerge(bio, this.hash, this)
  }

  startingAt(sector: number, rwbs: number): Request | undefined {
    const rq = (isWrite(rwbs) ? this.writes : this.reads).tree.atOrAfter(sector)
    return rq?.sector === sector ? rq : undefined
  }

  after(rq: Request): Request | undefined {
    return this.directionOf(rq).tree.after(rq)
  }

  before(rq: Request): Request | undefined {
    return this.directionOf(rq).tree.before(rq)
  }

  resort(rq: Request): void {
    this.directionOf(rq).tree.resort(rq)
  }

  /** dd_merged_requests: the survivor takes over an earlier deadline and its place in the FIFO. */
  absorbed(rq: Request, gone: Request): void {
    const { fifo } = this.directionOf(rq)
    if (fifo.includes(gone) && gone.fifoTimeNs < rq.fifoTimeNs) {
      fifo.splice(fifo.indexOf(rq), 1)
      fifo.splice(fifo.indexOf(gone), 0, rq)
      rq.fifoTimeNs = gone.fifoTimeNs
    }
    this.remove(gone)
  }

  inspect(): Readonly<Record<string, readonly Request[]>> {
    return { head: this.head, reads: this.reads.fifo, writes: this.writes.fifo }
  }

  private directionOf(rq: Request): Direction {
    return isWrite(rq.rwbs) ? this.writes : this.reads
  }
}
