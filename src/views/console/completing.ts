/** What Tab makes of a line: the word that fits, as much as all that fit have in common, and the list of them. Pure. */
import { complete, type Completion, type World } from '../../commands/index.ts'

export interface Completed {
  readonly text: string
  readonly cursor: number
  /** The words that may stand there; none where one was put in. */
  readonly offered: Completion | undefined
}

export function completed(text: string, cursor: number, world: World | undefined): Completed {
  const found = complete(text, cursor, world)
  const [first, ...others] = found.words
  if (first === undefined) return { text, cursor, offered: undefined }
  if (others.length === 0) return { ...withWord(text, found, first.text), offered: undefined }
  const typed = text.slice(found.from, found.to).replace(/^["']/, '')
  const shared = found.words.reduce((start, { text: word }) => common(start, bare(word)), bare(first.text))
  if (shared.length <= typed.length) return { text, cursor, offered: found }
  const next = text.slice(0, found.from) + shared + text.slice(found.to)
  const at = found.from + shared.length
  return { text: next, cursor: at, offered: complete(next, at, world) }
}

/** The line with a chosen word, ready for the next one. */
export function withWord(
  text: string,
  { from, to }: Pick<Completion, 'from' | 'to'>,
  word: string,
): { readonly text: string; readonly cursor: number } {
  const space = word.endsWith('=') || text.slice(to).startsWith(' ') ? '' : ' '
  return {
    text: text.slice(0, from) + word + space + text.slice(to),
    cursor: from + word.length + space.length,
  }
}

/** A quote opens a word that has blanks in it; it is typed or put in, and never compared. */
function bare(word: string): string {
  return word.replace(/^["']/, '')
}

function common(a: string, b: string): string {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return a.slice(0, length)
}
