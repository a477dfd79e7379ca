/**
 * The ledger knows the log alone; the engine lets CPU time pass. Here the engine is watched doing it: every nanosecond
 * that a context spends must be in the ledger, under its task.
 */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRun, KERNELS, type RunInput, ScenarioError } from '../../src/engine/index.ts'
import { stepCosts, type QueueMode } from '../../src/engine/log/index.ts'
import { Context } from '../../src/engine/sim/cpu.ts'
import { ledgerOf } from '../../src/record/ledger/ledger.ts'
import { RunRecord } from '../../src/record/run-record.ts'
import { GALLERY, resolveScenario } from '../../src/scenario/index.ts'
import { PAIRS, scenarioTextOf } from '../conformance/data.ts'
import { scenarioOf } from '../conformance/simulate.ts'
import { caseOf } from '../laws/case.ts'
import { draftArb } from '../laws/generator.ts'

/** What administrators do is not in the ledger. */
const { command, activation } = stepCosts(1)

const spentNs = new Map<number, number>()
const original = Object.getOwnPropertyDescriptor(Context.prototype, 'spend')!.value as (
  this: Context,
  ns: number,
) => boolean

beforeEach(() => {
  vi.spyOn(Context.prototype, 'spend').mockImplementation(function (this: Context, ns: number) {
    if (ns !== command && ns !== activation) spentNs.set(this.task, (spentNs.get(this.task) ?? 0) + ns)
    return original.call(this, ns)
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

interface Books {
  readonly spent: Readonly<Record<string, number>>
  readonly charged: Readonly<Record<string, number>>
}

function books(input: RunInput): Books {
  const run = createRun(input)
  spentNs.clear() // the setup is not traced
  const record = new RunRecord(run.header)
  while (run.advance(100_000) === 'running');
  record.append(run.takeChunks(), { tasks: run.tables.tasks, strings: [], origins: [] })
  const name = (task: number): string => `${String(task)} ${run.tables.tasks[task]?.comm ?? '?'}`
  const ledger = ledgerOf(record, -1, record.eventCount - 1)
  const spent = [...spentNs].filter(([, ns]) => ns > 0).sort(([a], [b]) => a - b)
  return {
    spent: Object.fromEntries(spent.map(([task, ns]) => [name(task), ns])),
    charged: Object.fromEntries(ledger.tasks.map(({ task, ns }) => [name(task), ns])),
  }
}

describe('what a kernel was traced doing', () => {
  it.each(PAIRS)('$id', (pair) => {
    const { spent, charged } = books({ scenario: scenarioOf(scenarioTextOf(pair)), mode: pair.mode })
    expect(Object.keys(spent)).not.toEqual([])
    expect(charged).toEqual(spent)
  })
})

describe('the gallery', () => {
  const both = GALLERY.flatMap((document) => (['bio', 'rq'] as const).map((mode) => ({ document, mode })))
  it.each(both)('$document.scenario, $mode', ({ document, mode }) => {
    const resolved = resolveScenario(document)
    if (!resolved.ok) throw new Error(resolved.problems[0]?.what)
    const found = tryBooks({ scenario: resolved.scenario, mode })
    if (found) expect(found.charged).toEqual(found.spent)
  })
})

/** Undefined where the kernel refuses the scenario. */
function tryBooks(input: RunInput): Books | undefined {
  try {
    return books(input)
  } catch (error) {
    if (error instanceof ScenarioError) return undefined
    throw error
  }
}

describe('200 random scenarios on random kernels', () => {
  it('have every nanosecond in the ledger', () => {
    fc.assert(
      fc.property(
        draftArb,
        fc.constantFrom<QueueMode>('bio', 'rq'),
        fc.constantFrom(...KERNELS.keys()),
        (draft, mode, kernel) => {
          const { scenario, actions } = caseOf(draft)
          const found = tryBooks({ scenario, mode, actions, kernel })
          expect(found?.charged).toEqual(found?.spent)
        },
      ),
      { numRuns: 200, seed: 31 },
    )
  }, 300_000)
})
