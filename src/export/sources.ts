/** Where the words of an exported text come from, and the shape of whoever writes it. */
import {
  blkStatusName,
  BlkStatus,
  DEV_NONE,
  deviceAt,
  errnoOf,
  RWBS_TEXT,
  SECTOR_UNDEFINED,
  sectorAt,
  type DeviceInfo,
  type EventChunk,
  type JobReport,
  type MapState,
  type RunHeader,
  type RunResult,
  type SideTables,
  type TaskInfo,
  type VerifyReport,
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

/** The texts of all events of a chunk. */
export function textsOf(
  sources: Sources,
  chunk: EventChunk,
  textOf: (row: Row) => string,
  rwbsText?: readonly string[],
): string {
  const texts: string[] = []
  for (let row = 0; row < chunk.count; row++) texts.push(textOf(rowAt(sources, chunk, row, rwbsText)))
  return texts.join('')
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

/** `rwbsText`: the spelling of the kernel whose text is written. */
function rowAt(
  { header, tables }: Sources,
  chunk: EventChunk,
  row: number,
  rwbsText: readonly string[] = RWBS_TEXT,
): Row {
  const dev = chunk.dev[row]!
  const rwbsPacked = chunk.rwbs[row]!
  return {
    timeNs: chunk.timeNs[row]!,
    kind: chunk.kind[row]!,
    device: dev === DEV_NONE ? undefined : deviceAt(header, tables, dev),
    task: tables.tasks[chunk.task[row]!] ?? NOBODY,
    rwbsPacked,
    rwbs: rwbsText[rwbsPacked]!,
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
    (result.maps ?? []).map(mapLines).join('') +
    `# app ok=${result.ok} failed=${result.failed}\n` +
    failed.join('') +
    (result.jobs ?? []).map(jobLine).join('')
  )
}

/** The same of another device of device-mapper: `# map vg-lv status ...`. */
function mapLines({ name, status, table }: MapState): string {
  const lines = (what: string, text: string): string =>
    text
      .split('\n')
      .map((line) => `# map ${name} ${what} ${line}\n`)
      .join('')
  return lines('status', status) + lines('table', table)
}

/** What one process of fio came to: `# fio io1: 90 writes ...; verified: ...`. */
function jobLine(job: JobReport): string {
  const { readIos, readBytes, writeIos, writeBytes, startNs, endNs, status, verify } = job
  const seconds = (endNs - startNs) / 1e9
  const did = `${readIos} reads ${readBytes} bytes, ${writeIos} writes ${writeBytes} bytes in ${seconds.toFixed(3)} s`
  const error = status === BlkStatus.OK ? '' : `, ended by ${blkStatusName(status)}`
  const checked = verify === undefined ? '' : `; ${verifySentence(verify)}`
  const complaints = (verify?.complaints ?? []).map((complaint) => `# verify ${complaint}\n`)
  return `# fio ${job.name}: ${did}${error}${checked}\n${complaints.join('')}`
}

function verifySentence({ checkedIos, checkedSectors, comparedSectors, errors }: VerifyReport): string {
  const found = errors === 0 ? 'every write verified' : `${errors} blocks are not what was written last`
  return `${found} (${checkedIos} I/Os of ${checkedSectors} sectors read back, ${comparedSectors} sectors compared at the end)`
}

/** Columns as wide as they need to be; the first and the last to the left. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const last = widths.length - 1
  const lines = rows.map((row) =>
    row.map((cell, column) => {
      if (column === last) return cell
      return column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
    }),
  )
  return lines.map((cells) => `${cells.join('  ').trimEnd()}\n`).join('')
}
