/** What dmsetup steps ask of devices that are not there, or that the kernel would refuse. */
import { linesOf, parseTable } from '../dm/dm-table.ts'
import { ScenarioError } from '../error.ts'
import { tableMode } from '../kernel/choose.ts'
import type { KernelProfile } from '../kernel/profile.ts'
import type { QueueMode } from '../log/index.ts'
import type { LinearSpec, Scenario } from '../scenario.ts'
import type { DmsetupStep } from './dmsetup.ts'
import { foundLater } from './found-later.ts'
import { isTableLine, meansPresentTable } from './present-table.ts'
import { planStack } from './stack-plan.ts'

/** @throws ScenarioError */
export function checkDmsetup(
  scenario: Scenario,
  step: DmsetupStep,
  where: string,
  mode: QueueMode,
  profile: KernelProfile,
): void {
  const linear = linearNamed(scenario, step, where)
  if ('message' in step && linear !== undefined)
    throw new ScenarioError(
      `${where}.map`,
      `${linear.name} is a linear device, which takes no messages`,
      `send it to ${scenario.dm.name}`,
    )
  if (!('load' in step)) return
  const known = knownTo(scenario, linear, mode, profile)
  if (!isTableLine(step.load)) {
    if (meansPresentTable(step.load) && linear === undefined) return
    throw new ScenarioError(
      `${where}.load`,
      `"${step.load}" is no table line`,
      'write one, or "the same table over the devices found by the rescan"',
    )
  }
  const table = parseTable(linesOf(step.load), tableMode(profile, mode), profile, known, `${where}.load`)
  const isLinear = table.targets[0]!.type === 'linear'
  if (isLinear !== (linear !== undefined))
    throw new ScenarioError(
      `${where}.load`,
      isLinear
        ? "the kernel says: can't replace immutable target type multipath"
        : 'a second multipath map is not simulated',
      isLinear ? 'load a multipath line, or name another map' : 'load linear lines',
    )
  if (linear === undefined) return
  const sectors = parseTable(linear.table, 'bio', profile, known, 'stack').sizeSectors
  if (table.sizeSectors !== sectors)
    throw new ScenarioError(
      `${where}.load`,
      `the table has ${String(table.sizeSectors)} sectors and ${linear.name} has ${String(sectors)}`,
      'a device that changes its size is not simulated: write lines of the same length',
    )
}

/** The linear device that a step names; undefined for the multipath map. */
function linearNamed(
  { dm, stack = [] }: Scenario,
  { map }: DmsetupStep,
  where: string,
): LinearSpec | undefined {
  if (map === undefined || map === dm.name) return undefined
  const linear = stack.filter((entry) => 'table' in entry)
  const named = linear.find((entry) => entry.name === map)
  if (named !== undefined) return named
  throw new ScenarioError(
    `${where}.map`,
    `device-mapper has no device "${map}"`,
    `use one of ${[dm.name, ...linear.map((entry) => entry.name)].join(', ')}`,
  )
}

/** What was there before the device was made: nothing can lead to itself, or to what leads to it. */
function knownTo(
  scenario: Scenario,
  linear: LinearSpec | undefined,
  mode: QueueMode,
  profile: KernelProfile,
): ReturnType<typeof planStack>['known'] {
  const { known } = planStack(scenario, mode, profile)
  const own = known.findIndex(({ dev }) => dev === (linear ?? scenario.dm).dev)
  const later = foundLater(scenario).map(({ dev }) => ({
    ...{ dev, sectors: Number.MAX_SAFE_INTEGER, requestStackable: true },
  }))
  return [...known.slice(0, own), ...later.filter(({ dev }) => known.every((device) => device.dev !== dev))]
}
