/** Texts in and out of the page: from a file, as a file, as a link. Nothing is sent anywhere. */
import { tooMuch } from '../../scenario/edit/index.ts'

export type FileText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly sentence: string }

/** Bytes are at least as many as characters, so a file too large is refused before it is read. */
export async function textOf(file: File): Promise<FileText> {
  const what = `The file ${file.name.slice(0, 80)}`
  const sentence = tooMuch(Math.ceil(file.size / MOST_BYTES_OF_A_LETTER), what)
  if (sentence !== undefined) return { ok: false, sentence }
  try {
    const text = await file.text()
    const binary = text.slice(0, 4000).includes('\u0000')
    return binary
      ? { ok: false, sentence: `${what} is not a text. Nothing was changed.` }
      : { ok: true, text }
  } catch {
    return { ok: false, sentence: `${what} could not be read. Nothing was changed.` }
  }
}

/** In UTF-8; a text of plain letters is refused by its characters once it is read. */
const MOST_BYTES_OF_A_LETTER = 3

export function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60) || 'scenario'}.json`
  link.click()
  URL.revokeObjectURL(url)
}

/** False where the browser gives no access: the page was not opened by https or from this machine. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
