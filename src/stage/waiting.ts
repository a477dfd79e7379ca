/**
 * What a lane waits for at a moment, in one sentence: read off the picture, the most telling first. A silence is
 * explained by this, not by the event before it.
 */
import { DeviceState, DmState, SleepReason, TimerKind } from '../engine/log/index.ts'
import { durationText } from '../lib/duration.ts'
import { NOT_ARMED } from '../record/devices.ts'
import type { Picture } from '../record/picture.ts'
import { Place } from '../record/places.ts'
import type { RunRecord } from '../record/run-record.ts'
import { deviceName } from './names.ts'
import { countText } from './words.ts'

export interface Waiting {
  readonly picture: Picture
  readonly record: RunRecord
  readonly timeNs: number
}

/** A sentence, or undefined where nothing is waited for. */
export function waitingSentence(waiting: Waiting): string | undefined {
  return (
    suspended(waiting) ??
    activation(waiting) ??
    withoutPath(waiting) ??
    queuedBios(waiting) ??
    requeued(waiting) ??
    devices(waiting) ??
    backlog(waiting) ??
    flush(waiting) ??
    plugged(waiting) ??
    transport(waiting) ??
    asleep(waiting)
  )
}

function counted(count: number, word: string): string {
  return `${countText(count)} ${word}${count === 1 ? '' : 's'}`
}

function waits(count: number, word: string): string {
  return `${counted(count, word)} ${count === 1 ? 'waits' : 'wait'}`
}

/** `, 23 ms left` where such a timer of a device runs. */
function left({ picture, timeNs }: Waiting, dev: number, kind: number): string | undefined {
  const due = picture.devices.timerDueNs[kind * picture.devices.rows + picture.devices.row(dev)]!
  return due === NOT_ARMED || due < timeNs ? undefined : durationText(due - timeNs, 2)
}

function suspended({ picture, record }: Waiting): string | undefined {
  if (picture.dmState !== DmState.suspending && picture.dmState !== DmState.suspended) return undefined
  const { header } = record
  const held = total(picture, Place.deferred)
  if (picture.dmState === DmState.suspending)
    return `${header.dmName} is being suspended: it waits until what is in flight has ended.`
  return held === 0
    ? `${header.dmName} is suspended; nothing passes until it is resumed.`
    : `${header.dmName} is suspended: ${waits(held, 'bio')} in md->deferred until it is resumed.`
}

function activation({ picture, record }: Waiting): string | undefined {
  if (picture.activations === 0) return undefined
  const { header } = record
  const paths = header.paths.filter(({ dev }) => picture.devices.activating[dev] === 1)
  const names = paths.map(({ dev }) => deviceName(header, dev)).join(', ')
  const asking = total(picture, Place.queued_bios) + total(picture, Place.requeue)
  const who = asking === 0 ? '' : `; ${waits(asking, 'I/O')} for it`
  return `pg_init: the hardware handler activates ${names === '' ? 'a path' : names}${who}.`
}

function withoutPath(waiting: Waiting): string | undefined {
  const { picture, record } = waiting
  const usable = record.header.paths.some(({ dev }) => picture.devices.pathActive[dev] === 1)
  const map = record.header.paths.length === 0 ? -1 : mapOf(picture)
  if (usable || map < 0) return undefined
  const bios = picture.countIn(map, Place.queued_bios)
  const requests = picture.countIn(map, Place.requeue)
  const timeout = left(waiting, map, TimerKind.no_path) ?? left(waiting, map, TimerKind.no_path_retry)
  const until = timeout === undefined ? 'until a path is reinstated' : `for a path, ${timeout} at most`
  if (bios > 0) return `No usable path: ${waits(bios, 'bio')} in queued_bios ${until}.`
  if (requests === 0) return undefined
  const timer = left(waiting, map, TimerKind.requeue)
  const again = timer === undefined ? '' : `; asked again in ${timer}`
  return `No usable path: ${waits(requests, 'request')} in requeue_list ${until}${again}.`
}

function queuedBios({ picture }: Waiting): string | undefined {
  const bios = total(picture, Place.queued_bios)
  return bios === 0
    ? undefined
    : `${waits(bios, 'bio')} in queued_bios until kmpathd maps ${bios === 1 ? 'it' : 'them'} again.`
}

function requeued(waiting: Waiting): string | undefined {
  const { picture } = waiting
  for (let dev = 0; dev < picture.header.devices.length; dev++) {
    const count = picture.countIn(dev, Place.requeue)
    const timer = left(waiting, dev, TimerKind.requeue) ?? left(waiting, dev, TimerKind.resource_retry)
    if (count > 0 && timer !== undefined)
      return `${waits(count, 'request')} in requeue_list of ${deviceName(picture.header, dev)}; the timer ends in ${timer}.`
  }
  return undefined
}

const SILENT: Readonly<Record<number, string>> = {
  [DeviceState.blocked]: 'is blocked by its transport',
  [DeviceState.connecting]: 'has lost its connection',
}

function silenceOf({ devices }: Picture, dev: number): string | undefined {
  const believed = SILENT[devices.state[dev]!]
  if (believed !== undefined) return believed
  if (devices.silent[dev] === 1) return 'gives no answer'
  return devices.cableOut[dev] === 1 ? 'has its cable out' : undefined
}

const TIMEOUTS: readonly (readonly [number, string])[] = [
  [TimerKind.fast_io_fail, 'fast_io_fail_tmo'],
  [TimerKind.replacement, 'replacement_timeout'],
  [TimerKind.dev_loss, 'dev_loss_tmo'],
  [TimerKind.reconnect, 'the next attempt to connect'],
  [TimerKind.error_handler, 'the next step of the SCSI error handler'],
  [TimerKind.command, 'the command timeout'],
]

function devices(waiting: Waiting): string | undefined {
  const { picture } = waiting
  const busy: string[] = []
  let commands = 0
  for (let dev = 0; dev < picture.header.devices.length; dev++) {
    const count = picture.countIn(dev, Place.device)
    const silent = silenceOf(picture, dev)
    const name = deviceName(picture.header, dev)
    if (silent !== undefined && (count > 0 || queued(picture, dev) > 0)) {
      const timeout = TIMEOUTS.find(([kind]) => left(waiting, dev, kind) !== undefined)
      const ends = timeout === undefined ? '' : `; ${timeout[1]} in ${left(waiting, dev, timeout[0])}`
      return `${name} ${silent}: ${waits(count + queued(picture, dev), 'request')} for it${ends}.`
    }
    if (count > 0) busy.push(`${name} has ${countText(count)}`)
    commands += count
  }
  if (busy.length === 0) return undefined
  const list = busy.length > 4 ? `${busy.length} paths have ${countText(commands)}` : busy.join(', ')
  const behind = backlogWords(picture)
  return `Waiting for the devices: ${list} ${commands === 1 ? 'command' : 'commands'}${behind}.`
}

function queued(picture: Picture, dev: number): number {
  return picture.countIn(dev, Place.dispatch) + picture.countIn(dev, Place.requeue)
}

function backlogWords(picture: Picture): string {
  const kept = total(picture, Place.dispatch) + total(picture, Place.scheduler)
  return kept === 0 ? '' : `; ${waits(kept, 'request')} behind them`
}

function backlog({ picture }: Waiting): string | undefined {
  const putBack = total(picture, Place.requeue)
  if (putBack > 0)
    return `${waits(putBack, 'request')} in requeue_list until its worker inserts ${putBack === 1 ? 'it' : 'them'} again.`
  const dispatch = total(picture, Place.dispatch)
  if (dispatch > 0) return `${waits(dispatch, 'request')} in hctx->dispatch until the queue runs again.`
  const sorted = total(picture, Place.scheduler)
  return sorted > 0 ? `${waits(sorted, 'request')} in the scheduler until the queue runs.` : undefined
}

function flush({ picture }: Waiting): string | undefined {
  const parked = total(picture, Place.flush)
  return parked > 0 ? `${waits(parked, 'request')} in the flush machine for a FLUSH to end.` : undefined
}

function plugged({ picture }: Waiting): string | undefined {
  const held = total(picture, Place.plug)
  return held > 0 ? `${waits(held, 'request')} in a plug until its task unplugs or sleeps.` : undefined
}

const OUTSIDE: readonly (readonly [number, string])[] = [
  ...TIMEOUTS,
  [TimerKind.failback, "multipathd's failback"],
  [TimerKind.checker, "multipathd's next check"],
]

/** Nothing is in flight, but something will happen by itself. */
function transport(waiting: Waiting): string | undefined {
  const { picture } = waiting
  if (picture.iosLive > 0) return undefined
  for (const [kind, name] of OUTSIDE)
    for (let dev = 0; dev < picture.header.devices.length; dev++) {
      const ends = left(waiting, dev, kind)
      if (ends !== undefined)
        return `Nothing is in flight; ${name} of ${deviceName(picture.header, dev)} in ${ends}.`
    }
  return undefined
}

const SLEEPS: Readonly<Record<number, string>> = {
  [SleepReason.tag]: 'waits for a free tag',
  [SleepReason.io_wait]: 'waits for its I/O',
  [SleepReason.suspend]: 'waits for the suspend to finish',
  [SleepReason.frozen]: 'waits for the queue to thaw',
  [SleepReason.join]: 'waits for another task to end',
}

function asleep({ picture, record, timeNs }: Waiting): string | undefined {
  for (let i = 0; i < picture.tasks.count; i++) {
    const { sleep, wakeDueNs } = picture.tasks.of(i)
    if (sleep === 0) continue
    const name = record.tables.tasks[i]?.comm ?? 'a task'
    if (wakeDueNs !== NOT_ARMED && wakeDueNs > timeNs)
      return `${name} sleeps, ${durationText(wakeDueNs - timeNs, 2)} left; no I/O is in flight.`
    const words = SLEEPS[sleep]
    if (words !== undefined && picture.iosLive > 0) return `${name} ${words}.`
  }
  return undefined
}

function total(picture: Picture, place: Place): number {
  let sum = 0
  for (let dev = 0; dev < picture.header.devices.length; dev++) sum += picture.countIn(dev, place)
  return sum
}

function mapOf({ header }: Picture): number {
  return header.devices.findIndex(({ role }) => role === 'dm' || role === 'head')
}
