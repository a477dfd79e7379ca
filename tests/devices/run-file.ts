/** One run of a small scenario file, and what its log says about devices. */
import { createRun } from '../../src/engine/index.ts'
import {
  BlkStatus,
  deviceAt,
  DeviceState,
  EventKind,
  kindName,
  TimerKind,
  type EventKindName,
  type QueueMode,
  type RunHeader,
  type RunResult,
} from '../../src/engine/log/index.ts'
import { problemSentence, resolveScenario } from '../../src/scenario/index.ts'
import { rowsOf } from '../laws/log-rows.ts'

export const S = 1e9
export const MODES = ['bio', 'rq'] as const
export type Mode = (typeof MODES)[number]

export interface Seen {
  readonly atNs: number
  readonly kind: EventKindName
  /** Name of the device. */
  readonly dev: string
  readonly subject: number
  readonly object: number
  readonly arg: number
  readonly sector: number
  readonly size: number
}

export class Ran {
  readonly header: RunHeader
  readonly result: RunResult
  readonly seen: readonly Seen[]
  /** Commands and who gave them. */
  readonly commands: readonly { readonly atNs: number; readonly task: string; readonly text: string }[]

  constructor(file: unknown, mode: QueueMode) {
    const resolved = resolveScenario(file)
    if (!resolved.ok) throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
    const run = createRun({ scenario: resolved.scenario, mode })
    const chunks = []
    for (let state = 'running'; state === 'running';) {
      state = run.advance(100_000)
      chunks.push(...run.takeChunks())
    }
    this.header = run.header
    this.result = run.result()
    const seen: Seen[] = []
    const commands: { atNs: number; task: string; text: string }[] = []
    const { tasks, strings } = run.tables
    for (const { timeNs: atNs, kind, dev, task, subject, object, arg, sector, size } of rowsOf(chunks)) {
      if (kind === EventKind.command)
        commands.push({ atNs, task: tasks[task]?.comm ?? '', text: strings[arg] ?? '' })
      const name = deviceAt(run.header, run.tables, dev)?.name ?? ''
      seen.push({ atNs, kind: kindName(kind), dev: name, subject, object, arg, sector, size })
    }
    this.seen = seen
    this.commands = commands
  }

  of(kind: EventKindName, dev?: string): readonly Seen[] {
    return this.seen.filter((one) => one.kind === kind && (dev === undefined || one.dev === dev))
  }

  /** When something happened first, in seconds; NaN when it never did. */
  firstS(kind: EventKindName, dev?: string): number {
    return (this.of(kind, dev)[0]?.atNs ?? NaN) / S
  }

  states(dev: string): readonly (readonly [number, string])[] {
    const names = new Map<number, string>(Object.entries(DeviceState).map(([name, value]) => [value, name]))
    return this.of('device_state', dev).map(({ atNs, arg }) => [atNs / S, names.get(arg) ?? ''] as const)
  }

  /** Timers of a device: name, seconds from arming to the end, and whether it was cancelled. */
  timers(dev: string): readonly string[] {
    const names = new Map<number, string>(Object.entries(TimerKind).map(([name, value]) => [value, name]))
    return this.of('timer_end', dev)
      .filter(({ object }) => object !== TimerKind.resource_retry && object !== TimerKind.requeue)
      .map(({ object, arg }) => `${names.get(object) ?? ''}${arg === 1 ? ' cancelled' : ''}`)
  }

  /** Every I/O has ended, every request is free, every budget and tag is back. */
  complaints(): readonly string[] {
    const open = new Set<number>()
    const twice: number[] = []
    for (const { kind, subject } of this.seen) {
      if (kind === 'io_submit') open.add(subject)
      else if (kind === 'io_end' && !open.delete(subject)) twice.push(subject)
    }
    const requests = new Set<number>()
    for (const { kind, subject } of this.seen) {
      if (kind === 'getrq' || kind === 'rq_clone' || kind === 'flush_kick') requests.add(subject)
      else if (kind === 'rq_free') requests.delete(subject)
    }
    return [
      ...[...open].map((id) => `io ${String(id)} has not ended`),
      ...twice.map((id) => `io ${String(id)} has ended twice`),
      ...[...requests].map((id) => `request ${String(id)} is not free`),
    ]
  }
}

/** Two paths to one LUN in one group; `over` goes into each device, `main` is what the application does. */
export function twoPaths(over: object, main: readonly object[], also: object = {}): object {
  return {
    devices: [
      { name: 'sda', completion: { kind: 'timer', ns: 1_000_000 }, ...over },
      { name: 'sdb', completion: { kind: 'timer', ns: 1_000_000 }, ...over },
    ],
    dm: { sectors: 294_912 },
    tasks: [{ name: 'main', do: main }],
    ...also,
  }
}

export { BlkStatus, EventKind }
