/**
 * What a lane says beside its things: why a path is idle, what a pocket waits for and how long still, which limit cuts
 * here, what became of what failed. From the record; loads after the first picture, as all sentences do.
 */
import { BlkStatus, blkStatusName, DeviceState, SplitLimit, TimerKind } from '../engine/log/index.ts'
import { durationText } from '../lib/duration.ts'
import { NOT_ARMED } from '../record/devices.ts'
import type { Picture } from '../record/picture.ts'
import { NO_SLOT, ObjectType, Place } from '../record/places.ts'
import type { LaneFacts } from './facts.ts'
import type { Failure, Failures } from './failures.ts'
import { idleWords } from './idle.ts'
import type { LaneShape } from './layout/shape.ts'
import { limitName } from './limits.ts'
import type { LiveTexts } from './live.ts'
import { deviceName } from './names.ts'

export interface AsideLane {
  readonly picture: Picture
  readonly shape: LaneShape
  readonly facts: LaneFacts
  readonly failures: Failures
  readonly timeNs: number
}

/** Names of labels as in live.ts: `idle:1`, `until:dm`, `cut:1`, `fate:1`. */
export function asideTexts(lane: AsideLane, out: LiveTexts): LiveTexts {
  out.clear()
  const { picture, shape } = lane
  const cuts = limitsThatCut(picture)
  if (shape.map !== undefined) {
    out.set('until:dm', untilWords(lane, shape.map))
    out.set('cut:dm', cutWords(picture, [shape.map], cuts))
  }
  for (const { dev } of shape.layers) out.set(`cut:${dev}`, cutWords(picture, [dev], cuts))
  for (const { dev, disk, chain } of shape.paths) {
    out.set(`idle:${dev}`, idleWords(picture, dev, disk, shape.map))
    out.set(`until:${dev}`, untilWords(lane, disk))
    out.set(`cut:${dev}`, cutWords(picture, chain, cuts))
    out.set(`fate:${dev}`, isBandEmpty(picture, chain) ? (fateOf(lane, disk, dev)?.words ?? '') : '')
  }
  return out
}

/** By device: the limit that cut what is still under way. */
function limitsThatCut({ slots }: Picture): Map<number, number> {
  const cuts = new Map<number, number>()
  for (let row = 0; row < slots.count; row++)
    if (isCut(slots, row) && slots.place[row] !== Place.ended) cuts.set(slots.dev[row]!, slots.cut[row]!)
  return cuts
}

/** Device-mapper makes no front piece at the end of a segment: a clone covers it, and the original says that it was cut. */
function isCut({ type, cut }: Picture['slots'], row: number): boolean {
  return cut[row] !== 0 && (type[row] === ObjectType.fragment || cut[row] === SplitLimit.target_boundary)
}

function cutWords(picture: Picture, devs: readonly number[], cuts: ReadonlyMap<number, number>): string {
  const dev = devs.find((one) => cuts.has(one))
  if (dev === undefined) return ''
  const name = limitName(cuts.get(dev)!)
  const value = picture.header.devices[dev]?.limits[name]
  return `${name}${value === undefined ? '' : ` ${value}`}`
}

/** What ends the wait in the pocket of a device; empty where there is nothing in it. */
function untilWords(lane: AsideLane, dev: number): string {
  const { picture } = lane
  if (picture.countIn(dev, Place.queued_bios) > 0) return untilPath(lane, dev)
  if (picture.countIn(dev, Place.deferred) > 0) return 'until it is resumed'
  if (picture.countIn(dev, Place.requeue) > 0)
    return (
      again(lane, dev) ?? (isMap(lane, dev) && !hasPath(lane) ? untilPath(lane, dev) : 'until the queue runs')
    )
  if (picture.countIn(dev, Place.dispatch) > 0) return again(lane, dev) ?? untilDispatched(picture, dev)
  return picture.countIn(dev, Place.flush) > 0 ? 'until a FLUSH ends' : ''
}

function isMap({ shape }: AsideLane, dev: number): boolean {
  return shape.map === dev
}

function hasPath({ picture, shape }: AsideLane): boolean {
  return shape.paths.some(({ dev }) => picture.devices.pathActive[dev] === 1)
}

function untilPath(lane: AsideLane, dev: number): string {
  if (lane.picture.activations > 0) return 'until pg_init ends'
  if (hasPath(lane)) return 'until the worker runs'
  const timeout = left(lane, dev, TimerKind.no_path) ?? left(lane, dev, TimerKind.no_path_retry)
  return timeout === undefined ? 'until a path is back' : `for a path, ${timeout} at most`
}

const RETRIES = [TimerKind.requeue, TimerKind.resource_retry, TimerKind.budget_retry] as const

function again(lane: AsideLane, dev: number): string | undefined {
  for (const kind of RETRIES) {
    const timer = left(lane, dev, kind)
    if (timer !== undefined) return `again in ${timer}`
  }
  return undefined
}

function left({ picture, timeNs }: AsideLane, dev: number, kind: number): string | undefined {
  const due = picture.devices.timerDueNs[kind * picture.devices.rows + picture.devices.row(dev)]!
  return due === NOT_ARMED || due < timeNs ? undefined : durationText(due - timeNs, 2)
}

function untilDispatched(picture: Picture, dev: number): string {
  if (picture.devices.state[dev] === DeviceState.blocked)
    return `until ${deviceName(picture.header, dev)} is back`
  return isFull(picture, dev) ? 'until a command ends' : 'until the queue runs'
}

function isFull(picture: Picture, dev: number): boolean {
  const depth = picture.devices.queueDepth[dev]!
  return depth > 0 && picture.countIn(dev, Place.device) >= depth
}

/** The words stand in the band of the path: not over what is in it. */
function isBandEmpty(picture: Picture, chain: readonly number[]): boolean {
  return chain.every((dev) => IN_BAND.every((place) => picture.countIn(dev, place) === 0))
}

const IN_BAND = [
  Place.submit,
  Place.waiting,
  Place.plug,
  Place.scheduler,
  Place.dispatch,
  Place.requeue,
  Place.flush,
] as const

export interface Fate {
  readonly words: string
  /** Row of what carries the I/O on, NO_SLOT where it has ended. */
  readonly row: number
}

/** The last failure of a path while it matters: until its carrier has ended and multipath trusts the path again. */
export function fateOf(lane: AsideLane, disk: number, dev: number): Fate | undefined {
  const { picture, shape, failures, facts } = lane
  const failure = failures.lastOf(disk, picture.index)
  if (failure === undefined) return undefined
  const isOver = hasCome(failure.endIndex, picture) || hasCome(failure.failedAgainIndex, picture)
  const trusted = shape.map === undefined || picture.devices.pathActive[dev] === 1
  const busy = picture.countIn(disk, Place.plug) + picture.countIn(disk, Place.scheduler)
  if (isOver && trusted && busy > 0) return undefined
  if (isOver && trusted && picture.iosLive > 0 && failure.endStatus === BlkStatus.OK) return undefined
  const status =
    failure.status === BlkStatus.OK ? 'failed' : blkStatusName(failure.status).replace('BLK_STS_', '')
  const more = failure.before === 0 ? '' : ` and ${failure.before} more`
  const row = picture.find(failure.carrier)
  return {
    words: `✕ request ${facts.ordinalOf(failure.request)}${more}: ${status} → ${next(picture, failure, isOver, row)}`,
    row: isOver ? NO_SLOT : whereItIs(picture, row, disk),
  }
}

/** Whether an event is there and not still to come. */
function hasCome(eventIndex: number, { index }: Picture): boolean {
  return eventIndex >= 0 && eventIndex <= index
}

/** Who carries it now: the clone of a request that was sent again. What is still where it failed goes nowhere. */
function whereItIs({ slots }: Picture, row: number, disk: number): number {
  if (row === NO_SLOT || slots.dev[row] === disk) return NO_SLOT
  if (slots.place[row] !== Place.issued) return row
  for (let clone = 0; clone < slots.count; clone++)
    if (slots.type[clone] === ObjectType.request_clone && slots.parent[clone] === slots.id[row])
      if (slots.place[clone] !== Place.ended && slots.dev[clone] !== disk) return clone
  return row
}

const WAITS: Readonly<Partial<Record<Place, string>>> = {
  [Place.queued_bios]: 'waits in queued_bios',
  [Place.requeue]: 'waits in requeue_list',
  [Place.dispatch]: 'waits in hctx->dispatch',
  [Place.scheduler]: 'back in the scheduler',
  [Place.choose]: 'asks for a path again',
}

function next(picture: Picture, failure: Failure, isOver: boolean, row: number): string {
  const { header, slots } = picture
  const sent = hasCome(failure.againIndex, picture)
  const to = sent ? deviceName(header, failure.againDev) : ''
  if (hasCome(failure.failedAgainIndex, picture)) return `failed on ${to}, too`
  if (isOver && failure.endStatus !== BlkStatus.OK) return 'the error goes up, no other try'
  if (isOver) return sent ? `carried out by ${to}` : 'carried out'
  if (sent) return `sent again on ${to}`
  if (row < 0) return 'goes back up'
  if (slots.dev[row] === failure.dev) return 'waits for its other fragments'
  return WAITS[slots.place[row]! as Place] ?? 'goes back up'
}
