import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHUNK_EVENTS, createChunk } from '../engine/log/index.ts'
import { LogWriter, testHeader, testResult } from '../../tests/support/log-writer.ts'
import { RunRecord } from './run-record.ts'

/** A log of that many events with gaps of 0, 1 or 2 ns, so that many share a time. */
function dense(events: number, seed: number): LogWriter {
  const log = new LogWriter()
  let state = seed
  for (let i = 0; i < events; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    log.timeNs += (state >> 16) % 3
    log.add('io_submit', { subject: i + 1, sector: i * 2 ** 33, size: i, arg: i * 2 })
  }
  return log
}

describe('a record', () => {
  it('finds the last event that is not after a time, as a plain search does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 1000, CHUNK_EVENTS, CHUNK_EVENTS + 1, 20_000),
        fc.nat(),
        (events, seed) => {
          const record = dense(events, seed).record(testHeader('bio'))
          const times = Array.from({ length: events }, (_, i) => record.timeAt(i))
          for (const ns of [
            -1,
            0,
            times[0]! - 1,
            times[events >> 1]!,
            times[events >> 1]! + 0.5,
            times.at(-1)!,
            1e9,
          ]) {
            expect(record.indexAtTime(ns)).toBe(times.findLastIndex((time) => time <= ns))
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('gives back every column of an event, also beyond 2 TiB', () => {
    const record = dense(CHUNK_EVENTS + 5, 3).record(testHeader('bio'))
    const index = CHUNK_EVENTS + 3
    const sector = index * 2 ** 33
    expect(record.eventAt(index)).toMatchObject({
      index,
      subject: index + 1,
      sector,
      sizeSectors: index,
      arg: index * 2,
    })
  })

  it('refuses a chunk after one that is not full', () => {
    const record = dense(10, 1).record(testHeader('bio'))
    expect(() => record.append([createChunk(undefined, 1)], { tasks: [], strings: [], origins: [] })).toThrow(
      'not full',
    )
  })

  it('is empty before its first event and ends where its run ended', () => {
    const record = new RunRecord(testHeader('bio'))
    expect([record.indexAtTime(5), record.endNs, record.timeAt(-1)]).toEqual([-1, 0, 0])
    record.result = testResult(77, 0)
    expect(record.endNs).toBe(77)
  })
})
