/**
 * Which bio may join which request, and the joining itself: block/blk-merge.c, 6.1 and 6.12.
 *
 * Simplified: one I/O priority, one cgroup, no integrity, encryption or write hints; those tests always agree.
 */
import { EventKind, isWrite, Op } from '../log/index.ts'
import type { Bio } from './bio.ts'
import { pageOffset, vectorCount } from './buffer.ts'
import type { QueueLimits } from './limits.ts'
import type { Request } from './request.ts'

export type MergeKind = 'back' | 'front'

/** blk_rq_merge_ok and blk_try_merge: where `bio` would join `rq`, undefined when it may not. */
export function mergeKind(rq: Request, bio: Bio): MergeKind | undefined {
  if (!rq.mergeable || !bio.mergeable) return undefined
  if (rq.op !== (bio.rwbs & 7) || isWrite(rq.rwbs) !== isWrite(bio.rwbs)) return undefined
  if (rq.endSector === bio.sector) return 'back'
  if (rq.sector === bio.endSector) return 'front'
  return undefined
}

/** bio_attempt_back_merge, bio_attempt_front_merge: joins the bio; false when a limit forbids it. */
export function attemptBioMerge(rq: Request, bio: Bio, kind: MergeKind): boolean {
  const limits = rq.queue.limits
  const gap = kind === 'back' ? gapBetween(limits, rq.bioTail, bio) : gapBetween(limits, bio, rq.bio)
  if (gap) return false
  const segments = segmentsOf(bio)
  const positionSector = kind === 'back' ? rq.sector : bio.sector
  if (
    rq.sizeSectors + bio.sizeSectors > maxRequestSectors(rq, limits, positionSector) ||
    tooManySegments(rq, limits, segments)
  ) {
    forbidMerges(rq)
    return false
  }
  const log = rq.queue.m.log
  if (kind === 'back') {
    log.emit(
      EventKind.backmerge,
      rq.queue.device.index,
      bio.rwbs,
      bio.id,
      rq.id,
      bio.sector,
      bio.sizeSectors,
      0,
    )
    if (rq.bioTail) rq.bioTail.next = bio
    rq.bioTail = bio
  } else {
    log.emit(
      EventKind.frontmerge,
      rq.queue.device.index,
      bio.rwbs,
      bio.id,
      rq.id,
      bio.sector,
      bio.sizeSectors,
      0,
    )
    bio.next = rq.bio
    rq.bio = bio
    rq.sector = bio.sector
  }
  rq.sizeSectors += bio.sizeSectors
  rq.segments += segments
  rq.bioCount++
  return true
}

/** attempt_merge: joins request `next` to the end of `rq`; the caller removes `next` from wherever it is. */
export function attemptRequestMerge(rq: Request, next: Request): boolean {
  if (!rq.mergeable || !next.mergeable || rq.op !== next.op) return false
  if (rq.endSector !== next.sector) return false
  const limits = rq.queue.limits
  if (gapBetween(limits, rq.bioTail, next.bio)) return false
  if (rq.sizeSectors + next.sizeSectors > maxRequestSectors(rq, limits, rq.sector)) return false
  if (rq.segments + next.segments > limits.maxSegments) return false
  rq.queue.m.log.emit(
    EventKind.rq_merge,
    rq.queue.device.index,
    next.rwbs,
    next.id,
    rq.id,
    next.sector,
    next.sizeSectors,
    0,
  )
  if (rq.bioTail) rq.bioTail.next = next.bio
  rq.bioTail = next.bioTail
  rq.sizeSectors += next.sizeSectors
  rq.segments += next.segments
  rq.bioCount += next.bioCount
  next.bio = undefined
  next.bioTail = undefined
  next.bioCount = 0
  next.sizeSectors = 0
  return true
}

/** Segments (page vectors) a bio occupies. */
export function segmentsOf(bio: Bio): number {
  const op = bio.rwbs & 7
  if (op !== Op.READ && op !== Op.WRITE) return 1
  return vectorCount(bio.buffer, bio.bufferAt, bio.sizeBytes)
}

/** blk_rq_get_max_sectors: the limit for this operation, ended at the chunk that `sector` lies in. */
export function maxRequestSectors(rq: Request, limits: QueueLimits, sector: number): number {
  switch (rq.op) {
    case Op.DISCARD:
    case Op.SECURE_ERASE:
      return limits.maxDiscardSectors
    case Op.WRITE_ZEROES:
      return limits.maxWriteZeroesSectors
    default:
      if (limits.chunkSectors === 0) return limits.maxSectors
      return Math.min(limits.maxSectors, limits.chunkSectors - (sector % limits.chunkSectors))
  }
}

/** ll_new_hw_segment */
function tooManySegments(rq: Request, limits: QueueLimits, added: number): boolean {
  return rq.op !== Op.DISCARD && rq.segments + added > limits.maxSegments
}

/** bio_will_gap: a virt_boundary is violated where the two meet. */
function gapBetween(limits: QueueLimits, first: Bio | undefined, second: Bio | undefined): boolean {
  if (limits.virtBoundaryMask === 0 || !first || !second || first.sizeSectors === 0) return false
  const firstEnd = pageOffset(first.buffer, first.bufferAt + first.sizeBytes - 1) + 1
  const secondStart = pageOffset(second.buffer, second.bufferAt)
  return (firstEnd & limits.virtBoundaryMask) !== 0 || (secondStart & limits.virtBoundaryMask) !== 0
}

/** req_set_nomerge: a request that was once too large is never tried again. */
function forbidMerges(rq: Request): void {
  rq.noMerge = true
  if (rq.queue.lastMerge === rq) rq.queue.lastMerge = undefined
}
