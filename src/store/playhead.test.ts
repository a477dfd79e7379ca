import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simNs } from '../lib/brands.ts'
import type { RunRecord } from '../record/run-record.ts'
import { LogWriter, testHeader } from '../../tests/support/log-writer.ts'
import { randomLog } from '../../tests/support/random-log.ts'
import { type Playhead, playheadAfter, playheadAt, playheadIn, playheadNear, stepped } from './playhead.ts'

function lanes(seed: number): RunRecord[] {
  return (['bio', 'rq'] as const).map((mode) =>
    randomLog({ mode, seed, ios: 6, paths: 2 }).record(testHeader(mode)),
  )
}

const seeds = fc.integer({ min: 1, max: 100_000 })
const start: Playhead = { timeNs: simNs(0), indices: [-1, -1] }

function walk(records: RunRecord[]): Playhead[] {
  const heads = [start]
  for (;;) {
    const next = stepped(records, heads.at(-1)!, 1)
    if (next === heads.at(-1)) return heads
    heads.push(next)
  }
}

describe('stepping', () => {
  it('comes to the moment after an event, as going there does', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const records = lanes(seed)
        walk(records).forEach((head, i, heads) => {
          const lane = head.indices.findIndex((index, at) => index !== heads[i - 1]?.indices[at])
          if (i > 0) expect(playheadAfter(records, lane, head.indices[lane]!)).toEqual(head)
        })
      }),
      { numRuns: 30 },
    )
  })

  it('visits every event of every lane once, in order of time', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const records = lanes(seed)
        const heads = walk(records)
        expect(heads).toHaveLength(1 + records.reduce((sum, record) => sum + record.eventCount, 0))
        for (let i = 1; i < heads.length; i++) {
          expect(heads[i]!.timeNs).toBeGreaterThanOrEqual(heads[i - 1]!.timeNs)
          const moved = heads[i]!.indices.filter((index, lane) => index !== heads[i - 1]!.indices[lane])
          expect(moved).toHaveLength(1)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('back undoes a step forwards, everywhere', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const records = lanes(seed)
        const heads = walk(records)
        for (let i = heads.length - 1; i > 0; i--)
          expect(stepped(records, heads[i]!, -1)).toEqual(heads[i - 1])
        expect(stepped(records, heads[0]!, -1)).toBe(heads[0])
      }),
      { numRuns: 30 },
    )
  })

  it('goes on from any time', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 1, noNaN: true }), (seed, share) => {
        const records = lanes(seed)
        const endNs = Math.max(...records.map((record) => record.endNs))
        const head = playheadAt(records, simNs(share * endNs))
        const next = stepped(records, head, 1)
        if (next === head) return
        expect(next.timeNs).toBeGreaterThan(head.timeNs)
        expect(playheadAt(records, head.timeNs)).toEqual(head)
      }),
    )
  })
})

describe('a playhead from a link', () => {
  it('stands between events of one nanosecond where the link says so', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const records = lanes(seed)
        for (const head of walk(records)) {
          const found = playheadNear(records, head.timeNs, head.indices)
          expect(found).toEqual(head)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('does not believe what cannot be', () => {
    const records = lanes(3)
    const head = playheadAt(records, simNs(records[0]!.endNs / 2))
    for (const indices of [[0], [0, 0], [-2, -1], [1e9, 1e9]]) {
      expect(playheadNear(records, head.timeNs, indices)).toEqual(head)
    }
  })
})

/** Events as pairs of a time and a name, which is their subject. */
type Events = readonly (readonly [timeNs: number, name: number])[]

function recordOf(events: Events): RunRecord {
  const log = new LogWriter()
  for (const [timeNs, subject] of events) {
    log.timeNs = timeNs
    log.add('io_submit', { subject })
  }
  return log.record(testHeader('bio'))
}

const names = fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 4 })

describe('a playhead when lanes show other runs', () => {
  it('has behind it what both have, and all of a nanosecond that was over', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
        names,
        names,
        names,
        fc.nat(),
        (past, shared, ours, theirs, at) => {
          const early: Events = past.map((name) => [5, name])
          const was: Events = [...early, ...[...shared, ...ours].map((name) => [7, name] as const), [9, 1]]
          const is: Events = [...early, ...[...shared, ...theirs].map((name) => [7, name] as const), [8, 2]]
          const happened = at % (shared.length + ours.length + 1)
          const head = { timeNs: simNs(7), indices: [early.length + happened - 1] }
          const found = playheadIn([recordOf(is)], head, [recordOf(was)])
          const all = happened === shared.length + ours.length
          let same = 0
          const [a, b] = [
            [...shared, ...ours],
            [...shared, ...theirs],
          ]
          while (same < happened && same < b.length && a[same] === b[same]) same++
          const expected = all ? shared.length + theirs.length : same
          expect(found).toEqual({ timeNs: 7, indices: [early.length + expected - 1] })
        },
      ),
    )
  })

  it('stays in a run that is still there, wherever it goes', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [a, b] = lanes(seed)
        for (const head of walk([a!, b!]))
          expect(playheadIn([b, a, undefined], head, [a, b])).toEqual({
            timeNs: head.timeNs,
            indices: [head.indices[1], head.indices[0], -1],
          })
      }),
      { numRuns: 10 },
    )
  })
})
