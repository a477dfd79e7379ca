/**
 * What an I/O scheduler offers blk-mq (struct elevator_mq_ops), and what all schedulers share: the hash of request ends
 * that finds back merges (block/elevator.c), 6.1 and 6.12.
 */
import type { Bio } from './bio.ts'
import { attemptBioMerge, attemptRequestMerge, type MergeKind, mergeKind } from './merge.ts'
import type { Request } from './request.ts'

export interface Elevator {
  readonly name: string
  /** Requests it has taken so far: those that did not merge as they came. */
  readonly taken: number
  /** insert_requests; requests that merge into others on the way are returned, to be freed. */
  insert(requests: readonly Request[], atHead: boolean): Request[]
  /** dispatch_request */
  dispatch(): Request | undefined
  hasWork(): boolean
  /** bio_merge: joins the bio to a queued request; `freed` is a request that disappeared by it. */
  bioMerge(bio: Bio): { merged: boolean; freed: Request | undefined }
  /** limit_depth: scheduler tags this operation may take. */
  depthFor(rwbs: number): number
  /** Requests in each of its structures, for inspection. */
  inspect(): Readonly<Record<string, readonly Request[]>>
}

/** q->elevator's hash of mergeable requests by the sector behind their end (elv_rqhash_*); newest first within a bucket. */
export class EndHash {
  private readonly byEnd = new Map<number, Request[]>()
  private readonly keyOf = new Map<Request, number>()

  add(rq: Request): void {
    const key = rq.endSector
    this.keyOf.set(rq, key)
    const bucket = this.byEnd.get(key)
    if (bucket) bucket.unshift(rq)
    else this.byEnd.set(key, [rq])
  }

  delete(rq: Request): void {
    const key = this.keyOf.get(rq)
    if (key === undefined) return
    this.keyOf.delete(rq)
    const bucket = this.byEnd.get(key)!
    if (bucket.length === 1) this.byEnd.delete(key)
    else bucket.splice(bucket.indexOf(rq), 1)
  }

  /** After the end of `rq` has moved (elv_rqhash_reposition). */
  reposition(rq: Request): void {
    this.delete(rq)
    this.add(rq)
  }

  /** elv_rqhash_find: drops requests that may no longer merge on its way. */
  find(endSector: number): Request | undefined {
    for (;;) {
      const rq = this.byEnd.get(endSector)?.[0]
      if (rq === undefined || rq.mergeable) return rq
      this.delete(rq)
    }
  }
}

/** Lookups a concrete scheduler adds to the shared merging. */
export interface SortedRequests {
  /** The request that starts at this sector, for a front merge (request_merge). */
  startingAt(sector: number, rwbs: number): Request | undefined
  /** Neighbours in sector order and direction (next_request, former_request). */
  after(rq: Request): Request | undefined
  before(rq: Request): Request | undefined
  /** The start of `rq` has moved: sort it anew (request_merged after a front merge). */
  resort(rq: Request): void
  /** `gone` was joined to `rq` (requests_merged): take it out, inherit its deadline. */
  absorbed(rq: Request, gone: Request): void
}

/** blk_mq_sched_try_merge: last_merge, then the hash, then the tree; then whether the grown request meets a neighbour. */
export function tryBioMerge(
  bio: Bio,
  hash: EndHash,
  sorted: SortedRequests,
): { merged: boolean; freed: Request | undefined } {
  const candidate = findCandidate(bio, hash, sorted)
  if (candidate === undefined || !attemptBioMerge(candidate.rq, bio, candidate.kind))
    return { merged: false, freed: undefined }
  const { rq, kind } = candidate
  const neighbour = kind === 'back' ? sorted.after(rq) : sorted.before(rq)
  const freed = neighbour && joinNeighbours(rq, neighbour, kind, hash, sorted)
  if (!freed) {
    if (kind === 'front') sorted.resort(rq)
    else hash.reposition(rq)
    rq.queue.lastMerge = rq
  }
  return { merged: true, freed }
}

/** attempt_back_merge, attempt_front_merge: the request that disappeared, if any. */
function joinNeighbours(
  rq: Request,
  neighbour: Request,
  kind: MergeKind,
  hash: EndHash,
  sorted: SortedRequests,
): Request | undefined {
  const [keeps, goes] = kind === 'back' ? [rq, neighbour] : [neighbour, rq]
  if (!attemptRequestMerge(keeps, goes)) return undefined
  hash.delete(goes)
  sorted.absorbed(keeps, goes)
  hash.reposition(keeps)
  rq.queue.lastMerge = keeps
  return goes
}

function findCandidate(
  bio: Bio,
  hash: EndHash,
  sorted: SortedRequests,
): { rq: Request; kind: MergeKind } | undefined {
  const queue = bio.device.queue
  if (queue.nomerges === 2) return undefined
  const last = queue.lastMerge
  if (last) {
    const kind = mergeKind(last, bio)
    if (kind) return { rq: last, kind }
  }
  if (queue.nomerges === 1) return undefined
  const back = hash.find(bio.sector)
  if (back && mergeKind(back, bio) === 'back') return { rq: back, kind: 'back' }
  const front = sorted.startingAt(bio.endSector, bio.rwbs)
  if (front && mergeKind(front, bio) === 'front') return { rq: front, kind: 'front' }
  return undefined
}

/** elv_attempt_insert_merge: a request about to be inserted joins queued ones instead. Appends what disappears to `freed`. */
export function tryInsertMerge(
  rq: Request,
  hash: EndHash,
  sorted: SortedRequests,
  freed: Request[],
): boolean {
  const queue = rq.queue
  if (queue.nomerges === 2 || !rq.mergeable) return false
  const last = queue.lastMerge
  if (last && joinInserted(last, rq, hash, sorted)) {
    freed.push(rq)
    return true
  }
  if (queue.nomerges === 1) return false
  let merged = false
  let joining = rq
  for (;;) {
    const found = hash.find(joining.sector)
    if (found === undefined || found === joining || !joinInserted(found, joining, hash, sorted)) return merged
    freed.push(joining)
    merged = true
    joining = found
  }
}

function joinInserted(rq: Request, joining: Request, hash: EndHash, sorted: SortedRequests): boolean {
  if (!attemptRequestMerge(rq, joining)) return false
  hash.delete(joining)
  sorted.absorbed(rq, joining)
  hash.reposition(rq)
  rq.queue.lastMerge = rq
  return true
}
