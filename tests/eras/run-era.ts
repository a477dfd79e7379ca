/** Runs a scenario as people write it on a kernel, and gives back what the log says, in words. */
import { createRun } from '../../src/engine/index.ts'
import {
  DEV_NONE,
  kindName,
  sectorAt,
  type EventKindName,
  type QueueMode,
  type RunHeader,
  type RunResult,
} from '../../src/engine/log/index.ts'
import { createWriter } from '../../src/export/index.ts'
import { resolveScenario } from '../../src/scenario/index.ts'

export interface EraEvent {
  readonly kind: EventKindName
  readonly timeNs: number
  /** Name of the device, '' for none. */
  readonly dev: string
  readonly comm: string
  readonly subject: number
  readonly object: number
  readonly sector: number
  readonly size: number
  readonly arg: number
}

export interface EraRun {
  readonly events: readonly EraEvent[]
  readonly header: RunHeader
  readonly result: RunResult
  readonly ftrace: string
  readonly of: (kind: EventKindName, dev?: string) => EraEvent[]
}

export type Document = Readonly<Record<string, unknown>>

/** @throws Error with the sentences of what is wrong with it. */
export function runEra(kernel: string, mode: QueueMode, document: Document): EraRun {
  const resolved = resolveScenario({ modes: ['bio', 'rq'], ...document, kernel })
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
  const run = createRun({ scenario: resolved.scenario, mode })
  const writer = createWriter('ftrace', { header: run.header, tables: run.tables })
  const events: EraEvent[] = []
  let ftrace = ''
  for (let state = 'running'; state === 'running';) {
    state = run.advance(50_000)
    for (const chunk of run.takeChunks()) {
      ftrace += writer.chunk(chunk)
      for (let row = 0; row < chunk.count; row++) {
        const dev = chunk.dev[row]!
        events.push({
          kind: kindName(chunk.kind[row]!),
          timeNs: chunk.timeNs[row]!,
          dev: dev === DEV_NONE ? '' : run.header.devices[dev]!.name,
          comm: run.tables.tasks[chunk.task[row]!]?.comm ?? '',
          subject: chunk.subject[row]!,
          object: chunk.object[row]!,
          sector: sectorAt(chunk, row),
          size: chunk.size[row]!,
          arg: chunk.arg[row]!,
        })
      }
    }
  }
  const of = (kind: EventKindName, dev?: string): EraEvent[] =>
    events.filter((event) => event.kind === kind && (dev === undefined || event.dev === dev))
  return { events, header: run.header, result: run.result(), ftrace, of }
}

/** `count` disks of the default driver, 100 µs a command unless `device` says otherwise. */
export function disks(count: number, device: Document = {}): Document[] {
  return Array.from({ length: count }, () => ({
    driver: 'scsi_debug',
    completion: { kind: 'timer', ns: 100_000 },
    ...device,
  }))
}

/** Writes of 4 KiB that touch nothing of each other, in one io_submit. */
export function scattered(count: number, op: 'R' | 'W' = 'W'): Document {
  return { io: 'batch', op, length: 4096, count, stride: 65_536 }
}

export const WAIT: Document = { io: 'wait' }

/** A single task that does these steps. */
export function task(...steps: Document[]): { tasks: Document[] } {
  return { tasks: [{ do: steps }] }
}

/** A table of one group over the first disks, `sda` upward. */
export function table(
  selector: string,
  paths: readonly string[],
  features = '2 queue_mode {mode}',
): Document {
  const [first = ''] = paths
  const args = first === '' ? 0 : first.split(' ').length
  const words = paths.map((path, i) => `8:${i * 16} ${path}`.trim()).join(' ')
  return {
    dm: { table: `0 294912 multipath ${features} 0 1 1 ${selector} 0 ${paths.length} ${args} ${words}` },
  }
}

/** Devices in order of the events, one letter each: sda A, sdb B. */
export function letters(events: readonly EraEvent[]): string {
  return events.map(({ dev }) => dev.slice(-1).toUpperCase()).join('')
}
