/** How bios are cut, joined and cloned: sizes, places, limits. */
import { EventKind, Op, opOf, RwbsFlag } from '../../src/engine/log/index.ts'
import type { Law, Ran } from './law.ts'
import type { Row } from './log-rows.ts'
import type { Bio, Request } from './world.ts'

const isReadOrWrite = (rwbs: number): boolean => opOf(rwbs) === Op.READ || opOf(rwbs) === Op.WRITE

export const cutsTile: Law = {
  name: 'a cut leaves a front and a rest that together are the whole, on block boundaries (3, 5)',
  watch: (w) => ({
    see(e) {
      if (e.kind !== EventKind.split) return undefined
      const rest = w.bios.get(e.object)
      if (!rest) return `bio ${e.object} is cut, but does not exist`
      if (e.sector !== rest.sector) return `the front begins at ${e.sector}, the bio at ${rest.sector}`
      if (e.size <= 0 || e.size >= rest.size)
        return `a front of ${e.size} is cut off a bio of ${rest.size} sectors`
      const block = Number(w.header.devices[e.dev]?.limits['logical_block_size']) / 512
      if (e.size % block !== 0) return `a cut after ${e.size} sectors is inside a block of ${block}`
      return undefined
    },
  }),
}

export const clonesEqualOriginals: Law = {
  name: 'a clone has the place, length and number of bios of its original at that attempt (3, 7)',
  watch: (w) => ({
    see(e) {
      if (e.kind === EventKind.bio_clone) {
        const of = w.bios.get(e.object)
        if (!of) return `bio ${e.object} is cloned, but does not exist`
        const empty = e.size === 0 && (e.rwbs & RwbsFlag.PREFLUSH) !== 0
        if (empty || (e.sector === of.sector && e.size === of.size)) return undefined
        // a volume clones one segment at a time
        if (w.header.devices[e.dev]?.role === 'linear') return undefined
        return `clone ${e.subject} is ${e.sector} + ${e.size}, its original ${of.sector} + ${of.size}`
      }
      if (w.leavesMap(e) || e.kind === EventKind.bio_retry) {
        const clone = w.bios.get(e.subject)!
        if (e.sector === clone.homeSector && e.size === clone.homeSize) return undefined
        return `clone ${e.subject} sets out as ${e.sector} + ${e.size}, made as ${clone.homeSector} + ${clone.homeSize}`
      }
      if (e.kind !== EventKind.rq_remap) return undefined
      const original = w.requests.get(e.object)
      const clone = w.requests.get(e.subject)
      if (!original || !clone) return `request ${e.object} or its clone ${e.subject} does not exist`
      if (e.size !== original.size || (e.size > 0 && e.sector !== original.sector))
        return `clone ${e.subject} is ${e.sector} + ${e.size}, its original ${original.sector} + ${original.size}`
      if (original.flush) return undefined
      const origin = w.tables.origins[e.arg]
      if (clone.bios.length !== original.bios.length || origin?.bios !== original.bios.length)
        return `clone ${e.subject} has ${clone.bios.length} bios, its original ${original.bios.length}`
      const astray = clone.bios.findIndex((bio, at) => bio.parent !== original.bios[at]?.id)
      return astray < 0
        ? undefined
        : `bio ${astray} of clone ${e.subject} is not a clone of that of its original`
    },
  }),
}

export const oneLiveClone: Law = {
  name: 'a request has at most one clone alive, a clone is on one path at a time (8)',
  watch: (w) => ({
    see(e) {
      if (e.kind !== EventKind.rq_clone) return undefined
      const live = w.requests.get(e.object)?.liveClone ?? 0
      return live === 0 ? undefined : `request ${e.object} gets clone ${e.subject} while ${live} lives`
    },
  }),
}

const WITH_PLACE: ReadonlySet<number> = new Set([
  ...[EventKind.rq_insert, EventKind.rq_issue, EventKind.rq_requeue, EventKind.rq_dispatch_list],
  ...[EventKind.mpath_busy, EventKind.plug_add],
])

export const requestsKnowTheirRest: Law = {
  name: 'a request is always exactly what was not completed of its bios, also after a retry (23, 27)',
  watch: (w) => ({
    see(e) {
      if (!WITH_PLACE.has(e.kind)) return undefined
      const rq = w.requests.get(e.subject)
      if (!rq || rq.flush) return undefined
      if (e.sector === rq.sector && e.size === rq.size) return undefined
      return `request ${e.subject} shows ${e.sector} + ${e.size}, what is left of it is ${rq.sector} + ${rq.size}`
    },
  }),
}

export const mergesAreContiguous: Law = {
  name: 'what merges is adjacent, of one operation, and no flush (23)',
  watch: (w) => ({
    see(e) {
      if (e.kind === EventKind.backmerge || e.kind === EventKind.frontmerge) {
        const into = w.requests.get(e.object)
        const bio = w.bios.get(e.subject)
        if (!into || !bio)
          return `bio ${e.subject} merges into request ${e.object}; one of them does not exist`
        const meets =
          e.kind === EventKind.backmerge
            ? into.sector + into.size === bio.sector
            : bio.sector + bio.size === into.sector
        if (!meets)
          return `bio ${bio.sector} + ${bio.size} does not adjoin request ${into.sector} + ${into.size}`
        if (opOf(bio.rwbs) !== opOf(into.rwbs)) return `bio ${bio.id} merges with another operation`
        if (((bio.rwbs | into.rwbs) & (RwbsFlag.PREFLUSH | RwbsFlag.FUA)) !== 0)
          return `a flush merges: bio ${bio.id}, request ${into.id}`
      }
      if (e.kind !== EventKind.rq_merge) return undefined
      const into = w.requests.get(e.object)
      const gone = w.requests.get(e.subject)
      if (!into || !gone) return `request ${e.subject} merges into ${e.object}; one of them does not exist`
      if (into.sector + into.size !== gone.sector) return `request ${gone.id} does not adjoin ${into.id}`
      return opOf(into.rwbs) === opOf(gone.rwbs) ? undefined : `requests ${into.id} and ${gone.id} differ`
    },
  }),
}

export const frontsDoNotMerge: Law = {
  name: 'the front of a cut merges with nothing (4)',
  watch: (w) => ({
    see(e) {
      if (e.kind !== EventKind.backmerge && e.kind !== EventKind.frontmerge) return undefined
      const bio = w.bios.get(e.subject)
      if (bio?.role === 'front') return `front ${bio.id} merges into request ${e.object}`
      const into = w.requests.get(e.object)
      if (into?.bios.some((other) => other.role === 'front')) return `bio ${e.subject} merges with a front`
      return undefined
    },
  }),
}

export const noMergeOnceStarted: Law = {
  name: 'once a scheduler has handed a request out it never merges again (24)',
  watch: (w, { header }) => {
    const started = new Set<number>()
    const scheduled = header.devices.map(({ scheduler }) => scheduler !== undefined && scheduler !== 'none')
    return {
      see(e) {
        switch (e.kind) {
          case EventKind.queue_attr: {
            const text = w.tables.strings[e.arg] ?? ''
            if (text.startsWith('scheduler=')) scheduled[e.dev] = text !== 'scheduler=none'
            break
          }
          case EventKind.rq_issue:
          case EventKind.rq_dispatch_list:
          case EventKind.rq_requeue:
            if (scheduled[e.dev]) started.add(e.subject)
            break
          case EventKind.backmerge:
          case EventKind.frontmerge:
            if (started.has(e.object))
              return `bio ${e.subject} merges into request ${e.object}, which had gone out`
            break
          case EventKind.rq_merge:
            if (started.has(e.object) || started.has(e.subject))
              return `requests ${e.object} and ${e.subject} merge, one had gone out`
            break
        }
        return undefined
      },
    }
  },
}

export const depthFirst: Law = {
  name: 'what a front becomes is submitted before the rest of its bio (29)',
  watch: (w) => {
    /** rest -> front that has not become a request or a clone yet */
    const open = new Map<number, number>()
    const settle = (front: number): void => {
      const bio = w.bios.get(front)
      if (bio?.role === 'front' && open.get(bio.parent) === front) open.delete(bio.parent)
    }
    return {
      see(e) {
        const touched =
          e.kind === EventKind.getrq || e.kind === EventKind.bio_clone || e.kind === EventKind.split
        const bio = touched ? e.object : e.subject
        if (touched || e.kind === EventKind.backmerge || e.kind === EventKind.frontmerge) {
          if (open.has(bio)) return `bio ${bio} goes on before its front ${open.get(bio)!}`
          settle(bio)
        }
        if (e.kind === EventKind.split) open.set(e.object, e.subject)
        if (
          e.kind === EventKind.bio_defer ||
          e.kind === EventKind.head_requeue ||
          e.kind === EventKind.bio_endio ||
          e.kind === EventKind.bio_complete
        )
          settle(e.subject)
        return undefined
      },
    }
  },
}

interface Limits {
  maxSectors: number
  readonly chunk: number
  readonly segments: number
  readonly boundary: number
}

export const withinLimits: Law = {
  name: 'no request given to a driver is larger than the limits of its queue allow (6)',
  watch: (w, ran) => {
    const limits = ran.header.devices.map(({ limits: l }): Limits => ({
      maxSectors: Number(l['max_sectors_kb']) * 2,
      chunk: Number(l['chunk_sectors']),
      segments: Number(l['max_segments']),
      boundary: Number(l['virt_boundary_mask']),
    }))
    const pieces = usesPieces(ran)
    /** The most that was allowed while a bio or request lived: limits do not shrink what is queued already. */
    const allowed = new Map<number, number>()
    return {
      see(e) {
        switch (e.kind) {
          case EventKind.queue_attr: {
            const found = /^max_sectors_kb=(\d+)$/.exec(w.tables.strings[e.arg] ?? '')
            const own = limits[e.dev]
            if (!found || !own) break
            own.maxSectors = Number(found[1]) * 2
            for (const rq of w.requests.values())
              if (rq.dev === e.dev) allowed.set(rq.id, Math.max(allowed.get(rq.id) ?? 0, own.maxSectors))
            break
          }
          case EventKind.bio_queue:
            allowed.set(e.subject, limits[e.dev]!.maxSectors)
            break
          case EventKind.split:
            allowed.set(e.subject, limits[e.dev]!.maxSectors)
            allowed.set(e.object, limits[e.dev]!.maxSectors)
            break
          case EventKind.getrq:
            // its bio was measured when it was queued or cut; it may have slept for a tag since
            allowed.set(e.subject, Math.max(limits[e.dev]!.maxSectors, allowed.get(e.object) ?? 0))
            break
          case EventKind.rq_clone:
            allowed.set(e.subject, 0) // a clone is held to what is in force when it is sent
            break
          case EventKind.rq_free:
            allowed.delete(e.subject)
            break
          case EventKind.rq_issue: {
            const rq = w.requests.get(e.subject)
            const own = limits[e.dev]
            // the limits of dm after a new table are not in the log
            if (!rq || !own || rq.flush || !isReadOrWrite(rq.rwbs) || w.reloaded) break
            return overLimit(
              rq,
              own,
              Math.max(allowed.get(rq.id) ?? 0, rq.original ? own.maxSectors : 0),
              e,
              pieces,
            )
          }
        }
        return undefined
      },
    }
  },
}

/** With pieces the vectors of an I/O are not known from the log. */
function usesPieces({ scenario }: Ran): boolean {
  return scenario.tasks.some((task) => task.do.some((step) => 'segments' in step))
}

function overLimit(rq: Request, own: Limits, most: number, e: Row, pieces: boolean): string | undefined {
  const what = `request ${rq.id} (${e.sector} + ${e.size})`
  if (e.size > most) return `${what} is over max_sectors, ${most}`
  if (own.chunk > 0 && (e.sector % own.chunk) + e.size > own.chunk)
    return `${what} crosses a chunk of ${own.chunk}`
  if (pieces) return undefined
  const segments = rq.bios.reduce((sum, bio) => sum + segmentsOf(bio), 0)
  if (segments > own.segments) return `${what} has ${segments} segments, allowed are ${own.segments}`
  if (own.boundary === 0) return undefined
  for (let at = 1; at < rq.bios.length; at++) {
    const end = memoryOf(rq.bios[at - 1]!) + rq.bios[at - 1]!.size * 512
    if (((end | memoryOf(rq.bios[at]!)) & own.boundary) !== 0) return `${what} has a gap before bio ${at}`
  }
  return undefined
}

/** First byte of a bio in the page-aligned buffer of its I/O. */
function memoryOf(bio: Bio): number {
  return bio.io ? (bio.sector - bio.shift - bio.io.sector) * 512 : 0
}

function segmentsOf(bio: Bio): number {
  const from = memoryOf(bio)
  return Math.floor((from + bio.size * 512 - 1) / 4096) - Math.floor(from / 4096) + 1
}
