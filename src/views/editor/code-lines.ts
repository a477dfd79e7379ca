/** Lines of a text in a fixed-pitch area: which are seen, and where a mark lies. */

export interface CodeMark {
  /** Both from 1. */
  readonly line: number
  readonly column: number
  readonly text: string
}

export interface PlacedMark {
  readonly line: number
  /** In letters from the left, tabs counted as wide as they are shown. */
  readonly from: number
  readonly width: number
  readonly text: string
}

export const TAB_WIDTH = 2

export function lineCount(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** Offset of the first letter of a line, the text's end where it has fewer. */
export function lineStart(text: string, line: number): number {
  let at = 0
  for (let left = line - 1; left > 0; left--) {
    const next = text.indexOf('\n', at)
    if (next < 0) return text.length
    at = next + 1
  }
  return at
}

export function offsetOf(text: string, line: number, column: number): number {
  const start = lineStart(text, line)
  const end = text.indexOf('\n', start)
  return Math.min(start + column - 1, end < 0 ? text.length : end)
}

/** Under the word at the mark, or one letter where there is none. */
export function placeMark(text: string, { line, column, text: words }: CodeMark): PlacedMark {
  const start = lineStart(text, line)
  const offset = offsetOf(text, line, column)
  const word = /^(?:"(?:[^"\\\n]|\\.){0,400}"|[\w.:-]+)/.exec(text.slice(offset, offset + 410))?.[0] ?? ' '
  return { line, from: shownWidth(text.slice(start, offset)), width: shownWidth(word), text: words }
}

function shownWidth(text: string): number {
  let width = 0
  for (const letter of text) width += letter === '\t' ? TAB_WIDTH - (width % TAB_WIDTH) : 1
  return width
}

/** Lines that are seen, and some around them. */
export function seenLines(
  scrollPx: number,
  heightPx: number,
  linePx: number,
  lines: number,
): readonly [from: number, to: number] {
  const spare = 20
  const from = Math.max(1, Math.floor(scrollPx / linePx) - spare)
  return [from, Math.min(lines, Math.ceil((scrollPx + heightPx) / linePx) + spare)]
}
