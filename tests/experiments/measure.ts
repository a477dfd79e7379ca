/** What experiments are measured by: throughput of jobs, shares of paths; and how results are printed. */
import type { QueueMode } from '../../src/engine/log/index.ts'
import type { FioJob } from '../../src/engine/index.ts'
import type { ScenarioFile } from '../../src/scenario/index.ts'
import { runAndCount, scenarioFrom, type Counted } from '../support/run-and-count.ts'

export type FileDevice = ScenarioFile['devices'][number]

export interface Experiment {
  readonly kernel?: string
  readonly mode: QueueMode
  readonly devices: readonly FileDevice[]
  readonly sectors: number
  /** Selector with its arguments and those of each path, `round-robin 0 4 1 PATH 8`. */
  readonly selector: string
  readonly pathArgs?: string
  readonly jobs: readonly FioJob[]
  /** Of the CPU's costs, which are those of fio on an emulator's clock; default 1. */
  readonly costScale?: number
}

export interface Measured extends Counted {
  /** Of all jobs together, 10^6 bytes a second, from the first start to the last end. */
  readonly megabytesPerSecond: number
}

export function measure({
  kernel = '6.12',
  mode,
  devices,
  sectors,
  selector,
  pathArgs = '',
  jobs,
  costScale = 1,
}: Experiment): Measured {
  const driver = devices[0]?.driver ?? 'scsi_debug'
  const paths = devices.map((_, i) =>
    `${driver === 'null_blk' ? `252:${i}` : `8:${16 * i}`} ${pathArgs}`.trim(),
  )
  const perPath = pathArgs === '' ? 0 : pathArgs.split(' ').length
  const features = kernel === '2.6.28' ? '0' : '2 queue_mode {mode}'
  const scenario = scenarioFrom({
    kernel,
    modes: [mode],
    devices: devices.map((device) => ({ ...device, sectors })),
    dm: {
      sectors,
      table: `0 ${sectors} multipath ${features} 0 1 1 ${selector} 0 ${paths.length} ${perPath} ${paths.join(' ')}`,
    },
    tasks: [{ name: 'main', do: [{ fio_jobs: jobs }] }],
  })
  const counted = runAndCount(scenario, mode, { costScale })
  const reports = counted.result.jobs ?? []
  const bytes = reports.reduce((sum, job) => sum + job.readBytes + job.writeBytes, 0)
  const startNs = Math.min(...reports.map((job) => job.startNs))
  const endNs = Math.max(...reports.map((job) => job.endNs))
  return { ...counted, megabytesPerSecond: (bytes / (endNs - startNs)) * 1e3 }
}

/** Share of each path in the commands that were issued. */
export function sharesOf({ counts }: Counted, names: readonly string[]): number[] {
  const each = names.map((name) => counts.get(`rq_issue ${name}`) ?? 0)
  const all = each.reduce((sum, count) => sum + count, 0)
  return each.map((count) => count / all)
}

/** `what  published  simulated`, in columns. */
export function printed(title: string, rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toPrecision(3) : cell)))
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  const lines = cells.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd(),
  )
  return [title, ...lines].join('\n')
}
