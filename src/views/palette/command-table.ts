/** Everything that can be done, as one table: who offers something registers it; the palette lists and runs it. */

export interface Command {
  /** Stays the same between visits: what was used last is kept by it. */
  readonly id: string
  readonly title: string
  /** What kind of thing it is: `scenario`, `theme`. */
  readonly group: string
  /** More about it; searched, too. */
  readonly about?: string
  /** As printed on a key. */
  readonly caps?: string
  readonly run: () => void
}

/** Asked each time, so that it may offer what fits the moment. */
export type CommandSource = () => readonly Command[]

export class CommandTable {
  private readonly sources = new Set<CommandSource>()

  /** Returns what takes it out again. */
  register(source: CommandSource): () => void {
    this.sources.add(source)
    return () => this.sources.delete(source)
  }

  all(): readonly Command[] {
    return [...this.sources].flatMap((source) => source())
  }
}
