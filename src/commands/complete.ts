/** What may stand at the cursor: the table's slots, with the devices, maps and attributes of the lane at hand. */
import { INJECTABLE, WRITABLE_QUEUE_ATTRIBUTES } from '../engine/index.ts'
import { DEVICE_ATTRIBUTES, MESSAGES, NDELAY_PATHS, QUEUE_ATTRIBUTES, SCHEDULERS } from '../scenario/words.ts'
import { FIO_OPTIONS } from '../scenario/fio/options.ts'
import { FIO_PATTERNS } from '../scenario/fio/words.ts'
import { COMMANDS, type Slot } from './table.ts'
import { quoted, splitWords } from './words.ts'
import { pathsOf, type World } from './world.ts'

export interface Completion {
  /** What a chosen word replaces in the typed text. */
  readonly from: number
  readonly to: number
  readonly words: readonly CompletionWord[]
}

export interface CompletionWord {
  readonly text: string
  /** One line about it, where there is one. */
  readonly about?: string
}

const MOST = 100
const MAX_TEXT = 2000

/** Words that fit at the cursor, in the order of the table; none in the middle of a job file. */
export function complete(typed: string, cursor: number, world?: World): Completion {
  const none = { from: cursor, to: cursor, words: [] }
  if (typed.length > MAX_TEXT || cursor < 0 || cursor > typed.length) return none
  const start = Math.max(...[';', '&&', '\n'].map((mark) => endOf(typed.lastIndexOf(mark, cursor - 1), mark)))
  if (typed.trimStart().startsWith('fio') && typed.slice(0, cursor).includes('\n')) return none
  const { words } = splitWords(typed.slice(start, cursor))
  const last = words.at(-1)
  const partial = last !== undefined && last.to === cursor - start && last.text !== '>' ? last : undefined
  const before = (partial === undefined ? words : words.slice(0, -1)).map(({ text }) => text)
  const raw =
    partial === undefined ? '' : typed.slice(start + partial.from, start + partial.to).replace(/^["']/, '')
  const found = new Map<string, CompletionWord>()
  for (const entry of COMMANDS) {
    if (!fits(entry.slots, before, world)) continue
    const slot = entry.slots[before.length] ?? repeated(entry.slots, before)
    if (slot === undefined) continue
    for (const text of wordsFor(slot, before, world)) {
      const isLast = entry.slots.length <= before.length + 1
      if (text.replace(/^"/, '').startsWith(raw) && !found.has(text))
        found.set(text, isLast ? { text, about: entry.about } : { text })
    }
  }
  const from = partial === undefined ? cursor : start + partial.from
  return { from, to: cursor, words: [...found.values()].slice(0, MOST) }
}

function endOf(at: number, mark: string): number {
  return at < 0 ? 0 : at + mark.length
}

/** Options of fio repeat without end. */
function repeated(slots: readonly Slot[], before: readonly string[]): Slot | undefined {
  return before[0] === 'fio' ? slots.at(-1) : undefined
}

/** The words before stand where the slots want them. */
function fits(slots: readonly Slot[], before: readonly string[], world: World | undefined): boolean {
  if (before.length >= slots.length && before[0] !== 'fio') return false
  return before.every((word, at) => {
    const slot = slots[at] ?? slots.at(-1)
    if (slot === undefined) return false
    if (typeof slot === 'string') return slot.replaceAll('"', '') === word
    const known = wordsFor(slot, before.slice(0, at), world)
    return known.length === 0 || FREE_SLOTS.includes(slot.any) || known.includes(word)
  })
}

function wordsFor(slot: Slot, before: readonly string[], world: World | undefined): readonly string[] {
  if (typeof slot === 'string') return [slot]
  const disks = world === undefined ? [] : pathsOf(world)
  switch (slot.any) {
    case 'map':
      return world === undefined ? [] : [world.map]
    case 'disk':
      return disks.map(({ name }) => name)
    case 'number':
      return disks.map(({ dev }) => dev)
    case 'group':
      return Array.from({ length: world?.groups ?? 0 }, (_, at) => String(at + 1))
    case 'error':
      return errorsFor(before, world)
    case 'message':
      return messagesFor(world)
    case 'file':
      return filesOf(world, QUEUE_ATTRIBUTES)
    case 'writable':
      return [...filesOf(world, WRITABLE_QUEUE_ATTRIBUTES), ...NDELAY_PATHS.slice(0, 1), ...SCANS]
    case 'timer':
      return disks.flatMap((_, place) => timersAt(place))
    case 'seconds':
      return ['5', '30', 'off', 'infinity']
    case 'value':
      return [...SCHEDULERS, 'offline', 'running', '"- - -"']
    case 'fio':
      return [
        ...FIO_PATTERNS.map((pattern) => `--rw=${pattern}`),
        ...Object.keys(FIO_OPTIONS).map((name) => `--${name}=`),
      ]
    case 'command':
      return [...new Set(COMMANDS.map(({ syntax }) => syntax.split(' ')[0]!))]
  }
}

/** Whatever stands there fits. */
const FREE_SLOTS: readonly string[] = ['value', 'seconds', 'fio']

const SCANS = ['/sys/class/scsi_host/host0/scan']

/** Each disk has a host and a session of its own; which transport it has, its run knows. */
function timersAt(place: number): readonly string[] {
  const port = `/sys/class/fc_remote_ports/rport-${place}:0-0`
  return [
    `${port}/fast_io_fail_tmo`,
    `${port}/dev_loss_tmo`,
    `/sys/class/iscsi_session/session${place + 1}/recovery_tmo`,
  ]
}

function errorsFor(before: readonly string[], world: World | undefined): readonly string[] {
  const driver = world?.devices.find(({ name }) => name === before[1])?.driver
  return driver === undefined || driver === 'dm' ? [] : INJECTABLE[driver].map((name) => name.toLowerCase())
}

function messagesFor(world: World | undefined): readonly string[] {
  const disks = world === undefined ? [] : pathsOf(world)
  return Object.entries(MESSAGES).flatMap(([verb, takes]) => {
    if (takes === 'nothing') return [verb]
    if (takes === 'device') return disks.map(({ dev }) => quoted(`${verb} ${dev}`))
    return Array.from({ length: world?.groups ?? 0 }, (_, at) => quoted(`${verb} ${at + 1}`))
  })
}

function filesOf(world: World | undefined, attributes: Iterable<string>): readonly string[] {
  const names = [...attributes]
  return (world?.devices ?? []).flatMap(({ name, role }) => [
    ...names.map((attribute) => `/sys/block/${name}/queue/${attribute}`),
    ...(role === 'path'
      ? DEVICE_ATTRIBUTES.map((attribute) => `/sys/block/${name}/device/${attribute}`)
      : []),
  ])
}
