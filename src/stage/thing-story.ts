/**
 * One thing at one moment: what it is, where it is and since when, what or whom it waits for. For the tip under a pointer
 * and for whoever asks "why?" of a block.
 */
import {
  BlkStatus,
  blkStatusName,
  EventKind,
  opOf,
  SECTOR_UNDEFINED,
  TimerKind,
} from '../engine/log/index.ts'
import { durationText } from '../lib/duration.ts'
import { NOT_ARMED } from '../record/devices.ts'
import type { Picture } from '../record/picture.ts'
import { Place } from '../record/places.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { LaneFacts } from './facts.ts'
import { capital, deviceName, thingName } from './names.ts'
import { OPERATIONS, WAITS } from './sentences/codes.ts'
import { sizeText } from './words.ts'

export interface ThingContext {
  readonly picture: Picture
  readonly facts: LaneFacts
  readonly record: RunRecord
  readonly timeNs: number
}

export interface ThingStory {
  /** `Request 4 · write, 64 KiB at sector 384` */
  readonly what: string
  /** `in hctx->dispatch of dm-0 for 1.2 ms` */
  readonly where: string
  /** What or whom it waits for; empty where it goes on at once. */
  readonly waitsFor: string
}

export function thingStory(context: ThingContext, id: number): ThingStory | undefined {
  const { picture, facts, record, timeNs } = context
  const row = picture.find(id)
  if (row < 0) return undefined
  const { slots } = picture
  const name = capital(thingName({ header: record.header, facts }, id))
  const sector = slots.sector[row]!
  const where = sector === SECTOR_UNDEFINED ? '' : ` at sector ${sector}`
  const operation = OPERATIONS[opOf(slots.rwbs[row]!)] ?? 'command'
  const status = slots.status[row]!
  const failed = status === BlkStatus.OK ? '' : ` · last answer ${blkStatusName(status)}`
  const since = durationText(Math.max(0, timeNs - slots.sinceNs[row]!))
  const holder = picture.find(slots.container[row]!)
  const at = slots.place[row] === Place.in_request && holder >= 0 ? holder : row
  const inside = at === row ? '' : `in ${nameOf(context, slots.id[at]!)}, `
  return {
    what: `${name} · ${operation}, ${sizeText(slots.sizeSectors[row]!)}${where}${failed}`,
    where: `${inside}${placeWords(context, at)} for ${since}`,
    waitsFor: waitWords(context, at),
  }
}

function nameOf({ facts, record }: ThingContext, id: number): string {
  return thingName({ header: record.header, facts }, id)
}

function dev({ picture, record }: ThingContext, row: number): string {
  return deviceName(record.header, picture.slots.dev[row]!)
}

const PLACES: Readonly<Partial<Record<Place, string>>> = {
  [Place.app]: 'in flight at the application',
  [Place.submit]: 'passing through submit_bio of',
  [Place.waiting]: 'left in place on',
  [Place.choose]: 'asking for a path on',
  [Place.queued_bios]: 'in queued_bios of',
  [Place.deferred]: 'in md->deferred of',
  [Place.plug]: 'in a plug for',
  [Place.scheduler]: 'in the scheduler of',
  [Place.dispatch]: 'in hctx->dispatch of',
  [Place.requeue]: 'in requeue_list of',
  [Place.flush]: 'in the flush machine of',
  [Place.issued]: 'holding its tag on',
  [Place.device]: 'in the hands of',
  [Place.completing]: 'being completed on',
  [Place.ended]: 'ended on',
}

function placeWords(context: ThingContext, row: number): string {
  const place = context.picture.slots.place[row]! as Place
  const words = PLACES[place] ?? 'on'
  return place === Place.app ? words : `${words} ${dev(context, row)}`
}

function waitWords(context: ThingContext, row: number): string {
  const { picture, record } = context
  const { slots } = picture
  const children = slots.remaining[row]!
  switch (slots.place[row]) {
    case Place.app:
      return `waits for ${children === 1 ? 'its bio' : `${children} bios`} to end`
    case Place.waiting:
      return `waits for ${children} of its clones and fragments`
    case Place.queued_bios:
      return 'waits until the worker finds a usable path'
    case Place.deferred:
      return 'waits until the device is resumed'
    case Place.plug:
      return `waits until ${taskOf(context, row)} unplugs, for neighbours to join`
    case Place.scheduler:
      return 'waits for its turn: sorted by sector, or its deadline'
    case Place.dispatch:
      return `waits: ${dispatchReason(record, slots.sinceEvent[row]!)}`
    case Place.requeue:
      return requeueTimer(context, slots.dev[row]!)
    case Place.flush:
      return 'waits for a FLUSH to end'
    case Place.issued:
      return `waits for its clone on ${deviceName(record.header, slots.chosen[row]!)}`
    case Place.device:
      return `waits for the answer of ${dev(context, row)}${commandTimeout(context, slots.dev[row]!)}`
    default:
      return ''
  }
}

function taskOf({ picture, record }: ThingContext, row: number): string {
  return record.tables.tasks[picture.slots.task[row]!]?.comm ?? 'its task'
}

function dispatchReason(record: RunRecord, event: number): string {
  const kind = record.kindAt(event)
  if (kind !== EventKind.rq_dispatch_list) return 'it is tried again when the queue runs'
  return WAITS[record.argAt(event)] ?? 'it cannot go on now'
}

function requeueTimer(context: ThingContext, device: number): string {
  const ends = timerEnds(context, device, TimerKind.requeue)
  return ends === undefined ? 'waits to be inserted again' : `waits for the requeue timer: ${ends} left`
}

function commandTimeout(context: ThingContext, device: number): string {
  const ends = timerEnds(context, device, TimerKind.command)
  return ends === undefined ? '' : `; command timeout in ${ends}`
}

function timerEnds({ picture, timeNs }: ThingContext, device: number, kind: number): string | undefined {
  const { devices } = picture
  const due = devices.timerDueNs[kind * devices.rows + devices.row(device)]!
  return due === NOT_ARMED || due < timeNs ? undefined : durationText(due - timeNs, 2)
}
