/** The words of a table line, taken one by one; every complaint names the word and its number. */
import { ScenarioError } from '../../error.ts'

export class TableWords {
  private readonly words: readonly string[]
  private readonly where: string
  private at = 0

  /** `where` is the line's place in the scenario, e.g. `dm.table`. */
  constructor(line: string, where: string) {
    this.words = line.trim().split(/\s+/)
    this.where = where
  }

  get left(): number {
    return this.words.length - this.at
  }

  /** The next word. @throws ScenarioError when the line ends before it. */
  next(expected: string): string {
    const word = this.words[this.at]
    if (word === undefined) {
      throw new ScenarioError(
        this.where,
        `the line ends after word ${String(this.at)}`,
        `next must come ${expected}`,
      )
    }
    this.at++
    return word
  }

  /** The next word as a whole number within bounds. */
  number(expected: string, min: number, max: number): number {
    const word = this.next(expected)
    const value = Number(word)
    if (!/^\d+$/.test(word) || value < min || value > max) {
      throw this.wrong(`is not ${expected}`, `use a whole number from ${String(min)} to ${String(max)}`)
    }
    return value
  }

  /** An error about the word taken last. */
  wrong(what: string, remedy: string): ScenarioError {
    return new ScenarioError(
      `${this.where}, word ${String(this.at)} ("${this.words[this.at - 1] ?? ''}")`,
      what,
      remedy,
    )
  }

  end(): void {
    if (this.left === 0) return
    this.at++
    throw this.wrong(
      'is left over',
      'the counts before it leave no place for more words; raise a count or remove the word',
    )
  }
}
