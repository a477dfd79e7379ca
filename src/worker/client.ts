/**
 * The page's side of the wire: starts and stops runs and hands their chunks on.
 *
 * Every load gets a new run number; a message of a run that nobody listens to any more is dropped in `receiveOfRun`,
 * the one place. A credit goes back when the listener has taken a batch.
 */
import { createChunk, type EventChunk, type RunHeader, type RunResult } from '../engine/log/index.ts'
import type {
  Batch,
  FromWorker,
  OpeningNumber,
  Problem,
  RunNumber,
  RunSetup,
  SideTableAdditions,
  ToWorker,
} from './protocol.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { GalleryEntry, Opened, ScenarioSource } from '../scenario/index.ts'
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
  private readonly openings = new Map<OpeningNumber, (opened: Opened) => void>()
  private galleryListener: (gallery: readonly GalleryEntry[]) => void = () => undefined
  private lastRun = 0
  private lastOpening = 0
  /** Why there is no thread any more. */
  private lost: string | undefined

  constructor(wire: Wire<FromWorker, ToWorker>) {
    this.wire = wire
    wire.listen((message) => this.receive(message))
  }

  /** Hears of the built-in scenarios when the worker is there; one listener, from before that. */
  onGallery(listener: (gallery: readonly GalleryEntry[]) => void): void {
    this.galleryListener = listener
  }

  /** What the source holds; always answered, once. */
  open(source: ScenarioSource, listener: (opened: Opened) => void): void {
    if (this.lost !== undefined) {
      listener(unopened(this.lost))
      return
    }
    const opening = ++this.lastOpening as OpeningNumber
    this.openings.set(opening, listener)
    this.wire.send({ type: 'open', opening, source }, [])
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
    this.openings.clear()
    this.wire.send({ type: 'dispose' }, [])
  }

  /** The thread itself is lost: every run and opening that still goes on ends with that problem. */
  fail(what: string): void {
    this.lost = what
    const listeners = [...this.listeners.values()]
    const openings = [...this.openings.values()]
    this.listeners.clear()
    this.openings.clear()
    for (const listener of openings) listener(unopened(what))
    for (const listener of listeners) listener.problem({ kind: 'broken', what, lastEvents: [] })
  }

  private receive(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.galleryListener(message.gallery)
        break
      case 'opened': {
        const listener = this.openings.get(message.opening)
        this.openings.delete(message.opening)
        listener?.(message.opened)
        break
      }
      default:
        this.receiveOfRun(message)
    }
  }

  private receiveOfRun(message: Extract<FromWorker, { run: RunNumber }>): void {
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

function unopened(notice: string): Opened {
  return { ok: false, notice, problems: [] }
}
