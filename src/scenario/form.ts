/**
 * The scenario file as people write it: the engine's own form with everything optional that a preset can supply.
 *
 * A file that a real kernel ran (everything stated) is a special case of it.
 */
import type {
  Completion,
  InjectedError,
  LoopIo,
  MultipathdOptions,
  QueueAttributes,
  ScenarioDevice,
  Step,
  StridedIo,
  TimedIo,
  TransportSpec,
} from '../engine/index.ts'
import type { QueueMode } from '../engine/log/index.ts'
import type { Story } from './story.ts'

type Optionally<T, Key extends keyof T> = Omit<T, Key> & { readonly [K in Key]?: T[K] }
type StepWith<Key extends string> = Extract<Step, { readonly [K in Key]: unknown }>
type Io<Name extends string> = Extract<Step, { readonly io: Name }>

export type FileItem = { readonly op: 'R' | 'W'; readonly offset?: number; readonly length: number }

export type FileStep =
  | Optionally<StridedIo, 'offset' | 'count' | 'stride'>
  | { readonly io: 'list'; readonly items: readonly FileItem[]; readonly segments?: number }
  | { readonly io: 'wait' | 'fsync' | 'drop_cache' }
  | Optionally<LoopIo, 'count' | 'depth' | 'seed' | 'span'>
  | Optionally<TimedIo, 'depth' | 'seed' | 'span' | 'think_ns'>
  | Optionally<Io<'sync'>, 'offset' | 'dsync'>
  | {
      readonly io: 'buffered_write' | 'buffered_read'
      readonly offset?: number
      readonly length: number
      readonly count?: number
    }
  | { readonly io: 'discard' | 'zeroout'; readonly offset?: number; readonly length: number }
  | StepWith<'cpu'>
  | StepWith<'sleep_ns'>
  | StepWith<'message'>
  | StepWith<'sysfs'>
  | { readonly inject: FileInject }
  | StepWith<'link'>
  | StepWith<'service'>
  | StepWith<'ana'>
  | StepWith<'access_state'>
  | { readonly activation: Optionally<StepWith<'activation'>['activation'], 'count'> }
  | { readonly hang: { readonly device: string; readonly hung?: boolean; readonly abort?: 'ok' | 'fails' } }
  | { readonly suspend: { readonly noflush?: boolean; readonly nolockfs?: boolean }; readonly map?: string }
  | StepWith<'resume'>
  | StepWith<'load'>
  | StepWith<'status'>
  | StepWith<'table'>
  | StepWith<'start'>
  | StepWith<'join'>
  | StepWith<'rescan'>
  | StepWith<'fio'>
  | StepWith<'fio_jobs'>
  /** The text of a fio job file; becomes fio_jobs. */
  | { readonly fio_file: string }
  | { readonly repeat_until_done: string; readonly do: readonly FileStep[] }

export type FileInject = Optionally<
  InjectedError,
  'command' | 'count' | 'host_byte' | 'driver_byte' | 'status_byte' | 'sense_key' | 'asc' | 'ascq'
>

type Named<T, Kind> = Extract<T, { readonly kind: Kind }>
type OnlyKind<T extends { readonly kind: string }> = Partial<T> & Pick<T, 'kind'>

/** A model of service times whose parameters may be left to the preset. */
export type FileCompletion =
  | Named<Completion, 'immediate' | 'timer' | 'linear'>
  | OnlyKind<Named<Completion, 'disk'>>
  | OnlyKind<Named<Completion, 'nvme'>>
  | OnlyKind<Named<Completion, 'array'>>

export type FileTransport =
  | OnlyKind<Named<TransportSpec, 'fc'>>
  | OnlyKind<Named<TransportSpec, 'iscsi'>>
  | OnlyKind<Named<TransportSpec, 'nvme-tcp'>>
  | Named<TransportSpec, 'sas'>

type Modelled = 'completion' | 'transport'

export type FileDevice = { readonly [K in keyof Omit<ScenarioDevice, Modelled>]?: ScenarioDevice[K] } & {
  readonly completion?: FileCompletion
  readonly transport?: FileTransport
}

export type FileMultipathd = Partial<MultipathdOptions>

export interface FileDm {
  readonly name?: string
  readonly dev?: string
  readonly sectors?: number
  readonly table?: string
  readonly queue?: { readonly bio?: QueueAttributes; readonly rq?: QueueAttributes }
}

/** Over or under the map; `table` holds linear lines, one text or a list of them. */
export type FileStackDevice =
  | { readonly name?: string; readonly dev?: string; readonly table: string | readonly string[] }
  | {
      readonly name?: string
      readonly dev?: string
      readonly partition_of: string
      readonly start_sector?: number
      readonly sectors?: number
    }

export interface FileTask {
  readonly name?: string
  readonly cpu?: number
  readonly do: readonly FileStep[]
}

export interface ScenarioFile {
  readonly scenario?: string
  readonly about?: string
  readonly kernel?: string
  readonly cpus?: number
  readonly modes?: readonly QueueMode[]
  readonly module_parameters?: Readonly<Record<string, number>>
  readonly devices: readonly FileDevice[]
  readonly dm?: FileDm
  readonly stack?: readonly FileStackDevice[]
  readonly io_on?: string
  readonly setup?: readonly FileStep[]
  readonly tasks: readonly FileTask[]
  /** What multipathd is told by multipath.conf; without it nobody watches the paths. */
  readonly multipathd?: FileMultipathd
  readonly seed?: number
  /** How long each step of a shell takes before its effect, ns; without it, as on the traced machine (40 ms). */
  readonly lock_transfer_ns?: number
  readonly shell_step_ns?: number
  readonly story?: Story
}
