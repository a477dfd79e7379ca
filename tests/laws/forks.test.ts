/** Acting changes the future and nothing else: a run with an action is, until that action, the run without it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Action, createRun, type Run } from '../../src/engine/index.ts'
import { caseOf } from './case.ts'
import { draftArb } from './generator.ts'
import { rowsOf } from './log-rows.ts'

const MOST_EVENTS = 6000

function rowsOfRun(run: Run): string[] {
  run.advance(MOST_EVENTS)
  return [...rowsOf(run.takeChunks())].map((row) => JSON.stringify(row))
}

function timeOf(row: string): number {
  return (JSON.parse(row) as { timeNs: number }).timeNs
}

describe('a fork', () => {
  it('has the past of its parent, event for event', { timeout: 120_000 }, () => {
    const mode: fc.Arbitrary<'bio' | 'rq'> = fc.constantFrom('bio', 'rq')
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(draftArb, mode, share, (draft, of, where) => {
        const { scenario, actions } = caseOf(draft)
        const before = rowsOfRun(createRun({ scenario, actions, mode: of }))
        const forkNs = timeOf(before[Math.floor(where * (before.length - 1))] ?? '{"timeNs":0}')
        const device = scenario.devices[0]!.dev
        const fork: Action = { at_ns: forkNs, step: { message: `fail_path ${device}` } }
        const kept = actions.filter(({ at_ns }) => at_ns < forkNs)
        const after = rowsOfRun(createRun({ scenario, actions: [...kept, fork], mode: of }))
        const past = before.filter((row) => timeOf(row) < forkNs)
        expect(after.slice(0, past.length)).toEqual(past)
      }),
      { numRuns: 150, seed: 21 },
    )
  })
})
