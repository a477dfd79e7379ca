/** Acting changes the future and nothing else: a run with an action is, until that action, the run without it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Action, createRun, type Run } from '../../src/engine/index.ts'
import { CHUNK_EVENTS, EventKind } from '../../src/engine/log/index.ts'
import { caseOf } from './case.ts'
import { draftArb } from './generator.ts'
import { type Row, rowsOf } from './log-rows.ts'

/** Of a run that is longer, the chunks that are full by then are looked at. */
const MOST_EVENTS = 2 * CHUNK_EVENTS

function rowsOfRun(run: Run): string[] {
  run.advance(MOST_EVENTS)
  const rows: string[] = []
  for (const row of rowsOf(run.takeChunks())) rows.push(JSON.stringify(row))
  return rows
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
        const past = before.slice(0, before.findLastIndex((row) => timeOf(row) < forkNs) + 1)
        expect(after.slice(0, past.length)).toEqual(past)
      }),
      { numRuns: 50, seed: 21 },
    )
  })

  it('of an accident begins at its very nanosecond, however busy the CPUs are', { timeout: 120_000 }, () => {
    const mode: fc.Arbitrary<'bio' | 'rq'> = fc.constantFrom('bio', 'rq')
    fc.assert(
      fc.property(draftArb, mode, fc.integer({ min: 0, max: 300_000 }), (draft, of, atNs) => {
        const { scenario } = caseOf(draft)
        const slow = { service: { device: scenario.devices[0]!.name, factor: 3 } }
        const run = createRun({
          scenario: { ...scenario, cpus: 1 },
          actions: [{ at_ns: atNs, step: slow }],
          mode: of,
        })
        const rows = rowsOfRun(run).map((row) => JSON.parse(row) as Row)
        const happened = rows.find(({ kind }) => kind === EventKind.pace)
        if (happened === undefined) expect(rows.at(-1)!.timeNs).toBeLessThanOrEqual(atNs)
        else expect(happened.timeNs).toBe(atNs)
      }),
      { numRuns: 40, seed: 22 },
    )
  })
})
