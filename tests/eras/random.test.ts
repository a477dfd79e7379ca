/**
 * Random scenarios (tests/laws) on every kernel, in the modes that the kernel has: nothing is lost, and the only ones
 * refused are those that use what came later. The laws themselves are written for kernels of today; those named here
 * hold in every era.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KERNELS, ScenarioError } from '../../src/engine/index.ts'
import type { QueueMode } from '../../src/engine/log/index.ts'
import { caseOf, type Draft } from '../laws/case.ts'
import { draftArb } from '../laws/generator.ts'
import { judge } from '../laws/judge.ts'
import { LAWS } from '../laws/laws.ts'

const RUNS = Number(process.env['FC_ERA_RUNS'] ?? 20)
const DRAFTS = fc.sample(draftArb, { numRuns: RUNS, seed: 20_260_418 })

/** Laws that older kernels break, as kernel-model says: number in its section 9, and why. */
const EXCEPTIONS: Readonly<Record<string, (mode: QueueMode, version: string) => boolean>> = {
  // 1.5: the selector is not told of refused clones, so they look as if they were in flight
  '9, 10': (mode, version) => mode === 'rq' && version === '4.20',
  '34': (mode, version) => mode === 'rq' && version === '4.20',
  // 4.7: a reservation conflict fails the path, and 3.6 cannot tell some errors from others
  '17': (_, version) => OLD.includes(version),
  '12, 17': (_, version) => OLD.includes(version),
  // 128 requests per direction are 256 in all, and a fixed path pool is none of dm's
  '22': (_, version) => OLD.includes(version) || version === '4.14',
  // 3.8: each bio of a request completes on dm
  '25': (mode, version) => mode === 'rq' && OLD.includes(version),
  // 7.3: remainders are queued again
  '26': (mode, version) => mode === 'bio' && OLD.includes(version),
}
const OLD = ['2.6.28', '3.6', '4.3', '4.4', '4.8']

const lanes = [...KERNELS.values()].flatMap(({ version, modes }) => modes.map((mode) => ({ version, mode })))

describe.each(lanes)('kernel $version, $mode', ({ version, mode }) => {
  const laws = LAWS.filter(({ name }) => {
    const number = /\((\d[\d, ]*)\)$/.exec(name)?.[1] ?? ''
    return EXCEPTIONS[number]?.(mode, version) !== true
  })

  it(`keeps ${String(laws.length)} laws over ${String(RUNS)} random scenarios`, () => {
    const broken = DRAFTS.flatMap((draft, at) => faults(draft).map((fault) => `case ${String(at)}: ${fault}`))
    expect(broken).toEqual([])
  }, 120_000)

  function faults(draft: Draft): string[] {
    try {
      const tested = caseOf({ ...draft, file: { ...draft.file, kernel: version } })
      return [...judge(tested, mode, laws)].map(([law, how]) => `${law.name}: ${how}`)
    } catch (error) {
      const laterWord = /is not a path selector of kernel|cannot have paths of both block layers/
      if (error instanceof ScenarioError && laterWord.test(error.message)) return []
      throw error
    }
  }
})
