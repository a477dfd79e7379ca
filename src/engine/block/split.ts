/**
 * Where a bio has to be cut to fit a queue: block/blk-merge.c:__bio_split_to_limits and the functions below it, 6.1 and
 * 6.12 (which agree). Only sizes are decided here; making the front bio is up to the caller.
 */
import { Op, opOf, SplitLimit } from '../log/index.ts'
import { PAGE_BYTES } from '../kernel/constants.ts'
import type { Bio } from './bio.ts'
import { pageOffset, vectorRest } from './buffer.ts'
import type { QueueLimits } from './limits.ts'

export interface Cut {
  /** Sectors of the front; the rest follows. */
  readonly sectors: number
  /** The limit that made the cut necessary. */
  readonly limit: SplitLimit
}

/** Where to cut `bio` for a queue with these limits; undefined when it fits. */
export function splitToLimits(bio: Bio, limits: QueueLimits): Cut | undefined {
  switch (opOf(bio.rwbs)) {
    case Op.READ:
    case Op.WRITE:
      return mayNeedSplit(bio, limits) ? splitReadWrite(bio, limits) : undefined
    case Op.DISCARD:
    case Op.SECURE_ERASE:
      return splitDiscard(bio, limits)
    case Op.WRITE_ZEROES:
      return splitWriteZeroes(bio, limits)
    case Op.FLUSH:
    case Op.DRV_IN:
    case Op.DRV_OUT:
      return undefined
  }
}

/** bio_may_need_split: a bio of one vector within one page is never looked at, unless the device has chunks. */
function mayNeedSplit(bio: Bio, limits: QueueLimits): boolean {
  if (limits.chunkSectors > 0) return true
  return vectorRest(bio.buffer, bio.bufferAt) < bio.sizeBytes || bio.sizeBytes > PAGE_BYTES
}

/** bio_split_rw_at: walks the vectors until a limit is reached. */
function splitReadWrite(bio: Bio, limits: QueueLimits): Cut | undefined {
  const max = maxIoSectors(bio.sector, limits)
  const maxBytes = max.sectors * 512
  const total = bio.sizeBytes
  let bytes = 0
  let segments = 0
  let limit: SplitLimit = max.limit
  let at = 0
  while (at < total) {
    const offset = pageOffset(bio.buffer, bio.bufferAt + at)
    const length = Math.min(vectorRest(bio.buffer, bio.bufferAt + at), total - at)
    if (at > 0 && limits.virtBoundaryMask > 0 && gapsToPrevious(bio, at, offset, limits)) {
      limit = SplitLimit.virt_boundary
      break
    }
    if (segments === limits.maxSegments) {
      limit = SplitLimit.max_segments
      break
    }
    const room = Math.min(length, maxBytes - bytes)
    const needed = Math.ceil(room / limits.maxSegmentSize)
    const granted = Math.min(needed, limits.maxSegments - segments)
    const taken = Math.min(room, granted * limits.maxSegmentSize)
    segments += granted
    bytes += taken
    if (taken < length) {
      if (granted < needed) limit = SplitLimit.max_segments
      break
    }
    at += length
  }
  if (bytes === total) return undefined
  return { sectors: (bytes - (bytes % limits.logicalBlockSize)) / 512, limit }
}

/** bvec_gap_to_prev: the previous vector must end on the boundary and this one begin on it. */
function gapsToPrevious(bio: Bio, at: number, offset: number, limits: QueueLimits): boolean {
  const previousEnd = pageOffset(bio.buffer, bio.bufferAt + at - 1) + 1
  return (offset & limits.virtBoundaryMask) !== 0 || (previousEnd & limits.virtBoundaryMask) !== 0
}

/** get_max_io_size: the largest front, ended on a physical block if one can be reached. */
function maxIoSectors(sector: number, limits: QueueLimits): { sectors: number; limit: SplitLimit } {
  const physical = limits.physicalBlockSize / 512
  const logical = limits.logicalBlockSize / 512
  let sectors = limits.maxSectors
  let limit: SplitLimit = SplitLimit.max_sectors
  if (limits.chunkSectors > 0) {
    const toChunkEnd = limits.chunkSectors - (sector % limits.chunkSectors)
    if (toChunkEnd < sectors) {
      sectors = toChunkEnd
      limit = SplitLimit.chunk_sectors
    }
  }
  const start = sector % physical
  const end = start + sectors - ((start + sectors) % physical)
  return { sectors: end > start ? end - start : sectors - (sectors % logical), limit }
}

/** bio_split_discard */
function splitDiscard(bio: Bio, limits: QueueLimits): Cut | undefined {
  const granularity = Math.max(1, limits.discardGranularityBytes / 512)
  const max = limits.maxDiscardSectors - (limits.maxDiscardSectors % granularity)
  if (max === 0 || bio.sizeSectors <= max) return undefined
  const misaligned = (bio.sector + max) % granularity
  return { sectors: max > misaligned ? max - misaligned : max, limit: SplitLimit.max_discard }
}

/** bio_split_write_zeroes */
function splitWriteZeroes(bio: Bio, limits: QueueLimits): Cut | undefined {
  const max = limits.maxWriteZeroesSectors
  if (max === 0 || bio.sizeSectors <= max) return undefined
  return { sectors: max, limit: SplitLimit.max_write_zeroes }
}
