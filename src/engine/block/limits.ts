/**
 * struct queue_limits (include/linux/blkdev.h): what a queue's device can take, in the units the block layer uses, and
 * how the limits of several devices stack (block/blk-settings.c:blk_stack_limits).
 *
 * Simplified: no integrity, zone, copy or atomic-write limits.
 */
import type { QueueAttributes } from '../scenario.ts'

export interface QueueLimits {
  maxSectors: number
  maxHwSectors: number
  maxSegments: number
  maxSegmentSize: number
  maxDiscardSectors: number
  maxHwDiscardSectors: number
  maxDiscardSegments: number
  maxWriteZeroesSectors: number
  discardGranularityBytes: number
  logicalBlockSize: number
  physicalBlockSize: number
  ioMinBytes: number
  ioOptBytes: number
  chunkSectors: number
  virtBoundaryMask: number
  dmaAlignment: number
  writeCache: boolean
  fua: boolean
  rotational: boolean
}

const UINT_MAX = 0xffff_ffff

/** blk_set_stacking_limits: everything open, to be narrowed by the devices below. */
export function stackingLimits(): QueueLimits {
  return {
    maxSectors: UINT_MAX,
    maxHwSectors: UINT_MAX,
    maxSegments: 65535,
    maxSegmentSize: UINT_MAX,
    maxDiscardSectors: 0,
    maxHwDiscardSectors: 0,
    maxDiscardSegments: 1,
    maxWriteZeroesSectors: UINT_MAX,
    discardGranularityBytes: 0,
    logicalBlockSize: 512,
    physicalBlockSize: 512,
    ioMinBytes: 512,
    ioOptBytes: 0,
    chunkSectors: 0,
    virtBoundaryMask: 0,
    dmaAlignment: 511,
    writeCache: false,
    fua: false,
    rotational: false,
  }
}

/** Limits as sysfs shows them (/sys/block/DEV/queue). `max_sectors` is honoured where max_sectors_kb rounds it down. */
export function limitsFromSysfs(queue: QueueAttributes): QueueLimits {
  const number = (name: string, fallback: number): number => Number(queue[name] ?? fallback)
  const maxHwSectors = Math.min(UINT_MAX, number('max_hw_sectors_kb', 1280) * 2)
  return {
    maxSectors: number('max_sectors', number('max_sectors_kb', 1280) * 2),
    maxHwSectors,
    maxSegments: number('max_segments', 128),
    maxSegmentSize: number('max_segment_size', 65536),
    maxDiscardSectors: Math.floor(number('discard_max_bytes', 0) / 512),
    maxHwDiscardSectors: Math.floor(number('discard_max_hw_bytes', 0) / 512),
    maxDiscardSegments: number('max_discard_segments', 1),
    maxWriteZeroesSectors: Math.floor(number('write_zeroes_max_bytes', 0) / 512),
    discardGranularityBytes: number('discard_granularity', 0),
    logicalBlockSize: number('logical_block_size', 512),
    physicalBlockSize: number('physical_block_size', 512),
    ioMinBytes: number('minimum_io_size', 512),
    ioOptBytes: number('optimal_io_size', 0),
    chunkSectors: number('chunk_sectors', 0),
    virtBoundaryMask: number('virt_boundary_mask', 0),
    dmaAlignment: number('dma_alignment', 511),
    writeCache: queue['write_cache'] === 'write back',
    fua: number('fua', 0) !== 0,
    rotational: number('rotational', 0) !== 0,
  }
}

function minNotZero(a: number, b: number): number {
  if (a === 0 || b === 0) return Math.max(a, b)
  return Math.min(a, b)
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}

function lcmNotZero(a: number, b: number): number {
  if (a === 0 || b === 0) return Math.max(a, b)
  return (a / gcd(a, b)) * b
}

/** blk_stack_limits: folds the limits of one device below into `top`. */
export function stackLimits(top: QueueLimits, bottom: QueueLimits): void {
  top.maxSectors = minNotZero(top.maxSectors, bottom.maxSectors)
  top.maxHwSectors = minNotZero(top.maxHwSectors, bottom.maxHwSectors)
  top.maxSegments = minNotZero(top.maxSegments, bottom.maxSegments)
  top.maxSegmentSize = minNotZero(top.maxSegmentSize, bottom.maxSegmentSize)
  top.maxDiscardSegments = minNotZero(top.maxDiscardSegments, bottom.maxDiscardSegments)
  top.maxWriteZeroesSectors = Math.min(top.maxWriteZeroesSectors, bottom.maxWriteZeroesSectors)
  top.virtBoundaryMask = minNotZero(top.virtBoundaryMask, bottom.virtBoundaryMask)
  top.logicalBlockSize = Math.max(top.logicalBlockSize, bottom.logicalBlockSize)
  top.physicalBlockSize = Math.max(top.physicalBlockSize, bottom.physicalBlockSize)
  top.ioMinBytes = Math.max(top.ioMinBytes, bottom.ioMinBytes)
  top.ioOptBytes = lcmNotZero(top.ioOptBytes, bottom.ioOptBytes)
  top.dmaAlignment = Math.max(top.dmaAlignment, bottom.dmaAlignment)
  top.chunkSectors = gcd(top.chunkSectors, bottom.chunkSectors)
  if (bottom.maxDiscardSectors > 0) {
    top.maxDiscardSectors = minNotZero(top.maxDiscardSectors, bottom.maxDiscardSectors)
    top.maxHwDiscardSectors = minNotZero(top.maxHwDiscardSectors, bottom.maxHwDiscardSectors)
    top.discardGranularityBytes = Math.max(top.discardGranularityBytes, bottom.discardGranularityBytes)
  }
  top.writeCache ||= bottom.writeCache
  top.fua ||= bottom.fua
  top.rotational ||= bottom.rotational
  const blockSectors = top.logicalBlockSize / 512
  top.maxSectors -= top.maxSectors % blockSectors
  top.maxHwSectors -= top.maxHwSectors % blockSectors
}
