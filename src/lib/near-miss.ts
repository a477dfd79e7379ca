/** Finds the word somebody probably meant. Words here are short, so the plain quadratic table is fast enough. */

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const here = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let best = Math.min(above[column]! + 1, here[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) best = Math.min(best, before[column - 2]! + 1)
      here.push(best)
    }
    before = above
    above = here
  }
  return above[b.length]!
}

/** Nobody types more than this in one word; longer input is no near miss of anything. */
const LONGEST_WORD = 64

/** The known word nearest to `word`, if it is near: one slip in three letters, and at least one. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `did you mean "X"?` where there is a near word, else `write A, B or C`. */
export function suggest(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near === undefined ? `write ${listed(known)}` : `did you mean "${near}"?`
}

/** `"a", "b" or "c"` */
export function listed(words: readonly string[], last = 'or'): string {
  const quoted = words.map((word) => `"${word}"`)
  if (quoted.length < 2) return quoted.join('')
  return `${quoted.slice(0, -1).join(', ')} ${last} ${quoted[quoted.length - 1]!}`
}
