/**
 * The invariants of kernel-model section 9, as far as an event log shows them, over random scenarios and stacks. One
 * simulation serves all laws; each law is a test of its own. FC_RUNS raises the number of scenarios,
 * FC_SEED repeats a run of the suite. A broken law is shrunk and printed as a scenario file that `npm run sim` and the page read.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readScenario } from '../../src/scenario/index.ts'
import { caseOf, fileOf } from './case.ts'
import { judge } from './judge.ts'
import type { Law } from './law.ts'
import { LAWS } from './laws.ts'
import { type Drawn, drawnArb } from './stacked.ts'

const RUNS = Number(process.env['FC_RUNS'] ?? 600)
const SEED = Number(process.env['FC_SEED'] ?? 20_260_418)

/** Law -> number of the first case that breaks it. */
const broken = new Map<Law, number>()

const parameters = { numRuns: RUNS, seed: SEED } as const

beforeAll(() => {
  fc.sample(drawnArb, parameters).forEach(({ draft, modes }, at) => {
    const tested = caseOf(draft)
    for (const mode of modes)
      for (const law of judge(tested, mode).keys()) if (!broken.has(law)) broken.set(law, at)
  })
}, 3_600_000)

describe(`in ${RUNS} random scenarios, stacks of every shape in every mode`, () => {
  it.each(LAWS)(
    '$name',
    (law) => {
      const at = broken.get(law)
      if (at !== undefined) expect.fail(smallest(law, at))
    },
    600_000,
  )
})

it('prints a broken law as a file that the page opens: the form that people write, story or not', () => {
  for (const { draft } of fc.sample(drawnArb, { ...parameters, numRuns: 100 })) {
    const opened = readScenario(JSON.stringify(fileOf(draft)))
    expect(opened.ok ? [] : opened.problems).toEqual([])
    expect(opened.ok && opened.scenario.shell_step_ns).toBe(draft.shellStepNs)
  }
})

/** The smallest scenario found that breaks the law, and how it does. */
function smallest(law: Law, at: number): string {
  const property = fc.property(drawnArb, (drawn) => faultOf(drawn, law) === undefined)
  const { counterexample } = fc.check(property, { ...parameters, path: String(at), endOnFailure: false })
  const drawn = counterexample?.[0]
  if (drawn === undefined) return `case ${at} of seed ${SEED} breaks it, but could not be found again`
  const { draft } = drawn
  const how = draft.fromOutside ? `actions from outside ${JSON.stringify(draft.admin)} with ` : ''
  return [
    `${faultOf(drawn, law) ?? ''} (case ${at} of seed ${SEED})`,
    `${how}as a scenario file, the administrator as a task:`,
    JSON.stringify(fileOf(draft)),
  ].join('\n')
}

function faultOf({ draft, modes }: Drawn, law: Law): string | undefined {
  for (const mode of modes) {
    const fault = judge(caseOf(draft), mode, [law]).get(law)
    if (fault !== undefined) return `${mode} mode, ${fault}`
  }
  return undefined
}
