/** Every wrong kernel of mutations.ts is noticed, and the right one is not accused: the laws and the traces have teeth. */
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { QueueMode } from '../../src/engine/log/index.ts'
import { expectationOf, PAIRS, scenarioTextOf, traceOf } from '../conformance/data.ts'
import { compare } from '../conformance/compare.ts'
import { caseOf, type Case } from './case.ts'
import { draftArb } from './generator.ts'
import { MUTATIONS } from './mutations.ts'

const CASES: readonly Case[] = fc.sample(draftArb, { numRuns: 300, seed: 3 }).map(caseOf)

afterEach(() => {
  vi.doUnmock('../../src/engine/block/merge.ts')
  vi.doUnmock('../../src/engine/block/split-bio.ts')
  vi.doUnmock('../../src/engine/block/blk-mq-plug.ts')
  vi.doUnmock('../../src/engine/dm/bio-record.ts')
  vi.doUnmock('../../src/engine/dm/mpath/end-io.ts')
  vi.doUnmock('../../src/engine/dm/mpath/fail-path.ts')
  vi.doUnmock('../../src/engine/dm/mpath/map-rq.ts')
  vi.doUnmock('../../src/engine/dm/mpath/selector-account.ts')
  vi.resetModules()
})

/** Names of the laws that the engine, as it is loaded now, breaks; a crash of the engine counts under its message. */
async function brokenLaws(
  enough: (name: string) => boolean,
  only: QueueMode | undefined,
): Promise<Set<string>> {
  const { judge, MODES } = await import('./judge.ts')
  const broken = new Set<string>()
  for (const tested of CASES) {
    for (const mode of only ? [only] : MODES) {
      try {
        for (const { name } of judge(tested, mode).keys()) broken.add(name)
      } catch {
        // a wrong engine may also fall over; that alone is not what this test is after
      }
    }
    if ([...broken].some(enough)) break
  }
  return broken
}

async function conforms(id: string): Promise<boolean> {
  const { scenarioOf, simulatedTrace } = await import('../conformance/simulate.ts')
  const pair = PAIRS.find((one) => one.id === id)!
  const text = simulatedTrace(scenarioOf(scenarioTextOf(pair)), pair.mode)
  return compare(traceOf(pair), text, expectationOf(pair), { requireState: true }).pass
}

// a wrong engine may go round in circles until its run is broken off
describe('a wrong kernel is noticed where', { timeout: 300_000 }, () => {
  it.each(MUTATIONS.filter(({ laws }) => laws))('$name', async ({ apply, mode, laws = [] }) => {
    vi.resetModules()
    await apply()
    const accused = (name: string): boolean => laws.some((part) => name.includes(part))
    const broken = [...(await brokenLaws(accused, mode))]
    expect(broken.filter(accused), `broken instead: ${broken.join('; ')}`).not.toEqual([])
  })

  it.each(MUTATIONS.filter(({ pair }) => pair))('$name', async ({ apply, pair = '' }) => {
    vi.resetModules()
    expect(await conforms(pair)).toBe(true)
    vi.resetModules()
    await apply()
    expect(await conforms(pair)).toBe(false)
  })
})
