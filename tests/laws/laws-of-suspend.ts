/** Suspend, resume and the change of tables. */
import { BlkStatus, DEV_NONE, DmState, EventKind, MapResult } from '../../src/engine/log/index.ts'
import type { Law } from './law.ts'

export const noflushFailsNothing: Law = {
  name: 'from a suspend with noflush to the resume no I/O fails for want of a path (33)',
  watch: (w) => {
    let holding = false
    /** I/Os of which a piece had failed before, or was given up: the last piece may come in at any time. */
    const failedBefore = new Set<number>()
    return {
      see(e) {
        if (e.kind === EventKind.dm_state && e.arg === DmState.suspending) holding = e.size === 1
        if (e.kind === EventKind.dm_state && e.arg === DmState.resumed) holding = false
        if (
          !holding &&
          e.arg !== BlkStatus.OK &&
          (e.kind === EventKind.bio_endio || e.kind === EventKind.bio_complete)
        )
          failedBefore.add(w.bios.get(e.subject)?.io?.id ?? 0)
        // in bio mode the answer that there is no path, and the end that follows, are some CPU time apart
        if (!holding && e.kind === EventKind.choose_path && e.dev === DEV_NONE)
          failedBefore.add(w.bios.get(e.subject)?.io?.id ?? 0)
        if (!holding && e.kind === EventKind.map_result && e.arg === MapResult.kill)
          for (const bio of w.requests.get(e.subject)?.bios ?? []) failedBefore.add(bio.io?.id ?? 0)
        if (!holding || e.kind !== EventKind.io_end || e.arg !== BlkStatus.IOERR) return undefined
        return failedBefore.has(e.subject) ? undefined : `I/O ${e.subject} fails during the suspend`
      },
    }
  },
}

const MOVED_BY_MESSAGES: ReadonlySet<number> = new Set([
  ...[EventKind.fail_path, EventKind.reinstate_path, EventKind.bypass_pg, EventKind.switch_pg],
])

export const messagesWait: Law = {
  name: 'a suspended device takes no messages: its paths and groups stay as they are',
  watch: () => {
    let suspended = false
    return {
      see(e) {
        if (e.kind === EventKind.dm_state && e.arg === DmState.suspended) suspended = true
        if (e.kind === EventKind.dm_state && e.arg !== DmState.suspended && e.arg !== DmState.table_loaded)
          suspended = false
        if (!suspended || !MOVED_BY_MESSAGES.has(e.kind)) return undefined
        return `path ${e.dev} or group ${e.arg} changes while the device is suspended`
      },
    }
  },
}

export const nothingInFlightWhileSuspended: Law = {
  name: 'a suspended device sends nothing, and a new table finds nothing in flight on the old one (34)',
  watch: (w) => {
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
        if (suspended && (w.leavesMap(e) || e.kind === EventKind.rq_remap))
          return `clone ${e.subject} leaves while the device is suspended`
        return undefined
      },
    }
  },
}
