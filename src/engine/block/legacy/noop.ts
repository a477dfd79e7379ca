/** The noop scheduler (block/noop-iosched.c, 2.6.28 to 4.20): first in, first out; the elevator core merges at ends. */
import { EventKind } from '../../log/index.ts'
import type { Machine } from '../../machine.ts'
import type { Bio } from '../bio.ts'
import { type Elevator, EndHash, type SortedRequests, tryBioMerge, tryInsertMerge } from '../elevator.ts'
import type { Request } from '../request.ts'

export class Noop implements Elevator, SortedRequests {
  readonly name = 'noop'
  taken = 0
  private readonly m: Machine
  private readonly queue: Request[] = []
  private readonly hash: EndHash = new EndHash()

  constructor(m: Machine) {
    this.m = m
  }

  hasWork(): boolean {
    return this.queue.length > 0
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
      this.queue.push(rq)
      if (!rq.mergeable) continue
      this.hash.add(rq)
      rq.queue.lastMerge ??= rq
    }
    return freed
  }

  dispatch(): Request | undefined {
    const rq = this.queue[0]
    if (rq === undefined) return undefined
    this.remove(rq)
    rq.dispatched = true
    return rq
  }

  private remove(rq: Request): void {
    const at = this.queue.indexOf(rq)
    if (at < 0) return // it merges before it was ever inserted
    this.queue.splice(at, 1)
    this.hash.delete(rq)
    if (rq.queue.lastMerge === rq) rq.queue.lastMerge = undefined
  }

  bioMerge(bio: Bio): { merged: boolean; freed: Request | undefined } {
    return tryBioMerge(bio, this.hash, this)
  }

  /** It keeps no tree: front merges happen only with the request that was merged last. */
  startingAt(): undefined {
    return undefined
  }

  /** Neighbours in order of arrival. */
  after(rq: Request): Request | undefined {
    return this.queue[this.queue.indexOf(rq) + 1]
  }

  before(rq: Request): Request | undefined {
    return this.queue[this.queue.indexOf(rq) - 1]
  }

  resort(): void {
    // the order is that of arrival
  }

  absorbed(_rq: Request, gone: Request): void {
    this.remove(gone)
  }

  inspect(): Readonly<Record<string, readonly Request[]>> {
    return { fifo: this.queue }
  }
}
