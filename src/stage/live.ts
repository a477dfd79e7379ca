/**
 * The words of a lane that change with time: counts, states, who is next. A flat map from the name of a label to its
 * text, so that a view writes only what is new, some times a second, and a test reads it without a page.
 */
import { DeviceState, DmState, MpathFlag, type RunResult } from '../engine/log/index.ts'
import { Counter } from '../record/counters.ts'
import type { Picture } from '../record/picture.ts'
import { Place } from '../record/places.ts'
import type { LaneShape, PathShape } from './layout/shape.ts'
import { isPaceWritten, paceFigure } from './pace-words.ts'
import { isNext, nodeFigure, nodeWords, selectorOf } from './selector-words.ts'
import { tagsOf } from './tag-count.ts'
import { countText } from './words.ts'

/** Name of a label in the lane's topology, e.g. `tags:2`; texts starting with `#` are states, not words. */
export type LiveTexts = Map<string, string>

export interface LiveLane {
  readonly picture: Picture
  readonly shape: LaneShape
  /** Known once the run has ended. */
  readonly result: RunResult | undefined
}

export function liveTexts({ picture, shape, result }: LiveLane, out: LiveTexts): LiveTexts {
  out.clear()
  out.set('app', `${countText(picture.iosLive)} in flight`)
  conservation(picture, out)
  for (const { dev } of shape.layers) {
    const waiting = picture.countIn(dev, Place.waiting)
    out.set(`layer:${dev}`, waiting === 0 ? '' : waitingWords(waiting))
  }
  if (shape.map !== undefined) mapTexts(picture, shape.map, out)
  for (const path of shape.paths) pathTexts(picture, shape, path, result, out)
  groupTexts(picture, shape, out)
  return out
}

/** Bios in = bios out + in flight; whatever ended twice or was never begun breaks it, too. */
function conservation(picture: Picture, out: LiveTexts): void {
  const begun = picture.total(Counter.bios_accepted)
  const ended = picture.total(Counter.bios_completed)
  const live = picture.originalsLive
  const holds = begun === ended + live && picture.contradictions === 0
  const [a, b, c] = [begun, ended, live].map(countText)
  out.set('kept:in', `${a} ${begun === 1 ? 'bio' : 'bios'} in =`)
  out.set('kept:out', `${b} out + ${c} in flight`)
  out.set('kept:light', holds ? '#good' : '#bad')
}

function waitingWords(count: number): string {
  return `${countText(count)} ${count === 1 ? 'original waits' : 'originals wait'}`
}

function mapTexts(picture: Picture, dev: number, out: LiveTexts): void {
  const { devices } = picture
  if (picture.header.mode !== 'rq') out.set('dm', 'no tags, no scheduler')
  else
    out.set(
      'dm',
      `tags ${devices.schedTagsInUse[dev]! + (devices.hasScheduler[dev] === 1 ? 0 : devices.driverTagsInUse[dev]!)} / ${devices.nrRequests[dev]!}`,
    )
  out.set('dm:flags', flagWords(picture))
  out.set('merge:dm', queueWords(picture, dev))
  const waiting = picture.countIn(dev, Place.waiting)
  out.set('split:dm', waiting === 0 ? '' : waitingWords(waiting))
  pocketTexts(picture, dev, 'pocket:dm', out)
}

/** What multipath itself waits for or promises, as dmsetup and the kernel call it. */
function flagWords(picture: Picture): string {
  const { mpathFlags = 0, activations, dmState } = picture
  if (dmState === DmState.suspending) return 'being suspended'
  if (dmState === DmState.suspended) return 'suspended'
  if (activations > 0)
    return `pg_init: ${activations} ${activations === 1 ? 'path' : 'paths'} being activated`
  if (mpathFlags & MpathFlag.pg_init_required) return 'pg_init required'
  return mpathFlags & MpathFlag.queue_if_no_path ? 'queue_if_no_path' : ''
}

function queueWords(picture: Picture, dev: number): string {
  const scheduler = picture.header.devices[dev]?.scheduler
  const plug = picture.countIn(dev, Place.plug)
  const queued = picture.countIn(dev, Place.scheduler)
  const words = [`plug ${countText(plug)}`]
  if (scheduler !== undefined && scheduler !== 'none') words.push(`${scheduler} ${countText(queued)}`)
  else if (queued > 0) words.push(`queue ${countText(queued)}`)
  return words.join(' · ')
}

function pathTexts(
  picture: Picture,
  { map }: LaneShape,
  { dev, disk }: PathShape,
  result: RunResult | undefined,
  out: LiveTexts,
): void {
  const { devices } = picture
  const { used, total } = tagsOf(picture, disk)
  out.set(`tags:${dev}`, total > 999 ? `${used}/${total}` : `${used} / ${total}`)
  const inDevice = picture.countIn(disk, Place.device)
  const depth = devices.queueDepth[disk]!
  out.set(`device:${dev}`, depth > 99 ? `${inDevice}/${depth}` : `${inDevice} / ${depth}`)
  out.set(`full:${dev}`, inDevice >= depth && depth > 0 ? '#full' : '#free')
  const active = map === undefined || devices.pathActive[dev] === 1
  const fails = devices.failCount[dev]!
  const letter = active ? 'A' : 'F'
  const state = devices.state[disk]!
  const answers = devices.cableOut[disk] === 0 && devices.silent[disk] === 0
  // What is wrong with the device says more than how often the path has failed, and both would not fit.
  const more = STATE_WORDS[state] ?? oddity(picture, disk) ?? (fails > 0 ? ` fail_count ${fails}` : '')
  out.set(`state:${dev}`, `${map === undefined ? '' : letter}${more}`)
  out.set(`state:${dev}:short`, `${map === undefined ? '' : letter}${SHORT_STATES[state] ?? more}`)
  out.set(`alive:${dev}`, active && answers && state === DeviceState.running ? '#alive' : '#cut')
  // Beside the name of the band of a path there is room for what is in use.
  out.set(`merge:${dev}`, queueWords(picture, disk).replace(/^plug 0 · /, ''))
  out.set(`node:${dev}`, map === undefined ? '' : nodeWords(picture, dev, result))
  out.set(`node:${dev}:short`, map === undefined ? '' : nodeFigure(picture, dev))
  out.set(`next:${dev}`, `#${nodeState(picture, dev, active)}`)
  pocketTexts(picture, disk, `pocket:${dev}`, out)
}

/** What the kernel does not know of a device. */
function oddity({ devices }: Picture, disk: number): string | undefined {
  if (devices.silent[disk] === 1) return ' · no answer'
  if (devices.cableOut[disk] === 1) return ' · cable out'
  const pace = devices.pace[disk]!
  return isPaceWritten(pace) ? undefined : ` · takes ${paceFigure(pace)}`
}

const STATE_WORDS: Readonly<Record<number, string>> = {
  [DeviceState.offline]: ' · offline',
  [DeviceState.blocked]: ' · blocked',
  [DeviceState.connecting]: ' · connecting',
  [DeviceState.transport_offline]: ' · transport offline',
  [DeviceState.deleted]: ' · deleted',
}

/** Where a box is narrow. */
const SHORT_STATES: Readonly<Record<number, string>> = {
  [DeviceState.transport_offline]: ' · tr.offline',
}

function nodeState(picture: Picture, dev: number, active: boolean): 'failed' | 'next' | 'other' {
  if (!active) return 'failed'
  return isNext(picture, dev) ? 'next' : 'other'
}

function groupTexts(picture: Picture, { paths }: LaneShape, out: LiveTexts): void {
  for (const group of new Set(paths.map((path) => path.group))) {
    const inGroup = paths.filter((path) => path.group === group)
    const state = groupState(picture, group, inGroup)
    // One selector for all is written at the band already.
    const own = new Set(picture.header.selectors).size > 1 ? ` · ${selectorOf(picture, group)}` : ''
    out.set(`group:${group}`, `group ${group} · ${state}${own}`)
    out.set(`group:${group}:state`, `#${state.replace(' ', '-')}`)
  }
}

function groupState(picture: Picture, group: number, inGroup: readonly PathShape[]): string {
  if (inGroup.some(({ dev }) => picture.devices.activating[dev] === 1)) return 'activating'
  if ((picture.bypassedGroups & (1 << group)) !== 0) return 'bypassed'
  return group === picture.currentGroup ? 'current' : 'stands by'
}

const POCKETS: readonly (readonly [Place, string])[] = [
  [Place.queued_bios, 'queued_bios'],
  [Place.deferred, 'deferred'],
  [Place.requeue, 'requeue_list'],
  [Place.dispatch, 'hctx->dispatch'],
  [Place.flush, 'flush machine'],
]

function pocketTexts(picture: Picture, dev: number, name: string, out: LiveTexts): void {
  const used = POCKETS.filter(([place]) => picture.countIn(dev, place) > 0)
  out.set(`${name}:used`, used.length > 0 ? '#used' : '#empty')
  const names = used.map(([place, label]) => `${label} ${countText(picture.countIn(dev, place))}`)
  out.set(name, names.join(' · '))
  out.set(`${name}:short`, names.join(' · ').replace('hctx->', '').replace('_list', '').replace('_bios', ''))
}
