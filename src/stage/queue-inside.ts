/**
 * The inside of a device's queue at a moment, from the record: what is in the plug, in the scheduler by sector and by age,
 * in hctx->dispatch, in requeue_list, in the device; who holds which tag; and dispatch_busy.
 *
 * Simplified: deadlines are those of mq-deadline as it comes (500 ms for reads, 5 s for writes); dispatch_busy counts each
 * command and each refusal of the log as one round of dispatching.
 */
import { DispatchReason, EventKind, isWrite, TimerKind } from '../engine/log/index.ts'
import { NOT_ARMED } from '../record/devices.ts'
import type { Picture } from '../record/picture.ts'
import { isRequest, NO_TAG, Place } from '../record/places.ts'
import type { RunRecord } from '../record/run-record.ts'
import { tagsOf } from './tag-count.ts'

export interface InsideItem {
  readonly id: number
  readonly sector: number
  readonly sizeSectors: number
  readonly write: boolean
  readonly bios: number
  readonly sinceNs: number
  /** When its deadline passes; undefined where it has none. */
  readonly deadlineNs: number | undefined
}

export type ListName =
  | 'plug'
  | 'sorted'
  | 'fifo'
  | 'queue'
  | 'dispatch'
  | 'requeue'
  | 'queued_bios'
  | 'deferred'
  | 'flush'
  | 'waiting'
  | 'issued'
  | 'device'

export interface InsideList {
  readonly name: ListName
  readonly items: readonly InsideItem[]
  /** When the timer that empties it is due. */
  readonly dueNs: number | undefined
}

export interface QueueInside {
  readonly lists: readonly InsideList[]
  /** By tag, the id of the request that holds it, 0 where it is free; empty where there are no tags. */
  readonly tags: Uint32Array
  readonly tagsUsed: number
  readonly dispatchBusy: number
  readonly queueDepth: number
}

const READ_EXPIRE_NS = 500_000_000
const WRITE_EXPIRE_NS = 5_000_000_000
/** Rounds looked back: an older one weighs less than a hundredth of a percent. */
const BUSY_ROUNDS = 64
const BUSY_WEIGHT = 8
const BUSY_FACTOR = 4
/** Events looked at for them. */
const BUSY_EVENTS = 8192
/** A row of more sockets than this says nothing. */
const MOST_TAGS = 1024

/** `dev` is a disk or the map. */
export function queueInside(picture: Picture, record: RunRecord, dev: number): QueueInside {
  const scheduler = picture.header.devices[dev]?.scheduler
  const sorts = scheduler !== undefined && scheduler !== 'none'
  const at = (place: Place): InsideItem[] =>
    picture.slotsIn(dev, place).map((slot) => item(picture, slot, sorts))
  const queued = at(Place.scheduler)
  const list = (name: ListName, items: readonly InsideItem[], timer?: number): InsideList => ({
    name,
    items,
    dueNs: timer === undefined ? undefined : dueOf(picture, dev, timer),
  })
  const bySector = [...queued].sort((a, b) => a.sector - b.sector)
  const ofMap = picture.header.devices[dev]?.role !== 'path'
  const ofRequests = [
    list('plug', at(Place.plug)),
    ...(sorts ? [list('sorted', bySector), list('fifo', queued)] : [list('queue', queued)]),
    list('dispatch', at(Place.dispatch), TimerKind.budget_retry),
    list('requeue', at(Place.requeue), TimerKind.requeue),
    list('flush', at(Place.flush)),
  ]
  const ofBios = [
    list('waiting', at(Place.waiting)),
    list('queued_bios', at(Place.queued_bios)),
    list('deferred', at(Place.deferred)),
  ]
  // A bio-based device has no requests.
  const lists =
    scheduler === undefined
      ? ofBios
      : [...ofRequests, ...(ofMap ? [list('deferred', at(Place.deferred))] : [])]
  if (scheduler !== undefined)
    lists.push(list(ofMap ? 'issued' : 'device', at(ofMap ? Place.issued : Place.device)))
  const { used, total } = tagsOf(picture, dev)
  return {
    lists,
    tags: tagHolders(picture, dev, Math.min(total, MOST_TAGS)),
    tagsUsed: used,
    dispatchBusy: dispatchBusy(record, picture.index, dev),
    queueDepth: picture.devices.queueDepth[picture.devices.row(dev)]!,
  }
}

function item({ slots }: Picture, slot: number, sorts: boolean): InsideItem {
  const write = isWrite(slots.rwbs[slot]!)
  const sinceNs = slots.sinceNs[slot]!
  const hasDeadline = sorts && slots.place[slot] === Place.scheduler
  return {
    id: slots.id[slot]!,
    sector: slots.sector[slot]!,
    sizeSectors: slots.sizeSectors[slot]!,
    write,
    bios: isRequest(slots.type[slot]!) ? slots.remaining[slot]! : 1,
    sinceNs,
    deadlineNs: hasDeadline ? sinceNs + (write ? WRITE_EXPIRE_NS : READ_EXPIRE_NS) : undefined,
  }
}

function dueOf({ devices }: Picture, dev: number, kind: number): number | undefined {
  const due = devices.timerDueNs[kind * devices.rows + devices.row(dev)]!
  return due === NOT_ARMED ? undefined : due
}

function tagHolders({ slots, devices }: Picture, dev: number, total: number): Uint32Array {
  const holders = new Uint32Array(Math.max(0, total))
  const column = devices.hasScheduler[devices.row(dev)] === 1 ? slots.schedTag : slots.driverTag
  for (let slot = 0; slot < slots.count; slot++) {
    const tag = column[slot]!
    if (slots.dev[slot] === dev && slots.place[slot] !== Place.ended && tag !== NO_TAG && tag < total)
      holders[tag] = slots.id[slot]!
  }
  return holders
}

const REFUSALS: ReadonlySet<number> = new Set([
  DispatchReason.no_budget,
  DispatchReason.no_tag,
  DispatchReason.busy,
])

/** hctx->dispatch_busy (block/blk-mq.c:blk_mq_update_dispatch_busy): 0 when commands go out, up to 16 when they do not. */
export function dispatchBusy(record: RunRecord, index: number, dev: number): number {
  const rounds: boolean[] = []
  for (let i = index; i >= Math.max(0, index - BUSY_EVENTS) && rounds.length < BUSY_ROUNDS; i--) {
    if (record.devAt(i) !== dev) continue
    const kind = record.kindAt(i)
    if (kind === EventKind.rq_issue) rounds.push(false)
    else if (kind === EventKind.rq_dispatch_list && REFUSALS.has(record.argAt(i))) rounds.push(true)
  }
  let busy = 0
  for (const refused of rounds.reverse()) {
    if (busy === 0 && !refused) continue
    busy = Math.floor((busy * (BUSY_WEIGHT - 1) + (refused ? 1 << BUSY_FACTOR : 0)) / BUSY_WEIGHT)
  }
  return busy
}
