/**
 * What the columns refer to by index: devices, tasks, strings, origins of remaps. Everything here only grows during a
 * run; additions travel beside the chunk in which they are first used.
 */
import type { BlkStatus } from './status.ts'

/** How dm-multipath takes I/O: by bio, or by request. */
export type DmQueueMode = 'bio' | 'rq'

/**
 * What stands in the place of the map in a run: dm-multipath in one of its modes, native NVMe multipath (the head of a
 * namespace redirects bios), or no multipath at all: the first path alone.
 */
export type QueueMode = DmQueueMode | 'native' | 'single'
export const QUEUE_MODES: readonly QueueMode[] = ['bio', 'rq', 'native', 'single']

/**
 * What a device is in the stack: the multipath map, a dm-linear device (a logical volume, a kpartx partition), a
 * partition of the kernel's own, the head of an NVMe namespace with several paths, or a disk with a driver.
 */
export type DeviceRole = 'dm' | 'linear' | 'partition' | 'head' | 'path'

export interface DeviceInfo {
  /** `dm-0`, `sda` */
  readonly name: string
  /** Name that dmsetup knows a device of device-mapper by. */
  readonly mapName?: string
  readonly major: number
  readonly minor: number
  readonly role: DeviceRole
  /** Of a partition that of its disk. */
  readonly driver: 'dm' | 'scsi_debug' | 'null_blk' | 'nvme'
  /** Indices of the devices directly under it at the start (/sys/block/NAME/slaves); empty for a disk. */
  readonly below: readonly number[]
  readonly sizeSectors: number
  /** Scheduler in force at the start, `none` where there is none; undefined for a bio-based device, which has no queue. */
  readonly scheduler: string | undefined
  /** Commands the device takes at once; 0 for what is no disk. */
  readonly queueDepth: number
  /** Requests the queue can hold (nr_requests: scheduler tags where there is a scheduler); 0 for a bio-based device. */
  readonly nrRequests: number
  /** sysfs limits in force at the start that a split can be named after, in their sysfs units. */
  readonly limits: Readonly<Record<string, number | string>>
}

export interface TaskInfo {
  /** As a trace prints it: `iopat`, `kworker/0:1H`, `ksoftirqd/0`. */
  readonly comm: string
  readonly pid: number
  readonly cpu: number
}

/** Where a remapped bio or request came from: device, and sectors to subtract from the new sector to get the old one. */
export interface Origin {
  readonly dev: number
  readonly shiftSectors: number
  /** block_rq_remap prints the number of bios; -1 for a bio remap. */
  readonly bios: number
}

export interface PathInfo {
  readonly dev: number
  /** Priority group, from 1. */
  readonly group: number
}

/** Known before the first event. */
export interface RunHeader {
  readonly scenario: string
  readonly about: string
  readonly mode: QueueMode
  readonly kernel: string
  readonly seed: number
  readonly cpus: number
  readonly devices: readonly DeviceInfo[]
  /** Index of the device that applications do I/O on: the top of the stack. */
  readonly top: number
  /** Paths of the first table (or of the head), in its order; what is under them is in `below`. */
  readonly paths: readonly PathInfo[]
  readonly selectors: readonly string[]
  /** Splits of this kernel copy vectors (to 4.3). */
  readonly copiesSplits?: true
  /** Name of the multipath map; empty where there is none. */
  readonly dmName: string
}

/** Grows while the run goes on; indices in the columns point into these. */
export interface SideTables {
  /** Devices that were found while the run went on: their indices follow those of RunHeader.devices (deviceAt). */
  readonly devices?: DeviceInfo[]
  readonly tasks: TaskInfo[]
  readonly strings: string[]
  readonly origins: Origin[]
}

/** The device behind an index of the log, there from the start or found later. */
export function deviceAt(header: RunHeader, tables: SideTables, dev: number): DeviceInfo | undefined {
  return header.devices[dev] ?? tables.devices?.[dev - header.devices.length]
}

export interface FailedIo {
  readonly op: 'R' | 'W'
  readonly offsetBytes: number
  readonly lengthBytes: number
  readonly status: BlkStatus
}

/** What a verifying fio found: every acknowledged write was read back, or compared with the media when its job ended. */
export interface VerifyReport {
  readonly checkedIos: number
  readonly checkedSectors: number
  /** Sectors that no read came to check before the job ended, compared with the media itself. */
  readonly comparedSectors: number
  /** Blocks that were not what was written last. */
  readonly errors: number
  /** The first of them, as sentences. */
  readonly complaints: readonly string[]
}

/** What one process of fio has done. */
export interface JobReport {
  readonly name: string
  readonly readIos: number
  readonly readBytes: number
  readonly writeIos: number
  readonly writeBytes: number
  readonly startNs: number
  readonly endNs: number
  /** The error that ended the job before its time; OK without. */
  readonly status: BlkStatus
  /** Only of a job that verifies. */
  readonly verify?: VerifyReport
}

export interface MapState {
  readonly name: string
  readonly status: string
  readonly table: string
}

/** Known when the run has ended. */
export interface RunResult {
  readonly endNs: number
  readonly events: number
  /** Of the multipath map, without the `name: ` prefix and the trailing blank; empty where there is none. */
  readonly status: string
  readonly table: string
  /** The same of other devices of device-mapper, a line for each target; absent where there are none. */
  readonly maps?: readonly MapState[]
  readonly statusAlong: readonly string[]
  readonly ok: number
  readonly failed: number
  readonly failedIos: readonly FailedIo[]
  /** I/Os that have not ended when nothing more can happen (no event is left). */
  readonly stuck: number
  /** Processes of fio that have ended, in that order; absent where none was started. */
  readonly jobs?: readonly JobReport[]
}
