/** Whoever watches a run and sees nothing happen can name what is waited for. */
import { EventKind, SleepReason, TimerKind } from '../../src/engine/log/index.ts'
import { AFTER_NS, Causes } from './causes.ts'
import type { Law } from './law.ts'

/** Shorter than this is work, not silence. */
const SILENCE_NS = 1_000_000

export const everySilenceHasACause: Law = {
  name: 'nothing happens for more than a millisecond only while a timer runs, a device works, a task sleeps or a path is activated',
  watch: (w) => {
    const causes = new Causes()
    let lastNs = 0
    return {
      see(e) {
        const fromNs = lastNs
        lastNs = e.timeNs
        const silent = e.timeNs - fromNs > SILENCE_NS
        // what somebody types from outside is its own cause
        const cause = silent && e.kind !== EventKind.command ? causes.of(fromNs, e.timeNs) : ''
        causes.apply(e, (dev) => w.isDisk(dev))
        if (cause !== undefined) return undefined
        return `silence since ${fromNs} ns, and nothing that is waited for`
      },
    }
  },
}

export const timersEnd: Law = {
  name: 'a timer that was armed ends when it is due, unless it was moved or cancelled before',
  watch: () => {
    /** By device and kind; the earliest of all is looked at first. */
    const due = new Map<number, number>()
    let earliestNs = Infinity
    return {
      see(e) {
        if (e.timeNs > earliestNs + AFTER_NS)
          for (const [timer, dueNs] of due)
            if (e.timeNs > dueNs + AFTER_NS)
              return `timer ${nameOf(timer & 0xff)} was due at ${dueNs} ns and has not ended`
        if (e.kind !== EventKind.timer_arm && e.kind !== EventKind.timer_end) return undefined
        const timer = e.dev * 256 + e.object
        if (e.kind === EventKind.timer_arm) due.set(timer, e.timeNs + e.arg * 1000)
        else due.delete(timer)
        earliestNs = Math.min(...due.values())
        return undefined
      },
    }
  },
}

/** Where a request cannot be while nobody runs. */
const ON_THE_WAY: ReadonlySet<number> = new Set([
  ...[EventKind.getrq, EventKind.rq_clone, EventKind.plug_add, EventKind.flush_kick],
])
const PLACES: ReadonlySet<number> = new Set([
  ...[EventKind.rq_insert, EventKind.rq_dispatch_list, EventKind.rq_issue, EventKind.rq_requeue],
  EventKind.flush_park,
])
const HELD: ReadonlySet<number> = new Set([
  ...[EventKind.bio_defer, EventKind.bio_queue_mpath, EventKind.head_requeue],
])
const TAKEN_UP: ReadonlySet<number> = new Set([
  ...[EventKind.bio_undefer, EventKind.bio_retry, EventKind.head_resubmit],
])
const MID_WAY: ReadonlySet<number> = new Set([SleepReason.tag, SleepReason.frozen, SleepReason.suspend])

export const whatWaitsHasAPlace: Law = {
  name: 'in a silence every bio is held back or in a request, and every request in a list or at a device (1, 36)',
  watch: (w, { kernel }) => {
    // a queue of one list puts its FLUSH at the head of that list, in no event of its own
    const isOnTheWay = (kind: number): boolean =>
      ON_THE_WAY.has(kind) && (kind !== EventKind.flush_kick || kernel.scsiQueues[0] !== 'legacy')
    const last = new Map<number, number>()
    const held = new Set<number>()
    /** How many sleep in the middle of a submission, with what they have not sent yet; kworkers share a name. */
    let midWay = 0
    /** Bios whose data is done and whose request waits for its last flush. */
    const beforeFlush = new Map<number, readonly number[]>()
    let lastNs = 0
    const lost = (): string | undefined => {
      const carried = new Set<number>()
      // a clone that is held has ended for its device, but its original waits for it
      for (const id of held) carried.add(w.bios.get(id)?.parent ?? 0)
      for (const ids of beforeFlush.values()) for (const id of ids) carried.add(id)
      for (const rq of w.requests.values()) {
        const at = last.get(rq.id)
        if (at !== undefined && isOnTheWay(at)) return `request ${rq.id} of device ${rq.dev} is nowhere`
        for (const bio of rq.bios) carried.add(bio.id)
      }
      for (const bio of w.bios.values()) {
        if (bio.ended || bio.liveChildren > 0 || held.has(bio.id) || carried.has(bio.id)) continue
        if (bio.homeSize === 0 || bio.size === 0) continue // an empty flush has left its request's list
        return `bio ${bio.id} (${bio.role}) of device ${bio.dev} is nowhere`
      }
      return undefined
    }
    return {
      see(e) {
        const silent = e.timeNs - lastNs > SILENCE_NS
        lastNs = e.timeNs
        const fault = silent && midWay === 0 ? lost() : undefined
        if (ON_THE_WAY.has(e.kind) || PLACES.has(e.kind)) last.set(e.subject, e.kind)
        else if (e.kind === EventKind.rq_free) {
          last.delete(e.subject)
          beforeFlush.delete(e.subject)
        } else if (e.kind === EventKind.rq_complete) {
          const rq = w.requests.get(e.subject)
          if (rq?.flush === true && rq.bios.length > 0)
            beforeFlush.set(
              rq.id,
              rq.bios.map(({ id }) => id),
            )
        } else if (HELD.has(e.kind)) held.add(e.subject)
        else if (TAKEN_UP.has(e.kind)) held.delete(e.subject)
        else if (e.kind === EventKind.task_sleep && MID_WAY.has(e.arg)) midWay++
        else if (e.kind === EventKind.task_wake && MID_WAY.has(e.arg)) midWay--
        return fault
      },
    }
  },
}

function nameOf(kind: number): string {
  return Object.entries(TimerKind).find(([, number]) => number === kind)?.[0] ?? String(kind)
}
