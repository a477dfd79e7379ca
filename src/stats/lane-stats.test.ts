/** Against naive counts of the same log, and against the pictures of the record. */
import { describe, expect, it } from 'vitest'
import { EventKind } from '../engine/log/index.ts'
import type { RunRecord } from '../record/run-record.ts'
import { testHeader } from '../../tests/support/log-writer.ts'
import { randomLog } from '../../tests/support/random-log.ts'
import { LaneStats } from './lane-stats.ts'
import { summaryOf, type TimeRange } from './range-summary.ts'

function statsOf(record: RunRecord, step = Infinity): LaneStats {
  const stats = new LaneStats(record)
  while (stats.read(step));
  return stats
}

function runOf(mode: 'bio' | 'rq', seed: number): RunRecord {
  return randomLog({ mode, seed, ios: 120, paths: 3 }).record(testHeader(mode, 3))
}

/** Every event again, with the plainest of code. */
function naive(record: RunRecord, { fromNs, toNs }: TimeRange): Record<string, unknown> {
  const events = Array.from({ length: record.eventCount }, (_, i) => record.eventAt(i))
  const inRange = (ns: number): boolean => fromNs <= ns && ns < toNs
  const ended = events.filter(({ kind, timeNs }) => kind === EventKind.io_end && inRange(timeNs))
  const took = ended
    .map((end) => {
      const begun = events.find(
        ({ kind, subject }) => kind === EventKind.io_submit && subject === end.subject,
      )
      return end.timeNs - begun!.timeNs
    })
    .sort((a, b) => a - b)
  const rank = (share: number): number => took.find((_, i) => i + 1 >= share * took.length) ?? NaN
  const issued = events.filter(
    ({ kind, dev, timeNs }) => kind === EventKind.rq_issue && dev > 0 && inRange(timeNs),
  )
  const failed = events.filter(
    ({ kind, dev, arg, timeNs }) => kind === EventKind.rq_complete && dev > 0 && arg !== 0 && inRange(timeNs),
  )
  const merges = [EventKind.backmerge, EventKind.frontmerge, EventKind.rq_merge] as number[]
  return {
    ios: ended.length,
    p50Ns: rank(0.5),
    p95Ns: rank(0.95),
    p99Ns: rank(0.99),
    maxNs: rank(1),
    commands: [1, 2, 3].map((path) => issued.filter(({ dev }) => dev === path).length),
    sectors: issued.reduce((sum, { sizeSectors }) => sum + sizeSectors, 0),
    merges: events.filter(({ kind, timeNs }) => merges.includes(kind) && inRange(timeNs)).length,
    failedIos: ended.filter(({ arg }) => arg !== 0).length,
    failedCommands: failed.length,
  }
}

describe.each(['bio', 'rq'] as const)('the statistics of a %s lane', (mode) => {
  it.each([1, 2, 3, 4])('say of any range what a plain count says (seed %i)', (seed) => {
    const record = runOf(mode, seed)
    const stats = statsOf(record)
    for (let i = 0; i < 12; i++) {
      const fromNs = (record.endNs * ((i * 7) % 12)) / 14
      const range = { fromNs, toNs: fromNs + (record.endNs * (1 + (i % 4))) / 6 }
      const found = summaryOf(stats, range)
      const expected = naive(record, range)
      const comparable = { ...found, commands: [1, 2, 3].map((path) => found.commands.get(path) ?? 0) }
      expect(comparable).toMatchObject(expected)
    }
  })

  it('are the same however the events arrive', () => {
    const record = runOf(mode, 5)
    const whole = { fromNs: 0, toNs: Infinity }
    expect(summaryOf(statsOf(record, 7), whole)).toEqual(summaryOf(statsOf(record), whole))
  })

  it('count tags and commands in flight as the pictures of the record do', () => {
    const record = runOf(mode, 6)
    const stats = statsOf(record)
    for (let index = 0; index < record.eventCount; index += 5) {
      const timeNs = record.timeAt(index)
      const { devices } = record.pictureAt(record.indexAtTime(timeNs))
      for (const dev of [1, 2, 3]) {
        const row = devices.row(dev)
        expect(stats.tags.get(dev)?.at(timeNs) ?? 0).toBe(devices.driverTagsInUse[row])
      }
      const tagsOfDm = devices.schedTagsInUse[devices.row(0)]
      if (mode === 'rq') expect(stats.tags.get(0)?.at(timeNs) ?? 0).toBe(tagsOfDm)
    }
  })
})
