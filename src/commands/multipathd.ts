/** multipathd and multipath: what they show, and the messages that their commands send. */
import { listed } from '../lib/near-miss.ts'
import { messageOf, wrongMap } from './dmsetup.ts'
import { asks, does, type Read, wrong } from './parsed.ts'
import { type World, pathsOf } from './world.ts'

const SHOWN = {
  paths: 'multipathd_paths',
  maps: 'multipathd_maps',
  multipaths: 'multipathd_maps',
  topology: 'multipath_ll',
} as const
const VERBS = [
  'show',
  'list',
  'fail',
  'reinstate',
  'disablequeueing',
  'restorequeueing',
  'switch',
  'suspend',
  'resume',
]

export function readMultipath(words: readonly string[]): Read {
  if (words.length === 1 && /^-(?:ll|l|v\d)$/.test(words[0]!)) return asks({ ask: 'multipath_ll' })
  return wrong(`multipath ${words.join(' ')} is not simulated`, 'write multipath -ll')
}

export function readMultipathd(typed: readonly string[], world: World | undefined): Read {
  const words = typed[0]?.startsWith('-k') === true ? typed.join(' ').slice(2).trim().split(/\s+/) : typed
  const [verb = '', what = '', ...rest] = words
  if (verb === 'show' || verb === 'list') {
    if ((what === 'maps' || what === 'multipaths') && rest[0] === 'status')
      return asks({ ask: 'multipathd_status' })
    if (Object.hasOwn(SHOWN, what)) return asks({ ask: SHOWN[what as keyof typeof SHOWN] })
    return wrong(`multipathd cannot ${verb} "${what}"`, `write ${listed(Object.keys(SHOWN))}`)
  }
  if ((verb === 'fail' || verb === 'reinstate') && what === 'path')
    return pathMessage(verb === 'fail' ? 'fail_path' : 'reinstate_path', rest, world)
  if (verb === 'disablequeueing' || verb === 'restorequeueing') {
    const faulty = what === 'maps' ? undefined : wrongMap(what === 'map' ? rest : [what, ...rest], world)
    return faulty ?? messageOf(verb === 'disablequeueing' ? 'fail_if_no_path' : 'queue_if_no_path', world)
  }
  if ((verb === 'switch' || verb === 'switchgroup') && what === 'map' && rest[1] === 'group')
    return wrongMap(rest.slice(0, 1), world) ?? messageOf(`switch_group ${rest.slice(2).join(' ')}`, world)
  if (verb === 'suspend' && what === 'map')
    return wrongMap(rest, world) ?? does({ suspend: { noflush: false, nolockfs: false } })
  if (verb === 'resume' && what === 'map') return wrongMap(rest, world) ?? does({ resume: true })
  return wrong(
    `multipathd does not know "${words.join(' ').slice(0, 60)}" here`,
    `begin with ${listed(VERBS)}`,
  )
}

/** multipathd names a path by its disk; the message needs its number. */
function pathMessage(
  message: string,
  [name = '', ...more]: readonly string[],
  world: World | undefined,
): Read {
  if (name === '' || more.length > 0)
    return wrong('one path is failed at a time', 'write its disk, such as sdb')
  const short = name.replace('/dev/', '')
  const found = world === undefined ? undefined : pathsOf(world).find((path) => path.name === short)
  return messageOf(`${message} ${found?.dev ?? short}`, world)
}
