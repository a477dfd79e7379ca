/** A walk over the words of a table line that notes what each of them stands for. */

export type TokenRole =
  'gap' | 'place' | 'target' | 'count' | 'feature' | 'value' | 'handler' | 'selector' | 'device' | 'unread'

export interface Word {
  readonly text: string
  readonly start: number
}

export interface WordFault {
  /** From 1; absent where the line ends too early. */
  readonly word?: number
  readonly what: string
  readonly remedy: string
}

export function splitWords(line: string): Word[] {
  return Array.from(line.matchAll(/\S+/g), (found) => ({ text: found[0], start: found.index }))
}

export class Walk {
  readonly words: readonly Word[]
  readonly told: { readonly role: TokenRole; readonly meaning: string }[] = []
  private readonly counts = new Map<number, number>()
  private stopped = false
  private firstFault: WordFault | undefined

  constructor(words: readonly Word[]) {
    this.words = words
  }

  get fault(): WordFault | undefined {
    return this.firstFault
  }

  isOver(): boolean {
    return this.stopped || this.told.length >= this.words.length
  }

  /** The next word, undefined at the end. */
  peek(ahead = 0): string | undefined {
    return this.words[this.told.length + ahead]?.text
  }

  say(role: TokenRole, meaning: string): string | undefined {
    const text = this.peek()
    if (text !== undefined && !this.stopped) this.told.push({ role, meaning })
    return text
  }

  /** The same for a word that stands there because word number `count` counts it. */
  sayCounted(count: number, role: TokenRole, meaning: string): void {
    this.counts.set(this.told.length + 1, count)
    this.say(role, meaning)
  }

  /** A count, and the number of its word; anything else than a number ends the reading. */
  count(meaning: (count: number) => string, most: number): { readonly value: number; readonly word: number } {
    const text = this.peek()
    const value = /^\d{1,9}$/.test(text ?? '') ? Number(text) : -1
    this.say('count', meaning(Math.max(0, value)))
    if (value < 0 || value > most) this.stopped = true
    return { value: this.stopped ? 0 : value, word: this.told.length }
  }

  /** The word told last is wrong. */
  refuse(what: string, remedy: string): void {
    this.refuseWord(this.told.length, what, remedy)
  }

  refuseWord(word: number, what: string, remedy: string): void {
    this.firstFault ??= { word, what, remedy }
  }

  endsEarly(expected: string): void {
    this.firstFault ??= {
      what: `the line ends after word ${this.told.length}`,
      remedy: `next must come ${expected}`,
    }
  }

  /** The word that counts this one, where there is one. */
  countOf(word: number): number | undefined {
    return this.counts.get(word)
  }
}
