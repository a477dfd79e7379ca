/**
 * The scenario that somebody is writing: its text, with undo; what the worker says of it; a copy in storage, so that
 * nothing is lost when the page is left.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { edited, historyOf, redone, undone, type History } from '../lib/history.ts'
import type { SafeStorage } from '../lib/safe-storage.ts'
import type { Opened, ScenarioSource } from '../scenario/index.ts'

type Problems = Extract<Opened, { ok: false }>['problems']
export type DraftProblem = Problems[number]

export type Verdict =
  | { readonly kind: 'reading' }
  /** What was filled in stands in `defaulted`. */
  | { readonly kind: 'runs' }
  | { readonly kind: 'refused'; readonly notice: string; readonly problems: Problems }

export interface DraftState {
  readonly history: History
  /** What it began as, and what that is called. */
  readonly basis: { readonly text: string; readonly title: string }
  readonly verdict: Verdict
  /** Values that the file leaves out, by place, of the last text that could run. */
  readonly defaulted: ReadonlyMap<string, unknown>
  readonly notice: DraftNotice | undefined
}

/** One sentence, about where the text came from or about something that could not be done. */
export interface DraftNotice {
  readonly sentence: string
  /** The text is not that of the scenario that is shown, which may be had instead. */
  readonly isOther: boolean
}

export interface DraftInput {
  readonly check: (source: ScenarioSource, take: (opened: Opened) => void) => void
  readonly storage: SafeStorage
  /** Calls once after a while; returns what prevents it. */
  readonly later: (run: () => void, ms: number) => () => void
  readonly nowMs: () => number
}

const KEY = 'bioscope.draft'
/** A pause in typing. */
const PAUSE_MS = 180
const READING: Verdict = { kind: 'reading' }

export class Draft {
  readonly store: StoreApi<DraftState>
  private readonly input: DraftInput
  private prevent: () => void = () => undefined
  private checks = 0

  constructor(input: DraftInput) {
    this.input = input
    this.store = createStore<DraftState>(() => ({
      history: historyOf(''),
      basis: { text: '', title: '' },
      verdict: READING,
      defaulted: new Map<string, unknown>(),
      notice: undefined,
    }))
  }

  get text(): string {
    return this.store.getState().history.now
  }

  /** True while the text is neither what it began as nor was it run. */
  get changed(): boolean {
    return this.text !== this.store.getState().basis.text
  }

  /**
   * Begins with the scenario that is shown, unless there is a draft of another: that one stays, or comes back from
   * storage, and a notice says so.
   */
  begin(text: string, title: string): void {
    const { basis, notice: before } = this.store.getState()
    if (this.text !== '' && basis.title === '') {
      this.take(this.text, { text, title }, before)
      return
    }
    const kept = this.text === '' ? readKept(this.input.storage.read(KEY)) : undefined
    const draft = kept ?? (this.changed ? { text: this.text, title: basis.title } : undefined)
    if (draft === undefined || draft.text === text) {
      this.take(text, { text, title }, undefined)
      return
    }
    const whose = draft.title === title ? 'it' : `“${draft.title}”`
    const sentence = `Your changes to ${whose} are still here; they have not been run.`
    this.take(draft.text, { text, title }, { sentence, isOther: true })
  }

  /** @param key What is edited; edits of the same soon after each other are undone together. */
  edit(text: string, key?: string): void {
    const { history } = this.store.getState()
    this.become(edited(history, text, key, this.input.nowMs()))
  }

  /** Another text in its place, which can be undone. */
  replace(text: string, sentence = ''): void {
    this.edit(text)
    this.say(sentence)
  }

  /** An empty sentence takes the one before away. */
  say(sentence: string): void {
    this.store.setState({ notice: sentence === '' ? undefined : { sentence, isOther: false } })
  }

  undo(): void {
    this.become(undone(this.store.getState().history))
  }

  redo(): void {
    this.become(redone(this.store.getState().history))
  }

  /** To what it began as. */
  reset(): void {
    this.replace(this.store.getState().basis.text)
  }

  /** It is what is shown now. */
  wasRun(title: string): void {
    this.store.setState({ basis: { text: this.text, title }, notice: undefined })
    this.keep()
  }

  private take(text: string, basis: DraftState['basis'], notice: DraftNotice | undefined): void {
    const { history } = this.store.getState()
    const next = this.text === '' ? historyOf(text) : edited(history, text, undefined, this.input.nowMs())
    this.store.setState({ history: next, basis, notice })
    this.check()
    this.keep()
  }

  private become(history: History): void {
    if (history === this.store.getState().history) return
    this.store.setState({ history, verdict: READING })
    this.prevent()
    this.prevent = this.input.later(() => {
      this.check()
      this.keep()
    }, PAUSE_MS)
  }

  private check(): void {
    const check = ++this.checks
    this.input.check({ kind: 'custom', text: this.text }, (opened) => {
      if (check === this.checks) this.hear(opened)
    })
  }

  private hear(opened: Opened): void {
    if (opened.ok) {
      const defaulted = new Map(opened.defaulted.map(({ path, value }) => [path, value]))
      this.store.setState({ verdict: { kind: 'runs' }, defaulted })
    } else
      this.store.setState({ verdict: { kind: 'refused', notice: opened.notice, problems: opened.problems } })
  }

  /** Writes at once what is not yet in storage: the page is being left. */
  keep(): void {
    const { title } = this.store.getState().basis
    this.input.storage.write(KEY, this.changed ? JSON.stringify({ text: this.text, title }) : '')
  }
}

function readKept(kept: string | undefined): { readonly text: string; readonly title: string } | undefined {
  try {
    const value: unknown = JSON.parse(kept ?? '')
    if (typeof value !== 'object' || value === null) return undefined
    const { text, title } = value as { readonly text?: unknown; readonly title?: unknown }
    return typeof text === 'string' && text !== '' ? { text, title: String(title) } : undefined
  } catch {
    return undefined
  }
}
