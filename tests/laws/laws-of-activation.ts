/** Activation of priority groups: what QUEUE_IO promises. */
import { DEV_NONE, DmState, EventKind, MpathFlag } from '../../src/engine/log/index.ts'
import type { Law } from './law.ts'

export const heldForAnActivation: Law = {
  name: 'QUEUE_IO is set only before the first I/O, or while an activation runs or is needed (19)',
  watch: (w) => {
    let running = 0
    let chosen = false
    let lastNs = 0
    return {
      see(e) {
        const held = (w.flags & MpathFlag.queue_io) !== 0 && (w.flags & MpathFlag.pg_init_required) === 0
        // within one instant flags and activations change one after the other
        const idle = held && chosen && running === 0 && e.timeNs > lastNs
        lastNs = e.timeNs
        if (e.kind === EventKind.pg_init) running++
        if (e.kind === EventKind.pg_init_done) running = e.object
        if (e.kind === EventKind.choose_path && e.dev !== DEV_NONE) chosen = true
        if (e.kind === EventKind.dm_state && e.arg === DmState.table_live) chosen = false
        return idle ? 'I/O is held back, but no activation runs or is needed' : undefined
      },
    }
  },
}

export const everySwitchActivates: Law = {
  name: 'with a hardware handler every switch of the group sets QUEUE_IO before a path is used (18)',
  watch: (w) => {
    let hasHandler = false
    let switched = false
    return {
      see(e) {
        if (e.kind === EventKind.pg_init) hasHandler = true
        if (e.kind === EventKind.dm_state && e.arg === DmState.table_live) hasHandler = false
        if (e.kind === EventKind.switch_pg) switched = e.arg > 0
        if (e.kind !== EventKind.choose_path || !switched) return undefined
        switched = false
        if (!hasHandler || (w.flags & MpathFlag.queue_io) !== 0) return undefined
        return `group ${e.arg} is used without an activation`
      },
    }
  },
}
