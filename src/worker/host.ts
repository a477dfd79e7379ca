/**
 * The worker's side of the wire: runs lanes beside each other, in slices, and posts what they log.
 *
 * Never runs further ahead than the page's credits allow, one credit a batch, and gives its thread back between slices,
 * so that a stop or a new load is heard at once. Whatever throws becomes one `problem` message.
 */
import { type RunInput, type Scenario, ScenarioError } from '../engine/index.ts'
import { assertNever } from '../lib/assert-never.ts'
import {
  openedFrom,
  type GalleryEntry,
  type LaneChanges,
  type Opened,
  type Resolved,
  type ScenarioSource,
} from '../scenario/index.ts'
import { type AskedRun, Asking } from './asking.ts'
import { problemOf } from './problem.ts'
import type { Batch, FromWorker, RunNumber, RunSetup, ToWorker } from './protocol.ts'
import { type CreateRun, type Slice, SliceRunner } from './slice-runner.ts'
import type { Wire } from './wire.ts'

/** Events of a slice: four chunks, some 20 to 40 ms of engine on a quick machine. */
export const SLICE_EVENTS = 32_768
/** On a slow one a slice ends after this long, so that messages are heard within 50 ms. */
const SLICE_MS = 25
/** A question gets less of the thread than a lane, in pieces of so many events. */
const ASK_MS = 12
const ASK_EVENTS = 2048
/** Resolved scenarios that are kept: the lanes of one, in some variants. */
const MAX_RESOLVED = 8

interface Hosted {
  readonly runner: SliceRunner
  credits: number
}

export interface HostOptions {
  readonly createRun: CreateRun
  readonly createAsked: (input: RunInput) => AskedRun
  /** `kernel` stands in for the one that the source names. */
  readonly resolveSource: (source: ScenarioSource, kernel?: string, changes?: LaneChanges) => Resolved
  readonly gallery: readonly GalleryEntry[]
  /** Calls back soon, after waiting messages were heard. */
  readonly defer: (callback: () => void) => void
  /** Milliseconds of a steady clock. */
  readonly nowMs: () => number
}

export function serve(wire: Wire<ToWorker, FromWorker>, options: HostOptions): void {
  const host = new Host(wire, options)
  wire.listen((message) => host.receive(message))
  wire.send({ type: 'ready', gallery: options.gallery }, [])
}

class Host {
  private readonly wire: Wire<ToWorker, FromWorker>
  private readonly options: HostOptions
  /** In the order of their turns. */
  private readonly runs = new Map<RunNumber, Hosted>()
  private deferred = false
  private readonly asking: Asking
  /** What was resolved last: lanes of one scenario are loaded one after the other. */
  private readonly resolved = new Map<string, Resolved>()

  constructor(wire: Wire<ToWorker, FromWorker>, options: HostOptions) {
    this.wire = wire
    this.options = options
    const { createAsked } = options
    this.asking = new Asking({ createAsked, inputOf: (setup) => this.inputOf(setup) })
  }

  receive(message: ToWorker): void {
    switch (message.type) {
      case 'open':
        this.open(message)
        break
      case 'load':
        this.load(message)
        break
      case 'credit': {
        const hosted = this.runs.get(message.run)
        if (hosted !== undefined) hosted.credits += message.batches
        break
      }
      case 'stop':
        this.runs.delete(message.run)
        break
      case 'ask': {
        const { ask, asked } = message
        const refusal = this.asking.ask(ask, asked)
        if (refusal !== undefined) this.wire.send({ type: 'answer', ask, answer: refusal }, [])
        break
      }
      case 'unask':
        this.asking.unask(message.ask)
        break
      case 'dispose':
        this.runs.clear()
        this.asking.clear()
        break
      default:
        assertNever(message)
    }
    this.wake()
  }

  private load({ run, setup, credits, maxEvents }: Extract<ToWorker, { type: 'load' }>): void {
    try {
      const started = this.options.createRun(this.inputOf(setup))
      this.runs.set(run, { runner: new SliceRunner(started, maxEvents), credits })
      this.wire.send({ type: 'header', run, header: started.header }, [])
    } catch (error) {
      this.wire.send({ type: 'problem', run, problem: problemOf(error, []) }, [])
    }
  }

  private open({ opening, source }: Extract<ToWorker, { type: 'open' }>): void {
    let opened: Opened
    try {
      opened = openedFrom(this.resolve(source))
    } catch (error) {
      opened = { ok: false, notice: problemOf(error, []).what, problems: [] }
    }
    this.wire.send({ type: 'opened', opening, opened }, [])
  }

  private inputOf({ source, mode, kernel, seed, actions, changes }: RunSetup): RunInput {
    const scenario = { ...this.scenarioOf(source, kernel, changes), seed }
    return { scenario, mode, kernel, actions }
  }

  private scenarioOf(source: ScenarioSource, kernel: string, changes: LaneChanges | undefined): Scenario {
    const resolved = this.resolve(source, kernel, changes)
    if (resolved.ok) return resolved.scenario
    const {
      where = 'the scenario',
      what = 'it cannot be read',
      remedy = 'mend it',
    } = resolved.problems[0] ?? {}
    throw new ScenarioError(where, what, remedy)
  }

  private resolve(source: ScenarioSource, kernel?: string, changes?: LaneChanges): Resolved {
    const key = keyOf(source, kernel, changes)
    let resolved = this.resolved.get(key)
    if (resolved === undefined) {
      resolved = this.options.resolveSource(source, kernel, changes)
      if (this.resolved.size >= MAX_RESOLVED) this.resolved.clear()
      this.resolved.set(key, resolved)
      // as a lane names it that runs on the scenario's own kernel
      if (resolved.ok) this.resolved.set(keyOf(source, resolved.scenario.kernel, changes), resolved)
    }
    return resolved
  }

  private wake(): void {
    if (this.deferred || (this.nextRun() === undefined && !this.asking.waits)) return
    this.deferred = true
    this.options.defer(() => {
      this.deferred = false
      this.turn()
      this.turnOfQuestion()
      this.wake()
    })
  }

  private nextRun(): RunNumber | undefined {
    for (const [run, hosted] of this.runs) if (hosted.credits > 0) return run
    return undefined
  }

  /** One slice of the run whose turn it is; it goes to the end of the line. */
  private turn(): void {
    const run = this.nextRun()
    if (run === undefined) return
    const hosted = this.runs.get(run)!
    const slice = hosted.runner.advance(SLICE_EVENTS, this.alarm(SLICE_MS))
    this.runs.delete(run)
    if (!slice.ended && slice.problem === undefined) this.runs.set(run, hosted)
    if (slice.batch !== undefined) {
      hosted.credits--
      this.postBatch(run, slice.batch)
    }
    this.postEnd(run, hosted, slice)
  }

  private alarm(ms: number): () => boolean {
    const { nowMs } = this.options
    const untilMs = nowMs() + ms
    return () => nowMs() >= untilMs
  }

  /** One slice of the question whose turn it is, between slices of lanes. */
  private turnOfQuestion(): void {
    const timeIsUp = this.alarm(ASK_MS)
    const done = this.asking.turn(ASK_EVENTS, timeIsUp)
    if (done !== undefined) this.wire.send({ type: 'answer', ...done }, [])
  }

  private postBatch(run: RunNumber, batch: Batch): void {
    this.wire.send(
      { type: 'batch', run, batch },
      batch.chunks.map((chunk) => chunk.buffer),
    )
  }

  private postEnd(run: RunNumber, hosted: Hosted, slice: Slice): void {
    if (slice.problem !== undefined) this.wire.send({ type: 'problem', run, problem: slice.problem }, [])
    else if (slice.ended) this.wire.send({ type: 'ended', run, result: hosted.runner.run.result() }, [])
  }
}

function keyOf(source: ScenarioSource, kernel: string | undefined, changes: LaneChanges | undefined): string {
  return JSON.stringify([source, kernel, changes])
}
