/** Writes events into chunks the way the engine does, for tests that need a log without an engine. */
import {
  CHUNK_EVENTS,
  createChunk,
  DEV_NONE,
  EventKind,
  type EventChunk,
  type EventKindName,
  type RunHeader,
  type RunResult,
} from '../../src/engine/log/index.ts'
import { RunRecord } from '../../src/record/run-record.ts'

export interface EventFields {
  readonly dev?: number
  readonly subject?: number
  readonly object?: number
  readonly sector?: number
  readonly size?: number
  readonly arg?: number
  readonly rwbs?: number
  readonly task?: number
}

export class LogWriter {
  readonly chunks: EventChunk[] = []
  timeNs = 0
  count = 0

  add(kind: EventKindName, fields: EventFields = {}): void {
    if (this.count % CHUNK_EVENTS === 0) this.chunks.push(createChunk())
    const chunk = this.chunks.at(-1)!
    const row = chunk.count++
    const sector = fields.sector ?? 0
    chunk.timeNs[row] = this.timeNs
    chunk.kind[row] = EventKind[kind]
    chunk.dev[row] = fields.dev ?? DEV_NONE
    chunk.subject[row] = fields.subject ?? 0
    chunk.object[row] = fields.object ?? 0
    chunk.sectorLow[row] = sector % 2 ** 32
    chunk.sectorHigh[row] = Math.floor(sector / 2 ** 32)
    chunk.size[row] = fields.size ?? 0
    chunk.arg[row] = fields.arg ?? 0
    chunk.rwbs[row] = fields.rwbs ?? 0
    chunk.task[row] = fields.task ?? 0
    this.count++
  }

  record(header: RunHeader, keyframeEvents?: number): RunRecord {
    const record = new RunRecord(header, keyframeEvents)
    record.append(this.chunks, { tasks: [], strings: [], origins: [] })
    return record
  }
}

/** One dm device over some paths, all of one driver without scheduler. */
export function testHeader(mode: 'bio' | 'rq', paths = 2, dmScheduler = 'mq-deadline'): RunHeader {
  const path = (n: number): RunHeader['devices'][number] => ({
    name: `sd${String.fromCharCode(97 + n)}`,
    major: 8,
    minor: n * 16,
    role: 'path',
    driver: 'scsi_debug',
    below: [],
    sizeSectors: 294_912,
    scheduler: 'none',
    queueDepth: 32,
    nrRequests: 32,
    limits: {},
  })
  const dm: RunHeader['devices'][number] = {
    name: 'dm-0',
    major: 253,
    minor: 0,
    role: 'dm',
    driver: 'dm',
    below: Array.from({ length: paths }, (_, n) => n + 1),
    sizeSectors: 294_912,
    scheduler: mode === 'rq' ? dmScheduler : undefined,
    queueDepth: 0,
    nrRequests: mode === 'rq' ? 256 : 0,
    limits: {},
  }
  return {
    scenario: 'test',
    about: 'a log made for a test',
    mode,
    kernel: '6.12',
    seed: 1,
    cpus: 2,
    devices: [dm, ...Array.from({ length: paths }, (_, n) => path(n))],
    top: 0,
    paths: Array.from({ length: paths }, (_, n) => ({ dev: n + 1, group: 1 })),
    selectors: ['round-robin'],
    dmName: 'mp',
  }
}

export function testResult(endNs: number, events: number): RunResult {
  return {
    endNs,
    events,
    status: '',
    table: '',
    statusAlong: [],
    ok: 0,
    failed: 0,
    failedIos: [],
    stuck: 0,
  }
}
