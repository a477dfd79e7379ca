/** Where the words of an exported text come from, and the shape of whoever writes it. */
import {
  DEV_NONE,
  errnoOf,
  RWBS_TEXT,
  SECTOR_UNDEFINED,
  sectorAt,
  type DeviceInfo,
  type EventChunk,
  type RunHeader,
  type RunResult,
  type SideTables,
  type TaskInfo,
} from '../engine/log/index.ts'

export interface Sources {
  readonly header: RunHeader
  /** May grow between chunks. */
  readonly tables: SideTables
}

/** Texts end in a newline or are empty; a whole export is head, then chunks in order, then tail. */
export interface TextWriter {
  head(): string
  chunk(chunk: EventChunk): string
  tail(result: RunResult): string
}

/** One event of a chunk, looked up once. */
export interface Row {
  readonly timeNs: number
  readonly kind: number
  readonly device: DeviceInfo | undefined
  readonly task: TaskInfo
  readonly rwbsPacked: number
  readonly rwbs: string
  readonly subject: number
  readonly object: number
  readonly sector: number
  readonly sizeSectors: number
  readonly arg: number
}

const NOBODY: TaskInfo = { comm: '<idle>', pid: 0, cpu: 0 }

export function rowAt({ header, tables }: Sources, chunk: EventChunk, row: number): Row {
  const dev = chunk.dev[row]!
  const rwbsPacked = chunk.rwbs[row]!
  return {
    timeNs: chunk.timeNs[row]!,
    kind: chunk.kind[row]!,
    device: dev === DEV_NONE ? undefined : header.devices[dev],
    task: tables.tasks[chunk.task[row]!] ?? NOBODY,
    rwbsPacked,
    rwbs: RWBS_TEXT[rwbsPacked]!,
    subject: chunk.subject[row]!,
    object: chunk.object[row]!,
    sector: sectorAt(chunk, row),
    sizeSectors: chunk.size[row]!,
    arg: chunk.arg[row]!,
  }
}

/** The running task as events name it in brackets; ftrace's own column calls the idle task <idle>. */
export function nameOf({ comm, cpu }: TaskInfo): string {
  return comm === '<idle>' ? `swapper/${cpu}` : comm
}

/** What is printed where the kernel prints the raw position of a request: -1 as an unsigned number for a flush. */
export function rawSector(sector: number): string {
  return sector === SECTOR_UNDEFINED ? '18446744073709551615' : String(sector)
}

/** What is printed where the kernel asks blk_rq_trace_sector: 0 for a request without a position. */
export function traceSector(sector: number): string {
  return sector === SECTOR_UNDEFINED ? '0' : String(sector)
}

/** Position on the device that a bio or request was remapped from. */
export function originOf(
  { header, tables }: Sources,
  row: Row,
): { dev: string; sector: string; bios: number } {
  const origin = tables.origins[row.arg]
  const from = origin === undefined ? undefined : header.devices[origin.dev]
  const shift = origin?.shiftSectors ?? 0
  return {
    dev: from === undefined ? '0,0' : `${from.major},${from.minor}`,
    sector: rawSector(row.sector === SECTOR_UNDEFINED ? row.sector : row.sector - shift),
    bios: origin?.bios ?? -1,
  }
}

/** The lines at the end of a text that say how the run ended. */
export function stateLines(result: RunResult): string {
  const failed = result.failedIos.map(
    (io) => `# failed ${io.op} ${io.offsetBytes} ${io.lengthBytes} ${errnoOf(io.status)}\n`,
  )
  return (
    `# status ${result.status}\n` +
    `# table ${result.table}\n` +
    `# app ok=${result.ok} failed=${result.failed}\n` +
    failed.join('')
  )
}
