/**
 * One plain sentence for every event: true, specific, short, made from the record alone. Caption under each lane, text of
 * the live region, line of the inspector.
 */
import {
  BlkStatus,
  blkStatusName,
  DEV_NONE,
  DeviceState,
  DispatchReason,
  DmState,
  EventKind,
  kindName,
  MapResult,
  MpathFlag,
  Op,
  opOf,
  RequeueTo,
  SECTOR_UNDEFINED,
  SleepReason,
  SplitLimit,
  TimerKind,
} from '../engine/log/index.ts'
import { durationText } from '../lib/duration.ts'
import type { EventRow } from '../record/event-row.ts'
import type { Picture } from '../record/picture.ts'
import type { RunRecord } from '../record/run-record.ts'
import { ObjectType } from '../record/places.ts'
import type { LaneFacts } from './facts.ts'
import { capital, deviceName, thingName } from './names.ts'
import { sizeText } from './words.ts'

export interface SentenceContext {
  readonly record: RunRecord
  readonly facts: LaneFacts
  /** State after the event. */
  readonly picture: Picture
}

/** The sentence of an event; what stands before the first event has one, too. */
export function sentenceAt(context: SentenceContext, index: number): string {
  if (index < 0) return 'Nothing has happened yet.'
  return sentence(context, context.record.eventAt(index))
}

/** @returns a full sentence, capital to full stop. */
export function sentence(context: SentenceContext, event: EventRow): string {
  const teller = new Teller(context, event)
  const text = body(teller)
  const stop = text.endsWith('?') ? '' : '.'
  // Names of devices and tasks are written as they are, also at the start.
  return `${text.startsWith(teller.dev) || text.startsWith(teller.task) ? text : capital(text)}${stop}`
}

/** An event with the words for its columns. */
class Teller {
  readonly event: EventRow
  readonly context: SentenceContext

  constructor(context: SentenceContext, event: EventRow) {
    this.context = context
    this.event = event
  }

  get mode(): 'bio' | 'rq' {
    return this.context.record.header.mode
  }

  get subject(): string {
    return this.name(this.event.subject)
  }

  get object(): string {
    return this.name(this.event.object)
  }

  get dev(): string {
    return deviceName(this.context.record.header, this.event.dev)
  }

  get onDm(): boolean {
    return this.context.record.header.devices[this.event.dev]?.role === 'dm'
  }

  get size(): string {
    return sizeText(this.event.sizeSectors)
  }

  get where(): string {
    const { sector, sizeSectors } = this.event
    if (sector === SECTOR_UNDEFINED || sizeSectors === 0) return 'no data'
    return `${this.size} at sector ${sector}`
  }

  get operation(): string {
    return OPERATIONS[opOf(this.event.rwbs)] ?? 'command'
  }

  get task(): string {
    return this.context.record.tables.tasks[this.event.task]?.comm ?? 'a task'
  }

  get text(): string {
    return this.context.record.tables.strings[this.event.arg] ?? 'a command'
  }

  get bad(): boolean {
    return this.event.arg !== BlkStatus.OK
  }

  get status(): string {
    return blkStatusName(this.event.arg)
  }

  get selector(): string {
    const { header } = this.context.record
    return header.selectors[this.context.picture.currentGroup - 1] ?? header.selectors[0] ?? 'the selector'
  }

  name(id: number): string {
    return thingName({ header: this.context.record.header, facts: this.context.facts }, id)
  }

  /** Name of a device index + 1 as choose_path stores the next in line. */
  deviceAfter(index: number): string | undefined {
    return index === 0 ? undefined : deviceName(this.context.record.header, index - 1)
  }

  /** Bios in a request of the picture. */
  biosIn(id: number): number {
    const { picture } = this.context
    const slot = picture.find(id)
    return slot < 0 ? 0 : picture.slots.remaining[slot]!
  }
}

const OPERATIONS: Readonly<Record<number, string>> = {
  [Op.READ]: 'read',
  [Op.WRITE]: 'write',
  [Op.FLUSH]: 'flush',
  [Op.DISCARD]: 'discard',
  [Op.SECURE_ERASE]: 'secure erase',
  [Op.WRITE_ZEROES]: 'write zeroes',
  [Op.DRV_IN]: 'driver command',
  [Op.DRV_OUT]: 'driver command',
}

type Tell = (t: Teller) => string

const TELL: Readonly<Record<EventKind, Tell>> = {
  [EventKind.none]: () => 'nothing happens',
  [EventKind.io_submit]: (t) => `${t.task} submits ${t.subject}: ${t.operation}, ${t.where}`,
  [EventKind.io_end]: (t) =>
    t.bad ? `${t.subject} fails with ${t.status}` : `${t.subject} is complete; its submitter is told`,
  [EventKind.task_sleep]: (t) => `${t.task} goes to sleep ${SLEEPS[t.event.arg] ?? 'and waits'}${about(t)}`,
  [EventKind.task_wake]: (t) => `${t.task} runs again`,
  [EventKind.command]: (t) => `somebody types: ${t.text}`,

  [EventKind.bio_queue]: bioQueue,
  [EventKind.bio_clone]: (t) =>
    t.mode === 'rq'
      ? `${t.object} (${t.size}) is cloned along with its request`
      : `${t.object} is cloned (${t.where}); the original waits on ${t.dev}`,
  [EventKind.bio_remap]: (t) => `${t.subject} is sent to ${t.dev}${nextInLine(t)}`,
  [EventKind.split]: (t) =>
    `${t.object} is too large for ${LIMITS[t.event.arg] ?? 'a limit'} of ${t.dev}: its first ${t.size} are cut off`,
  [EventKind.bio_complete]: (t) =>
    t.bad ? `${t.subject} ends on ${t.dev} with ${t.status}` : `${t.subject} is complete (${t.where})`,
  [EventKind.bio_endio]: (t) =>
    t.bad ? `${t.subject} ends with ${t.status}` : `${t.subject} has been carried out`,
  [EventKind.bio_defer]: (t) => `${t.dev} is suspended: ${t.subject} waits in its deferred list`,
  [EventKind.bio_queue_mpath]: (t) => `${t.subject} goes to queued_bios and waits there for a path`,
  [EventKind.bio_retry]: (t) =>
    `the retry worker restores ${t.subject} (${t.size}) and maps it again as a whole`,
  [EventKind.bio_undefer]: (t) => `kdmflush takes ${t.subject} up again`,

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
  [EventKind.rq_error]: (t) => `${t.dev} reports ${t.status} for ${t.subject}`,
  [EventKind.rq_free]: (t) => `${t.subject} is free, and so are its tags on ${t.dev}`,
  [EventKind.flush_park]: (t) => `${t.subject} is parked in the flush machine of ${t.dev}`,
  [EventKind.flush_kick]: (t) => `the flush machine of ${t.dev} sends a flush; ${t.event.arg} waiting for it`,

  [EventKind.choose_path]: choosePath,
  [EventKind.start_io]: (t) => `${t.selector} counts ${t.subject} (${t.size}) on ${t.dev}`,
  [EventKind.end_io]: (t) => `${t.selector} counts ${t.subject} off ${t.dev}${serviceTime(t)}`,
  [EventKind.fail_path]: (t) => `multipath fails ${t.dev}: ${left(t.event.object)}`,
  [EventKind.reinstate_path]: (t) => `${t.dev} is reinstated: ${left(t.event.object)}`,
  [EventKind.switch_pg]: (t) =>
    t.event.arg === 0
      ? 'multipath has no current priority group'
      : `multipath uses priority group ${t.event.arg} now`,
  [EventKind.bypass_pg]: (t) =>
    `priority group ${t.event.object} is ${t.event.arg === 1 ? 'bypassed' : 'enabled'}`,
  [EventKind.mpath_flags]: (t) => `multipath: ${flags(t.event.arg)}`,
  [EventKind.pg_init]: (t) => `the hardware handler is asked to activate ${t.dev}`,
  [EventKind.pg_init_done]: (t) =>
    `activation of ${t.dev} has ended${t.event.arg === 0 ? '' : ` with result ${t.event.arg}`}; ${t.event.object} still run`,
  [EventKind.process_queued_bios]: (t) => `the retry worker takes ${t.event.sizeSectors} from queued_bios`,
  [EventKind.mpath_busy]: (t) =>
    `every path is busy: ${t.subject} stays on ${t.dev}, where it can still grow`,
  [EventKind.map_result]: (t) =>
    `multipath gives ${t.subject} back: ${MAP_RESULTS[t.event.arg] ?? 'not now'}`,
  [EventKind.dm_state]: (t) => `${t.dev}: ${DM_STATES[t.event.arg] ?? 'its state changes'}`,
  [EventKind.path_hst]: (t) => `the historical service time of ${t.dev} is renewed`,

  [EventKind.device_state]: (t) => `${t.dev} is ${DEVICE_STATES[t.event.arg] ?? 'in another state'} now`,
  [EventKind.queue_attr]: (t) => `the queue of ${t.dev} changes: ${t.text}`,
  [EventKind.inject]: (t) => `an error is put into ${t.subject} on ${t.dev}: ${t.text}`,
  [EventKind.timer_arm]: (t) =>
    `${TIMERS[t.event.object] ?? 'a timer'} starts${onDev(t)}: ${durationText(t.event.arg * 1000)}`,
  [EventKind.timer_end]: (t) =>
    `${TIMERS[t.event.object] ?? 'a timer'}${onDev(t)} ${t.event.arg === 1 ? 'is cancelled' : 'has run out'}`,
  [EventKind.queue_depth]: (t) =>
    `${t.dev} takes ${t.event.arg} ${t.event.arg === 1 ? 'command' : 'commands'} at once now`,
}

function body(t: Teller): string {
  const tell = TELL[t.event.kind as EventKind] as Tell | undefined
  return tell === undefined ? kindName(t.event.kind) : tell(t)
}

function bioQueue(t: Teller): string {
  if (t.onDm) {
    const next = t.mode === 'bio' ? 'it will be cloned and choose a path' : 'it looks for a request to join'
    return `${t.subject} (${t.where}) reaches ${t.dev}: ${next}`
  }
  return `${t.subject} reaches the queue of ${t.dev}: can it join a neighbour there?`
}

function choosePath(t: Teller): string {
  const group = t.event.arg
  if (t.event.dev === DEV_NONE) return `${t.subject} (${t.size}) asks for a path: none is usable`
  const next = t.deviceAfter(t.event.object)
  const inGroup = t.context.record.header.paths.some((path) => path.group > 1) ? ` in group ${group}` : ''
  return `${t.subject} (${t.size}) asks for a path: ${t.selector} answers ${t.dev}${inGroup}${after(t.dev, next)}`
}

function after(chosen: string, next: string | undefined): string {
  if (next === undefined) return ''
  return next === chosen ? '; it is next again' : `; ${next} is next`
}

function nextInLine(t: Teller): string {
  const next = t.context.picture.nextInLine
  if (next === undefined) return ''
  const name = deviceName(t.context.record.header, next)
  return name === t.dev ? '; the same path is next again' : `; ${name} is next`
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

function serviceTime(t: Teller): string {
  return t.event.arg === 0 ? '' : ` after ${durationText(t.event.arg)}`
}

function left(paths: number): string {
  if (paths === 0) return 'no usable path is left'
  return `${paths} usable ${paths === 1 ? 'path' : 'paths'}`
}

function about(t: Teller): string {
  const { subject, dev } = t.event
  if (subject !== 0) return ` (${t.name(subject)}${dev === DEV_NONE ? '' : ` on ${t.dev}`})`
  return dev === DEV_NONE ? '' : ` on ${t.dev}`
}

function onDev(t: Teller): string {
  return t.event.dev === DEV_NONE ? '' : ` on ${t.dev}`
}

function flags(bits: number): string {
  const set = Object.entries(MpathFlag)
    .filter(([, bit]) => (bits & bit) !== 0)
    .map(([name]) => name)
  return set.length === 0 ? 'no flag is set' : `flags ${set.join(', ')}`
}

const SLEEPS: Readonly<Record<number, string>> = {
  [SleepReason.io_wait]: 'until its I/O is complete',
  [SleepReason.tag]: 'because no tag is free',
  [SleepReason.sleep]: 'for a while',
  [SleepReason.join]: 'until another task has ended',
  [SleepReason.suspend]: 'until the device is suspended',
  [SleepReason.frozen]: 'because the queue is frozen',
}

const LIMITS: Readonly<Record<number, string>> = {
  [SplitLimit.max_sectors]: 'max_sectors_kb',
  [SplitLimit.max_segments]: 'max_segments',
  [SplitLimit.chunk_sectors]: 'chunk_sectors',
  [SplitLimit.virt_boundary]: 'virt_boundary_mask',
  [SplitLimit.max_discard]: 'discard_max_bytes',
  [SplitLimit.max_write_zeroes]: 'write_zeroes_max_bytes',
}

const WAITS: Readonly<Record<number, string>> = {
  [DispatchReason.no_budget]: 'the device takes no more commands',
  [DispatchReason.no_tag]: 'no tag is free',
  [DispatchReason.busy]: 'it was answered busy',
  [DispatchReason.behind]: 'another one waits in front of it',
  [DispatchReason.requeued]: 'it has been requeued',
  [DispatchReason.quiesced]: 'the queue is stopped',
}

const REQUEUES: Readonly<Record<number, string>> = {
  [RequeueTo.dispatch]: 'it waits in hctx->dispatch and is tried again',
  [RequeueTo.requeue_list]: 'it waits in requeue_list and is tried again at once',
  [RequeueTo.delayed]: 'it waits in requeue_list for the 100 ms timer',
}

const MAP_RESULTS: Readonly<Record<number, string>> = {
  [MapResult.submitted]: 'multipath keeps it',
  [MapResult.remapped]: 'it has a path',
  [MapResult.requeue]: 'no tag or budget on the path now',
  [MapResult.delay_requeue]: 'no path now, try again in a while',
  [MapResult.kill]: 'no path will do, it fails',
}

const DM_STATES: Readonly<Record<number, string>> = {
  [DmState.table_loaded]: 'a new table is loaded, not yet live',
  [DmState.suspending]: 'suspending, what is in flight ends first',
  [DmState.suspended]: 'suspended, new I/O waits',
  [DmState.resumed]: 'resumed',
  [DmState.table_live]: 'the new table is live',
}

const DEVICE_STATES: Readonly<Record<number, string>> = {
  [DeviceState.running]: 'running',
  [DeviceState.offline]: 'offline',
  [DeviceState.blocked]: 'blocked',
  [DeviceState.transport_offline]: 'offline (transport)',
  [DeviceState.deleted]: 'deleted',
}

const TIMERS: Readonly<Record<number, string>> = {
  [TimerKind.requeue]: 'the shared requeue timer',
  [TimerKind.resource_retry]: 'the timer for another try',
  [TimerKind.no_path]: 'the queue_if_no_path timeout',
  [TimerKind.command]: 'the command timeout',
  [TimerKind.sleep]: 'a sleep',
  [TimerKind.pg_init_delay]: 'the delay before another activation',
  [TimerKind.budget_retry]: 'the timer for another budget',
}

/** What an object is, for the inspector. */
export const TYPE_WORDS: Readonly<Record<ObjectType, string>> = {
  [ObjectType.free]: 'nothing',
  [ObjectType.io]: 'application I/O',
  [ObjectType.original]: 'original bio',
  [ObjectType.clone]: 'bio clone',
  [ObjectType.fragment]: 'fragment',
  [ObjectType.request]: 'request',
  [ObjectType.request_clone]: 'request clone',
  [ObjectType.flush_request]: 'flush request',
}
