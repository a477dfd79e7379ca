/** What a run came to, on one screen: events per device, sizes that were issued, results of the application. */
import {
  DEV_NONE,
  EventKind,
  tracepointOf,
  type DeviceInfo,
  type EventChunk,
  type RunResult,
} from '../engine/log/index.ts'
import { DaemonTally } from './daemon.ts'
import { LedgerFold, objectTable, stepTable } from './ledger.ts'
import { stateLines, type Sources, table, type TextWriter } from './sources.ts'

/** Columns: heading and the kinds that count there. */
const COLUMNS: readonly (readonly [heading: string, kind: number])[] = [
  ['bios', EventKind.bio_queue],
  ['splits', EventKind.split],
  ['getrq', EventKind.getrq],
  ['back', EventKind.backmerge],
  ['front', EventKind.frontmerge],
  ['rqmerge', EventKind.rq_merge],
  ['inserts', EventKind.rq_insert],
  ['issued', EventKind.rq_issue],
  ['requeues', EventKind.rq_requeue],
  ['errors', EventKind.rq_error],
]

export function createSummaryWriter({ header, tables }: Sources): TextWriter {
  const devices = (): readonly DeviceInfo[] => [...header.devices, ...(tables.devices ?? [])]
  const counts: Map<number, number>[] = []
  const sizes: Map<number, number>[] = []
  let remapped = 0
  const daemon = new DaemonTally(tables)
  const fold = new LedgerFold({ header, tables })
  return {
    head: () => `${header.scenario}, ${header.mode} mode, kernel ${header.kernel}: ${header.about}\n\n`,
    chunk: (chunk: EventChunk) => {
      fold.chunk(chunk)
      for (let row = 0; row < chunk.count; row++) {
        const kind = chunk.kind[row]!
        const dev = chunk.dev[row]!
        daemon.see(chunk, row)
        if (tracepointOf(kind) === undefined) continue
        const reached = header.paths.some((path) => path.dev === dev)
        if (reached && (kind === EventKind.bio_remap || kind === EventKind.rq_remap)) remapped++
        if (dev !== DEV_NONE) increase((counts[dev] ??= new Map()), kind)
        if (kind === EventKind.dm_split && dev !== DEV_NONE)
          increase((counts[dev] ??= new Map()), EventKind.split)
        if (kind === EventKind.rq_issue) increase((sizes[dev] ??= new Map()), chunk.size[row]!)
      }
      return ''
    },
    tail: (result) => {
      const rows = devices().map(({ name }, dev) => [
        name,
        ...COLUMNS.map(([, kind]) => String(counts[dev]?.get(kind) ?? 0)),
        spellSizes(sizes[dev] ?? new Map()),
      ])
      const headings = ['device', ...COLUMNS.map(([heading]) => heading), 'sizes issued']
      const ledger = fold.read()
      const costs = `${stepTable(ledger, false)}\n${objectTable(ledger)}\n`
      return `${table([headings, ...rows])}\n${costs}${footer(header.mode, remapped, result)}${daemon.line}\n${stateLines(result)}`
    },
  }
}

function increase(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** `3×4K, 1×128K`, smallest first. */
function spellSizes(sizes: ReadonlyMap<number, number>): string {
  return [...sizes]
    .sort(([a], [b]) => a - b)
    .map(([sectors, count]) => `${count}×${sectors / 2}K`)
    .join(', ')
}

function footer(mode: string, remapped: number, result: RunResult): string {
  const unit = mode === 'rq' ? 'requests' : 'bios'
  const stuck = result.stuck === 0 ? '' : `, ${result.stuck} never ended`
  const ms = (result.endNs / 1e6).toFixed(3)
  return `${remapped} ${unit} sent to paths; application: ${result.ok} ok, ${result.failed} failed${stuck}; ${ms} ms simulated\n`
}
