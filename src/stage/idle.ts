/** Why a path has nothing to do, in a few words; empty where it has something. */
import { DeviceState, DmState } from '../engine/log/index.ts'
import type { Picture } from '../record/picture.ts'
import { Place, PLACE_COUNT } from '../record/places.ts'
import { deviceName } from './names.ts'
import { selectorOf } from './selector-words.ts'

const BAD_STATES: Readonly<Record<number, string>> = {
  [DeviceState.offline]: 'the device is offline',
  [DeviceState.blocked]: 'the transport has lost it',
  [DeviceState.connecting]: 'its controller connects again',
  [DeviceState.transport_offline]: 'the transport gave it up',
  [DeviceState.deleted]: 'the device is deleted',
}

export function idleWords(picture: Picture, dev: number, disk: number, map: number | undefined): string {
  if (hasWork(picture, dev) || hasWork(picture, disk)) return ''
  const why = reason(picture, dev, disk, map)
  return why === '' ? '' : `idle: ${why}`
}

function hasWork(picture: Picture, dev: number): boolean {
  const from = picture.devices.row(dev) * PLACE_COUNT
  for (let place = 1; place < Place.ended; place++)
    if (picture.devices.inPlace[from + place]! > 0) return true
  return false
}

function reason(picture: Picture, dev: number, disk: number, map: number | undefined): string {
  const { devices, header } = picture
  const bad = BAD_STATES[devices.state[disk]!]
  if (bad !== undefined) return bad
  if (devices.silent[disk] === 1) return 'the device gives no answer'
  if (devices.cableOut[disk] === 1) return 'its cable is out'
  if (map === undefined) return picture.iosLive === 0 ? 'no I/O' : ''
  if (devices.pathActive[dev] === 0) return 'failed, until it is reinstated'
  if (devices.activating[dev] === 1) return 'its activation runs'
  const group = devices.group[dev]!
  if ((picture.bypassedGroups & (1 << group)) !== 0) return `group ${group} is bypassed`
  const groups = Math.max(...header.paths.map((path) => path.group))
  if (groups > 1 && picture.currentGroup === 0) return 'no group is chosen yet'
  if (groups > 1 && group !== picture.currentGroup) return `group ${group} stands by`
  if (picture.dmState === DmState.suspending || picture.dmState === DmState.suspended)
    return `${header.dmName} is suspended`
  if (picture.iosLive === 0) return 'no I/O'
  return whoGoesFirst(picture, dev, map)
}

function whoGoesFirst(picture: Picture, dev: number, map: number): string {
  const { header, nextInLine, lastChoice } = picture
  if (nextInLine === dev) return 'next in line, nothing asks'
  const merging = picture.countIn(map, Place.plug) + picture.countIn(map, Place.scheduler)
  if (lastChoice === undefined) return merging > 0 ? `I/O still merges on ${deviceName(header, map)}` : ''
  if (nextInLine !== undefined) return `${deviceName(header, nextInLine)} is next in line`
  const others = header.paths.filter((path) => path.dev !== dev && picture.devices.pathActive[path.dev] === 1)
  if (others.length === 0) return 'nothing asks'
  return `${selectorOf(picture, picture.devices.group[dev]!)} preferred ${deviceName(header, lastChoice)}`
}
