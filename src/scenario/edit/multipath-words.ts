/** Meanings of the words of a multipath line (dm-mpath.c:parse_features, parse_hw_handler, parse_priority_group, parse_path). */
import type { KernelProfile } from '../../engine/index.ts'
import type { TableContext } from './table-words.ts'
import type { Walk } from './word-walk.ts'

/** More than the kernel takes of anything; what counts beyond is not walked. */
const MOST = 1024

export function multipathWords(walk: Walk, context: TableContext): void {
  features(walk, context.kernel)
  const handler = walk.count(handlerCount, MOST)
  if (handler.value > 0) {
    walk.sayCounted(
      handler.word,
      'handler',
      'hardware handler: what tells the array which path group is to be active',
    )
    for (let left = handler.value - 1; left > 0 && !walk.isOver(); left--)
      walk.sayCounted(handler.word, 'value', 'an argument of the hardware handler')
  }
  const groups = walk.count(
    (count) => `${many(count, 'priority group')} follow${count === 1 ? 's' : ''}`,
    MOST,
  )
  walk.say('value', 'the group to begin with; groups are counted from 1')
  for (let group = 1; group <= groups.value && !walk.isOver(); group++) priorityGroup(walk, context, group)
}

function handlerCount(count: number): string {
  return count === 0 ? 'no hardware handler' : `the next ${many(count, 'word')} name a hardware handler`
}

function features(walk: Walk, kernel: KernelProfile): void {
  const count = walk.count(
    (words) =>
      words === 0 ? 'no features' : `the next ${many(words, 'word')} switch features on, values included`,
    8,
  )
  const end = count.word + count.value
  while (walk.told.length < end && !walk.isOver()) {
    const feature = walk.peek() ?? ''
    walk.sayCounted(count.word, 'feature', FEATURES[feature] ?? 'a feature')
    const value = VALUES[feature]
    if (value !== undefined && walk.told.length < end)
      walk.sayCounted(count.word, 'value', value(walk.peek() ?? '', kernel))
  }
}

const FEATURES: Readonly<Partial<Record<string, string>>> = {
  queue_if_no_path: 'feature: while no path works, I/O waits instead of failing',
  retain_attached_hw_handler: 'feature: a hardware handler that a path already has stays',
  pg_init_retries: 'feature: how often the activation of a group is tried again; its number follows',
  pg_init_delay_msecs: 'feature: how long to wait before an activation is tried again; its number follows',
  queue_mode: 'feature: whether bios or requests pass through; its value follows',
}

const VALUES: Readonly<Partial<Record<string, (word: string, kernel: KernelProfile) => string>>> = {
  pg_init_retries: (word) => `tries an activation again up to ${word} times`,
  pg_init_delay_msecs: (word) => `${word} ms before another try`,
  queue_mode: (word, kernel) => {
    if (word === '{mode}') return `each lane puts its own mode here: ${kernel.modes.join(' or ')}`
    if (word === 'bio') return 'bio-based: each bio chooses a path, merging happens below'
    if (word === 'rq' || word === 'mq') return 'request-based: bios merge first, each request chooses a path'
    return 'the queue mode: bio, rq or mq'
  },
}

function priorityGroup(walk: Walk, context: TableContext, group: number): void {
  const selector = walk.say('selector', selectorMeaning(walk.peek() ?? '', group)) ?? ''
  const args = walk.count(
    (count) =>
      count === 0 ? `${selector} has no arguments` : `${many(count, 'argument')} of ${selector} follow`,
    MOST,
  )
  for (let n = 0; n < args.value && !walk.isOver(); n++)
    walk.sayCounted(args.word, 'value', SELECTOR_VALUES[selector]?.[n] ?? `an argument of ${selector}`)
  const paths = walk.count((count) => `group ${group} has ${many(count, 'path')}`, MOST)
  const each = walk.count(
    (count) => (count === 0 ? 'the paths have no arguments' : `${many(count, 'argument')} after each path`),
    MOST,
  )
  for (let path = 1; path <= paths.value && !walk.isOver(); path++) {
    const dev = walk.peek() ?? ''
    const name = context.devices.find((device) => device.dev === dev)?.name
    const place = `path ${path} of group ${group}`
    walk.sayCounted(
      paths.word,
      'device',
      name === undefined ? `${place}: a device as major:minor` : `${place}: ${name}`,
    )
    for (let n = 0; n < each.value && !walk.isOver(); n++)
      walk.sayCounted(
        each.word,
        'value',
        pathValue(selector, n, name ?? dev, walk.peek() ?? '', context.kernel),
      )
  }
}

const SELECTORS: Readonly<Partial<Record<string, string>>> = {
  'round-robin': 'the paths take turns',
  'queue-length': 'the path with the fewest I/Os in flight',
  'service-time': 'the path with the fewest bytes in flight for its throughput',
  'historical-service-time': 'the path that should be done first, judged by how long it took lately',
  'io-affinity': 'the path that belongs to the CPU at work',
}

function selectorMeaning(word: string, group: number): string {
  const how = SELECTORS[word]
  return `path selector of group ${group}${how === undefined ? '' : `: ${how}`}`
}

const SELECTOR_VALUES: Readonly<Partial<Record<string, readonly string[]>>> = {
  'historical-service-time': [
    'base weight: how long the past counts, 0 to 1023 (972 is 0.95)',
    'threshold: how many times slower a path must be before that counts',
  ],
}

function pathValue(selector: string, n: number, name: string, word: string, kernel: KernelProfile): string {
  if (selector === 'io-affinity') return `CPUs that use ${name}, as a hexadecimal mask`
  if (n === 1 && selector === 'service-time')
    return `relative throughput of ${name}: ${word} of 0 to 100; a path with twice as much gets twice the bytes`
  if (n > 0) return `an argument of ${name}`
  const obeyed =
    kernel.repeatCount === 'target' || (kernel.repeatCount === 'round-robin' && selector === 'round-robin')
  return obeyed
    ? `repeat count of ${name}: ${many(Number(word), 'I/O')} before another path is chosen`
    : `repeat count of ${name}: read, and without effect on kernel ${kernel.version}`
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
