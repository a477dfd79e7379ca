import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventKind, kindName } from '../engine/log/index.ts'
import { testHeader } from '../../tests/support/log-writer.ts'
import { randomLog } from '../../tests/support/random-log.ts'
import { birthOf, ioOf } from './birth.ts'
import { familyOf, sameIo } from './family.ts'
import { Milestones, nthEvent } from './milestones.ts'
import { objectId, ObjectType } from './places.ts'
import type { RunRecord } from './run-record.ts'

const logs = fc.record({
  mode: fc.constantFrom('bio' as const, 'rq' as const),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  ios: fc.integer({ min: 1, max: 50 }),
  paths: fc.constant(2),
})

/** Bios and their clones by repeated passes over all events until nothing is added; requests only by having held one. */
function naiveMembers(record: RunRecord, io: number): Set<number> {
  const members = new Set([io])
  for (let before = 0; before !== members.size;) {
    before = members.size
    for (let i = 0; i < record.eventCount; i++) {
      const { kind, subject, object } = record.eventAt(i)
      const upward: number[] = [
        EventKind.bio_queue,
        EventKind.bio_clone,
        EventKind.split,
        EventKind.getrq,
        EventKind.rq_clone,
      ]
      const downward: number[] = [EventKind.backmerge, EventKind.frontmerge, EventKind.rq_merge]
      if (upward.includes(kind) && members.has(object)) members.add(subject)
      if (downward.includes(kind) && members.has(subject)) members.add(object)
    }
  }
  return members
}

describe('a family', () => {
  it('has the members that a naive search finds, and every one leads back to the I/O or joined a request of it', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (options, pick) => {
        const record = randomLog(options).record(testHeader(options.mode, options.paths))
        const ios = eventsOfKind(record, EventKind.io_submit)
        const io = record.subjectAt(ios[pick % ios.length]!)
        const family = familyOf(record, objectId(io))!
        expect(new Set(family.members.map((member) => member.id))).toEqual(naiveMembers(record, io))
        for (const member of family.members) {
          expect(birthOf(record, member.id)?.type).toBe(member.type)
          if (member.type < ObjectType.request) expect(ioOf(record, member.id)).toBe(io)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is touched by its own events, in order, from the first to the last', () => {
    fc.assert(
      fc.property(logs, (options) => {
        const record = randomLog(options).record(testHeader(options.mode, options.paths))
        const io = record.subjectAt(eventsOfKind(record, EventKind.io_submit)[0]!)
        const { events } = familyOf(record, objectId(io))!
        expect(record.kindAt(events[0]!)).toBe(EventKind.io_submit)
        expect([...events].sort((a, b) => a - b)).toEqual(events)
        const ofIo = Array.from({ length: record.eventCount }, (_, i) => i).filter(
          (i) => record.subjectAt(i) === io,
        )
        expect(events).toEqual(expect.arrayContaining(ofIo))
      }),
      { numRuns: 40 },
    )
  })

  it('is the same asked for by any bio of it', () => {
    const record = randomLog({ mode: 'bio', seed: 5, ios: 30, paths: 2 }).record(testHeader('bio'))
    const io = record.subjectAt(eventsOfKind(record, EventKind.io_submit)[7]!)
    const family = familyOf(record, objectId(io))!
    for (const member of family.members.filter((m) => m.type < ObjectType.request)) {
      expect(familyOf(record, member.id)).toEqual(family)
    }
  })

  it('knows nothing of an id that the log does not have', () => {
    const record = randomLog({ mode: 'rq', seed: 5, ios: 3, paths: 2 }).record(testHeader('rq'))
    expect(familyOf(record, objectId(1_000_000))).toBeUndefined()
    expect(familyOf(record, objectId(0))).toBeUndefined()
  })

  it('has its counterpart in the other lane', () => {
    const bio = randomLog({ mode: 'bio', seed: 5, ios: 30, paths: 2 }).record(testHeader('bio'))
    const rq = randomLog({ mode: 'rq', seed: 9, ios: 30, paths: 2 }).record(testHeader('rq'))
    const event = eventsOfKind(bio, EventKind.io_submit)[11]!
    const other = sameIo(bio, objectId(bio.subjectAt(event)), rq)!
    expect(rq.argAt(birthOf(rq, other)!.event)).toBe(bio.argAt(event))
  })
})

describe('milestones', () => {
  it('are the first of each kind, each failure, and the last end, as the record grows', () => {
    const record = randomLog({ mode: 'bio', seed: 11, ios: 40, paths: 2 }).record(testHeader('bio'))
    const milestones = new Milestones(record).all()
    const at = (kind: number): number[] =>
      milestones.filter((m) => m.kind === kindName(kind)).map((m) => m.index)
    expect(at(EventKind.backmerge)).toEqual([nthEvent(record, EventKind.backmerge)])
    expect(at(EventKind.split)).toEqual(eventsOfKind(record, EventKind.split).slice(0, 1))
    expect(at(EventKind.fail_path)).toEqual(eventsOfKind(record, EventKind.fail_path).slice(0, 32))
    expect(at(EventKind.io_end)).toEqual(eventsOfKind(record, EventKind.io_end).slice(-1))
    expect(milestones.map((m) => m.index)).toEqual(milestones.map((m) => m.index).sort((a, b) => a - b))
  })

  it('count the nth event of a kind on a device', () => {
    const record = randomLog({ mode: 'bio', seed: 11, ios: 40, paths: 2 }).record(testHeader('bio'))
    const onSecond = eventsOfKind(record, EventKind.rq_issue).filter((i) => record.devAt(i) === 2)
    expect(nthEvent(record, EventKind.rq_issue, 3, 2)).toBe(onSecond[2])
    expect(nthEvent(record, EventKind.rq_issue, 1_000_000)).toBe(-1)
  })
})

function eventsOfKind(record: RunRecord, kind: number): number[] {
  return Array.from({ length: record.eventCount }, (_, i) => i).filter((i) => record.kindAt(i) === kind)
}
