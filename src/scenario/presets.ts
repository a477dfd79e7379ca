/**
 * What a device is when a file does not say: the values a real kernel showed in sysfs, per driver and kernel version.
 *
 * scsi_debug and null_blk as seen on 6.12.95 (tests/kernel-traces/scenarios), nvme as its driver sets it for a controller
 * with an MDTS of 512 KiB (drivers/nvme/host/pci.c, core.c; not measured). 6.1 differs in none of them as far as its sources tell; the rules
 * that tie one attribute to another (nr_requests to the scheduler, segment size to a virtual boundary) hold in both.
 */
import type {
  Completion,
  DriverName,
  KernelProfile,
  QueueAttributes,
  TransportSpec,
} from '../engine/index.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { FileCompletion, FileTransport } from './form.ts'

export type Driver = DriverName

/** What a model of service times is when a file names only its kind: a 7200 rpm disk, a flash drive, an array on 8 Gb FC. */
const SERVICES = {
  disk: { rpm: 7200, track_to_track_ns: 600_000, full_stroke_ns: 15_000_000, bytes_per_s: 200_000_000 },
  nvme: { read_ns: 80_000, write_ns: 15_000, width: 64, bytes_per_s: 3_200_000_000 },
  array: {
    link_latency_ns: 10_000,
    link_bytes_per_s: 800_000_000,
    hit_ns: 100_000,
    miss_ns: 4_000_000,
    write_ns: 150_000,
    hit_ratio: 0.5,
    width: 32,
  },
} as const

export function completionOf(given: FileCompletion): Completion {
  switch (given.kind) {
    case 'disk':
      return { ...SERVICES.disk, ...given }
    case 'nvme':
      return { ...SERVICES.nvme, ...given }
    case 'array':
      return { ...SERVICES.array, ...given }
    default:
      return given
  }
}

/** Timers as the kernel has them before multipathd sets others: fast_io_fail_tmo off. */
export function transportOf(given: FileTransport): TransportSpec {
  if (given.kind === 'sas') return given
  if (given.kind === 'fc') return { dev_loss_tmo_s: 60, ...given }
  if (given.kind === 'nvme-tcp')
    return { reconnect_delay_s: 10, ctrl_loss_tmo_s: 600, keep_alive_tmo_s: 5, ...given }
  return { replacement_timeout_s: 120, noop_interval_s: 5, noop_timeout_s: 5, ...given }
}

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

/** Segments as long as they like, but none across a page of the controller (virt_boundary_mask). */
function nvme(kernel: KernelProfile): DevicePreset {
  const queue = {
    ...common,
    nr_requests: 1023,
    max_sectors_kb: Math.min(512, kernel.defaultMaxSectorsKb),
    max_hw_sectors_kb: 512,
    max_segments: 127,
    max_segment_size: 2 ** 32 - 1,
    virt_boundary_mask: 4095,
    optimal_io_size: 0,
    dma_alignment: 3,
    write_cache: 'write back',
    fua: 1,
    discard_max_bytes: 2 ** 32 - 512,
    discard_max_hw_bytes: 2 ** 32 - 512,
    discard_granularity: 512,
    max_discard_segments: 256,
    write_zeroes_max_bytes: 524_288,
    read_ahead_kb: 128,
  }
  return {
    sectors: 2_097_152,
    queueDepth: 1023,
    hostTags: undefined,
    hwQueues: 2,
    completion: completionOf({ kind: 'nvme' }),
    scsiState: undefined,
    queue,
  }
}

export function presetOf(driver: Driver, kernel: KernelProfile): DevicePreset {
  switch (driver) {
    case 'scsi_debug':
      return onQueue(kernel.scsiQueues[0], scsiDebug(kernel))
    case 'null_blk':
      return onQueue(kernel.plainQueue, nullBlk())
    case 'nvme':
      return onQueue(kernel.plainQueue, nvme(kernel))
    default:
      return assertNever(driver)
  }
}

/** nr_requests of the single queue of older kernels, per direction (blkdev.h:BLKDEV_MAX_RQ). */
const LEGACY_REQUESTS = 128
const LEGACY_SCHEDULERS: readonly unknown[] = ['cfq', 'deadline', 'noop']

/** A disk on the single queue of older kernels has a scheduler, by default cfq. */
function onQueue(kind: KernelProfile['plainQueue'] | undefined, preset: DevicePreset): DevicePreset {
  if (kind !== 'legacy') return preset
  return { ...preset, queue: { ...preset.queue, scheduler: 'cfq', nr_requests: LEGACY_REQUESTS } }
}

/**
 * The preset's attributes as they are once some are given.
 * A scheduler's nr_requests is twice the depth, at most 256 (blk_mq_init_sched), 128 on older queues; under a virtual boundary segments have any
 * size (blk_queue_virt_boundary); a physical block is no smaller than a logical one; max_sectors and max_sectors_kb are one
 * limit, so whoever gives one gives both.
 */
export function queueDefaults(preset: DevicePreset, given: QueueAttributes, depth: number): QueueAttributes {
  const queue: Record<string, number | string> = { ...preset.queue }
  const number = (name: string): number => Number(given[name] ?? queue[name])
  const scheduler = given['scheduler'] ?? queue['scheduler']
  if (LEGACY_SCHEDULERS.includes(scheduler)) queue['nr_requests'] = LEGACY_REQUESTS
  else queue['nr_requests'] = scheduler === 'none' ? depth : 2 * Math.min(depth, 128)
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
