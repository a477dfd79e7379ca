/** The flush machine: what is written before a flush is on the media after it. */
import { EventKind } from '../../src/engine/log/index.ts'
import type { Law } from './law.ts'

/** What a parked request does when it goes on. */
const GOES_ON: ReadonlySet<number> = new Set([
  ...[EventKind.rq_issue, EventKind.rq_insert, EventKind.rq_dispatch_list, EventKind.rq_free],
])

export const flushesInOrder: Law = {
  name: 'a parked request goes on only after a FLUSH that was sent since, and is parked again only after its data (31)',
  watch: () => {
    /** Requests that wait for a flush: what of theirs was parked, as a number of the flush that may serve them. */
    const parked = new Map<number, { readonly dev: number; served: boolean }>()
    const issued = new Set<number>()
    /** FLUSH requests on their way, with those that were parked when they were sent. */
    const flushes = new Map<number, number[]>()
    return {
      see(e) {
        switch (e.kind) {
          case EventKind.flush_park:
            if (issued.has(e.subject)) return `request ${e.subject} is parked while its data is at the device`
            parked.set(e.subject, { dev: e.dev, served: false })
            return undefined
          case EventKind.flush_kick:
            flushes.set(
              e.subject,
              [...parked].filter(([, { dev }]) => dev === e.dev).map(([id]) => id),
            )
            return undefined
          case EventKind.rq_complete: {
            issued.delete(e.subject)
            for (const id of flushes.get(e.subject) ?? []) {
              const waiting = parked.get(id)
              if (waiting) waiting.served = true
            }
            return undefined
          }
          case EventKind.rq_requeue:
            issued.delete(e.subject)
            return undefined
        }
        if (!GOES_ON.has(e.kind)) return undefined
        if (e.kind === EventKind.rq_issue) issued.add(e.subject)
        if (e.kind === EventKind.rq_free) flushes.delete(e.subject)
        const waiting = parked.get(e.subject)
        if (waiting === undefined) return undefined
        parked.delete(e.subject)
        return waiting.served ? undefined : `request ${e.subject} goes on without a flush`
      },
    }
  },
}
