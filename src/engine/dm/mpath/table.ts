/**
 * The multipath table line as a structure: drivers/md/dm-mpath.c:multipath_ctr, parse_features, parse_hw_handler,
 * parse_priority_group, parse_path, 2.6.28 to 6.19: which words there are is in the profile.
 */
import { HANDLERS } from '../../drivers/create-handler.ts'
import type { FeatureWord, KernelProfile, QueueKind } from '../../kernel/profile.ts'
import { kernelsWith } from '../../kernel/versions.ts'
import type { DmQueueMode } from '../../log/index.ts'
import { SELECTOR_ARGS, type SelectorName } from '../selectors/create.ts'
import { TableWords } from './table-words.ts'

export interface MultipathTable {
  readonly startSector: number
  readonly sizeSectors: number
  readonly queueIfNoPath: boolean
  readonly retainAttachedHwHandler: boolean
  readonly pgInitRetries: number
  /** Undefined: not asked for. */
  readonly pgInitDelayMsecs: number | undefined
  readonly queueMode: DmQueueMode
  /** Which queue request mode has: `queue_mode rq` or `mq` where the two differ. */
  readonly upperQueue: QueueKind
  readonly hwHandler: string | undefined
  readonly initialGroup: number
  readonly groups: readonly TableGroup[]
}

export interface TableGroup {
  readonly selector: SelectorName
  readonly selectorArgs: readonly string[]
  readonly paths: readonly { readonly dev: string; readonly args: readonly string[] }[]
}

/**
 * Parses a table line as a kernel would; `{mode}` in it stands for `mode`, in that kernel's words. `deviceNames` are the
 * `major:minor` that exist.
 * @throws ScenarioError that names the wrong word and its number.
 */
export function parseMultipathTable(
  line: string,
  mode: DmQueueMode,
  profile: KernelProfile,
  deviceNames: readonly string[],
  where: string,
): MultipathTable {
  const words = new TableWords(withMode(line, mode, profile), where)
  const startSector = words.number('the start sector', 0, 0)
  const sizeSectors = words.number('the length in sectors', 1, Number.MAX_SAFE_INTEGER)
  if (words.next('the target type') !== 'multipath')
    throw words.wrong('is not a target this device can have', 'the target is multipath')
  const features = parseFeatures(words, profile)
  const hwHandler = parseHwHandler(words)
  const groupCount = words.number('the number of priority groups', 1, 1024)
  const initialGroup = words.number('the first priority group to use', 1, groupCount)
  const groups = Array.from({ length: groupCount }, () => parseGroup(words, profile, deviceNames))
  words.end()
  return { startSector, sizeSectors, ...features, hwHandler, initialGroup, groups }
}

/** The line with its mode filled in: the two words `queue_mode {mode}` are not there for kernels with one mode. */
function withMode(line: string, mode: DmQueueMode, profile: KernelProfile): string {
  if (profile.featureWords.includes('queue_mode')) {
    const word = mode === 'rq' && profile.printsQueueModeMq && profile.upperQueues[0] === 'mq' ? 'mq' : mode
    return line.replaceAll('{mode}', word)
  }
  return line.replace(
    /^(\s*\S+\s+\S+\s+\S+\s+)(\d+)(\s.*?)queue_mode\s+\{mode\}\s?/,
    (_, head: string, count: string, between: string) => `${head}${String(Number(count) - 2)}${between}`,
  )
}

type Features = Pick<
  MultipathTable,
  | 'queueIfNoPath'
  | 'retainAttachedHwHandler'
  | 'pgInitRetries'
  | 'pgInitDelayMsecs'
  | 'queueMode'
  | 'upperQueue'
>

function parseFeatures(words: TableWords, profile: KernelProfile): Features {
  const found = {
    queueIfNoPath: false,
    retainAttachedHwHandler: false,
    pgInitRetries: 0,
    pgInitDelayMsecs: undefined as number | undefined,
    queueMode: profile.modes.includes('rq') ? ('rq' as DmQueueMode) : 'bio',
    upperQueue: profile.upperQueues[0] ?? 'mq',
  }
  let left = words.number('the number of feature words', 0, 8)
  const take = (expected: string): void => {
    if (left-- < 1) throw words.wrong('needs a value', `count ${expected} among the feature words`)
  }
  while (left > 0) {
    left--
    const word = words.next('a feature')
    checkFeature(words, word, profile)
    switch (word) {
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
      case 'pg_init_delay_msecs':
        take('the delay')
        found.pgInitDelayMsecs = words.number('a delay in ms', 0, 60000)
        break
      case 'queue_mode':
        take('the mode')
        Object.assign(found, parseQueueMode(words, profile))
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

/** A word that other kernels know is refused with their names; one that none knows is left to the caller. */
function checkFeature(words: TableWords, word: string, profile: KernelProfile): void {
  const others = kernelsWith((other) => other.featureWords.includes(word as FeatureWord))
  if (others === '' || profile.featureWords.includes(word as FeatureWord)) return
  throw words.wrong(
    `is not a feature of multipath on kernel ${profile.version}`,
    `leave it out, or use kernel ${others}`,
  )
}

function parseQueueMode(
  words: TableWords,
  profile: KernelProfile,
): Pick<MultipathTable, 'queueMode' | 'upperQueue'> {
  const hasLegacy = profile.upperQueues.includes('legacy')
  switch (words.next('bio, rq or mq')) {
    case 'bio':
      return { queueMode: 'bio', upperQueue: 'mq' }
    case 'rq':
      return { queueMode: 'rq', upperQueue: hasLegacy ? 'legacy' : 'mq' }
    case 'mq':
      return { queueMode: 'rq', upperQueue: 'mq' }
    default:
      throw words.wrong('is not a queue mode', 'use bio, rq or mq')
  }
}

function parseHwHandler(words: TableWords): string | undefined {
  const count = words.number('the number of hardware handler words', 0, 1024)
  if (count === 0) return undefined
  const name = words.next('the hardware handler')
  if (!HANDLERS.includes(name))
    throw words.wrong('is not a hardware handler', 'known are alua, rdac, emc and hp_sw')
  for (let i = 1; i < count; i++) words.next('an argument of the hardware handler')
  return name
}

function parseGroup(words: TableWords, profile: KernelProfile, deviceNames: readonly string[]): TableGroup {
  const selector = words.next('a path selector')
  const rules = SELECTOR_ARGS.get(selector)
  if (rules === undefined)
    throw words.wrong('is not a path selector', `known are ${[...SELECTOR_ARGS.keys()].join(', ')}`)
  if (!profile.selectors.includes(selector)) {
    throw words.wrong(
      `is not a path selector of kernel ${profile.version}`,
      `use ${profile.selectors.join(', ')}, or kernel ${kernelsWith((other) => other.selectors.includes(selector))}`,
    )
  }
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
