/**
 * Questions to the machine of a lane at a moment: a run of the same setup goes there silently, a slice at a time, and is
 * asked. The last runs stay where they are, so that a later moment of the same lane is reached from there.
 */
import type { RunInput } from '../engine/index.ts'
import type { AskNumber, Answer, Asked, RunSetup } from './protocol.ts'
import { problemOf } from './problem.ts'

/** What is needed of a run that can be asked. */
export interface AskedRun {
  /** Simulated time up to which everything has happened. */
  readonly reachedNs: number
  advanceTo(timeNs: number, maxEvents: number): 'there' | 'running' | 'ended'
  /** iostat counts from here on. */
  mark(): void
  answer(question: Asked['question']): string
}

export interface AskingOptions {
  readonly createAsked: (input: RunInput) => AskedRun
  readonly inputOf: (setup: RunSetup) => RunInput
}

interface Pending {
  readonly ask: AskNumber
  readonly asked: Asked
  run: AskedRun | undefined
  /** Where the run has to be marked before it goes on; undefined when that is done, or not wanted. */
  markNs: number | undefined
}

/** One for each lane. */
const KEPT_RUNS = 3
/** More questions at once are refused: nobody reads the answers. */
const MAX_PENDING = 16
/** A run that has logged this much on its way is given up. */
const MAX_EVENTS = 20_000_000

export class Asking {
  private readonly options: AskingOptions
  private readonly pending: Pending[] = []
  private readonly kept = new Map<string, AskedRun>()
  private eventsOfFirst = 0

  constructor(options: AskingOptions) {
    this.options = options
  }

  get waits(): boolean {
    return this.pending.length > 0
  }

  /** Undefined, or the answer that needs no work. */
  ask(ask: AskNumber, asked: Asked): Answer | undefined {
    if (this.pending.length >= MAX_PENDING)
      return refusal('the console', `${MAX_PENDING} questions wait already`, 'wait for an answer')
    const { question, at_ns: atNs } = asked
    const interval = question.ask === 'iostat' ? question.interval_ns : undefined
    const markNs = interval === undefined ? undefined : Math.max(0, atNs - interval)
    this.pending.push({ ask, asked, run: undefined, markNs })
    return undefined
  }

  unask(ask: AskNumber): void {
    const at = this.pending.findIndex((one) => one.ask === ask)
    if (at < 0) return
    if (at === 0) this.eventsOfFirst = 0
    this.pending.splice(at, 1)
  }

  clear(): void {
    this.pending.length = 0
    this.kept.clear()
  }

  /** Works on the first question, so many events at a time, until its time is up; the answer when it is done. */
  turn(
    sliceEvents: number,
    timeIsUp: () => boolean,
  ): { readonly ask: AskNumber; readonly answer: Answer } | undefined {
    const [first] = this.pending
    if (first === undefined) return undefined
    let answer: Answer | undefined
    try {
      do answer = this.work(first, sliceEvents)
      while (answer === undefined && !timeIsUp())
    } catch (error) {
      this.kept.delete(keyOf(first.asked.setup))
      answer = { ok: false, problem: problemOf(error, []) }
    }
    if (answer === undefined) return undefined
    this.unask(first.ask)
    return { ask: first.ask, answer }
  }

  private work(first: Pending, sliceEvents: number): Answer | undefined {
    const { asked } = first
    first.run ??= this.runFor(first)
    const { run } = first
    const goalNs = first.markNs ?? asked.at_ns
    this.eventsOfFirst += sliceEvents
    const state = run.advanceTo(goalNs, sliceEvents)
    if (state === 'running') {
      if (this.eventsOfFirst < MAX_EVENTS) return undefined
      return refusal('the moment', `more than ${MAX_EVENTS} events lie before it`, 'ask about an earlier one')
    }
    if (first.markNs !== undefined) {
      run.mark()
      first.markNs = undefined
      return undefined
    }
    return { ok: true, text: run.answer(asked.question) }
  }

  /** A kept run that is not past what is asked, or a new one. */
  private runFor({ asked, markNs }: Pending): AskedRun {
    const key = keyOf(asked.setup)
    const kept = this.kept.get(key)
    this.kept.delete(key)
    const fits = kept !== undefined && kept.reachedNs <= (markNs ?? asked.at_ns)
    const run = fits ? kept : this.options.createAsked(this.options.inputOf(asked.setup))
    this.kept.set(key, run)
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT_RUNS) break
      this.kept.delete(oldest)
    }
    return run
  }
}

function keyOf(setup: RunSetup): string {
  return JSON.stringify(setup)
}

function refusal(where: string, what: string, remedy: string): Answer {
  return { ok: false, problem: { kind: 'scenario', where, what, remedy } }
}
