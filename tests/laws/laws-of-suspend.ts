/** Suspend, resume and the change of tables. */
import { BlkStatus, DmState, EventKind } from '../../src/engine/log/index.ts'
import type { Law } from './law.ts'

export const noflushFailsNothing: Law = {
  name: 'from a suspend with noflush to the resume no I/O fails for want of a path (33)',
  watch: (w) => {
    let holding = false
    return {
      see(e) {
        if (e.kind === EventKind.dm_state && e.arg === DmState.suspending)
          holding = /^dmsetup suspend .*--noflush/.test(w.command)
        if (e.kind === EventKind.dm_state && e.arg === DmState.resumed) holding = false
        if (!holding || e.kind !== EventKind.io_end || e.arg !== BlkStatus.IOERR) return undefined
        return `I/O ${e.subject} fails during the suspend`
      },
    }
  },
}

export const nothingInFlightWhileSuspended: Law = {
  name: 'a suspended device sends nothing, and a new table finds nothing in flight on the old one (34)',
  watch: () => {
    let suspended = false
    let inFlight = 0
    return {
      see(e) {
        if (e.kind === EventKind.start_io) inFlight++
        if (e.kind === EventKind.end_io) inFlight--
        if (e.kind === EventKind.dm_state) {
          if (e.arg === DmState.suspended) suspended = true
          if (e.arg === DmState.resumed) suspended = false
          if ((e.arg === DmState.suspended || e.arg === DmState.table_live) && inFlight > 0)
            return `${inFlight} I/Os are in flight on the old table`
        }
        if (suspended && (e.kind === EventKind.bio_remap || e.kind === EventKind.rq_remap))
          return `clone ${e.subject} leaves while the device is suspended`
        return undefined
      },
    }
  },
}
