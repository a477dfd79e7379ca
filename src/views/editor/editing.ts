/** What the parts of the form share: the document, how to change it, what is said about its places. */
import { createContext, useContext, type Context } from 'react'
import type { DraftFacts } from '../../scenario/edit/index.ts'
import type { DraftProblem } from '../../store/draft.ts'

export type Path = readonly (string | number)[]

export interface Editing {
  readonly document: unknown
  readonly facts: DraftFacts
  /** Sets a value; undefined takes it out. */
  readonly change: (path: Path, value: unknown) => void
  readonly insert: (list: Path, at: number, value: unknown) => void
  readonly move: (list: Path, from: number, to: number) => void
  /** What stands there where the file says nothing. */
  readonly hint: (path: Path) => unknown
  /** Problems of exactly that place. */
  readonly problemsAt: (path: Path) => readonly DraftProblem[]
  /** Shows the place in the text. */
  readonly goTo: (path: Path) => void
}

/** A value that fits on a line; empty for what is none. */
export function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

export const EditingContext: Context<Editing | undefined> = createContext<Editing | undefined>(undefined)

export function useEditing(): Editing {
  const editing = useContext(EditingContext)
  if (editing === undefined) throw new Error('a part of the form stands outside the editor')
  return editing
}
