/** Texts and files from outside become the draft, or a sentence says why not. */
import { draftFrom, tooMuch } from '../../scenario/edit/index.ts'
import type { Draft } from '../../store/draft.ts'
import { textOf } from './files.ts'

export function takeText(draft: Draft, text: string, what?: string): void {
  const made = draftFrom(text, what)
  if (made.ok) draft.replace(made.text, made.assumed)
  else draft.say(made.sentence)
}

export async function takeFile(draft: Draft, file: File): Promise<void> {
  const read = await textOf(file)
  if (read.ok) takeText(draft, read.text, `The file ${file.name.slice(0, 80)}`)
  else draft.say(read.sentence)
}

/** True where a pasted text is not to be put in at the caret: it is a scenario of its own, or too much. */
export function isTakenWhole(text: string): boolean {
  const made = draftFrom(text)
  return tooMuch(text.length) !== undefined || (made.ok && made.kind !== 'scenario')
}
