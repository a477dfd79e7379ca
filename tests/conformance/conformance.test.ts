/** Every recorded scenario, simulated and compared with what the kernel did, final state included. */
import { afterAll, describe, expect, it } from 'vitest'
import { ScenarioError, type Scenario } from '../../src/engine/index.ts'
import { compare } from './compare.ts'
import { expectationOf, PAIRS, scenarioTextOf, traceOf } from './data.ts'
import { scenarioOf, simulatedTrace } from './simulate.ts'

/** Groups that the engine covers: a limits and splitting, b merging and schedulers, d path selectors. */
const GROUPS = ['a', 'b', 'd']

const NOT_MODELLED = ['bfq', 'kyber']

/** The scheduler that the engine has to refuse, if the scenario puts one into force in this mode. */
function unmodelledScheduler({ devices, setup, tasks }: Scenario, mode: 'bio' | 'rq'): string | undefined {
  const used = devices.map(({ queue }) => queue['scheduler'])
  for (const step of [setup, ...tasks.map((task) => task.do)].flat()) {
    if (!('sysfs' in step) || !step.sysfs.endsWith('/queue/scheduler')) continue
    // A bio-based dm device has no scheduler: the write is refused and changes nothing.
    if (mode === 'bio' && step.sysfs.startsWith('/sys/block/dm-')) continue
    used.push(step.value)
  }
  return NOT_MODELLED.find((scheduler) => used.includes(scheduler))
}

const refused: { readonly pair: string; readonly reason: string }[] = []

describe('the simulation does what the kernel did', () => {
  it.each(PAIRS.filter(({ group }) => GROUPS.includes(group)))('in $id', (pair) => {
    const scenario = scenarioOf(scenarioTextOf(pair))
    const scheduler = unmodelledScheduler(scenario, pair.mode)
    if (scheduler === undefined) {
      const text = simulatedTrace(scenario, pair.mode)
      const verdict = compare(traceOf(pair), text, expectationOf(pair), { requireState: true })
      expect(verdict.differences).toEqual([])
      return
    }
    const error = errorOf(() => simulatedTrace(scenario, pair.mode))
    expect(error).toBeInstanceOf(ScenarioError)
    expect(error?.message).toContain(scheduler)
    refused.push({ pair: pair.id, reason: error?.message ?? '' })
  })
})

afterAll(() => {
  for (const { pair, reason } of refused) console.log(`not modelled: ${pair}: ${reason}`)
})

function errorOf(act: () => unknown): Error | undefined {
  try {
    act()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
  return undefined
}
