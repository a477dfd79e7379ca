/** What becomes of I/Os, bios and requests: every one ends once, in order, and nothing is lost. */
import { BlkStatus, DmState, EventKind, isWrite, MpathFlag, Op, opOf } from '../../src/engine/log/index.ts'
import type { Scenario } from '../../src/engine/index.ts'
import type { Law } from './law.ts'
import type { Bio } from './world.ts'

export const endsOnce: Law = {
  name: 'every I/O and every bio ends exactly once (1)',
  watch: (w, { scenario }) => ({
    see(e) {
      if (e.kind === EventKind.io_end) {
        const io = w.ios.get(e.subject)
        if (!io) return `I/O ${e.subject} ends, but was never submitted`
        if (io.ended) return `I/O ${e.subject} ends a second time`
      }
      if (e.kind !== EventKind.bio_complete && e.kind !== EventKind.bio_endio) return undefined
      const bio = w.bios.get(e.subject)
      // a bio that is refused before it is queued has no birth in the log
      return bio?.ended ? `bio ${e.subject} ends a second time` : undefined
    },
    end(result) {
      let open = 0
      for (const io of w.ios.values()) if (!io.ended) open++
      const ended = w.ios.size - open
      // what the page cache serves is no I/O of the log
      const told = result.ok + result.failed
      if (usesPageCache(scenario) ? ended > told : ended !== told)
        return `${ended} I/Os ended, the result counts ${result.ok} ok and ${result.failed} failed`
      if (open !== result.stuck) return `${open} I/Os have not ended, the result counts ${result.stuck} stuck`
      if (open > 0) return undefined
      for (const bio of w.bios.values()) if (!bio.ended) return `bio ${bio.id} (${bio.role}) never ends`
      for (const rq of w.requests.values()) return `request ${rq.id} of device ${rq.dev} is never freed`
      return undefined
    },
  }),
}

function usesPageCache({ tasks }: Scenario): boolean {
  return tasks.some((task) => task.do.some((step) => 'io' in step && step.io.startsWith('buffered')))
}

export const childrenFirst: Law = {
  name: 'nothing ends before everything that was made of it has ended (2)',
  watch: (w) => ({
    see(e) {
      if (e.kind === EventKind.io_end) {
        const io = w.ios.get(e.subject)
        return io && io.liveBios > 0 ? `I/O ${io.id} ends with ${io.liveBios} bios on their way` : undefined
      }
      if (e.kind !== EventKind.bio_complete && e.kind !== EventKind.bio_endio) return undefined
      const bio = w.bios.get(e.subject)
      if (!bio || bio.liveChildren === 0) return undefined
      return `bio ${bio.id} (${bio.role}) ends with ${bio.liveChildren} pieces or clones on their way`
    },
  }),
}

/** Sectors [from, to) that paths have completed well for one I/O. */
type Covered = [from: number, to: number][]

function ioOf(bio: Bio): number {
  return bio.io?.id ?? 0
}

export const dataReachesTheDevice: Law = {
  name: 'an I/O that ends well had each of its sectors completed by a path (28)',
  watch: (w) => {
    const covered = new Map<number, Covered>()
    const cover = (bio: Bio, from: number, to: number): void => {
      const list = covered.get(ioOf(bio))
      if (list) list.push([from, to])
      else covered.set(ioOf(bio), [[from, to]])
    }
    return {
      see(e) {
        if (e.kind === EventKind.rq_complete && w.isDisk(e.dev) && e.arg === BlkStatus.OK) {
          let left = e.size
          for (const bio of w.requests.get(e.subject)?.bios ?? []) {
            if (left <= 0) break
            const from = bio.sector - bio.shift
            cover(bio, from, from + Math.min(left, bio.size))
            left -= bio.size
          }
        }
        if (e.kind !== EventKind.io_end || e.arg !== BlkStatus.OK || e.size === 0) return undefined
        let reached = e.sector
        for (const [from, to] of (covered.get(e.subject) ?? []).sort((a, b) => a[0] - b[0])) {
          if (from > reached) break
          reached = Math.max(reached, to)
        }
        if (reached >= e.sector + e.size) return undefined
        return `I/O ${e.subject} (${e.sector} + ${e.size}) ends well, but sector ${reached} reached no path`
      },
    }
  },
}

/** Where a request is, by the events that move it. */
type At =
  | 'just made'
  | 'plugged'
  | 'in a scheduler'
  | 'on the dispatch list'
  | 'in the driver'
  | 'completing'
  | 'on the requeue list'
  | 'in the flush machine'

const MOVES: Readonly<Record<number, { readonly to: At; readonly from: readonly At[] }>> = {
  [EventKind.plug_add]: { to: 'plugged', from: ['just made'] },
  [EventKind.rq_insert]: {
    to: 'in a scheduler',
    // the flush machine sends data on through the requeue list
    from: ['just made', 'plugged', 'on the requeue list', 'in the flush machine'],
  },
  [EventKind.rq_dispatch_list]: {
    to: 'on the dispatch list',
    from: [
      'just made',
      'plugged',
      'in a scheduler',
      'on the dispatch list',
      'on the requeue list',
      'in the flush machine',
    ],
  },
  [EventKind.rq_issue]: {
    to: 'in the driver',
    from: ['just made', 'plugged', 'in a scheduler', 'on the dispatch list', 'in the flush machine'],
  },
  [EventKind.flush_park]: { to: 'in the flush machine', from: ['just made', 'in the driver', 'completing'] },
}

export const onePlaceAtATime: Law = {
  name: 'a request is in one place at a time and moves only along the ways the block layer has (36)',
  watch: (w) => {
    const at = new Map<number, At>()
    return {
      see(e) {
        const move = MOVES[e.kind]
        if (move) {
          const now = at.get(e.subject)
          if (now === undefined) return `request ${e.subject} moves before it is made or after it was freed`
          if (!move.from.includes(now)) return `request ${e.subject} cannot come here from being ${now}`
          at.set(e.subject, move.to)
          return undefined
        }
        switch (e.kind) {
          case EventKind.getrq:
          case EventKind.rq_clone:
            at.set(e.subject, 'just made')
            break
          case EventKind.flush_kick:
            at.set(e.subject, 'in the flush machine')
            break
          case EventKind.rq_requeue: {
            const now = at.get(e.subject)
            if (now === undefined) return `request ${e.subject} is requeued, but does not exist`
            if (now === 'on the requeue list' || now === 'in the flush machine')
              return `request ${e.subject} is requeued while being ${now}`
            at.set(e.subject, e.arg === 0 ? 'just made' : 'on the requeue list')
            break
          }
          case EventKind.rq_merge: {
            const gone = at.get(e.subject)
            if (gone !== 'plugged' && gone !== 'in a scheduler' && gone !== 'just made')
              return `request ${e.subject} merges away while being ${gone ?? 'nowhere'}`
            if (at.get(e.object) !== 'in a scheduler')
              return `request ${e.object} takes another one in, but is not in a scheduler`
            break
          }
          case EventKind.rq_complete:
            if (at.get(e.subject) === undefined) return `request ${e.subject} completes, but does not exist`
            if (
              w.isDisk(e.dev) &&
              e.size > 0 &&
              e.arg === BlkStatus.OK &&
              at.get(e.subject) === 'on the requeue list'
            )
              return `request ${e.subject} completes on the requeue list`
            if (at.get(e.subject) === 'in the driver') at.set(e.subject, 'completing')
            break
          case EventKind.rq_free:
            if (!at.delete(e.subject)) return `request ${e.subject} is freed twice`
            break
        }
        return undefined
      },
    }
  },
}

export const heldBackWaits: Law = {
  name: 'a bio that is held back does nothing until it is taken up again (36)',
  watch: () => {
    const held = new Map<number, 'deferred' | 'queued for a path'>()
    return {
      see(e) {
        switch (e.kind) {
          case EventKind.bio_defer:
          case EventKind.bio_queue_mpath:
          case EventKind.head_requeue:
            if (held.has(e.subject)) return `bio ${e.subject} is held back twice`
            held.set(e.subject, e.kind === EventKind.bio_defer ? 'deferred' : 'queued for a path')
            return undefined
          case EventKind.bio_undefer:
          case EventKind.bio_retry:
          case EventKind.head_resubmit:
            if (!held.delete(e.subject)) return `bio ${e.subject} is taken up, but was not held back`
            return undefined
          case EventKind.bio_remap:
          case EventKind.bio_clone:
          case EventKind.bio_complete: {
            const of = e.kind === EventKind.bio_clone ? e.object : e.subject
            return held.has(of) ? `bio ${of} goes on while it is ${held.get(of)!}` : undefined
          }
          case EventKind.start_io:
          case EventKind.getrq: {
            const of = e.kind === EventKind.getrq ? e.object : e.subject
            return held.has(of) ? `bio ${of} goes on while it is ${held.get(of)!}` : undefined
          }
          default:
            return undefined
        }
      },
      end(result) {
        return result.stuck === 0 && held.size > 0
          ? `${held.size} bios are still held back at the end`
          : undefined
      },
    }
  },
}

export const nobodyWaitsForNothing: Law = {
  name: 'no I/O waits for ever unless the device is suspended or queues for want of a path (16)',
  watch: (w) => {
    let suspended = false
    return {
      see(e) {
        if (e.kind === EventKind.dm_state && e.arg === DmState.suspending) suspended = true
        if (e.kind === EventKind.dm_state && e.arg === DmState.resumed) suspended = false
        return undefined
      },
      end(result) {
        if (result.stuck === 0 || suspended || (w.flags & MpathFlag.queue_if_no_path) !== 0) return undefined
        // with valid paths that no CPU leads to the kernel waits for ever, too
        if (w.table.groups.some(({ selector }) => selector === 'io-affinity')) return undefined
        return `${result.stuck} I/Os never end, though nothing holds them`
      },
    }
  },
}

export const onlyKnownOperations: Law = {
  name: 'a piece carries the operation and the flags of what it was cut from or cloned from (4)',
  watch: (w) => ({
    see(e) {
      if (e.kind === EventKind.split && w.bios.get(e.object)?.rwbs !== e.rwbs)
        return `front ${e.subject} has other flags than bio ${e.object}`
      if (e.kind === EventKind.getrq) {
        const bio = w.bios.get(e.object)
        if (bio && (opOf(bio.rwbs) !== opOf(e.rwbs) || isWrite(bio.rwbs) !== isWrite(e.rwbs)))
          return `request ${e.subject} does another operation than its bio ${e.object}`
      }
      if (e.kind === EventKind.bio_clone && opOf(w.bios.get(e.object)?.rwbs ?? Op.READ) !== opOf(e.rwbs))
        return `clone ${e.subject} does another operation than bio ${e.object}`
      return undefined
    },
  }),
}

export const refusedAtOnce: Law = {
  name: 'a refusal stands at the moment of its command, once, and says something',
  watch: (_, { tables }) => {
    const open = new Map<number, number>()
    return {
      see(e) {
        if (e.kind === EventKind.command) open.set(e.task, e.timeNs)
        if (e.kind !== EventKind.command_refused) return undefined
        const typedNs = open.get(e.task)
        open.delete(e.task)
        if (typedNs !== e.timeNs) return `${tables.tasks[e.task]?.comm} is refused what it has not just typed`
        return tables.strings[e.arg] === '' ? 'a refusal without a word' : undefined
      },
    }
  },
}
