/**
 * Two small lanes written by hand for the tests of this room: sixteen 4 KiB writes in one plug over two paths, once
 * bio-based and once request-based, as kernel-model 11.1 (b01) tells it. Times are even steps, not the engine's.
 */
import {
  createChunk,
  DEV_NONE,
  EventKind,
  Op,
  packRwbs,
  RwbsFlag,
  type DeviceInfo,
  type EventKindName,
  type QueueMode,
  type RunHeader,
} from '../engine/log/index.ts'
import { RunRecord } from '../record/run-record.ts'
import { LaneFacts } from './facts.ts'

const DM = 0
const STEP_NS = 500
const SIZE = 8

interface Columns {
  readonly dev?: number
  readonly subject?: number
  readonly object?: number
  readonly sector?: number
  readonly size?: number
  readonly arg?: number
}

/** Writes events one step of time apart into a record. */
export class RecordBuilder {
  readonly record: RunRecord
  private readonly chunk = createChunk()
  private timeNs = 0

  constructor(header: RunHeader) {
    this.record = new RunRecord(header)
  }

  event(kind: EventKindName, columns: Columns = {}): this {
    const row = this.chunk.count++
    this.timeNs += STEP_NS
    this.chunk.timeNs[row] = this.timeNs
    this.chunk.kind[row] = EventKind[kind]
    this.chunk.dev[row] = columns.dev ?? DEV_NONE
    this.chunk.rwbs[row] = packRwbs(Op.WRITE, RwbsFlag.SYNC)
    this.chunk.task[row] = 0
    this.chunk.subject[row] = columns.subject ?? 0
    this.chunk.object[row] = columns.object ?? 0
    this.chunk.sectorLow[row] = columns.sector ?? 0
    this.chunk.size[row] = columns.size ?? SIZE
    this.chunk.arg[row] = columns.arg ?? 0
    return this
  }

  wait(ns: number): this {
    this.timeNs += ns
    return this
  }

  done(): RunRecord {
    const tasks = [{ comm: 'iopat', pid: 100, cpu: 0 }]
    this.record.append([this.chunk], { tasks, strings: ['fail_path 8:0'], origins: [] })
    return this.record
  }
}

export function headerFor(mode: QueueMode, paths = 2): RunHeader {
  const disk = (i: number): DeviceInfo => ({
    name: `sd${String.fromCharCode(97 + i)}`,
    major: 8,
    minor: 16 * i,
    role: 'path',
    driver: 'scsi_debug',
    below: [],
    sizeSectors: 2 ** 20,
    scheduler: 'none',
    queueDepth: 12,
    nrRequests: 12,
    limits: { max_sectors_kb: 64 },
  })
  const dm: DeviceInfo = {
    name: 'dm-0',
    major: 253,
    minor: 0,
    role: 'dm',
    driver: 'dm',
    below: Array.from({ length: paths }, (_, i) => i + 1),
    sizeSectors: 2 ** 20,
    scheduler: mode === 'rq' ? 'mq-deadline' : undefined,
    queueDepth: 0,
    nrRequests: mode === 'rq' ? 256 : 0,
    limits: { max_sectors_kb: 64 },
  }
  return {
    scenario: 'seq16',
    about: 'sixteen sequential 4 KiB writes in one plug',
    mode,
    kernel: '6.12',
    seed: 1,
    cpus: 2,
    devices: [dm, ...Array.from({ length: paths }, (_, i) => disk(i))],
    top: 0,
    paths: Array.from({ length: paths }, (_, i) => ({ dev: i + 1, group: 1 })),
    selectors: ['round-robin'],
    dmName: 'mpatha',
  }
}

export function factsOf(record: RunRecord): LaneFacts {
  const facts = new LaneFacts(record.header)
  for (const chunk of record.chunks) facts.read(chunk)
  return facts
}

/** Each bio chooses a path, then becomes a request of its own there. */
export function bioLane(count = 16, paths = 2): RunRecord {
  const b = new RecordBuilder(headerFor('bio', paths))
  for (let i = 0; i < count; i++) {
    const sector = i * SIZE
    const [io, original, clone, request] = ids(i)
    const dev = 1 + (i % paths)
    const next = 1 + ((i + 1) % paths)
    b.event('io_submit', { dev: DM, subject: io, sector, arg: i })
    b.event('bio_queue', { dev: DM, subject: original, object: io, sector })
    b.event('bio_clone', { dev: DM, subject: clone, object: original, sector })
    b.event('choose_path', { dev, subject: clone, object: next + 1, sector, arg: 1 })
    b.event('start_io', { dev, subject: clone, sector })
    b.event('bio_remap', { dev, subject: clone, object: original, sector })
    b.event('bio_queue', { dev, subject: clone, object: original, sector })
    b.event('getrq', { dev, subject: request, object: clone, sector, arg: Math.floor(i / paths) })
    if (i === 0) b.event('plug', { dev, object: request, sector })
    b.event('plug_add', { dev, subject: request, sector })
  }
  for (let path = 0; path < paths; path++) {
    b.event('unplug', { dev: 1 + path, size: Math.floor(count / paths) })
    for (let i = path; i < count; i += paths)
      b.event('rq_issue', { dev: 1 + path, subject: ids(i)[3], sector: i * SIZE, arg: Math.floor(i / paths) })
  }
  b.wait(50_000)
  for (let i = 0; i < count; i++) {
    const [io, original, clone, request] = ids(i)
    const dev = 1 + (i % paths)
    const sector = i * SIZE
    b.event('rq_complete', { dev, subject: request, sector })
    b.event('end_io', { dev, subject: clone, sector })
    b.event('bio_endio', { dev, subject: clone, sector })
    b.event('bio_complete', { dev: DM, subject: original, sector })
    b.event('io_end', { dev: DM, subject: io, sector })
    b.event('rq_free', { dev, subject: request, sector })
  }
  return b.done()
}

/** Bios merge on the dm device; one request chooses a path and is cloned. */
export function rqLane(count = 16, paths = 2): RunRecord {
  const b = new RecordBuilder(headerFor('rq', paths))
  const request = 4000
  const clone = 4001
  const all = count * SIZE
  for (let i = 0; i < count; i++) {
    const sector = i * SIZE
    const [io, original] = ids(i)
    b.event('io_submit', { dev: DM, subject: io, sector, arg: i })
    b.event('bio_queue', { dev: DM, subject: original, object: io, sector })
    if (i > 0) b.event('backmerge', { dev: DM, subject: original, object: request, sector })
    else {
      b.event('getrq', { dev: DM, subject: request, object: original, sector })
      b.event('plug', { dev: DM, object: request, sector })
      b.event('plug_add', { dev: DM, subject: request, sector })
    }
  }
  b.event('unplug', { dev: DM, size: 1 })
  b.event('rq_insert', { dev: DM, subject: request, size: all })
  b.event('rq_issue', { dev: DM, subject: request, size: all })
  b.event('choose_path', { dev: 1, subject: request, object: 3, size: all, arg: 1 })
  b.event('rq_clone', { dev: 1, subject: clone, object: request, size: all })
  b.event('start_io', { dev: 1, subject: clone, size: all })
  b.event('rq_remap', { dev: 1, subject: clone, object: request, size: all })
  b.event('rq_issue', { dev: 1, subject: clone, size: all })
  b.wait(50_000)
  b.event('rq_complete', { dev: 1, subject: clone, size: all })
  b.event('end_io', { dev: 1, subject: clone, size: all })
  b.event('rq_complete', { dev: DM, subject: request, size: all })
  for (let i = 0; i < count; i++) {
    const [io, original] = ids(i)
    b.event('bio_endio', { dev: DM, subject: original, sector: i * SIZE })
    b.event('io_end', { dev: DM, subject: io, sector: i * SIZE })
  }
  b.event('rq_free', { dev: 1, subject: clone, size: all })
  b.event('rq_free', { dev: DM, subject: request, size: all })
  return b.done()
}

/** Ids of the i-th I/O: io, original, clone, request. */
export function ids(i: number): [number, number, number, number] {
  return [1 + 4 * i, 2 + 4 * i, 3 + 4 * i, 4 + 4 * i]
}
