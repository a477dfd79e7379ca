/** bioscope's own verbs, for what has no command: cables, slow and silent devices, errors to come. */
import { INJECTABLE, type InjectedError } from '../engine/index.ts'
import { listed, nearest, suggest } from '../lib/near-miss.ts'
import { does, type Read, wrong } from './parsed.ts'
import { pathsOf, type World, type WorldDevice } from './world.ts'

const MAX_FACTOR = 100_000
const MAX_COUNT = 1_000_000

export function readLink(words: readonly string[], world: World | undefined): Read {
  const [name = '', state = '', more] = words
  const found = diskNamed(name, world)
  if (isWrong(found)) return found
  if ((state !== 'up' && state !== 'down') || more !== undefined)
    return wrong('a link is up or down', `write link ${name} down`)
  return noAccidents(found) ?? does({ link: { device: name, up: state === 'up' } })
}

export function readSlow(words: readonly string[], world: World | undefined): Read {
  const [name = '', text = '', more] = words
  const found = diskNamed(name, world)
  if (isWrong(found)) return found
  const factor = Number(text)
  const fits = /^\d{1,6}(?:\.\d{1,6})?$/.test(text) && factor > 0 && factor <= MAX_FACTOR
  if (!fits || more !== undefined) return wrong('it becomes slower by a factor', `write slow ${name} 10`)
  return does({ service: { device: name, factor } })
}

export function readHang(words: readonly string[], hung: boolean, world: World | undefined): Read {
  const [name = '', deaf, more] = words
  const found = diskNamed(name, world)
  if (isWrong(found)) return found
  if ((deaf !== undefined && deaf !== 'deaf') || more !== undefined)
    return wrong(`"${deaf ?? ''}" is not understood`, `write hang ${name}, or hang ${name} deaf`)
  const abort = deaf === 'deaf' ? 'fails' : 'ok'
  return noAccidents(found) ?? does({ hang: { device: name, hung, abort } })
}

export function readInject(words: readonly string[], world: World | undefined): Read {
  const [name = '', error = '', ...rest] = words
  const found = diskNamed(name, world)
  if (isWrong(found)) return found
  const what = errorNamed(error, found)
  if (isWrong(what)) return what
  const how = readRest(rest)
  if (isWrong(how)) return how
  return does({ inject: { device: name, command: 'ANY', count: 1, ...NO_BYTES, ...what, ...how } })
}

const NO_BYTES = { host_byte: 0, driver_byte: 0, status_byte: 0, sense_key: 0, asc: 0, ascq: 0 }
export const BYTE_NAMES = ['host_byte', 'driver_byte', 'status_byte', 'sense_key', 'asc', 'ascq'] as const

type Wrong = { readonly sentence: string }

function isWrong(found: object | undefined): found is Wrong {
  return found !== undefined && 'sentence' in found
}

/** By name, or by its six bytes `result=HOST:DRIVER:STATUS:KEY:ASC:ASCQ`. */
function errorNamed(error: string, disk: WorldDevice | undefined): Partial<InjectedError> | Wrong {
  const bytes = /^result=(\d{1,3}(?::\d{1,3}){5})$/.exec(error)?.[1]?.split(':').map(Number)
  if (bytes?.every((byte) => byte < 256) === true)
    return Object.fromEntries(BYTE_NAMES.map((name, at) => [name, bytes[at]!]))
  const known =
    disk === undefined
      ? [...INJECTABLE.scsi_debug, ...INJECTABLE.nvme]
      : INJECTABLE[disk.driver === 'dm' ? 'null_blk' : disk.driver]
  const exact = known.find((one) => one.toLowerCase() === error.toLowerCase())
  if (exact !== undefined) return { status: exact }
  if (known.length === 0)
    return { sentence: `${disk?.name ?? 'it'} takes no injected errors; use a scsi_debug or nvme device.` }
  return {
    sentence: `"${error.slice(0, 40)}" is no error of that device; ${suggest(error, known).replace(/\?$/, '')}.`,
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

function readRest(words: readonly string[]): Partial<InjectedError> | Wrong {
  const how: Mutable<Partial<InjectedError>> = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === 'reads') how.command = 'READ'
    else if (word === 'writes') how.command = 'WRITE'
    else if (word === 'times' && whole(words[at + 1], MAX_COUNT)) how.count = Number(words[++at])
    else if (word === 'seed' && whole(words[at + 1], 2 ** 32 - 1)) how.seed = Number(words[++at])
    else if (word === 'chance' && isChance(words[at + 1])) how.probability = Number(words[++at])
    else if (whole(word, 2 ** 48) && whole(words[at + 1], 2 ** 48) && how.first_sector === undefined) {
      how.first_sector = Number(word)
      how.sectors = Number(words[++at])
    } else
      return {
        sentence: `"${word.slice(0, 40)}" is not understood; after the error stand SECTOR COUNT, reads, writes, times N, chance P.`,
      }
  }
  return how
}

function whole(text: string | undefined, most: number): boolean {
  return text !== undefined && /^\d{1,15}$/.test(text) && Number(text) <= most
}

function isChance(text: string | undefined): boolean {
  return text !== undefined && /^(?:0?\.\d{1,9}|1|0)$/.test(text)
}

/** Undefined where nobody knows the devices. */
function diskNamed(name: string, world: World | undefined): WorldDevice | undefined | Wrong {
  if (!/^[a-z]\w{0,30}$/.test(name))
    return { sentence: `"${name.slice(0, 40)}" is no disk; write its name, such as sdb.` }
  if (world === undefined) return undefined
  const disks = pathsOf(world)
  const found = disks.find((disk) => disk.name === name)
  if (found !== undefined) return found
  const names = disks.map((disk) => disk.name)
  const meant = nearest(name, names)
  return {
    sentence: `there is no disk "${name}"; ${meant === undefined ? `write ${listed(names)}` : `did you mean "${meant}"`}.`,
  }
}

function noAccidents(disk: WorldDevice | undefined): Read | undefined {
  if (disk?.driver !== 'null_blk') return undefined
  return wrong(`${disk.name} is null_blk, to which no accident happens`, 'use a scsi_debug or nvme device')
}
