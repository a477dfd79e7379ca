/** When two lanes of the theater part. */
import type { RunRecord } from '../../record/run-record.ts'
import { Parting } from '../../stage/parting.ts'
import type { Theater } from '../theater.ts'

/** When two lanes part, ns; asked again and again while they grow. */
export function partingOf(theater: Theater, first: number, second: number): () => number | undefined {
  let known: { readonly parting: Parting; readonly a: RunRecord; readonly b: RunRecord } | undefined
  return () => {
    const a = theater.show(first)?.record
    const b = theater.show(second)?.record
    if (a === undefined || b === undefined || first === second) return undefined
    if (known?.a !== a || known.b !== b) known = { parting: new Parting(a, b), a, b }
    const index = known.parting.index()
    if (index === undefined) return undefined
    // The later of the two: then both have parted.
    return Math.max(a.timeAt(Math.min(index, a.eventCount - 1)), b.timeAt(Math.min(index, b.eventCount - 1)))
  }
}
