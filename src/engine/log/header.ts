/**
 * What the columns refer to by index: devices, tasks, strings, origins of remaps. Everything here only grows during a
 * run; additions travel beside the chunk in which they are first used.
 */
import type { BlkStatus } from './status.ts'

export type QueueMode = 'bio' | 'rq'

/** What a device is on the stage: the dm device, a path below it. */
export type DeviceRole = 'dm' | 'path'

export interface DeviceInfo {
  /** `dm-0`, `sda` */
  readonly name: string
  readonly major: number
  readonly minor: number
  readonly role: DeviceRole
  readonly driver: 'dm' | 'scsi_debug' | 'null_blk' | 'nvme'
  readonly sizeSectors: number
  /** Scheduler in force at the start, `none` where there is none; undefined for a bio-based dm device, which has no queue. */
  readonly scheduler: string | undefined
  /** Commands the device takes at once; 0 for dm. */
  readonly queueDepth: number
  /** Requests the queue can hold (nr_requests: scheduler tags where there is a scheduler); 0 for a bio-based dm device. */
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
  /** Paths of the first table, in its order. */
  readonly paths: readonly PathInfo[]
  readonly selectors: readonly string[]
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

/** Known when the run has ended. */
export interface RunResult {
  readonly endNs: number
  readonly events: number
  /** Without the `name: ` prefix and the trailing blank. */
  readonly status: string
  readonly table: string
  readonly statusAlong: readonly string[]
  readonly ok: number
  readonly failed: number
  readonly failedIos: readonly FailedIo[]
  /** I/Os that have not ended when nothing more can happen (no event is left). */
  readonly stuck: number
  /** Processes of fio that have ended, in that order; absent where none was started. */
  readonly jobs?: readonly JobReport[]
}
