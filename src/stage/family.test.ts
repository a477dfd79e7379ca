import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventKind } from '../engine/log/index.ts'
import { ObjectType } from '../record/places.ts'
import type { RunRecord } from '../record/run-record.ts'
import { familyRoot, rangeRows } from './family.ts'
import { LaneFacts } from './facts.ts'
import { bioLane, rqLane } from './test-record.ts'

/** By id of an application I/O: when it was submitted and when it ended, looked up in the log. */
function livesOf(record: RunRecord): Map<number, { fromNs: number; toNs: number }> {
  const lives = new Map<number, { fromNs: number; toNs: number }>()
  for (let i = 0; i < record.eventCount; i++) {
    const { kind, subject, timeNs } = record.eventAt(i)
    if (kind === EventKind.io_submit) lives.set(subject, { fromNs: timeNs, toNs: Infinity })
    const life = lives.get(subject)
    if (kind === EventKind.io_end && life !== undefined) life.toNs = timeNs
  }
  return lives
}

describe('the I/Os of a brushed time', () => {
  it.each([
    ['bio', bioLane()],
    ['rq', rqLane()],
  ] as const)('in a %s lane are those whose life touches it', (_mode, record) => {
    const facts = new LaneFacts(record.header)
    for (const chunk of record.chunks) facts.read(chunk)
    const lives = livesOf(record)
    const lastNs = record.timeAt(record.eventCount - 1)
    const index = fc.integer({ min: 0, max: record.eventCount - 1 })
    const time = fc.integer({ min: 0, max: lastNs + 1000 })
    fc.assert(
      fc.property(index, time, time, (at, a, b) => {
        const range = { fromNs: Math.min(a, b), toNs: Math.max(a, b) }
        const picture = record.pictureAt(at)
        const { slots } = picture
        const lit = new Uint8Array(slots.count)
        rangeRows(picture, facts, range, lit)
        for (let row = 0; row < slots.count; row++) {
          if (slots.type[row] === ObjectType.free || slots.type[row]! >= ObjectType.request) continue
          const life = lives.get(familyRoot(facts, slots.id[row]!))
          if (life === undefined) continue
          expect(lit[row]).toBe(life.fromNs <= range.toNs && life.toNs >= range.fromNs ? 1 : 0)
        }
      }),
    )
  })
})
