import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LogWriter, testHeader } from '../../tests/support/log-writer.ts'
import { CHUNK_EVENTS, EventKind } from '../engine/log/index.ts'
import { KindIndex } from './kind-index.ts'
import { RunRecord } from './run-record.ts'

const KINDS = ['io_submit', 'io_end', 'backmerge'] as const
const rare = EventKind.fail_path

/** Three chunks and a bit, with a path failure here and there. */
function logged(): RunRecord {
  const log = new LogWriter()
  for (let at = 0; at < 3 * CHUNK_EVENTS + 100; at++) {
    log.timeNs = at * 10
    log.add(at % 9973 === 5000 ? 'fail_path' : KINDS[(at * 7) % 3]!, { dev: at % 3, subject: at + 1 })
  }
  return log.record(testHeader('bio'))
}

const record = logged()

/** The plain way: one event after the other. */
function naive(kinds: readonly number[], nth: number, from: number, direction: 1 | -1, dev?: number): number {
  let left = nth
  for (let at = from + direction; at >= 0 && at < record.eventCount; at += direction) {
    if (!kinds.includes(record.kindAt(at)) || (dev !== undefined && record.devAt(at) !== dev)) continue
    if (--left === 0) return at
  }
  return -1
}

describe('the index of kinds', () => {
  it('finds what reading every event finds', () => {
    const kinds = fc.subarray([EventKind.io_submit, EventKind.backmerge, rare, EventKind.split])
    const from = fc.oneof(
      fc.integer({ min: -1, max: record.eventCount }),
      fc.constantFrom(-1, 8191, 8192, 16383),
    )
    const nth = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12_000 }))
    const dev = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined })
    fc.assert(
      fc.property(kinds, nth, from, fc.constantFrom(1 as const, -1 as const), dev, (of, n, at, way, only) => {
        const test =
          only === undefined
            ? undefined
            : (chunk: { dev: Uint8Array }, row: number) => chunk.dev[row] === only
        expect(KindIndex.of(record).nth(of, n, at, way, test)).toBe(naive(of, n, at, way, only))
      }),
      { numRuns: 400 },
    )
  })

  it('hears of what is logged later', () => {
    const growing = new RunRecord(testHeader('bio'))
    const index = KindIndex.of(growing)
    expect(index.next([rare], -1, 1)).toBe(-1)
    growing.append(record.chunks, { tasks: [], strings: [], origins: [] })
    expect(index.next([rare], -1, 1)).toBe(5000)
    expect(index.next([rare], 5000, 1)).toBe(14_973)
    expect(KindIndex.of(growing)).toBe(index)
  })
})
