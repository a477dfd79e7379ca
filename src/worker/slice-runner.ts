/** One run on the worker's side: advances it by a slice and says what to post. */
import type { Run as WholeRun, RunInput } from '../engine/index.ts'
import { chunkBuffer, deviceAt, type EventChunk, kindName, type SideTables } from '../engine/log/index.ts'
import { problemOf } from './problem.ts'
import type { Batch, Problem } from './protocol.ts'

/** What a thread needs of a run. */
export type Run = Pick<WholeRun, 'header' | 'tables' | 'advance' | 'takeChunks' | 'result'>

export type CreateRun = (input: RunInput) => Run

/** What one slice brought. */
export interface Slice {
  readonly batch: Batch | undefined
  /** Problem and end exclude each other; both end the run. */
  readonly problem: Problem | undefined
  readonly ended: boolean
}

/** Events between two looks at the clock: some 2 ms of engine. */
const PIECE_EVENTS = 2048
/** Events named in the report of a broken run. */
const LAST_EVENTS = 50

export class SliceRunner {
  readonly run: Run
  private readonly maxEvents: number
  private events = 0
  /** Rows of each side table that were sent. */
  private readonly sent = { devices: 0, tasks: 0, strings: 0, origins: 0 }

  constructor(run: Run, maxEvents: number) {
    this.run = run
    this.maxEvents = maxEvents
  }

  /** At most so many events, fewer when `timeIsUp` says so between two pieces. */
  advance(events: number, timeIsUp: () => boolean = () => false): Slice {
    let ended = false
    try {
      for (let left = events; left > 0 && !ended; left -= PIECE_EVENTS) {
        ended = this.run.advance(Math.min(left, PIECE_EVENTS)) === 'ended'
        if (timeIsUp()) break
      }
    } catch (error) {
      const chunks = this.run.takeChunks()
      const problem = problemOf(error, describeLast(this.run, chunks))
      return { batch: this.batchOf(chunks), problem, ended: false }
    }
    const batch = this.batchOf(this.run.takeChunks())
    const tooMany = !ended && this.events >= this.maxEvents
    return { batch, problem: tooMany ? this.tooMany() : undefined, ended }
  }

  private batchOf(chunks: readonly EventChunk[]): Batch | undefined {
    if (chunks.length === 0) return undefined
    for (const chunk of chunks) this.events += chunk.count
    return {
      chunks: chunks.map((chunk) => ({ buffer: chunkBuffer(chunk), count: chunk.count })),
      additions: this.additions(),
    }
  }

  private additions(): SideTables {
    const { tables } = this.run
    const { sent } = this
    const additions = {
      devices: tables.devices?.slice(sent.devices) ?? [],
      tasks: tables.tasks.slice(sent.tasks),
      strings: tables.strings.slice(sent.strings),
      origins: tables.origins.slice(sent.origins),
    }
    sent.devices = tables.devices?.length ?? 0
    sent.tasks = tables.tasks.length
    sent.strings = tables.strings.length
    sent.origins = tables.origins.length
    return additions
  }

  private tooMany(): Problem {
    return {
      kind: 'too_many_events',
      where: this.run.header.scenario,
      what: `the run was stopped after ${this.events.toLocaleString('en')} events; what happened until then is shown`,
      remedy: 'lower "count" or "duration_ns" of its I/O',
    }
  }
}

function describeLast(run: Run, chunks: readonly EventChunk[]): string[] {
  const lines: string[] = []
  for (const chunk of chunks.slice(-2)) {
    for (let row = Math.max(0, chunk.count - LAST_EVENTS); row < chunk.count; row++) {
      const device = deviceAt(run.header, run.tables, chunk.dev[row]!)?.name ?? '-'
      const ids = `${chunk.subject[row]!} ${chunk.object[row]!}`
      lines.push(
        `${chunk.timeNs[row]!} ${device} ${kindName(chunk.kind[row]!)} ${ids} arg ${chunk.arg[row]!}`,
      )
    }
  }
  return lines.slice(-LAST_EVENTS)
}
