/**
 * The multipath table line as a structure: drivers/md/dm-mpath.c:multipath_ctr, parse_features, parse_hw_handler,
 * parse_priority_group, parse_path, 6.1 and 6.12.
 */
import type { QueueMode } from '../../log/index.ts'
import { SELECTOR_ARGS, type SelectorName } from '../selectors/create.ts'
import { TableWords } from './table-words.ts'

export interface MultipathTable {
  readonly startSector: number
  readonly sizeSectors: number
  readonly queueIfNoPath: boolean
  readonly retainAttachedHwHandler: boolean
  readonly pgInitRetries: number
  readonly queueMode: QueueMode
  readonly hwHandler: string | undefined
  readonly initialGroup: number
  readonly groups: readonly TableGroup[]
}

export interface TableGroup {
  readonly selector: SelectorName
  readonly selectorArgs: readonly string[]
  readonly paths: readonly { readonly dev: string; readonly args: readonly string[] }[]
}

const HANDLERS: ReadonlySet<string> = new Set(['alua', 'rdac', 'emc', 'hp_sw'])

/**
 * Parses a table line; `{mode}` in it stands for `mode`. `deviceNames` are the `major:minor` that exist.
 * @throws ScenarioError that names the wrong word and its number.
 */
export function parseMultipathTable(
  line: string,
  mode: QueueMode,
  deviceNames: readonly string[],
  where: string,
): MultipathTable {
  const words = new TableWords(line.replaceAll('{mode}', mode), where)
  const startSector = words.number('the start sector', 0, 0)
  const sizeSectors = words.number('the length in sectors', 1, Number.MAX_SAFE_INTEGER)
  if (words.next('the target type') !== 'multipath')
    throw words.wrong('is not a target this device can have', 'the target is multipath')
  const features = parseFeatures(words)
  const hwHandler = parseHwHandler(words)
  const groupCount = words.number('the number of priority groups', 1, 1024)
  const initialGroup = words.number('the first priority group to use', 1, groupCount)
  const groups = Array.from({ length: groupCount }, () => parseGroup(words, deviceNames))
  words.end()
  return { startSector, sizeSectors, ...features, hwHandler, initialGroup, groups }
}

function parseFeatures(
  words: TableWords,
): Pick<MultipathTable, 'queueIfNoPath' | 'retainAttachedHwHandler' | 'pgInitRetries' | 'queueMode'> {
  const found = {
    queueIfNoPath: false,
    retainAttachedHwHandler: false,
    pgInitRetries: 0,
    queueMode: 'rq' as QueueMode,
  }
  let left = words.number('the number of feature words', 0, 8)
  const take = (expected: string): void => {
    if (left-- < 1) throw words.wrong('needs a value', `count ${expected} among the feature words`)
  }
  while (left > 0) {
    left--
    switch (words.next('a feature')) {
      case 'queue_if_no_path':
        found.queueIfNoPath = true
        break
      case 'retain_attached_hw_handler':
        found.retainAttachedHwHandler = true
        break
      case 'pg_init_retries':
        take('the number of retries')
        found.pgInitRetries = words.number('a number of retries', 1, 50)
        break
      case 'pg_init_delay_msecs': // parsed and without effect from 4.20 to 6.19
        take('the delay')
        words.number('a delay in ms', 0, 60000)
        break
      case 'queue_mode':
        take('the mode')
        found.queueMode = parseQueueMode(words)
        break
      default:
        throw words.wrong(
          'is not a feature of multipath',
          'known are queue_if_no_path, retain_attached_hw_handler, pg_init_retries N, pg_init_delay_msecs N, queue_mode bio|rq|mq',
        )
    }
  }
  return found
}

function parseQueueMode(words: TableWords): QueueMode {
  switch (words.next('bio, rq or mq')) {
    case 'bio':
      return 'bio'
    case 'rq':
    case 'mq':
      return 'rq'
    default:
      throw words.wrong('is not a queue mode', 'use bio, rq or mq')
  }
}

function parseHwHandler(words: TableWords): string | undefined {
  const count = words.number('the number of hardware handler words', 0, 1024)
  if (count === 0) return undefined
  const name = words.next('the hardware handler')
  if (!HANDLERS.has(name))
    throw words.wrong('is not a hardware handler', 'known are alua, rdac, emc and hp_sw')
  for (let i = 1; i < count; i++) words.next('an argument of the hardware handler')
  return name
}

function parseGroup(words: TableWords, deviceNames: readonly string[]): TableGroup {
  const selector = words.next('a path selector')
  const rules = SELECTOR_ARGS.get(selector)
  if (rules === undefined)
    throw words.wrong('is not a path selector', `known are ${[...SELECTOR_ARGS.keys()].join(', ')}`)
  const argCount = words.number(`the number of arguments of ${selector}`, 0, rules.maxSelectorArgs)
  const selectorArgs = Array.from({ length: argCount }, () =>
    String(words.number(`an argument of ${selector}`, 0, 1023)),
  )
  const pathCount = words.number('the number of paths', 1, 1024)
  const pathArgs = words.number('the number of arguments of each path', rules.minPathArgs, rules.maxPathArgs)
  const paths = Array.from({ length: pathCount }, () => {
    const dev = words.next('a path (major:minor)')
    if (!deviceNames.includes(dev))
      throw words.wrong('is not a device of this scenario', `use one of ${deviceNames.join(', ')}`)
    const args = Array.from({ length: pathArgs }, (_, n) => {
      const word = words.next(`argument ${String(n + 1)} of path ${dev}`)
      if (!rules.pathArg(word, n))
        throw words.wrong(`is not an argument of a ${selector} path`, rules.pathArgHelp)
      return word
    })
    return { dev, args }
  })
  return { selector: selector as SelectorName, selectorArgs, paths }
}
