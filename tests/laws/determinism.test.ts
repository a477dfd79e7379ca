/** A run is a pure function of its input: the same twice, in slices of any size, and with CPUs of any speed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRun, type Run, type RunInput } from '../../src/engine/index.ts'
import { BYTES_PER_EVENT, chunkBuffer, EventKind, type EventChunk } from '../../src/engine/log/index.ts'
import { expectationOf, PAIRS, scenarioTextOf } from '../conformance/data.ts'
import { scenarioOf } from '../conformance/simulate.ts'
import { caseOf } from './case.ts'
import { rowsOf } from './log-rows.ts'
import { type Drawn, drawnArb } from './stacked.ts'

/** Broken off like the runs of the laws, so that one that goes on for ever ends as well. */
const MOST_EVENTS = 8000

/** All chunks of a run that is advanced by the given numbers of events in turn. */
function chunksOf(run: Run, slices: readonly number[]): EventChunk[] {
  const chunks: EventChunk[] = []
  let state = 'running'
  for (let turn = 0; state === 'running' && chunks.length * 8192 < MOST_EVENTS; turn++) {
    state = run.advance(slices[turn % slices.length]!)
    chunks.push(...run.takeChunks())
  }
  return chunks
}

function bytesOf(chunk: EventChunk): Buffer {
  return Buffer.from(chunkBuffer(chunk))
}

/** One of the modes that it can be run in, by a number of any size. */
function input({ draft, modes }: Drawn, of: number): RunInput {
  const { scenario, actions } = caseOf(draft)
  return { scenario, actions, mode: modes[of % modes.length]! }
}

describe('a run', () => {
  it('is the same twice, byte for byte', () => {
    fc.assert(
      fc.property(drawnArb, fc.nat(7), (drawn, of) => {
        const [once, again] = [createRun(input(drawn, of)), createRun(input(drawn, of))]
        const [first, second] = [chunksOf(once, [10_000]), chunksOf(again, [10_000])]
        expect(second.length).toBe(first.length)
        expect(second.map((chunk, at) => bytesOf(chunk).equals(bytesOf(first[at]!)))).not.toContain(false)
        expect(second.at(-1)?.count).toBe(first.at(-1)?.count)
        expect(again.tables).toEqual(once.tables)
        expect(chunkBuffer(first[0]!).byteLength).toBe(8192 * BYTES_PER_EVENT)
      }),
      { numRuns: 80, seed: 11 },
    )
  })

  it('does not depend on the slices it is advanced in', () => {
    const slices = fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(drawnArb, fc.nat(7), slices, (drawn, of, sizes) => {
        const one = chunksOf(createRun(input(drawn, of)), [10_000])
        const many = chunksOf(createRun(input(drawn, of)), sizes)
        const [a, b] = [rowsOf(one), rowsOf(many)]
        for (;;) {
          const [left, right] = [a.next(), b.next()]
          if (left.done === true || right.done === true) break
          if (JSON.stringify(left.value) !== JSON.stringify(right.value))
            expect(right.value).toEqual(left.value)
        }
      }),
      { numRuns: 60, seed: 12 },
    )
  })
})

/** Device -> how often each way in was used: bios queued, requests issued. */
function submissions(id: string, costScale: number): Record<string, number> {
  const pair = PAIRS.find((one) => one.id === id)!
  const run = createRun({ scenario: scenarioOf(scenarioTextOf(pair)), mode: pair.mode, costScale })
  while (run.advance(100_000) === 'running');
  const counts: Record<string, number> = {}
  for (const { kind, dev } of rowsOf(run.takeChunks())) {
    if (kind !== EventKind.bio_queue && kind !== EventKind.rq_issue) continue
    const key = `${kind === EventKind.bio_queue ? 'Q' : 'D'} ${run.header.devices[dev]?.name ?? dev}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

describe('where a real kernel always does the same, the speed of the CPU changes no count', () => {
  const strict = PAIRS.filter((pair) => expectationOf(pair).level === 'strict')

  it.each(strict)('$id', ({ id }) => {
    const usual = submissions(id, 1)
    expect(Object.keys(usual)).not.toEqual([])
    expect(submissions(id, 0)).toEqual(usual)
    expect(submissions(id, 7)).toEqual(usual)
  })
})
