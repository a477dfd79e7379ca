/**
 * kyber, reduced (block/kyber-iosched.c): requests merge among the newest eight, reads go before writes in batches of 16
 * and 8. Left out: the latency targets that narrow its depths. Labelled as reduced wherever it is shown.
 */
import { EventKind, isWrite } from '../log/index.ts'
import { SW_QUEUE_MERGE_CHECKS } from '../kernel/constants.ts'
import type { Machine } from '../machine.ts'
import type { Bio } from './bio.ts'
import type { Elevator } from './elevator.ts'
import { attemptBioMerge, mergeKind } from './merge.ts'
import type { Request } from './request.ts'

const READ_BATCH = 16
const WRITE_BATCH = 8

export class Kyber implements Elevator {
  readonly name = 'kyber'
  taken = 0
  private readonly m: Machine
  private readonly nrRequests: number
  private readonly reads: Request[] = []
  private readonly writes: Request[] = []
  private current: Request[] = this.reads
  private batched = 0

  constructor(m: Machine, nrRequests: number) {
    this.m = m
    this.nrRequests = nrRequests
  }

  hasWork(): boolean {
    return this.reads.length + this.writes.length > 0
  }

  depthFor(): number {
    return this.nrRequests
  }

  insert(requests: readonly Request[], atHead: boolean): Request[] {
    for (const rq of requests) {
      const { device } = rq.queue
      this.taken++
      this.m.log.emit(
        EventKind.rq_insert,
        device.index,
        rq.rwbs,
        rq.id,
        1,
        rq.sector,
        rq.sizeSectors,
        atHead ? 1 : 0,
      )
      const queued = isWrite(rq.rwbs) ? this.writes : this.reads
      if (atHead) queued.unshift(rq)
      else queued.push(rq)
    }
    return []
  }

  dispatch(): Request | undefined {
    const most = this.current === this.reads ? READ_BATCH : WRITE_BATCH
    const other = this.current === this.reads ? this.writes : this.reads
    if (this.current.length === 0 || (this.batched >= most && other.length > 0)) {
      this.current = other
      this.batched = 0
    }
    const rq = this.current.shift()
    if (rq) {
      this.batched++
      rq.dispatched = true
    }
    return rq
  }

  bioMerge(bio: Bio): { merged: boolean; freed: Request | undefined } {
    const queued = isWrite(bio.rwbs) ? this.writes : this.reads
    for (let back = 1; back <= Math.min(SW_QUEUE_MERGE_CHECKS, queued.length); back++) {
      const rq = queued[queued.length - back]!
      const kind = mergeKind(rq, bio)
      if (kind) return { merged: attemptBioMerge(rq, bio, kind), freed: undefined }
    }
    return { merged: false, freed: undefined }
  }

  inspect(): Readonly<Record<string, readonly Request[]>> {
    return { reads: this.reads, writes: this.writes }
  }
}
