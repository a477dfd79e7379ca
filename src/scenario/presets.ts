/**
 * What a device is when a file does not say: the values a real kernel showed in sysfs, per driver and kernel version.
 *
 * Seen on 6.12.95 (tests/kernel-traces/scenarios). 6.1 differs in none of them as far as its sources tell; the rules
 * that tie one attribute to another (nr_requests to the scheduler, segment size to a virtual boundary) hold in both.
 */
import type { Completion, KernelProfile, QueueAttributes } from '../engine/index.ts'

export type Driver = 'scsi_debug' | 'null_blk'

export interface DevicePreset {
  readonly sectors: number
  readonly queueDepth: number
  readonly hostTags: number | undefined
  readonly hwQueues: number
  readonly completion: Completion
  readonly scsiState: string | undefined
  readonly queue: QueueAttributes
}

const common = {
  scheduler: 'none',
  logical_block_size: 512,
  physical_block_size: 512,
  minimum_io_size: 512,
  chunk_sectors: 0,
  virt_boundary_mask: 0,
  nomerges: 0,
  max_discard_segments: 1,
  rotational: 0,
  rq_affinity: 1,
  stable_writes: 0,
  wbt_lat_usec: 2000,
}

function scsiDebug(kernel: KernelProfile): DevicePreset {
  const queue = {
    ...common,
    nr_requests: 192,
    max_sectors_kb: kernel.defaultMaxSectorsKb,
    max_hw_sectors_kb: 2 ** 31 - 1,
    max_segments: 2048,
    max_segment_size: 2 ** 32 - 1,
    optimal_io_size: 524_288,
    dma_alignment: 3,
    write_cache: 'write back',
    fua: 1,
    discard_max_bytes: 2 ** 32 - 512,
    discard_max_hw_bytes: 2 ** 32 - 512,
    discard_granularity: 512,
    write_zeroes_max_bytes: 65_535 * 512,
    read_ahead_kb: 1024,
  }
  return {
    sectors: 294_912,
    queueDepth: 192,
    hostTags: 192,
    hwQueues: 1,
    completion: { kind: 'immediate' },
    scsiState: 'running',
    queue,
  }
}

/** 255 sectors is the block layer's safe maximum for a driver that names none; sysfs rounds it down to 127 KiB. */
function nullBlk(): DevicePreset {
  const queue = {
    ...common,
    nr_requests: 64,
    max_sectors_kb: 127,
    max_sectors: 255,
    max_hw_sectors_kb: 127,
    max_segments: 128,
    max_segment_size: 65_536,
    optimal_io_size: 0,
    dma_alignment: 511,
    write_cache: 'write through',
    fua: 0,
    discard_max_bytes: 0,
    discard_max_hw_bytes: 0,
    discard_granularity: 0,
    write_zeroes_max_bytes: 0,
    read_ahead_kb: 128,
  }
  return {
    sectors: 2_097_152,
    queueDepth: 64,
    hostTags: undefined,
    hwQueues: 1,
    completion: { kind: 'immediate' },
    scsiState: undefined,
    queue,
  }
}

export function presetOf(driver: Driver, kernel: KernelProfile): DevicePreset {
  return driver === 'scsi_debug' ? scsiDebug(kernel) : nullBlk()
}

/**
 * The preset's attributes as they are once some are given.
 * A scheduler's nr_requests is twice the depth, at most 256 (blk_mq_init_sched); under a virtual boundary segments have any
 * size (blk_queue_virt_boundary); a physical block is no smaller than a logical one; max_sectors and max_sectors_kb are one
 * limit, so whoever gives one gives both.
 */
export function queueDefaults(preset: DevicePreset, given: QueueAttributes, depth: number): QueueAttributes {
  const queue: Record<string, number | string> = { ...preset.queue }
  const number = (name: string): number => Number(given[name] ?? queue[name])
  queue['nr_requests'] =
    (given['scheduler'] ?? queue['scheduler']) === 'none' ? depth : 2 * Math.min(depth, 128)
  if (number('virt_boundary_mask') !== 0) queue['max_segment_size'] = 2 ** 32 - 1
  queue['physical_block_size'] = Math.max(number('physical_block_size'), number('logical_block_size'))
  queue['minimum_io_size'] = Math.max(number('minimum_io_size'), number('physical_block_size'))
  if (given['max_sectors'] !== undefined) queue['max_sectors_kb'] = Math.floor(number('max_sectors') / 2)
  else {
    queue['max_sectors_kb'] = Math.min(number('max_sectors_kb'), number('max_hw_sectors_kb'))
    if (given['max_sectors_kb'] !== undefined || given['max_hw_sectors_kb'] !== undefined)
      delete queue['max_sectors']
  }
  return queue
}
