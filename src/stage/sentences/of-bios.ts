/** What happens to a bio: queued, cloned, sent, split, ended, held back. */
import { type DeviceRole, EventKind } from '../../engine/log/index.ts'
import type { BioEvent } from '../event-subjects.ts'
import { limitName } from '../limits.ts'
import { deviceName } from '../names.ts'
import type { Tell, Teller } from './teller.ts'

export const OF_BIOS: Readonly<Record<(typeof EventKind)[BioEvent], Tell>> = {
  [EventKind.bio_queue]: bioQueue,
  [EventKind.bio_clone]: (t) =>
    t.mode === 'rq'
      ? `${t.object} (${t.size}) is cloned along with its request`
      : `${t.object} is cloned (${t.where}); the original waits on ${t.dev}`,
  [EventKind.bio_remap]: (t) => `${t.subject} is sent to ${t.dev}${nextInLine(t)}`,
  [EventKind.split]: (t) =>
    `${t.object} is too large for ${limitOf(t)} of ${t.dev}: its first ${t.size} are cut off`,
  [EventKind.bio_complete]: (t) =>
    t.bad ? `${t.subject} ends on ${t.dev} with ${t.status}` : `${t.subject} is complete (${t.where})`,
  [EventKind.bio_endio]: (t) =>
    t.bad ? `${t.subject} ends with ${t.status}` : `${t.subject} has been carried out`,
  [EventKind.bio_defer]: (t) => `${t.dev} is suspended: ${t.subject} waits in its deferred list`,
  [EventKind.bio_queue_mpath]: (t) => `${t.subject} goes to queued_bios and waits there for a path`,
  [EventKind.bio_retry]: (t) =>
    `the retry worker restores ${t.subject} (${t.size}) and maps it again as a whole`,
  [EventKind.bio_undefer]: (t) => `kdmflush takes ${t.subject} up again`,
  [EventKind.head_requeue]: (t) =>
    `${t.subject} goes onto the requeue list of ${t.dev}${t.event.object === 0 ? ': no path can take it now' : ', taken from a request that failed'}`,
  [EventKind.head_resubmit]: (t) => `${t.dev} submits ${t.subject} again`,
  [EventKind.dm_split]: (t) => `${t.subject} crosses the end of a segment of ${t.dev}: ${t.size} are left`,
  [EventKind.nvme_bio_complete]: (t) =>
    `the driver of ${t.dev} traces ${t.subject} as complete; it ends with its request`,
}

/** What comes next for a bio that reaches a device that is no disk. */
const NEXT: Readonly<Partial<Record<DeviceRole, string>>> = {
  head: 'it will be sent to a path as it is, nothing is cloned',
  linear: 'it will be cloned and sent on to the device below',
  partition: 'its sectors are counted from the start of the disk, nothing is cloned',
}

function bioQueue(t: Teller): string {
  const next = nextOf(t)
  return next === undefined
    ? `${t.subject} reaches the queue of ${t.dev}: can it join a neighbour there?`
    : `${t.subject} (${t.where}) reaches ${t.dev}: ${next}`
}

function nextOf({ role, mode }: Teller): string | undefined {
  if (role === 'dm')
    return mode === 'rq' ? 'it looks for a request to join' : 'it will be cloned and choose a path'
  return role === undefined ? undefined : NEXT[role]
}

/** `max_sectors_kb 64` */
function limitOf(t: Teller): string {
  const name = limitName(t.event.arg)
  const value = t.context.record.header.devices[t.event.dev]?.limits[name]
  return value === undefined ? name : `${name} ${value}`
}

function nextInLine(t: Teller): string {
  const next = t.context.picture.nextInLine
  if (next === undefined) return ''
  const name = deviceName(t.context.record.header, next)
  return name === t.dev ? '; the same path is next again' : `; ${name} is next`
}
