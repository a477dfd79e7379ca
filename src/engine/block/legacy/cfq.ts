/**
 * cfq, reduced (block/cfq-iosched.c, 2.6.28 to 4.20): a queue in sector order per process for reads and synchronous
 * writes, one for asynchronous writes; the queues take turns in time slices (100 ms, 40 ms). A request that has waited
 * too long (125 ms, 250 ms) goes first in its queue.
 *
 * Left out: idling at the end of a slice, priorities and groups, backward seeks, the veto against merging across
 * processes. Labelled as reduced wherever it is shown.
 */
import { EventKind, isWrite, RwbsFlag } from '../../log/index.ts'
import type { Machine } from '../../machine.ts'
import type { Bio } from '../bio.ts'
import { type Elevator, EndHash, type SortedRequests, tryBioMerge, tryInsertMerge } from '../elevator.ts'
import type { Request } from '../request.ts'
import { SortedBySector } from '../sorted-by-sector.ts'

const SLICE_SYNC_NS = 100_000_000
const SLICE_ASYNC_NS = 40_000_000
const EXPIRE_SYNC_NS = 125_000_000
const EXPIRE_ASYNC_NS = 250_000_000

/** struct cfq_queue */
class ProcessQueue {
  readonly sync: boolean
  readonly tree: SortedBySector = new SortedBySector()
  readonly fifo: Request[] = []
  lastSector = 0

  constructor(sync: boolean) {
    this.sync = sync
  }

  next(nowNs: number): Request {
    const oldest = this.fifo[0]!
    if (oldest.fifoTimeNs <= nowNs) return oldest
    return this.tree.atOrAfter(this.lastSector) ?? this.tree.atOrAfter(0) ?? oldest
  }
}

const ASYNC = -1

export class Cfq implements Elevator, SortedRequests {
  readonly name = 'cfq'
  taken = 0
  private readonly m: Machine
  private readonly hash: EndHash = new EndHash()
  private readonly queueOf = new Map<Request, ProcessQueue>()
  private readonly byProcess = new Map<number, ProcessQueue>()
  /** Queues with requests, in the order in which they get their turn; the first one is active. */
  private readonly busy: ProcessQueue[] = []
  private sliceEndNs = -1

  constructor(m: Machine) {
    this.m = m
  }

  hasWork(): boolean {
    return this.busy.length > 0
  }

  depthFor(): number {
    return Infinity
  }

  insert(requests: readonly Request[]): Request[] {
    const freed: Request[] = []
    for (const rq of requests) {
      if (tryInsertMerge(rq, this.hash, this, freed)) continue
      const { device } = rq.queue
      this.taken++
      this.m.log.emit(EventKind.rq_insert, device.index, rq.rwbs, rq.id, 1, rq.sector, rq.sizeSectors, 0)
      this.enqueue(rq)
    }
    return freed
  }

  private enqueue(rq: Request): void {
    const sync = !isWrite(rq.rwbs) || (rq.rwbs & RwbsFlag.SYNC) !== 0
    const owner = this.ownerOf(sync ? this.m.log.task : ASYNC, sync)
    if (owner.fifo.length === 0) this.busy.push(owner)
    owner.tree.insert(rq)
    owner.fifo.push(rq)
    rq.fifoTimeNs = this.m.clock.nowNs + (sync ? EXPIRE_SYNC_NS : EXPIRE_ASYNC_NS)
    this.queueOf.set(rq, owner)
    if (!rq.mergeable) return
    this.hash.add(rq)
    rq.queue.lastMerge ??= rq
  }

  private ownerOf(process: number, sync: boolean): ProcessQueue {
    let owner = this.byProcess.get(process)
    if (owner === undefined) this.byProcess.set(process, (owner = new ProcessQueue(sync)))
    return owner
  }

  dispatch(): Request | undefined {
    const nowNs = this.m.clock.nowNs
    if (this.busy.length > 1 && this.sliceEndNs >= 0 && nowNs >= this.sliceEndNs) this.endTurn()
    const active = this.busy[0]
    if (active === undefined) return undefined
    if (this.sliceEndNs < 0) this.sliceEndNs = nowNs + (active.sync ? SLICE_SYNC_NS : SLICE_ASYNC_NS)
    const rq = active.next(nowNs)
    active.lastSector = rq.endSector
    this.remove(rq)
    rq.dispatched = true
    return rq
  }

  private endTurn(): void {
    this.busy.push(this.busy.shift()!)
    this.sliceEndNs = -1
  }

  private remove(rq: Request): void {
    const owner = this.queueOf.get(rq)
    if (owner === undefined) return
    this.queueOf.delete(rq)
    owner.tree.remove(rq)
    owner.fifo.splice(owner.fifo.indexOf(rq), 1)
    this.hash.delete(rq)
    if (rq.queue.lastMerge === rq) rq.queue.lastMerge = undefined
    if (owner.fifo.length > 0) return
    if (this.busy[0] === owner) this.sliceEndNs = -1
    this.busy.splice(this.busy.indexOf(owner), 1)
  }

  bioMerge(bio: Bio): { merged: boolean; freed: Request | undefined } {
    return tryBioMerge(bio, this.hash, this)
  }

  startingAt(sector: number, rwbs: number): Request | undefined {
    for (const owner of this.busy) {
      const rq = owner.tree.atOrAfter(sector)
      if (rq?.sector === sector && isWrite(rq.rwbs) === isWrite(rwbs)) return rq
    }
    return undefined
  }

  after(rq: Request): Request | undefined {
    return this.queueOf.get(rq)?.tree.after(rq)
  }

  before(rq: Request): Request | undefined {
    return this.queueOf.get(rq)?.tree.before(rq)
  }

  resort(rq: Request): void {
    this.queueOf.get(rq)?.tree.resort(rq)
  }

  /** cfq_merged_requests: the survivor inherits an earlier deadline. */
  absorbed(rq: Request, gone: Request): void {
    if (this.queueOf.has(gone)) rq.fifoTimeNs = Math.min(rq.fifoTimeNs, gone.fifoTimeNs)
    this.remove(gone)
  }

  inspect(): Readonly<Record<string, readonly Request[]>> {
    return Object.fromEntries(this.busy.map((owner, turn) => [`turn ${String(turn)}`, owner.fifo]))
  }
}
