/** Paths, groups, selectors and errors of the multipath target. */
import { BlkStatus, DEV_NONE, DmState, EventKind, MpathFlag } from '../../src/engine/log/index.ts'
import type { Law } from './law.ts'
import type { Row } from './log-rows.ts'
import { readStatus, validPaths, type GroupModel } from './table-model.ts'
import type { World } from './world.ts'

const NOT_OF_THE_PATH: ReadonlySet<number> = new Set<number>([
  ...[BlkStatus.NOTSUPP, BlkStatus.NOSPC, BlkStatus.TARGET],
  ...[BlkStatus.RESV_CONFLICT, BlkStatus.MEDIUM, BlkStatus.PROTECTION],
])
/** blk_path_error and its contrary, for a status that is not OK. */
const goesUp = (status: number): boolean => NOT_OF_THE_PATH.has(status)
const isPathError = (status: number): boolean => status !== BlkStatus.OK && !goesUp(status)

export const selectorAccounts: Law = {
  name: 'start_io and end_io of a selector come in pairs: same path, same bytes, nothing left over (9, 10)',
  watch: (w, { header }) => {
    const started = new Map<number, { readonly dev: number; readonly size: number }>()
    return {
      see(e) {
        if (e.kind === EventKind.start_io) {
          if (started.has(e.subject)) return `I/O ${e.subject} is started a second time before it ended`
          started.set(e.subject, { dev: e.dev, size: e.size })
        }
        if (e.kind !== EventKind.end_io) return undefined
        const start = started.get(e.subject)
        if (!start) return `I/O ${e.subject} ends on path ${e.dev}, where it was not started`
        started.delete(e.subject)
        if (start.dev === e.dev && start.size === e.size) return undefined
        return `I/O ${e.subject} was started with ${start.size} on ${start.dev}, ends with ${e.size} on ${e.dev}`
      },
      end(result) {
        if (result.stuck > 0) return undefined
        if (started.size > 0) return `${started.size} I/Os are never ended for their selector`
        const groups = readStatus(result.status, header)
        const busy = w.table.groups.some(
          ({ selector }, at) =>
            (selector === 'queue-length' || selector === 'service-time') &&
            groups[at]?.some(({ info }) => info[0] !== '0'),
        )
        return busy ? `the last status still shows I/O in flight: ${result.status}` : undefined
      },
    }
  },
}

export const clonesHoldTheirPath: Law = {
  name: 'a clone reaches a path only between start_io and end_io for that path (9)',
  watch: (w) => {
    const on = new Map<number, number>()
    return {
      see(e) {
        if (e.kind === EventKind.start_io) on.set(e.subject, e.dev)
        if (e.kind === EventKind.end_io) on.delete(e.subject)
        const counted = on.get(e.subject)
        const sent = w.leavesMap(e) || e.kind === EventKind.rq_remap
        const arrives = e.kind === EventKind.bio_queue && w.isMap(w.bios.get(e.subject)?.maker ?? DEV_NONE)
        // below a partition it arrives at the disk
        const isWrong = sent ? counted !== e.dev : arrives && !w.isOver(counted ?? DEV_NONE, e.dev)
        return isWrong
          ? `clone ${e.subject} is sent to ${e.dev}, its selector counts it on ${counted ?? 'none'}`
          : undefined
      },
    }
  },
}

export const nothingOnFailedPaths: Law = {
  name: 'nothing is started on a path that has failed (11)',
  watch: (w) => ({
    see(e) {
      if (e.kind !== EventKind.start_io && e.kind !== EventKind.choose_path) return undefined
      if (!w.hasMap || e.dev === DEV_NONE || w.table.paths.get(e.dev)?.active === true) return undefined
      return `I/O ${e.subject} is given to path ${e.dev}, which has failed or is not in the table`
    },
  }),
}

export const pathStates: Law = {
  name: 'paths change state only by fail_path and reinstate_path, each change counted once (12, 13)',
  watch: (w, { header }) => ({
    see(e) {
      if (e.kind !== EventKind.fail_path && e.kind !== EventKind.reinstate_path) return undefined
      const path = w.table.paths.get(e.dev)
      if (!path) return `path ${e.dev} changes state, but is not in the table`
      const failing = e.kind === EventKind.fail_path
      if (path.active !== failing)
        return `path ${e.dev} is ${failing ? 'failed' : 'reinstated'} a second time`
      const count = path.failCount + (failing ? 1 : 0)
      if (e.arg !== count) return `path ${e.dev} shows fail_count ${e.arg}, it has failed ${count} times`
      const valid = validPaths(w.table) + (failing ? -1 : 1)
      return e.object === valid ? undefined : `${e.object} valid paths are claimed, there are ${valid}`
    },
    end(result) {
      for (const shown of readStatus(result.status, header).flat()) {
        const path = w.table.paths.get(shown.dev)
        if (path && (shown.letter === 'A') === path.active && shown.failCount === path.failCount) continue
        return `the last status shows ${shown.letter} ${shown.failCount} for path ${shown.dev}, not what the events say`
      }
      return undefined
    },
  }),
}

/** A dmsetup message with this verb is being carried out right now. */
function isTyped(w: World, e: Row, verb: string): boolean {
  return w.commandNs === e.timeNs && new RegExp(`^dmsetup message \\S+ 0 ${verb}\\b`).test(w.command)
}

export const pathsReturnOnlyByHand: Law = {
  name: 'the kernel never makes a failed path active by itself (14)',
  watch: (w) => ({
    see(e) {
      if (e.kind !== EventKind.reinstate_path || isTyped(w, e, 'reinstate_path')) return undefined
      return `path ${e.dev} is reinstated, last typed was "${w.command}"`
    },
  }),
}

export const pathsFailForAReason: Law = {
  name: 'a path fails by command, by a path error on it, or because it could not take the I/O (12, 17)',
  watch: (w) => {
    const accused = new Set<number>()
    /** Clone requests that the path has not begun with: refused there, they leave no event on it. */
    const unissued = new Map<number, number>()
    const gone = new Set<number>()
    /** Paths whose activation runs: its result may fail them. */
    const activating = new Map<number, number>()
    return {
      see(e) {
        switch (e.kind) {
          case EventKind.rq_complete:
          case EventKind.bio_endio:
            if (isPathError(e.arg))
              for (const dev of w.table.paths.keys()) if (w.isOver(dev, e.dev)) accused.add(dev)
            break
          case EventKind.rq_remap:
            unissued.set(e.subject, e.dev)
            break
          case EventKind.rq_issue:
            unissued.delete(e.subject)
            break
          case EventKind.device_state:
            if (e.arg === 5) gone.add(e.dev)
            break
          case EventKind.pg_init:
            activating.set(e.dev, (activating.get(e.dev) ?? 0) + 1)
            break
          case EventKind.pg_init_done:
            activating.set(e.dev, Math.max(0, (activating.get(e.dev) ?? 0) - 1))
            break
          case EventKind.fail_path: {
            const refused = [...unissued.values()].includes(e.dev)
            if ((activating.get(e.dev) ?? 0) > 0) break
            if (
              accused.delete(e.dev) ||
              refused ||
              [...gone].some((dev) => w.isOver(e.dev, dev)) ||
              isTyped(w, e, 'fail_path')
            )
              break
            return `path ${e.dev} fails without a path error on it`
          }
        }
        return undefined
      },
    }
  },
}

export const otherErrorsGoUp: Law = {
  name: 'an error that is not of the path reaches the application unchanged, without a retry (17)',
  watch: (w) => {
    /** Original bios or requests whose clone has ended with such an error. */
    const owed = new Map<number, number>()
    /** The last error of a bio's clones, where it is another one: a volume's segments fail each for itself. */
    const others = new Map<number, number>()
    return {
      see(e) {
        if (e.kind !== EventKind.bio_complete && e.kind !== EventKind.bio_endio) return undefined
        const bio = w.bios.get(e.subject)
        if (bio?.role === 'clone' && e.arg !== BlkStatus.OK)
          (goesUp(e.arg) ? owed : others).set(bio.parent, e.arg)
        const status = owed.get(e.subject)
        if (status === undefined) return undefined
        owed.delete(e.subject)
        return e.arg === status || e.arg === others.get(e.subject)
          ? undefined
          : `bio ${e.subject} ends with status ${e.arg} instead of ${status}`
      },
      end(result) {
        return result.stuck === 0 && owed.size > 0 ? `${owed.size} errors never reach their bio` : undefined
      },
    }
  },
}

export const queueingHidesPathErrors: Law = {
  name: 'while queue_if_no_path is on from first to last no path error reaches the application (15)',
  watch: (w) => {
    let always = w.table.queueIfNoPath
    return {
      see(e) {
        if (e.kind === EventKind.mpath_flags && (e.arg & MpathFlag.queue_if_no_path) === 0) always = false
        if (e.kind === EventKind.dm_state && e.arg === DmState.table_live && w.isMap(e.dev)) always = false
        if (!always || e.kind !== EventKind.io_end || !isPathError(e.arg)) return undefined
        return `I/O ${e.subject} ends with path error ${e.arg}`
      },
    }
  },
}

export const noCloneLeavesWhileHeld: Law = {
  name: 'no clone leaves while QUEUE_IO is set (18)',
  watch: (w) => ({
    see(e) {
      if (e.kind !== EventKind.start_io || (w.flags & MpathFlag.queue_io) === 0) return undefined
      return `clone ${e.subject} leaves for path ${e.dev} while QUEUE_IO is set`
    },
  }),
}

export const groupsChangeForAReason: Law = {
  name: 'the group in use changes only by a choice, a message, an activation or the loss of all paths (21)',
  watch: (w) => {
    /** A group that was switched to and has to be that of the choice under way. */
    let switched = 0
    let activations = 0
    return {
      see(e) {
        if (e.kind === EventKind.pg_init) activations++
        if (e.kind === EventKind.pg_init_done) activations = e.object
        if (switched > 0 && e.kind !== EventKind.mpath_flags) {
          const of = switched
          switched = 0
          if (e.kind !== EventKind.choose_path || e.arg !== of)
            return `group ${of} is switched to without a choice`
        }
        if (e.kind === EventKind.choose_path && e.arg !== w.table.current)
          return `a path of group ${e.arg} is chosen, group ${w.table.current} is in use`
        if (e.kind !== EventKind.switch_pg) return undefined
        if (e.arg > 0) {
          switched = e.arg
          return undefined
        }
        const typed = ['switch_group', 'disable_group', 'enable_group'].some((verb) => isTyped(w, e, verb))
        if (typed || activations > 0 || !w.table.groups.some(canChoose) || mayFindNothing(w)) return undefined
        return activeIn(w, w.table.current) === 0 ? undefined : `the group in use is given up for no reason`
      },
    }
  },
}

function activeIn(w: World, group: number): number {
  return w.table.groups[group - 1]?.paths.filter(({ active }) => active).length ?? 0
}

/** io-affinity may have a path that no CPU leads to. */
function mayFindNothing({ table }: World): boolean {
  return table.groups.some(({ selector }) => selector === 'io-affinity')
}

function canChoose(group: GroupModel): boolean {
  return group.paths.some(({ active }) => active)
}

export const groupsInOrder: Law = {
  name: 'a choice takes the group asked for, else the one in use, else the first that has a path, bypassed last (20)',
  watch: (w) => {
    /** The current group before the switch that the choice under way has made. */
    let before = -1
    return {
      see(e) {
        if (e.kind === EventKind.switch_pg) before = w.table.current
        if (e.kind !== EventKind.choose_path) return undefined
        const inUse = before >= 0 ? before : w.table.current
        before = -1
        if (!w.hasMap || mayFindNothing(w)) return undefined
        const { groups, next } = w.table
        const wanted =
          [next, inUse].map((number) => groups[number - 1]).find((group) => group && canChoose(group)) ??
          groups.find((group) => !group.bypassed && canChoose(group)) ??
          groups.find((group) => canChoose(group))
        if (e.arg === (wanted?.number ?? 0)) return undefined
        return `group ${e.arg} is chosen, it is the turn of ${wanted?.number ?? 'none'}`
      },
    }
  },
}
