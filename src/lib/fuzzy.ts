/**
 * Finds a text by some of its letters. Every word of the query has to be found: at the start of a word best, then within
 * one, then as letters in order. Pure; the positions are for showing what matched.
 */
export interface FuzzyMatch {
  /** More is better. */
  readonly score: number
  /** Indices of the letters that matched, ascending. */
  readonly at: readonly number[]
}

const LONGEST_QUERY = 100

export function fuzzy(query: string, text: string): FuzzyMatch | undefined {
  const words = query
    .slice(0, LONGEST_QUERY)
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const lower = text.toLowerCase()
  let score = 0
  const at = new Set<number>()
  for (const word of words) {
    const found = wordIn(word, lower)
    if (found === undefined) return undefined
    score += found.score
    for (const index of found.at) at.add(index)
  }
  return { score: score - text.length / 1000, at: [...at].sort((a, b) => a - b) }
}

function wordIn(word: string, text: string): FuzzyMatch | undefined {
  let best: number | undefined
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + 1)) {
    best ??= from
    if (startsWord(text, from)) return { score: 3 * word.length - from / 1000, at: run(from, word.length) }
  }
  if (best !== undefined) return { score: 2 * word.length - best / 1000, at: run(best, word.length) }
  return lettersIn(word, text)
}

/** The letters in order, each at the start of a word where there is one ahead. */
function lettersIn(word: string, text: string): FuzzyMatch | undefined {
  const at: number[] = []
  let from = 0
  let score = 0
  for (let place = 0; place < word.length; place++) {
    const letter = word[place]!
    let next = text.indexOf(letter, from)
    if (next < 0) return undefined
    for (let other = next; other >= 0; other = text.indexOf(letter, other + 1)) {
      if (!startsWord(text, other) || !isWithin(word.slice(place + 1), text, other + 1)) continue
      next = other
      break
    }
    score += startsWord(text, next) || next === from ? 1 : 0.2
    at.push(next)
    from = next + 1
  }
  return { score, at }
}

function isWithin(letters: string, text: string, from: number): boolean {
  let at = from
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]!)
}

function run(from: number, length: number): number[] {
  return Array.from({ length }, (_, index) => from + index)
}
