/**
 * The page's side of the wire: starts and stops runs and hands their chunks on.
 *
 * Every load gets a new run number; a message of a run that nobody listens to any more is dropped in `receive`, the one
 * place. A credit goes back when the listener has taken a batch.
 */
import { createChunk, type EventChunk, type RunHeader, type RunResult } from '../engine/log/index.ts'
import type {
  Batch,
  FromWorker,
  Problem,
  RunNumber,
  RunSetup,
  SideTableAdditions,
  ToWorker,
} from './protocol.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { Wire } from './wire.ts'

/** Hears of one run. After `ended` or `problem` nothing more comes. */
export interface RunListener {
  header(header: RunHeader): void
  batch(chunks: readonly EventChunk[], additions: SideTableAdditions): void
  ended(result: RunResult): void
  problem(problem: Problem): void
}

/** Batches that may be on their way: one being computed, one crossing, one being taken. */
const CREDITS = 3
/** Ten million events a lane: 340 MB, and more than anybody scrubs through. */
export const MAX_EVENTS = 10_000_000

export class EngineClient {
  private readonly wire: Wire<FromWorker, ToWorker>
  private readonly listeners = new Map<RunNumber, RunListener>()
  private lastRun = 0

  constructor(wire: Wire<FromWorker, ToWorker>) {
    this.wire = wire
    wire.listen((message) => this.receive(message))
  }

  load(setup: RunSetup, listener: RunListener, maxEvents: number = MAX_EVENTS): RunNumber {
    const run = ++this.lastRun as RunNumber
    this.listeners.set(run, listener)
    this.wire.send({ type: 'load', run, setup, credits: CREDITS, maxEvents }, [])
    return run
  }

  /** Nothing more is heard of that run. */
  stop(run: RunNumber): void {
    if (this.listeners.delete(run)) this.wire.send({ type: 'stop', run }, [])
  }

  dispose(): void {
    this.listeners.clear()
    this.wire.send({ type: 'dispose' }, [])
  }

  /** The thread itself is lost: every run that still goes on ends with that problem. */
  fail(what: string): void {
    const listeners = [...this.listeners.values()]
    this.listeners.clear()
    for (const listener of listeners) listener.problem({ kind: 'broken', what, lastEvents: [] })
  }

  private receive(message: FromWorker): void {
    if (message.type === 'ready') return
    const listener = this.listeners.get(message.run)
    if (listener === undefined) return
    switch (message.type) {
      case 'header':
        listener.header(message.header)
        break
      case 'batch':
        this.take(message.run, listener, message.batch)
        break
      case 'ended':
        this.listeners.delete(message.run)
        listener.ended(message.result)
        break
      case 'problem':
        this.listeners.delete(message.run)
        listener.problem(message.problem)
        break
      default:
        assertNever(message)
    }
  }

  private take(run: RunNumber, listener: RunListener, { chunks, additions }: Batch): void {
    listener.batch(
      chunks.map(({ buffer, count }) => createChunk(buffer, count)),
      additions,
    )
    if (this.listeners.has(run)) this.wire.send({ type: 'credit', run, batches: 1 }, [])
  }
}
