/**
 * The console: what was typed, what it did or was answered, and the history of lines. A question is answered by the
 * engine for one lane at the playhead; an act makes a branch.
 */
import { parseCommand } from '../commands/index.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SimNs } from '../lib/brands.ts'
import type { SafeStorage } from '../lib/safe-storage.ts'
import type { Answer, Question } from '../worker/protocol.ts'
import type { Acting } from './acting.ts'
import type { LaneIndex } from './state.ts'

export interface ConsoleEntry {
  readonly id: number
  readonly lane: LaneIndex
  readonly atNs: SimNs
  readonly typed: string
  /** `acted` may become `refused` when the run has come that far; text says why. `cancelled`: nobody waits for the answer any more. */
  readonly state: 'waiting' | 'acted' | 'answered' | 'refused' | 'cancelled'
  readonly text: string
}

export interface ConsoleState {
  readonly entries: readonly ConsoleEntry[]
  /** Lines typed before, the newest last; kept from visit to visit. */
  readonly history: readonly string[]
}

export type ConsoleStore = StoreApi<ConsoleState>

export interface ConsoleInput {
  readonly acting: Acting
  readonly storage: SafeStorage
  readonly ask: (
    lane: LaneIndex,
    question: Question,
    atNs: SimNs,
    listener: (answer: Answer) => void,
  ) => () => void
}

const KEY = 'bioscope.console'
const MAX_HISTORY = 200
const MAX_LINE = 2000
const MAX_ENTRIES = 500

export class Console {
  readonly store: ConsoleStore
  private readonly input: ConsoleInput
  private readonly cancels = new Map<number, () => void>()
  private lastId = 0

  constructor(input: ConsoleInput) {
    this.input = input
    this.store = createStore(() => ({ entries: [], history: keptHistory(input.storage.read(KEY)) }))
  }

  /** Carries a typed text out for one lane: asks at a moment, acts right after what is shown. */
  enter(typed: string, lane: LaneIndex, at: { readonly askNs: SimNs; readonly actNs: SimNs }): void {
    const { acting } = this.input
    const id = this.begin({ lane, atNs: at.askNs, typed })
    const parsed = parseCommand(typed, acting.world)
    switch (parsed.kind) {
      case 'wrong':
        this.end(id, 'refused', parsed.sentence)
        break
      case 'tells':
        this.end(id, 'answered', parsed.text)
        break
      case 'acts': {
        const acted = acting.do(parsed.steps, parsed.command, at.actNs, lane)
        if (!acted.ok) this.end(id, 'refused', acted.sentence)
        else {
          this.end(id, 'acted', '')
          void acted.verdict.then(({ refusal }) => {
            if (refusal !== undefined) this.end(id, 'refused', refusal)
          })
        }
        break
      }
      case 'asks':
        this.ask(id, lane, parsed.question, at.askNs)
    }
  }

  private ask(id: number, lane: LaneIndex, question: Question, atNs: SimNs): void {
    this.cancels.set(id, () => undefined)
    const cancel = this.input.ask(lane, question, atNs, (answer) => this.answered(id, answer))
    if (this.cancels.has(id)) this.cancels.set(id, cancel)
  }

  /** Gives up waiting for an answer. */
  cancel(id: number): void {
    this.cancels.get(id)?.()
    if (this.cancels.delete(id)) this.end(id, 'cancelled', '')
  }

  /** Empties the screen; the history stays. */
  clear(): void {
    for (const id of [...this.cancels.keys()]) this.cancel(id)
    this.store.setState({ entries: [] })
  }

  private begin(entry: Pick<ConsoleEntry, 'lane' | 'atNs' | 'typed'>): number {
    const id = ++this.lastId
    this.store.setState(({ entries, history }) => ({
      entries: [...entries, { ...entry, id, state: 'waiting' as const, text: '' }].slice(-MAX_ENTRIES),
      history: withLine(history, entry.typed),
    }))
    this.input.storage.write(KEY, JSON.stringify(this.store.getState().history))
    return id
  }

  private answered(id: number, answer: Answer): void {
    if (!this.cancels.delete(id)) return
    if (answer.ok) this.end(id, 'answered', answer.text)
    else {
      const { problem } = answer
      this.end(id, 'refused', problem.kind === 'broken' ? problem.what : `${problem.what}; ${problem.remedy}`)
    }
  }

  private end(id: number, state: ConsoleEntry['state'], text: string): void {
    this.store.setState(({ entries }) => ({
      entries: entries.map((entry) => (entry.id === id ? { ...entry, state, text } : entry)),
    }))
  }
}

/** A line that is typed twice in a row is kept once; very long ones are not kept. */
export function withLine(history: readonly string[], line: string): readonly string[] {
  const kept = line.trim()
  if (kept === '' || kept.length > MAX_LINE || history.at(-1) === kept) return history
  return [...history, kept].slice(-MAX_HISTORY)
}

/** What a kept text says, as far as it makes sense. */
export function keptHistory(text: string | undefined): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    if (!Array.isArray(value)) return []
    return value
      .filter((line): line is string => typeof line === 'string' && line.length <= MAX_LINE)
      .slice(-MAX_HISTORY)
  } catch {
    return []
  }
}
