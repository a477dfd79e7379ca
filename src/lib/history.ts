/** Texts that were, the one that is, and those that were undone. Pure; small edits in one place soon after each other are one step. */
export interface History {
  readonly past: readonly string[]
  readonly now: string
  readonly future: readonly string[]
  /** What was edited last, and when: the next edit of the same may join it. */
  readonly last: { readonly key: string; readonly atMs: number } | undefined
}

const JOIN_MS = 1500
const MOST_STEPS = 300
/** Characters of all that is kept. */
const MOST_KEPT = 8_000_000

export function historyOf(text: string): History {
  return { past: [], now: text, future: [], last: undefined }
}

/** @param key What is edited, such as a field's path; undefined never joins. */
export function edited(history: History, text: string, key: string | undefined, nowMs: number): History {
  if (text === history.now) return history
  const last = key === undefined ? undefined : { key, atMs: nowMs }
  const before = history.last
  const joins = before !== undefined && before.key === key && nowMs - before.atMs <= JOIN_MS
  const past = joins && history.past.length > 0 ? history.past : trimmed([...history.past, history.now])
  return { past, now: text, future: [], last }
}

export function undone(history: History): History {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
    last: undefined,
  }
}

export function redone(history: History): History {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.now], now: next, future, last: undefined }
}

function trimmed(past: readonly string[]): readonly string[] {
  let kept = 0
  let from = past.length
  while (from > 0 && past.length - from < MOST_STEPS && kept + past[from - 1]!.length <= MOST_KEPT)
    kept += past[--from]!.length
  return past.slice(from)
}
