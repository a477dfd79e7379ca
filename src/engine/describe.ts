/** What a log says of its devices at the start, or when they are found. */
import { IoQueue } from './block/io-queue.ts'
import type { RequestQueue } from './block/request-queue.ts'
import type { MappedDevice } from './dm/mapped-device.ts'
import type { PathDevice } from './drivers/path-device.ts'
import type { DeviceInfo } from './log/index.ts'

export function describeMap(md: MappedDevice): DeviceInfo {
  return {
    name: md.name,
    ...numbers(md.dev),
    role: 'dm',
    driver: 'dm',
    below: md.target.paths.map((path) => path.device.index),
    sizeSectors: md.sizeSectors,
    queueDepth: 0,
    ...describeQueue(md.queue),
  }
}

export function describePath(path: PathDevice): DeviceInfo {
  return {
    name: path.name,
    ...numbers(path.dev),
    role: 'path',
    driver: path.driver,
    below: [],
    sizeSectors: path.sizeSectors,
    queueDepth: path.queueDepth,
    ...describeQueue(path.queue),
  }
}

function numbers(dev: string): { major: number; minor: number } {
  const [major, minor] = dev.split(':').map(Number)
  return { major: major ?? 0, minor: minor ?? 0 }
}

function describeQueue(queue: RequestQueue): Pick<DeviceInfo, 'scheduler' | 'nrRequests' | 'limits'> {
  const { limits } = queue
  return {
    scheduler: queue instanceof IoQueue ? queue.scheduler : undefined,
    nrRequests: queue.nrRequests,
    limits: {
      max_sectors_kb: limits.maxSectors / 2,
      max_segments: limits.maxSegments,
      chunk_sectors: limits.chunkSectors,
      virt_boundary_mask: limits.virtBoundaryMask,
      discard_max_bytes: limits.maxDiscardSectors * 512,
      write_zeroes_max_bytes: limits.maxWriteZeroesSectors * 512,
      logical_block_size: limits.logicalBlockSize,
      nomerges: queue.nomerges,
    },
  }
}
