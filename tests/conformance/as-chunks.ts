/**
 * A recorded trace as event columns, so that the exporters can be held to the kernel's own text. What the log has and a
 * trace has not (identity of requests) is guessed from device, operation and position, which is enough for short traces.
 */
import {
  BlkStatus,
  CHUNK_EVENTS,
  createChunk,
  DEV_NONE,
  errnoOf,
  EventKind,
  kindOfTracepoint,
  RWBS_TEXT,
  SECTOR_UNDEFINED,
  type DeviceInfo,
  type EventChunk,
  type Origin,
  type RunHeader,
  type TaskInfo,
} from '../../src/engine/log/index.ts'
import type { Sources } from '../../src/export/index.ts'
import type { Expectation } from './expectation.ts'

const LINE =
  /^\s*(?<comm>.+)-(?<pid>\d+) +\[(?<cpu>\d+)\] \S+ +(?<seconds>\d+)\.(?<micros>\d+): (?<name>block_\w+): (?<rest>.*)$/
const FIELDS =
  /^(?<major>\d+),(?<minor>\d+) (?<rwbs>\S+) (?:\d+ )?(?:\(\) )?(?<sector>\d+) (?<sign>[+/]) (?<size>\d+)(?: <- \((?<fromMajor>\d+),(?<fromMinor>\d+)\) (?<fromSector>\d+)(?: (?<bios>\d+))?)?.*?(?:\[(?<error>-?\d+)\])?$/

const UNDEFINED_SECTOR = '18446744073709551615'

export interface Imported {
  readonly sources: Sources
  readonly chunks: readonly EventChunk[]
  /** The lines that were taken over, without the flags column. */
  readonly lines: readonly string[]
}

/** A line without what the log does not carry: the flags, and when exactly a request was accounted. */
export function withoutFlags(line: string): string {
  return line.replace(/(\[\d{3}\]) \S{5} /, '$1 ').replace(/[\d.]+: (?=block_io_start)/, '')
}

export function asChunks(text: string, { scenario, mode, devices, dm }: Expectation): Imported {
  const infos = devices.map((dev) => deviceInfo(dev, dev === dm))
  const tables = { tasks: [] as TaskInfo[], strings: [], origins: [] as Origin[] }
  const header: RunHeader = {
    ...{ scenario, mode, about: '', kernel: '6.12', seed: 1, cpus: 2, dmName: 'mp' },
    ...{ devices: infos, top: devices.indexOf(dm), paths: [], selectors: [] },
  }
  const chunks: EventChunk[] = []
  const lines: string[] = []
  const subjects = new Map<string, number>()
  for (const line of text.split('\n')) {
    const found = LINE.exec(line)?.groups
    if (found === undefined) continue
    const { comm = '', pid, cpu, seconds, micros, name = '', rest = '' } = found
    const event = readFields(name, rest, devices, dm)
    if (event === undefined) continue
    lines.push(withoutFlags(line))
    // The writer makes these itself, from G and A.
    if (name === 'block_io_start') continue
    let chunk = chunks[chunks.length - 1]
    if (chunk === undefined || chunk.count === CHUNK_EVENTS) chunks.push((chunk = createChunk()))
    const row = chunk.count++
    chunk.timeNs[row] = Number(seconds) * 1e9 + Number(micros) * 1e3
    chunk.kind[row] = event.kind
    chunk.dev[row] = event.dev
    chunk.rwbs[row] = event.rwbs
    chunk.sectorLow[row] = event.sector >>> 0
    chunk.sectorHigh[row] = event.sector / 2 ** 32
    chunk.size[row] = event.size
    chunk.arg[row] = event.origin === undefined ? event.arg : tables.origins.push(event.origin) - 1
    chunk.task[row] = taskIndex(tables.tasks, { comm, pid: Number(pid), cpu: Number(cpu) })
    const identity = `${event.dev} ${event.rwbs & 7} ${event.sector}`
    subjects.set(identity, subjects.get(identity) ?? subjects.size + 1)
    chunk.subject[row] = subjects.get(identity)!
  }
  return { sources: { header, tables }, chunks, lines }
}

interface Event {
  readonly kind: number
  readonly dev: number
  readonly rwbs: number
  readonly sector: number
  readonly size: number
  readonly arg: number
  readonly origin?: Origin
}

function readFields(name: string, rest: string, devices: readonly string[], dm: string): Event | undefined {
  const kind = name === 'block_io_done' ? EventKind.rq_free : (kindOfTracepoint(name) ?? EventKind.none)
  if (kind === EventKind.plug || kind === EventKind.unplug)
    return { kind, dev: DEV_NONE, rwbs: 0, sector: 0, size: Number(/\d+$/.exec(rest)?.[0] ?? 0), arg: 0 }
  const found = FIELDS.exec(rest)?.groups
  if (found === undefined) return undefined
  const { major = '', minor = '', rwbs = '', size = '', fromMajor = '', fromMinor = '' } = found
  const dev = devices.indexOf(`${major}:${minor}`)
  // Commands without data (TEST UNIT READY ...) have a length in bytes that the log does not carry.
  if (dev < 0 || (rwbs.startsWith('N') && size === '0' && devices[dev] !== dm)) return undefined
  const sector = found['sector'] === UNDEFINED_SECTOR ? SECTOR_UNDEFINED : Number(found['sector'])
  const event = { kind, dev, rwbs: RWBS_TEXT.indexOf(rwbs), sector, size: Number(size) }
  if (found['sign'] === '/') return { ...event, size: Number(size) - sector, arg: 0 }
  if (found['fromSector'] === undefined) return { ...event, arg: statusOf(Number(found['error'] ?? 0)) }
  const shift = found['fromSector'] === UNDEFINED_SECTOR ? 0 : sector - Number(found['fromSector'])
  const origin = {
    dev: devices.indexOf(`${fromMajor}:${fromMinor}`),
    shiftSectors: shift,
    bios: Number(found['bios'] ?? -1),
  }
  return { ...event, arg: 0, origin }
}

function statusOf(errno: number): number {
  return Object.values(BlkStatus).find((status) => errnoOf(status) === errno) ?? BlkStatus.IOERR
}

function taskIndex(tasks: TaskInfo[], task: TaskInfo): number {
  const known = tasks.findIndex(
    ({ comm, pid, cpu }) => comm === task.comm && pid === task.pid && cpu === task.cpu,
  )
  return known >= 0 ? known : tasks.push(task) - 1
}

function deviceInfo(dev: string, isDm: boolean): DeviceInfo {
  const [major, minor] = dev.split(':').map(Number)
  return {
    name: isDm ? 'dm-0' : `disk-${dev}`,
    major: major!,
    minor: minor!,
    role: isDm ? 'dm' : 'path',
    driver: isDm ? 'dm' : 'scsi_debug',
    ...{ below: [], sizeSectors: 0, scheduler: undefined, queueDepth: 0, nrRequests: 0, limits: {} },
  }
}
