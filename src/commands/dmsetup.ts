/** dmsetup: message, suspend, resume, load and the questions. */
import { listed, nearest, suggest } from '../lib/near-miss.ts'
import { MESSAGES } from '../scenario/words.ts'
import { asks, does, type Read, wrong } from './parsed.ts'
import type { World } from './world.ts'

const VERBS = ['message', 'suspend', 'resume', 'load', 'reload', 'status', 'table', 'ls', 'info'] as const
const QUESTIONS = {
  status: 'dmsetup_status',
  table: 'dmsetup_table',
  info: 'dmsetup_info',
} as const
const MAX_TABLE = 16_384

export function readDmsetup(words: readonly string[], world: World | undefined): Read {
  const [verb = '', ...rest] = words
  switch (verb) {
    case 'message':
      return readMessage(rest, world)
    case 'suspend':
      return readSuspend(rest, world)
    case 'resume':
      return wrongMap(rest, world) ?? does({ resume: true })
    case 'load':
    case 'reload':
      return readLoad(rest, world)
    case 'status':
    case 'table':
    case 'info':
      return readQuestion(QUESTIONS[verb], rest, world)
    case 'ls':
      return asks({ ask: 'dmsetup_ls' })
    default:
      return wrong(`"${verb}" is no command of dmsetup here`, suggest(verb, VERBS).replace(/\?$/, ''))
  }
}

function readQuestion(
  ask: 'dmsetup_status' | 'dmsetup_table' | 'dmsetup_info',
  words: readonly string[],
  world: World | undefined,
): Read {
  const [map] = words
  if (map === undefined) return asks({ ask })
  return wrongMap(words, world) ?? asks({ ask, map: map.replace('/dev/mapper/', '') })
}

/** Undefined when exactly one word is left and it is the map. */
export function wrongMap(words: readonly string[], world: World | undefined): Read | undefined {
  const [name, more] = words
  if (name === undefined) return wrong('a map is missing', `write ${world?.map ?? 'its name'}`)
  if (more !== undefined) return wrong(`"${more}" is one word too many`, 'take it out')
  const short = name.replace('/dev/mapper/', '')
  if (world === undefined || short === world.map || short === 'dm-0') return undefined
  return wrong(`there is no map "${name}"`, `write ${world.map}`)
}

function readMessage([map, sector, ...message]: readonly string[], world: World | undefined): Read {
  const faulty = wrongMap(map === undefined ? [] : [map], world)
  if (faulty !== undefined) return faulty
  if (sector === undefined || !/^\d{1,15}$/.test(sector))
    return wrong('a message is for the target at a sector', 'write 0 after the map')
  return messageOf(message.join(' '), world)
}

/** A message to the target, as multipath_message takes it. */
export function messageOf(text: string, world: World | undefined): Read {
  const [verb = '', argument, more] = text.trim().split(/\s+/)
  const takes = Object.hasOwn(MESSAGES, verb) ? MESSAGES[verb] : undefined
  if (takes === undefined)
    return wrong(
      `"${verb}" is no message of multipath`,
      suggest(verb, Object.keys(MESSAGES)).replace(/\?$/, ''),
    )
  if (takes === 'nothing')
    return argument === undefined
      ? does({ message: verb })
      : wrong(`${verb} takes no argument`, 'take it out')
  if (argument === undefined || more !== undefined)
    return wrong(
      `${verb} takes one ${takes}`,
      takes === 'group' ? 'write its number, from 1' : 'write MAJOR:MINOR',
    )
  const faulty = takes === 'group' ? wrongGroup(argument, world) : wrongPath(argument, world)
  return faulty ?? does({ message: `${verb} ${argument}` })
}

function wrongGroup(argument: string, world: World | undefined): Read | undefined {
  if (!/^[1-9]\d{0,3}$/.test(argument)) return wrong(`"${argument}" is no group`, 'write its number, from 1')
  if (world === undefined || Number(argument) <= world.groups) return undefined
  return wrong(
    `there is no group ${argument}`,
    world.groups === 1 ? 'there is only group 1' : `write 1 to ${world.groups}`,
  )
}

function wrongPath(argument: string, world: World | undefined): Read | undefined {
  if (!/^(?:\d{1,4}:\d{1,7}|(?:\/dev\/)?[a-z]\w{0,30})$/.test(argument))
    return wrong(`"${argument}" is no device`, 'write MAJOR:MINOR, such as 8:16')
  const name = argument.replace('/dev/', '')
  if (world === undefined || world.devices.some((one) => one.dev === name || one.name === name))
    return undefined
  const known = world.devices.filter(({ role }) => role === 'path')
  const meant = nearest(
    name,
    known.flatMap((one) => [one.name, one.dev]),
  )
  const remedy =
    meant === undefined ? `write ${listed(known.map(({ dev }) => dev))}` : `did you mean "${meant}"`
  return wrong(`there is no path ${argument}`, remedy)
}

function readSuspend(words: readonly string[], world: World | undefined): Read {
  const flags = words.filter((word) => word.startsWith('-'))
  const unknown = flags.find((flag) => flag !== '--noflush' && flag !== '--nolockfs')
  if (unknown !== undefined)
    return wrong(`${unknown} is no option of suspend`, 'write --noflush, --nolockfs or none')
  const rest = words.filter((word) => !word.startsWith('-'))
  const suspend = { noflush: flags.includes('--noflush'), nolockfs: flags.includes('--nolockfs') }
  return wrongMap(rest, world) ?? does({ suspend })
}

function readLoad(words: readonly string[], world: World | undefined): Read {
  const at = words.indexOf('--table')
  const line = at < 0 ? undefined : words[at + 1]
  const rest = at < 0 ? words : [...words.slice(0, at), ...words.slice(at + 2)]
  const faulty = wrongMap(rest, world)
  if (faulty !== undefined) return faulty
  if (line === undefined) return wrong('a table is missing', 'write --table "0 SECTORS multipath ..."')
  if (line.length > MAX_TABLE)
    return wrong('the table line is too long', `keep it under ${MAX_TABLE} characters`)
  if (!/^\s*0\s+\d{1,15}\s+multipath\s/.test(line))
    return wrong('a table line begins with 0, the length in sectors and multipath', 'write it so')
  return does({ load: line.trim() })
}
