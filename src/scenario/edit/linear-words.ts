/** Words of a linear line (dm-linear.c:linear_ctr): `START LENGTH linear DEVICE OFFSET`. */
import { listed } from '../../lib/near-miss.ts'
import type { TableContext } from './table-words.ts'
import type { Walk } from './word-walk.ts'

export function linearWords(walk: Walk, { devices }: TableContext): void {
  const [start, length] = walk.words
  if (!isSectors(start?.text))
    walk.refuseWord(1, 'is not a start sector', 'write a whole number, 0 for the first line')
  if (!isSectors(length?.text) || Number(length?.text) === 0)
    walk.refuseWord(2, 'is not a length in sectors', 'write a whole number of at least 1')
  const dev = walk.peek()
  if (dev === undefined) {
    walk.endsEarly('the device, as major:minor')
    return
  }
  const device = devices.find((known) => known.dev === dev)
  walk.say(
    'device',
    device === undefined ? 'the device below, as major:minor' : `the device below: ${device.name}`,
  )
  if (device === undefined)
    walk.refuse('is not a device of this scenario', `use ${listed(devices.map((known) => known.dev))}`)
  const offset = walk.peek()
  if (offset === undefined) {
    walk.endsEarly('the sector of the device below at which it begins')
    return
  }
  walk.say('place', 'the sector of the device below at which this mapping begins')
  if (!isSectors(offset)) walk.refuse('is not a sector', 'write a whole number')
  if (walk.peek() !== undefined) {
    walk.say('unread', 'left over')
    walk.refuse('is left over', 'a linear line ends with the offset: take it out')
  }
}

function isSectors(word: string | undefined): boolean {
  return /^\d{1,15}$/.test(word ?? '')
}
