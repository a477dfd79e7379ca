/**
 * The only place where events are written: one row appended to typed columns, nothing allocated per event.
 * Engine internal: everybody else sees finished chunks.
 */
import type { EventQueue } from '../sim/event-queue.ts'
import { CHUNK_EVENTS, createChunk, type EventChunk } from './columns.ts'
import { EventKind } from './kinds.ts'
import { tracepointOf } from './names.ts'

/** While the setup of a scenario runs nothing is traced, but the state it leaves behind has to be in the log. */
const LOGGED_DURING_SETUP: ReadonlySet<number> = new Set([
  EventKind.fail_path,
  EventKind.reinstate_path,
  EventKind.bypass_pg,
  EventKind.switch_pg,
  EventKind.mpath_flags,
  EventKind.device_state,
  EventKind.queue_attr,
  EventKind.queue_depth,
  EventKind.cable,
  EventKind.pace,
  EventKind.silent,
])

const IS_TRACED = Uint8Array.from({ length: 256 }, (_, kind) => (tracepointOf(kind) ? 1 : 0))

export class LogWriter {
  /** Index of the running task; set by the CPU that runs it. */
  task = 0
  /** Events written so far. */
  total = 0
  /** The run pauses at the next opportunity once `total` has reached this. */
  pauseAtTotal: number = Infinity
  /** True while a scenario's setup runs. */
  inSetup = false
  private readonly clock: EventQueue
  private chunk: EventChunk = createChunk()
  private full: EventChunk[] = []
  private startNs = 0

  constructor(clock: EventQueue) {
    this.clock = clock
  }

  /** The trace begins: time zero of the log is now. */
  begin(): void {
    this.startNs = this.clock.nowNs
    this.chunk.timeNs.fill(0, 0, this.chunk.count)
    this.inSetup = false
  }

  get timeNs(): number {
    return this.clock.nowNs - this.startNs
  }

  sliceIsFull(): boolean {
    return this.total >= this.pauseAtTotal
  }

  /** Appends one event at the present time. Meaning of the columns: kinds.ts. */
  emit(
    kind: number,
    dev: number,
    rwbs: number,
    subject: number,
    object: number,
    sector: number,
    size: number,
    arg: number,
  ): void {
    if (this.inSetup && (IS_TRACED[kind] === 1 || !LOGGED_DURING_SETUP.has(kind))) return
    const chunk = this.chunk
    const row = chunk.count
    chunk.timeNs[row] = this.clock.nowNs - this.startNs
    chunk.sectorLow[row] = sector >>> 0
    chunk.sectorHigh[row] = sector / 0x1_0000_0000
    chunk.subject[row] = subject
    chunk.object[row] = object
    chunk.size[row] = size
    chunk.arg[row] = arg
    chunk.kind[row] = kind
    chunk.dev[row] = dev
    chunk.rwbs[row] = rwbs
    chunk.task[row] = this.task
    this.total++
    chunk.count = row + 1
    if (chunk.count === CHUNK_EVENTS) {
      this.full.push(chunk)
      this.chunk = createChunk()
    }
  }

  /** Chunks that are complete; with `flush` also the one being filled. The caller owns them from now on. */
  take(flush: boolean): EventChunk[] {
    const taken = this.full
    this.full = []
    if (flush && this.chunk.count > 0) {
      taken.push(this.chunk)
      this.chunk = createChunk()
    }
    return taken
  }
}
