/** What happens to a request: made, merged, plugged, inserted, issued, cloned, ended; and flushes. */
import { BlkStatus, EventKind } from '../../engine/log/index.ts'
import type { RequestEvent } from '../event-subjects.ts'
import { WAITS, REQUEUES } from './codes.ts'
import type { Tell, Teller } from './teller.ts'

export const OF_REQUESTS: Readonly<Record<(typeof EventKind)[RequestEvent], Tell>> = {
  [EventKind.getrq]: (t) =>
    `${t.subject} is made on ${t.dev} for ${t.object}; it holds tag ${t.event.arg} from now on`,
  [EventKind.backmerge]: (t) => `${t.subject} joins ${t.object} at its end: now ${bios(t)} in one request`,
  [EventKind.frontmerge]: (t) => `${t.subject} joins ${t.object} in front: now ${bios(t)} in one request`,
  [EventKind.rq_merge]: (t) => `${t.subject} becomes part of ${t.object}: they are neighbours on ${t.dev}`,
  [EventKind.plug]: (t) =>
    `${t.task} opens a plug: requests for ${t.dev} are held back so that neighbours can join`,
  [EventKind.plug_add]: (t) => `${t.subject} waits in the plug of ${t.task} for neighbours`,
  [EventKind.unplug]: (t) =>
    `the plug ${t.event.arg === 1 ? 'is flushed because its task goes to sleep' : 'ends'}: ${requests(t)} for ${t.dev} ${t.event.sizeSectors === 1 ? 'goes' : 'go'} on`,
  [EventKind.rq_insert]: (t) =>
    `${t.subject} enters the scheduler of ${t.dev}${t.event.arg === 1 ? ' at its head' : ''}`,
  [EventKind.rq_dispatch_list]: (t) =>
    `${t.subject} waits on ${t.dev} in hctx->dispatch: ${WAITS[t.event.arg] ?? 'it cannot go on now'}`,
  [EventKind.rq_issue]: (t) =>
    t.onDm
      ? `${t.subject} (${t.size}) leaves the queue of ${t.dev} and asks for a path`
      : `${t.dev} is given ${t.subject}: one command of ${t.size}`,
  [EventKind.rq_requeue]: (t) =>
    `${t.subject} goes back on ${t.dev}: ${REQUEUES[t.event.arg] ?? 'it is tried again'}`,
  [EventKind.rq_clone]: (t) =>
    `${t.object} is cloned for ${t.dev} and holds tag ${t.event.arg} there; the original keeps its own on the dm device`,
  [EventKind.rq_remap]: (t) => `${t.subject} (${t.size}) goes to ${t.dev}, past its scheduler`,
  [EventKind.rq_complete]: rqComplete,
  [EventKind.rq_error]: (t) => `${t.dev} reports ${t.status} for ${t.subject}${afterError(t)}`,
  [EventKind.rq_free]: (t) => `${t.subject} is free, and so are its tags on ${t.dev}`,
  [EventKind.flush_park]: (t) => `${t.subject} is parked in the flush machine of ${t.dev}`,
  [EventKind.flush_kick]: (t) => `the flush machine of ${t.dev} sends a flush; ${t.event.arg} waiting for it`,
}

/** Errors that another path would give, too (include/linux/blk_types.h:blk_path_error); others are the path's. */
const SAME_ON_EVERY_PATH: ReadonlySet<number> = new Set([
  BlkStatus.NOTSUPP,
  BlkStatus.NOSPC,
  BlkStatus.TARGET,
  BlkStatus.RESV_CONFLICT,
  BlkStatus.MEDIUM,
  BlkStatus.PROTECTION,
])

function afterError(t: Teller): string {
  if (t.role !== 'path' || t.mode === 'single') return ''
  return SAME_ON_EVERY_PATH.has(t.event.arg)
    ? ': every path would, so it goes up to the application'
    : ': a fault of the path, so it is tried again on another'
}

function rqComplete(t: Teller): string {
  if (t.bad) return `${t.subject} comes back from ${t.dev} with ${t.status}`
  if (t.event.sizeSectors === 0) return `${t.subject} has ended on ${t.dev}`
  if (t.onDm)
    return `${t.subject} is complete on ${t.dev}: ${t.size} for ${bioCount(t.biosIn(t.event.subject))}`
  return `${t.dev} has carried out ${t.subject} (${t.size})`
}

function bios(t: Teller): string {
  return bioCount(t.biosIn(t.event.object))
}

function bioCount(count: number): string {
  return `${count} ${count === 1 ? 'bio' : 'bios'}`
}

function requests(t: Teller): string {
  const count = t.event.sizeSectors
  return `${count} ${count === 1 ? 'request' : 'requests'}`
}
