/** The text as a document, and what the form does to it. */
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { readJson, spellPath, type JsonText } from '../../lib/json-text.ts'
import {
  factsOf,
  printScenario,
  tableContext,
  tableProblem,
  withInserted,
  withMoved,
  withValue,
} from '../../scenario/edit/index.ts'
import type { Draft, DraftProblem, Verdict } from '../../store/draft.ts'
import type { CaretWish } from './CodeArea.tsx'
import type { Editing, Path } from './editing.ts'

export interface Document {
  readonly read: JsonText
  /** Undefined while the text is no JSON. */
  readonly editing: Editing | undefined
  readonly problems: readonly DraftProblem[]
  readonly verdict: Verdict
}

export function useDocument(draft: Draft, goTo: (wish: CaretWish) => void): Document {
  const { history, verdict: said, defaulted } = useStore(draft.store)
  const text = history.now
  const read = useMemo(() => readJson(text), [text])
  const facts = useMemo(() => (read.ok ? factsOf(read.value) : undefined), [read])
  const verdict = useMemo((): Verdict => {
    if (said.kind !== 'runs' || !read.ok || facts === undefined) return said
    const found = tableProblem(read.value, tableContext(facts, false))
    if (found === undefined) return said
    return { kind: 'refused', notice: found.what, problems: [{ ...found, ...read.placeOf(found.path) }] }
  }, [said, read, facts])
  const problems = verdict.kind === 'refused' ? verdict.problems : NONE
  const editing = useMemo((): Editing | undefined => {
    if (!read.ok || facts === undefined) return undefined
    const { value, placeOf } = read
    const put = (changed: unknown, key?: string): void => draft.edit(printScenario(changed), key)
    return {
      document: value,
      facts,
      change: (path, changed) => {
        put(withValue(value, path, changed), changed === undefined ? undefined : path.join('.'))
      },
      insert: (list, at, inserted) => put(withInserted(value, list, at, inserted)),
      move: (list, from, to) => put(withMoved(value, list, from, to)),
      hint: (path) => defaulted.get(spellPath(path)),
      problemsAt: (path) => problems.filter((one) => spellPath(one.path) === spellPath(path)),
      goTo: (path: Path) => goTo(placeOf(path)),
    }
  }, [read, facts, draft, defaulted, problems, goTo])
  return { read, editing, problems, verdict }
}

const NONE: readonly never[] = []
