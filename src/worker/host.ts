/**
 * The worker's side of the wire: runs lanes beside each other, in slices, and posts what they log.
 *
 * Never runs further ahead than the page's credits allow, one credit a batch, and gives its thread back between slices,
 * so that a stop or a new load is heard at once. Whatever throws becomes one `problem` message.
 */
import { ScenarioError, type Scenario } from '../engine/index.ts'
import { assertNever } from '../lib/assert-never.ts'
import {
  openedFrom,
  type GalleryEntry,
  type Opened,
  type Resolved,
  type ScenarioSource,
} from '../scenario/index.ts'
import type { Batch, FromWorker, RunNumber, ToWorker } from './protocol.ts'
import { type CreateRun, problemOf, type Slice, SliceRunner } from './slice-runner.ts'
import type { Wire } from './wire.ts'

/** Events of a slice: four chunks, some 20 to 40 ms of engine. */
export const SLICE_EVENTS = 32_768

interface Hosted {
  readonly runner: SliceRunner
  credits: number
}

export interface HostOptions {
  readonly createRun: CreateRun
  readonly resolveSource: (source: ScenarioSource) => Resolved
  readonly gallery: readonly GalleryEntry[]
  /** Calls back soon, after waiting messages were heard. */
  readonly defer: (callback: () => void) => void
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
  /** What was resolved last: lanes of one scenario are loaded one after the other. */
  private last: { readonly source: ScenarioSource; readonly resolved: Resolved } | undefined

  constructor(wire: Wire<ToWorker, FromWorker>, options: HostOptions) {
    this.wire = wire
    this.options = options
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
      case 'dispose':
        this.runs.clear()
        break
      default:
        assertNever(message)
    }
    this.wake()
  }

  private load({ run, setup, credits, maxEvents }: Extract<ToWorker, { type: 'load' }>): void {
    try {
      const { source, mode, kernel, seed, actions } = setup
      const scenario = { ...this.scenarioOf(source), seed }
      const started = this.options.createRun({ scenario, mode, kernel, actions })
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

  private scenarioOf(source: ScenarioSource): Scenario {
    const resolved = this.resolve(source)
    if (resolved.ok) return resolved.scenario
    const {
      where = 'the scenario',
      what = 'it cannot be read',
      remedy = 'mend it',
    } = resolved.problems[0] ?? {}
    throw new ScenarioError(where, what, remedy)
  }

  private resolve(source: ScenarioSource): Resolved {
    if (this.last === undefined || !sameSource(this.last.source, source))
      this.last = { source, resolved: this.options.resolveSource(source) }
    return this.last.resolved
  }

  private wake(): void {
    if (this.deferred || this.nextRun() === undefined) return
    this.deferred = true
    this.options.defer(() => {
      this.deferred = false
      this.turn()
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
    const slice = hosted.runner.advance(SLICE_EVENTS)
    this.runs.delete(run)
    if (!slice.ended && slice.problem === undefined) this.runs.set(run, hosted)
    if (slice.batch !== undefined) {
      hosted.credits--
      this.postBatch(run, slice.batch)
    }
    this.postEnd(run, hosted, slice)
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

function sameSource(a: ScenarioSource, b: ScenarioSource): boolean {
  return a.kind === 'gallery'
    ? b.kind === 'gallery' && a.name === b.name
    : b.kind === 'custom' && a.text === b.text
}
