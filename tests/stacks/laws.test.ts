/** Random stacks in every mode: what each layer owes, the record's pictures, and the same run twice. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunkBuffer } from '../../src/engine/log/index.ts'
import { RunRecord } from '../../src/record/run-record.ts'
import { caseOf, fileOf } from '../laws/case.ts'
import { simulate } from '../laws/judge.ts'
import { rowsOf } from '../laws/log-rows.ts'
import { disagreements } from '../support/check-picture.ts'
import { Layers } from './layers.ts'
import { type Stacked, stackedArb } from './stacked.ts'

const RUNS = Number(process.env['FC_RUNS'] ?? 300)
const SEED = Number(process.env['FC_SEED'] ?? 20_260_418)

function faultsOf({ draft, mode }: Stacked): readonly string[] {
  const { ran, chunks } = simulate(caseOf(draft), mode)
  const layers = new Layers(ran.scenario, ran.header, ran.tables)
  for (const row of rowsOf(chunks)) layers.see(row)
  if (ran.result) layers.finish(ran.result)
  if (ran.result && ran.result.stuck > 0 && mode !== 'bio' && mode !== 'rq')
    layers.faults.push(`${ran.result.stuck} I/Os never end`)
  return layers.faults
}

describe(`in ${RUNS} random stacks`, () => {
  it('every layer hands on what it was given, and every bio ends once', { timeout: 1_200_000 }, () => {
    fc.assert(
      fc.property(stackedArb, (stacked) => {
        const faults = faultsOf(stacked)
        const file = JSON.stringify({ mode: stacked.mode, ...fileOf(stacked.draft) })
        if (faults.length > 0) expect.fail(`${faults.slice(0, 3).join('\n')}\n${file}`)
      }),
      { numRuns: RUNS, seed: SEED },
    )
  })

  it('the record follows every bio through every layer', { timeout: 1_200_000 }, () => {
    fc.assert(
      fc.property(stackedArb, ({ draft, mode }) => {
        const { ran, chunks } = simulate(caseOf(draft), mode)
        const record = new RunRecord(ran.header)
        record.append(chunks, ran.tables)
        const stride = Math.max(1, Math.floor(record.eventCount / 40))
        for (let i = 0; i < record.eventCount; i += stride)
          expect(disagreements(record.pictureAt(i))).toEqual([])
        expect(disagreements(record.pictureAt(record.eventCount - 1))).toEqual([])
      }),
      { numRuns: Math.ceil(RUNS / 4), seed: SEED + 1 },
    )
  })

  it('runs are the same twice, byte for byte', () => {
    fc.assert(
      fc.property(stackedArb, ({ draft, mode }) => {
        const bytes = (): Buffer[] =>
          simulate(caseOf(draft), mode).chunks.map((chunk) => Buffer.from(chunkBuffer(chunk)))
        const [once, again] = [bytes(), bytes()]
        expect(again.map((chunk, at) => chunk.equals(once[at]!))).not.toContain(false)
      }),
      { numRuns: 40, seed: SEED + 2 },
    )
  })
})
