import type { AnaState, QueueMode, ScsiDh } from './log/index.ts'
import type { MultipathdOptions } from './multipathd/options.ts'
import type { FioJob } from './workload/fio/job.ts'

export type ActivationResult = keyof typeof ScsiDh
export type { FioJob, FioPattern, FioRates } from './workload/fio/job.ts'

/**
 * A scenario as the engine takes it: everything stated, nothing defaulted, already checked for form.
 *
 * Field names are those of the scenario file (snake_case, units in the name: _ns nanoseconds, sizes and offsets in bytes,
 * `sectors` of 512 bytes, sysfs attributes under their sysfs names and units), so that a file that a real kernel ran is
 * this type as it stands. src/scenario turns what people write into this and explains what it filled in.
 */
export interface Scenario {
  readonly scenario: string
  readonly about: string
  /** A key of KERNELS (kernel/versions.ts), e.g. `6.12`. */
  readonly kernel: string
  readonly cpus: number
  readonly modes: readonly QueueMode[]
  readonly module_parameters: Readonly<Record<string, number>>
  readonly devices: readonly ScenarioDevice[]
  readonly dm: ScenarioDm
  /** Linear devices and partitions, above and below the map, in the order in which they are made. */
  readonly stack?: readonly StackDevice[]
  /** Name of the device that applications do I/O on; absent: the map. */
  readonly io_on?: string
  readonly setup: readonly Step[]
  readonly tasks: readonly ScenarioTask[]
  /** The daemon that watches paths and reinstates them; absent: nobody does. */
  readonly multipathd?: MultipathdOptions
  /** Seed of everything random except the offsets of loops, which carry seeds of their own. */
  readonly seed: number
  /** What a lock that others wait for takes to come from another CPU; default: that of one socket (kernel/constants.ts). */
  readonly lock_transfer_ns?: number
  /** How long a step of a shell takes before it has its effect; default: that of the traced machine (workload/shell.ts). */
  readonly shell_step_ns?: number
}

export type QueueAttributes = Readonly<Record<string, number | string>>

/** How long a device takes for a command: drivers/service.ts and its models. */
export type Completion =
  | { readonly kind: 'immediate' }
  /** One timer per command. */
  | { readonly kind: 'timer'; readonly ns: number }
  /** One command at a time, each a fixed cost and its bytes: per_io_ns + bytes / bytes_per_s. */
  | { readonly kind: 'linear'; readonly per_io_ns: number; readonly bytes_per_s: number }
  | DiskCompletion
  | NvmeCompletion
  | ArrayCompletion

/** A disk with one arm: seek, rotation, transfer. */
export interface DiskCompletion {
  readonly kind: 'disk'
  readonly rpm: number
  readonly track_to_track_ns: number
  readonly full_stroke_ns: number
  /** Off the medium: what passes under the head. */
  readonly bytes_per_s: number
}

/** Flash behind many hardware queues: `width` commands at once, and a common bus. */
export interface NvmeCompletion {
  readonly kind: 'nvme'
  readonly read_ns: number
  readonly write_ns: number
  readonly width: number
  readonly bytes_per_s: number
}

/** One path into an array: a link of its own, and a cache and back end that all paths with the same `lun` share. */
export interface ArrayCompletion {
  readonly kind: 'array'
  readonly link_latency_ns: number
  readonly link_bytes_per_s: number
  /** A read that the cache holds, a read from the media, and a write into the cache. */
  readonly hit_ns: number
  readonly miss_ns: number
  readonly write_ns: number
  /** Share of reads that the cache holds, 0 to 1; drawn from the run's seed. */
  readonly hit_ratio: number
  /** Commands that the back end works on at once. */
  readonly width: number
  /** Commands that the array takes from all paths together; one more is answered TASK SET FULL. Absent: any number. */
  readonly queue_limit?: number
}

/** What carries commands to a device, and what it does when that is gone: drivers/transport.ts, transport-fabrics.ts. */
export type TransportSpec =
  | {
      readonly kind: 'fc'
      /** Absent: off, as the kernel has it; multipathd sets 5. */
      readonly fast_io_fail_tmo_s?: number
      readonly dev_loss_tmo_s: number
    }
  | {
      readonly kind: 'iscsi'
      readonly replacement_timeout_s: number
      /** A ping is sent after this much silence, and given up after that much more. */
      readonly noop_interval_s: number
      readonly noop_timeout_s: number
    }
  /** No timers: a device whose phy is down is removed at once. */
  | { readonly kind: 'sas' }
  /** The connection of an NVMe controller over fabrics; the only one that is not for SCSI. */
  | {
      readonly kind: 'nvme-tcp'
      /** Seconds between the host's attempts to connect again. */
      readonly reconnect_delay_s: number
      /** After this the controller is deleted; -1: never. */
      readonly ctrl_loss_tmo_s: number
      /** Absent: off, as the kernel has it. */
      readonly fast_io_fail_tmo_s?: number
      readonly keep_alive_tmo_s: number
    }

export type DriverName = 'scsi_debug' | 'null_blk' | 'nvme'

export type AnaStateName = keyof typeof AnaState

export interface ScenarioDevice {
  readonly name: string
  /** `major:minor` */
  readonly dev: string
  readonly driver: DriverName
  readonly sectors: number
  readonly queue: QueueAttributes
  readonly queue_depth: number
  readonly host_tags?: number
  readonly hw_queues: number
  readonly completion: Completion
  /** Absent: a cable whose loss nobody notices but by commands that time out. */
  readonly transport?: TransportSpec
  readonly scsi_state?: string
  readonly lun?: string
  readonly hw_handler_attached?: string
  /** What the controller says of the namespace (asymmetric access); absent: optimized. NVMe only, read by native multipath. */
  readonly ana_state?: AnaStateName
  readonly access_state?: string
  readonly access_state_reported?: string
  /** Whether the host may choose the state of a port (explicit ALUA), or only the array; absent: implicit. */
  readonly tpgs?: 'implicit' | 'explicit'
  readonly medium_error?: {
    readonly first_sector: number
    readonly sectors: number
    readonly commands: string
  }
}

export interface ScenarioDm {
  readonly name: string
  readonly dev: string
  readonly sectors: number
  /** Table line with `{mode}` where the queue mode goes. */
  readonly table: string
  /** What the kernel made of the paths' limits, where a real kernel was asked. A check, never an input. */
  readonly queue?: { readonly bio?: QueueAttributes; readonly rq?: QueueAttributes }
}

/** A device made of others: one of device-mapper's, or a partition that the kernel reads from a disk's table. */
export type StackDevice = LinearSpec | PartitionSpec

/** A logical volume, a kpartx partition: one `linear` line per segment, as `dmsetup table` prints them. */
export interface LinearSpec {
  readonly name: string
  readonly dev: string
  readonly table: readonly string[]
}

export interface PartitionSpec {
  readonly name: string
  readonly dev: string
  /** Name of the disk. */
  readonly partition_of: string
  readonly start_sector: number
  readonly sectors: number
}

export interface ScenarioTask {
  readonly name: string
  /** The CPU the task is bound to; absent: any. */
  readonly cpu?: number
  readonly do: readonly Step[]
}

export interface IoItem {
  readonly op: 'R' | 'W'
  readonly offset: number
  readonly length: number
}

export interface InjectedError {
  readonly device: string
  readonly command: 'READ' | 'WRITE' | 'ANY'
  /** How many commands get it. */
  readonly count: number
  /** By name instead of by bytes: a key of SCSI_RESULTS (drivers/scsi-result.ts) or NVME_STATUS (drivers/nvme-status.ts). */
  readonly status?: string
  /** Only commands that touch these sectors; both or neither. */
  readonly first_sector?: number
  readonly sectors?: number
  /** Chance of each command that fits; absent: every one. Drawn from `seed`, absent: the run's. */
  readonly probability?: number
  readonly seed?: number
  readonly host_byte: number
  readonly driver_byte: number
  readonly status_byte: number
  readonly sense_key: number
  readonly asc: number
  readonly ascq: number
}

export interface StridedIo {
  readonly io: 'batch' | 'each'
  readonly op: 'R' | 'W'
  readonly offset: number
  readonly length: number
  readonly count: number
  readonly stride: number
  readonly descending?: true
  readonly segments?: number
  /** Most bytes that one bio takes; absent: 256 pages. More needs contiguous memory and multipage vectors (5.1). */
  readonly bio_bytes?: number
}

export interface LoopIo {
  readonly io: 'loop'
  readonly op: 'R' | 'W' | 'M'
  readonly length: number
  readonly count: number
  readonly depth: number
  readonly seed: number
  readonly span: number
}

export interface TimedIo {
  readonly io: 'timed'
  readonly op: 'R' | 'W' | 'M'
  readonly length: number
  readonly duration_ns: number
  readonly depth: number
  readonly seed: number
  readonly span: number
  readonly think_ns: number
}

/** One step of a task, of the setup, or of an action from outside. */
export type Step =
  | StridedIo
  | { readonly io: 'list'; readonly items: readonly IoItem[]; readonly segments?: number }
  | { readonly io: 'wait' | 'fsync' | 'drop_cache' }
  | LoopIo
  | TimedIo
  | {
      readonly io: 'sync'
      readonly op: 'R' | 'W'
      readonly offset: number
      readonly length: number
      readonly dsync: boolean
    }
  | {
      readonly io: 'buffered_write' | 'buffered_read'
      readonly offset: number
      readonly length: number
      readonly count: number
    }
  | { readonly io: 'discard' | 'zeroout'; readonly offset: number; readonly length: number }
  | { readonly cpu: number }
  | { readonly sleep_ns: number }
  /** `map`: name of a device of device-mapper; absent: the multipath map. */
  | { readonly message: string; readonly map?: string }
  | { readonly sysfs: string; readonly value: number | string }
  | { readonly inject: InjectedError }
  /** The cable of a path is pulled, or plugged in again. */
  | { readonly link: { readonly device: string; readonly up: boolean } }
  /** A path's device takes `factor` times as long for everything from now on; 1 is as stated. */
  | { readonly service: { readonly device: string; readonly factor: number } }
  /** A path's device gives no answer, or answers again. `abort: fails`: it does not heed the abort of a command either. */
  | { readonly hang: { readonly device: string; readonly hung: boolean; readonly abort: 'ok' | 'fails' } }
  /** Coming activations of a path end with this SCSI_DH_* result, whatever its hardware handler would say. */
  | {
      readonly activation: {
        readonly device: string
        readonly result: ActivationResult
        readonly count: number
      }
    }
  /** The controller shows its namespace in another state (asymmetric namespace access). */
  | { readonly ana: { readonly device: string; readonly state: AnaStateName } }
  /** The array moves the port behind a path to another state. */
  | { readonly access_state: { readonly device: string; readonly state: string } }
  | { readonly suspend: { readonly noflush: boolean; readonly nolockfs: boolean }; readonly map?: string }
  | { readonly resume: true; readonly map?: string }
  /** Lines of a table of several targets are separated by line breaks. */
  | { readonly load: string; readonly map?: string }
  | { readonly status: true; readonly map?: string }
  | { readonly table: true; readonly map?: string }
  | { readonly start: string }
  | { readonly join: string }
  | { readonly rescan: true }
  | { readonly fio: FioJob }
  /** Several jobs at once, as a job file has them. */
  | { readonly fio_jobs: readonly FioJob[] }
  | { readonly repeat_until_done: string; readonly do: readonly Step[] }

/** A step that somebody takes from outside while the run goes on (a click, a console command). */
export interface Action {
  readonly at_ns: number
  readonly step: Step
}
