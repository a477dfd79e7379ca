/** echo into files under /sys, and cat of them: queues, disks, timers of transports. */
import { type TransportFile, transportFile, WRITABLE_QUEUE_ATTRIBUTES } from '../engine/index.ts'
import { listed, nearest, suggest } from '../lib/near-miss.ts'
import { DEVICE_ATTRIBUTES, NDELAY_PATHS, QUEUE_ATTRIBUTES, SCHEDULERS } from '../scenario/words.ts'
import { asks, does, type Read, wrong } from './parsed.ts'
import type { World } from './world.ts'

const FILE = /^\/sys\/block\/([\w*-]{1,32})\/(queue|device)\/(\w{1,40})$/
const SCAN = /^\/sys\/class\/scsi_host\/host\d{1,4}\/scan$/
const MAX_VALUE = 64

export function readEcho(words: readonly string[], world: World | undefined): Read {
  const at = words.indexOf('>')
  if (at < 0) return wrong('echo writes nowhere', 'add > and a file under /sys')
  const value = words
    .slice(0, at)
    .filter((word) => word !== '-n')
    .join(' ')
  const [path, more] = words.slice(at + 1)
  if (path === undefined || more !== undefined) return wrong('after > stands one file', 'write it last')
  if (value.length > MAX_VALUE) return wrong('the value is too long', `keep it under ${MAX_VALUE} characters`)
  if (SCAN.test(path)) {
    if (/^(?:-|\d+) (?:-|\d+) (?:-|\d+)$/.test(value)) return does({ rescan: true })
    return wrong(`"${value}" is nothing to scan for`, 'write "- - -" for everything')
  }
  if ((NDELAY_PATHS as readonly string[]).includes(path))
    return /^\d{1,12}$/.test(value)
      ? does(write(NDELAY_PATHS[0], value))
      : wrong('ndelay is a number of ns', 'write it')
  const timer = transportFile(path)
  if (timer !== undefined) return wrongTimer(timer, value) ?? does(write(path, value))
  return wrongFile(path, world) ?? wrongValue(path, value) ?? does(write(path, value))
}

function wrongTimer({ attribute, never: word }: TransportFile, value: string): Read | undefined {
  if (value === word || /^\d{1,10}$/.test(value)) return undefined
  const or = word === undefined ? '' : `, or ${word}`
  return wrong(`"${value}" is no time of ${attribute}`, `write whole seconds${or}`)
}

export function readCat(words: readonly string[], world: World | undefined): Read {
  const [path, more] = words
  if (path === undefined || more !== undefined)
    return wrong('cat shows one file', 'write a file under /sys/block')
  if (path.includes('*')) return wrong('cat shows one file here', 'name the device')
  if (transportFile(path) !== undefined) return asks({ ask: 'cat', path })
  return wrongFile(path, world, true) ?? asks({ ask: 'cat', path })
}

function write(sysfs: string, value: string): { readonly sysfs: string; readonly value: number | string } {
  const number = /^(?:0|[1-9]\d{0,14})$/.test(value)
  return { sysfs, value: number ? Number(value) : value }
}

function wrongFile(path: string, world: World | undefined, reading = false): Read | undefined {
  const [, name, folder, attribute] = FILE.exec(path) ?? []
  if (name === undefined || attribute === undefined)
    return wrong(
      `"${path.slice(0, 80)}" does not exist here`,
      'write /sys/block/DEV/queue/ATTRIBUTE or /sys/block/DISK/device/ATTRIBUTE',
    )
  const names = world?.devices.map((device) => device.name)
  if (names !== undefined && !name.includes('*') && !names.includes(name)) {
    const meant = nearest(name, names)
    return wrong(
      `there is no device "${name}"`,
      meant === undefined ? `write ${listed(names)}` : `did you mean "${meant}"`,
    )
  }
  const readable: readonly string[] = folder === 'device' ? DEVICE_ATTRIBUTES : QUEUE_ATTRIBUTES
  const known = reading || folder === 'device' ? readable : [...WRITABLE_QUEUE_ATTRIBUTES]
  if (known.includes(attribute)) return undefined
  const what = reading || !readable.includes(attribute) ? 'is no attribute' : 'cannot be written'
  return wrong(`${attribute} ${what} there`, suggest(attribute, known).replace(/\?$/, ''))
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  scheduler: SCHEDULERS,
  state: ['running', 'offline'],
  delete: ['1'],
}
const FREE = ['access_state']
/** Of a disk; 0 is refused (drivers/scsi/scsi_sysfs.c). */
const FROM_ONE = ['queue_depth', 'timeout', 'eh_timeout']

function wrongValue(path: string, value: string): Read | undefined {
  const attribute = path.slice(path.lastIndexOf('/') + 1)
  const words = WORDS[attribute]
  if (words !== undefined)
    return words.includes(value)
      ? undefined
      : wrong(`"${value}" is no value of ${attribute}`, `write ${listed(words)}`)
  if (FREE.includes(attribute)) return undefined
  if (FROM_ONE.includes(attribute) && !/^[1-9]\d{0,4}$/.test(value))
    return wrong(`"${value}" is no value of ${attribute}`, 'write a whole number from 1 to 99999')
  if (/^\d{1,10}$/.test(value)) return undefined
  return wrong(`"${value}" is no number`, `${attribute} takes a whole number`)
}
