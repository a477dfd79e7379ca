/** The selectors by the names that table lines use, and the arguments each of them takes. */
import type { Machine } from '../../machine.ts'
import { HistoricalServiceTime } from './historical-service-time.ts'
import { IoAffinity } from './io-affinity.ts'
import type { PathSelector } from './path-selector.ts'
import { QueueLength } from './queue-length.ts'
import { RoundRobin } from './round-robin.ts'
import { ServiceTime } from './service-time.ts'

export type SelectorName =
  'round-robin' | 'queue-length' | 'service-time' | 'historical-service-time' | 'io-affinity'

interface ArgRules {
  readonly maxSelectorArgs: number
  readonly minPathArgs: number
  readonly maxPathArgs: number
  pathArg(word: string, index: number): boolean
  readonly pathArgHelp: string
}

const isCount = (word: string): boolean => /^\d{1,10}$/.test(word)

const repeatOnly: ArgRules = {
  maxSelectorArgs: 0,
  minPathArgs: 0,
  maxPathArgs: 1,
  pathArg: isCount,
  pathArgHelp: 'use repeat_count, a whole number',
}

export const SELECTOR_ARGS: ReadonlyMap<string, ArgRules> = new Map<SelectorName, ArgRules>([
  ['round-robin', repeatOnly],
  ['queue-length', repeatOnly],
  [
    'service-time',
    {
      maxSelectorArgs: 0,
      minPathArgs: 0,
      maxPathArgs: 2,
      pathArg: (word, index) => isCount(word) && (index === 0 || Number(word) <= 100),
      pathArgHelp: 'use repeat_count and relative_throughput (0 to 100)',
    },
  ],
  ['historical-service-time', { ...repeatOnly, maxSelectorArgs: 2 }],
  [
    'io-affinity',
    {
      maxSelectorArgs: 0,
      minPathArgs: 1,
      maxPathArgs: 1,
      pathArg: (word) => /^[0-9a-f,]{1,64}$/i.test(word) && /[0-9a-f]/i.test(word),
      pathArgHelp: 'use a cpumask in hex',
    },
  ],
])

export function createSelector(m: Machine, name: SelectorName, args: readonly string[]): PathSelector {
  switch (name) {
    case 'round-robin':
      return new RoundRobin(m.profile)
    case 'queue-length':
      return new QueueLength(m.profile)
    case 'service-time':
      return new ServiceTime(m.profile)
    case 'historical-service-time':
      return new HistoricalServiceTime(args, () => m.clock.nowNs)
    case 'io-affinity':
      return new IoAffinity()
  }
}
