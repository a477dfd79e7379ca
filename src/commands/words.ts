/** Words as a shell splits them: quotes hold together, `;` and line breaks separate commands. Everything typed is hostile. */

export interface Word {
  readonly text: string
  /** Where it stands in what was typed, quotes included. */
  readonly from: number
  readonly to: number
}

export interface Split {
  readonly words: readonly Word[]
  /** A quote that is never closed. */
  readonly open: boolean
}

/** Words of one command. `>` is a word of its own, with or without blanks around it. */
export function splitWords(text: string): Split {
  const words: Word[] = []
  let at = 0
  let open = false
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++
      continue
    }
    const from = at
    if (text[at] === '>') {
      words.push({ text: '>', from, to: ++at })
      continue
    }
    let word = ''
    while (at < text.length && !/[\s>]/.test(text[at]!)) {
      const letter = text[at++]!
      if (letter === '\\' && at < text.length) word += text[at++]!
      else if (letter === '"' || letter === "'") {
        const end = text.indexOf(letter, at)
        open ||= end < 0
        word += text.slice(at, end < 0 ? text.length : end)
        at = end < 0 ? text.length : end + 1
      } else word += letter
    }
    words.push({ text: word, from, to: at })
  }
  return { words, open }
}

/** Commands between `;`, `&&` and line breaks that stand in no quotes. */
export function splitCommands(text: string): string[] {
  const commands: string[] = []
  let from = 0
  let quote: string | undefined
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (quote !== undefined) {
      if (letter === quote) quote = undefined
    } else if (letter === '\\') at++
    else if (letter === '"' || letter === "'") quote = letter
    else {
      const separator = /^(?:;|&&|\r?\n)/.exec(text.slice(at, at + 2))?.[0]
      if (separator === undefined) continue
      commands.push(text.slice(from, at))
      from = at + separator.length
      at = from - 1
    }
  }
  commands.push(text.slice(from))
  return commands
    .map((command) => command.trim())
    .filter((command) => command !== '' && !command.startsWith('#'))
}

/** A word as one would type it: in quotes where a shell would take it apart. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word}"`
}
