/** Random stacks in every mode: the pictures that the record makes of them. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RunRecord } from '../../src/record/run-record.ts'
import { caseOf } from '../laws/case.ts'
import { simulate } from '../laws/judge.ts'
import { stackedArb } from '../laws/stacked.ts'
import { disagreements } from '../support/check-picture.ts'

it('the record follows every bio through every layer', { timeout: 1_200_000 }, () => {
  fc.assert(
    fc.property(stackedArb, ({ draft, modes }) => {
      for (const mode of modes) {
        const { ran, chunks } = simulate(caseOf(draft), mode)
        const record = new RunRecord(ran.header)
        record.append(chunks, ran.tables)
        const stride = Math.max(1, Math.floor(record.eventCount / 40))
        for (let i = 0; i < record.eventCount; i += stride)
          expect(disagreements(record.pictureAt(i))).toEqual([])
        expect(disagreements(record.pictureAt(record.eventCount - 1))).toEqual([])
      }
    }),
    { numRuns: Number(process.env['FC_RUNS'] ?? 75), seed: 20_260_419 },
  )
})
