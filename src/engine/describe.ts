/** What a log says of its devices at the start, or when they are found. */
import { IoQueue } from './block/io-queue.ts'
import { Partition } from './block/partition.ts'
import type { RequestQueue } from './block/request-queue.ts'
import type { MappedDevice } from './dm/mapped-device.ts'
import { NvmeHead } from './drivers/nvme-head.ts'
import type { PathDevice } from './drivers/path-device.ts'
import type { DeviceInfo } from './log/index.ts'
import type { Stack, UpperDevice } from './workload/stack.ts'
import { pathName } from './workload/stack-plan.ts'

/** Everything there is at the start, in the order of indices. */
export function describeDevices({ uppers, paths, plan, head }: Stack): DeviceInfo[] {
  const disks = paths.filter(({ index }) => index < plan.firstFound)
  return [...uppers, ...disks]
    .sort((a, b) => a.index - b.index)
    .map((device) => ('driver' in device ? describePath(device, head) : describeUpper(device)))
}

function describeUpper(device: UpperDevice): DeviceInfo {
  if (device instanceof Partition) return describePartition(device)
  return device instanceof NvmeHead ? describeHead(device) : describeMap(device)
}

function describeHead(head: NvmeHead): DeviceInfo {
  return {
    name: head.name,
    ...numbers(head.dev),
    role: 'head',
    driver: 'nvme',
    below: head.paths.map((path) => path.index),
    sizeSectors: head.sizeSectors,
    queueDepth: 0,
    ...describeQueue(head.queue),
  }
}

function describePartition(partition: Partition): DeviceInfo {
  return {
    name: partition.name,
    ...numbers(partition.dev),
    role: 'partition',
    driver: partition.disk.driver,
    below: [partition.disk.index],
    sizeSectors: partition.sizeSectors,
    queueDepth: 0,
    ...describeQueue(partition.queue),
    nrRequests: 0,
  }
}

function describeMap(md: MappedDevice): DeviceInfo {
  return {
    name: md.name,
    ...numbers(md.dev),
    mapName: md.mapName,
    role: md.isMultipath ? 'dm' : 'linear',
    driver: 'dm',
    below: [...new Set(md.devices.map((device) => device.index))],
    sizeSectors: md.sizeSectors,
    queueDepth: 0,
    ...describeQueue(md.queue),
  }
}

/** `head`: of the namespace that the disk is a path to, if any. */
export function describePath(path: PathDevice, head?: NvmeHead): DeviceInfo {
  return {
    name: head === undefined ? path.name : pathName(path.name),
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
