/**
 * The words of a lane that change with time: counts, states, who is next. A flat map from the name of a label to its
 * text, so that a view writes only what is new, some times a second, and a test reads it without a page.
 */
import { DeviceState } from '../engine/log/index.ts'
import type { Picture } from '../record/picture.ts'
import { Place } from '../record/places.ts'
import { tagsOf } from './tag-count.ts'
import { bytesText, countText } from './words.ts'

/** Name of a label in the lane's topology, e.g. `tags:2`; texts starting with `#` are states, not words. */
export type LiveTexts = Map<string, string>

export function liveTexts(picture: Picture, out: LiveTexts): LiveTexts {
  out.clear()
  const { header } = picture
  out.set('app', `${countText(picture.iosLive)} in flight`)
  header.devices.forEach((device, dev) => {
    if (device.role === 'dm') dmTexts(picture, dev, out)
    else pathTexts(picture, dev, out)
  })
  return out
}

function dmTexts(picture: Picture, dev: number, out: LiveTexts): void {
  const { devices } = picture
  if (picture.header.mode !== 'rq') out.set('dm', 'no tags, no scheduler')
  else
    out.set(
      'dm',
      `tags ${devices.schedTagsInUse[dev]! + (devices.hasScheduler[dev] === 1 ? 0 : devices.driverTagsInUse[dev]!)} / ${devices.nrRequests[dev]!}`,
    )
  out.set('merge:dm', queueWords(picture, dev))
  const waiting = picture.countIn(dev, Place.waiting)
  out.set(
    'split:dm',
    waiting === 0 ? '' : `${countText(waiting)} ${waiting === 1 ? 'original waits' : 'originals wait'}`,
  )
  pocketTexts(picture, dev, 'pocket:dm', out)
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

function pathTexts(picture: Picture, dev: number, out: LiveTexts): void {
  const { devices } = picture
  const { used, total } = tagsOf(picture, dev)
  out.set(`tags:${dev}`, total > 999 ? `${used}/${total}` : `${used} / ${total}`)
  const inDevice = picture.countIn(dev, Place.device)
  const depth = devices.queueDepth[dev]!
  out.set(`device:${dev}`, depth > 999 ? `${inDevice}/${depth}` : `${inDevice} / ${depth}`)
  out.set(`full:${dev}`, inDevice >= depth && depth > 0 ? '#full' : '#free')
  const active = devices.pathActive[dev] === 1
  const fails = devices.failCount[dev]!
  out.set(
    `state:${dev}`,
    `${active ? 'A' : 'F'}${fails > 0 ? ` fail_count ${fails}` : ''}${deviceWords(picture, dev)}`,
  )
  out.set(`alive:${dev}`, active && devices.state[dev] === DeviceState.running ? '#alive' : '#cut')
  out.set(`merge:${dev}`, queueWords(picture, dev))
  out.set(`node:${dev}`, nodeWords(picture, dev))
  out.set(`next:${dev}`, `#${nodeState(picture, dev, active)}`)
  pocketTexts(picture, dev, `pocket:${dev}`, out)
}

const STATE_WORDS: Readonly<Record<number, string>> = {
  [DeviceState.offline]: ' · offline',
  [DeviceState.blocked]: ' · blocked',
  [DeviceState.transport_offline]: ' · transport offline',
  [DeviceState.hung]: ' · gives no answer',
  [DeviceState.deleted]: ' · deleted',
}

function deviceWords(picture: Picture, dev: number): string {
  return STATE_WORDS[picture.devices.state[dev]!] ?? ''
}

function nodeState(picture: Picture, dev: number, active: boolean): 'failed' | 'next' | 'other' {
  if (!active) return 'failed'
  return picture.nextInLine === dev ? 'next' : 'other'
}

/** The selector's own data on a path: what it decides by. */
function nodeWords(picture: Picture, dev: number): string {
  const { devices, header } = picture
  if (devices.pathActive[dev] === 0) return 'failed'
  const group = devices.group[dev]!
  switch (header.selectors[group - 1] ?? header.selectors[0]) {
    case 'queue-length':
      return `${devices.inFlightIos[dev]!} in flight`
    case 'service-time':
      return `${bytesText(devices.inFlightSectors[dev]!)} in flight`
    case 'historical-service-time':
      return `hst ${countText(devices.historicalServiceTime[dev]!)}`
    default:
      return picture.nextInLine === dev ? 'next' : ''
  }
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
}
