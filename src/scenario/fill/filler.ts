/** Fills in what a file leaves out and remembers each value with where it comes from. */
import { spellPath, type JsonPath } from '../../lib/json-text.ts'

export interface Defaulted {
  /** Place in the document, such as `devices[0].queue.max_sectors_kb`. */
  readonly path: string
  readonly value: unknown
  /** Whose value it is, such as `preset scsi_debug, kernel 6.12`. */
  readonly source: string
}

export class Filler {
  readonly defaulted: Defaulted[] = []

  /** The given value, or the default, which is noted. */
  value<T>(path: JsonPath, given: T | undefined, source: string, byDefault: T): T {
    if (given !== undefined) return given
    this.defaulted.push({ path: spellPath(path), value: byDefault, source })
    return byDefault
  }
}
