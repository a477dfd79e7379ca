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
  readonly modes: readonly ('bio' | 'rq')[]
  readonly module_parameters: Readonly<Record<string, number>>
  readonly devices: readonly ScenarioDevice[]
  readonly dm: ScenarioDm
  readonly setup: readonly Step[]
  readonly tasks: readonly ScenarioTask[]
  /** Seed of everything random except the offsets of loops, which carry seeds of their own. */
  readonly seed: number
  /** How long a step of a shell takes before it has its effect; default: that of the traced machine (workload/shell.ts). */
  readonly shell_step_ns?: number
}

export type QueueAttributes = Readonly<Record<string, number | string>>

export type Completion = { readonly kind: 'immediate' } | { readonly kind: 'timer'; readonly ns: number }

export interface ScenarioDevice {
  readonly name: string
  /** `major:minor` */
  readonly dev: string
  readonly driver: 'scsi_debug' | 'null_blk'
  readonly sectors: number
  readonly queue: QueueAttributes
  readonly queue_depth: number
  readonly host_tags?: number
  readonly hw_queues: number
  readonly completion: Completion
  readonly scsi_state?: string
  readonly lun?: string
  readonly hw_handler_attached?: string
  readonly access_state?: string
  readonly access_state_reported?: string
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
  readonly command: 'READ' | 'WRITE'
  readonly count: number
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
  | { readonly message: string }
  | { readonly sysfs: string; readonly value: number | string }
  | { readonly inject: InjectedError }
  | { readonly suspend: { readonly noflush: boolean; readonly nolockfs: boolean } }
  | { readonly resume: true }
  | { readonly load: string }
  | { readonly status: true }
  | { readonly table: true }
  | { readonly start: string }
  | { readonly join: string }
  | { readonly rescan: true }
  | { readonly fio: Readonly<Record<string, unknown>> }
  | { readonly repeat_until_done: string; readonly do: readonly Step[] }

/** A step that somebody takes from outside while the run goes on (a click, a console command). */
export interface Action {
  readonly at_ns: number
  readonly step: Step
}
