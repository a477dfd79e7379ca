/**
 * The page's side of the wire: starts and stops runs and hands their chunks on.
 *
 * Every load gets a new run number; a message of a run that nobody listens to any more is dropped in `receiveOfRun`,
 * the one place. A credit goes back when the listener has taken a batch.
 */
import { createChunk, type EventChunk, type RunHeader, type RunResult } from '../engine/log/index.ts'
import type {
  Answer,
  AskNumber,
  Asked,
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

interface Begun {
  readonly run: RunNumber
  readonly setup: RunSetup
}

interface Opening {
  readonly listener: (opened: Opened) => void
  readonly ahead: readonly Begun[]
}

/** Batches that may be on their way: one being computed, one crossing, one being taken. */
const CREDITS = 3
/** Ten million events a lane: 340 MB, and more than anybody scrubs through. */
export const MAX_EVENTS = 10_000_000

export class EngineClient {
  private readonly wire: Wire<FromWorker, ToWorker>
  private readonly listeners = new Map<RunNumber, RunListener>()
  private readonly openings = new Map<OpeningNumber, Opening>()
  private gallery: readonly GalleryEntry[] | undefined
  private galleryListener: (gallery: readonly GalleryEntry[]) => void = () => undefined
  private readonly asks = new Map<AskNumber, (answer: Answer) => void>()
  private lastAsk = 0
  private lastRun = 0
  private lastOpening = 0
  /** Begun, and not yet loaded by the listener that is being answered. */
  private ahead: Begun[] = []
  /** Why there is no thread any more. */
  private lost: string | undefined

  constructor(wire: Wire<FromWorker, ToWorker>) {
    this.wire = wire
    wire.listen((message) => this.receive(message))
  }

  /** Hears of the built-in scenarios as soon as the worker is there, or at once where it is; one listener. */
  onGallery(listener: (gallery: readonly GalleryEntry[]) => void): void {
    this.galleryListener = listener
    if (this.gallery !== undefined) listener(this.gallery)
  }

  /**
   * What the source holds; always answered, once. The runs that the listener will probably load begin at once: when it
   * loads them, their first events are on their way already. Those that it does not load are stopped.
   */
  open(source: ScenarioSource, listener: (opened: Opened) => void, likely: readonly RunSetup[] = []): void {
    if (this.lost !== undefined) {
      listener(unopened(this.lost))
      return
    }
    const opening = ++this.lastOpening as OpeningNumber
    this.wire.send({ type: 'open', opening, source }, [])
    this.openings.set(opening, {
      listener,
      ahead: likely.map((setup) => ({ run: this.begin(setup), setup })),
    })
  }

  load(setup: RunSetup, listener: RunListener): RunNumber {
    const run = this.takeAhead(setup) ?? this.begin(setup)
    this.listeners.set(run, listener)
    return run
  }

  private begin(setup: RunSetup): RunNumber {
    const run = ++this.lastRun as RunNumber
    this.wire.send({ type: 'load', run, setup, credits: CREDITS, maxEvents: MAX_EVENTS }, [])
    return run
  }

  /** Only while an opening is answered: later, messages of the run would have been dropped. */
  private takeAhead(setup: RunSetup): RunNumber | undefined {
    const at = this.ahead.findIndex((begun) => JSON.stringify(begun.setup) === JSON.stringify(setup))
    return at < 0 ? undefined : this.ahead.splice(at, 1)[0]!.run
  }

  /** Nothing more is heard of that run. */
  stop(run: RunNumber): void {
    if (this.listeners.delete(run)) this.wire.send({ type: 'stop', run }, [])
  }

  /** Asks the machine of a setup at a moment; answered once, unless nobody waits any more. Returns what ends the waiting. */
  ask(asked: Asked, listener: (answer: Answer) => void): () => void {
    if (this.lost !== undefined) {
      listener(unanswered(this.lost))
      return () => undefined
    }
    const ask = ++this.lastAsk as AskNumber
    this.asks.set(ask, listener)
    this.wire.send({ type: 'ask', ask, asked }, [])
    return () => {
      if (this.asks.delete(ask)) this.wire.send({ type: 'unask', ask }, [])
    }
  }

  dispose(): void {
    this.asks.clear()
    this.listeners.clear()
    this.openings.clear()
    this.wire.send({ type: 'dispose' }, [])
  }

  /** The thread itself is lost: every run and opening that still goes on ends with that problem. */
  fail(what: string): void {
    this.lost = what
    const listeners = [...this.listeners.values()]
    const openings = [...this.openings.values()]
    const asks = [...this.asks.values()]
    this.listeners.clear()
    this.openings.clear()
    this.asks.clear()
    for (const listener of asks) listener(unanswered(what))
    for (const { listener } of openings) listener(unopened(what))
    for (const listener of listeners) listener.problem({ kind: 'broken', what, lastEvents: [] })
  }

  private receive(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.gallery = message.gallery
        this.galleryListener(message.gallery)
        break
      case 'opened':
        this.answer(message)
        break
      case 'answer': {
        const listener = this.asks.get(message.ask)
        this.asks.delete(message.ask)
        listener?.(message.answer)
        break
      }
      default:
        this.receiveOfRun(message)
    }
  }

  private answer({ opening, opened }: Extract<FromWorker, { type: 'opened' }>): void {
    const asked = this.openings.get(opening)
    if (asked === undefined) return
    this.openings.delete(opening)
    this.ahead = [...asked.ahead]
    asked.listener(opened)
    for (const { run } of this.ahead) this.wire.send({ type: 'stop', run }, [])
    this.ahead = []
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

function unanswered(what: string): Answer {
  return { ok: false, problem: { kind: 'broken', what, lastEvents: [] } }
}
