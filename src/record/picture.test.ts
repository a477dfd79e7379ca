import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BlkStatus, RequeueTo, SplitLimit } from '../engine/log/index.ts'
import { contents, disagreements } from '../../tests/support/check-picture.ts'
import { LogWriter, testHeader } from '../../tests/support/log-writer.ts'
import { randomLog } from '../../tests/support/random-log.ts'
import { Counter } from './counters.ts'
import { foldTo } from './fold.ts'
import { PictureCursor } from './picture-cursor.ts'
import { Picture } from './picture.ts'
import { objectId, ObjectType, Place } from './places.ts'
import type { RunRecord } from './run-record.ts'

const logs = fc.record({
  mode: fc.constantFrom('bio' as const, 'rq' as const),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  ios: fc.integer({ min: 1, max: 60 }),
  paths: fc.integer({ min: 1, max: 4 }),
  depth: fc.integer({ min: 1, max: 40 }),
})

function naive(record: RunRecord, index: number): Picture {
  const picture = new Picture(record.header)
  foldTo(picture, record, index)
  return picture
}

describe('a picture', () => {
  it('keeps no count that its objects contradict, at any event of a random log', () => {
    fc.assert(
      fc.property(logs, (options) => {
        const record = randomLog(options).record(testHeader(options.mode, options.paths))
        for (let i = 0; i < record.eventCount; i++) expect(disagreements(record.pictureAt(i))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('is empty again when every I/O has ended', () => {
    fc.assert(
      fc.property(logs, (options) => {
        const record = randomLog(options).record(testHeader(options.mode, options.paths))
        const end = record.pictureAt(record.eventCount - 1)
        expect(Array.from(end.devices.inPlace).filter((n) => n !== 0)).toEqual([])
        expect(Array.from(end.devices.inFlightIos).filter((n) => n !== 0)).toEqual([])
        expect(Array.from(end.devices.inFlightSectors).filter((n) => n !== 0)).toEqual([])
        expect(end.total(Counter.ios_completed)).toBe(options.ios)
      }),
    )
  })

  it('is the same reached by keyframe, by stepping, or by folding from the start', () => {
    const seeks = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(logs, seeks, fc.integer({ min: 5, max: 90 }), (options, at, keyframeEvents) => {
        const record = randomLog(options).record(testHeader(options.mode, options.paths), keyframeEvents)
        for (const share of at) {
          const index = Math.floor(share * record.eventCount) - 1
          const expected = contents(naive(record, index))
          expect(contents(record.pictureAt(index))).toEqual(expected)
          record.pictureAt(index + 1)
          expect(contents(record.pictureAt(index))).toEqual(expected)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is not disturbed by other cursors on the same record', () => {
    const record = randomLog({ mode: 'bio', seed: 7, ios: 80, paths: 2 }).record(testHeader('bio'), 50)
    const a = new PictureCursor(record)
    const b = new PictureCursor(record)
    for (const [i, j] of [
      [900, 20],
      [30, 700],
      [31, 10],
      [899, 900],
    ] as const) {
      expect(contents(a.at(i))).toEqual(contents(naive(record, i)))
      expect(contents(b.at(j))).toEqual(contents(naive(record, j)))
    }
  })
})

describe('one write through bio-based multipath', () => {
  const [io, bio, clone, front, first, second] = [1, 2, 3, 4, 5, 6] as const
  const [DM, SDA] = [0, 1] as const
  const write = { sector: 0, size: 16 }
  const log = new LogWriter()
  const at: Record<string, number> = {}
  const say = (
    name: string,
    kind: Parameters<LogWriter['add']>[0],
    fields: Parameters<LogWriter['add']>[1],
  ): void => {
    at[name] = log.count
    log.timeNs += 1000
    log.add(kind, fields)
  }
  say('submit', 'io_submit', { subject: io, dev: DM, ...write })
  say('queue', 'bio_queue', { subject: bio, object: io, dev: DM, ...write })
  say('clone', 'bio_clone', { subject: clone, object: bio, dev: DM, ...write })
  say('choose', 'choose_path', { subject: clone, dev: SDA, object: 2 + 1, size: 16, arg: 1 })
  say('remap', 'bio_remap', { subject: clone, object: bio, dev: SDA, ...write })
  say('path queue', 'bio_queue', { subject: clone, object: bio, dev: SDA, ...write })
  say('split', 'split', {
    subject: front,
    object: clone,
    dev: SDA,
    sector: 0,
    size: 8,
    arg: SplitLimit.max_sectors,
  })
  say('first getrq', 'getrq', { subject: first, object: front, dev: SDA, sector: 0, size: 8, arg: 3 })
  say('second getrq', 'getrq', { subject: second, object: clone, dev: SDA, sector: 8, size: 8, arg: 4 })
  say('second issue', 'rq_issue', { subject: second, dev: SDA, sector: 8, size: 8, arg: 4 })
  say('second done', 'rq_complete', { subject: second, dev: SDA, sector: 8, size: 8 })
  say('second free', 'rq_free', { subject: second, dev: SDA })
  say('first issue', 'rq_issue', { subject: first, dev: SDA, sector: 0, size: 8, arg: 3 })
  say('first done', 'rq_complete', { subject: first, dev: SDA, sector: 0, size: 8, arg: BlkStatus.TRANSPORT })
  say('front end', 'bio_endio', { subject: front, dev: SDA, sector: 0, size: 8, arg: BlkStatus.TRANSPORT })
  say('clone end', 'bio_endio', { subject: clone, dev: SDA, ...write, arg: BlkStatus.TRANSPORT })
  say('first free', 'rq_free', { subject: first, dev: SDA })
  say('fail', 'fail_path', { dev: SDA, arg: 1, object: 1 })
  say('queued', 'bio_queue_mpath', { subject: clone, dev: DM, ...write })
  const record = log.record(testHeader('bio'))
  const after = (name: string): Picture => record.pictureAt(at[name]!)
  const rowOf = (name: string, id: number): { p: Picture; slot: number } => {
    const p = after(name)
    return { p, slot: p.slotOf(objectId(id)) }
  }

  it('leaves the original waiting for one clone', () => {
    const { p, slot } = rowOf('clone', bio)
    expect(p.slots.place[slot]).toBe(Place.waiting)
    expect(p.slots.remaining[slot]).toBe(1)
    expect(p.slots.type[p.slotOf(objectId(clone))]).toBe(ObjectType.clone)
  })

  it('shows the choice and who is next', () => {
    const { p, slot } = rowOf('choose', clone)
    expect([p.slots.place[slot], p.slots.dev[slot], p.slots.chosen[slot]]).toEqual([Place.choose, DM, SDA])
    expect([p.lastChoice, p.nextInLine]).toEqual([SDA, 2])
  })

  it('remembers where it came from and when', () => {
    const { p, slot } = rowOf('path queue', clone)
    expect([p.slots.place[slot], p.slots.dev[slot]]).toEqual([Place.submit, SDA])
    expect([p.slots.prevPlace[slot], p.slots.prevDev[slot]]).toEqual([Place.choose, DM])
    expect(p.slots.sinceEvent[slot]).toBe(at['remap'])
  })

  it('cuts the front off and keeps the rest', () => {
    const { p, slot } = rowOf('split', clone)
    expect([p.slots.sector[slot], p.slots.sizeSectors[slot], p.slots.remaining[slot]]).toEqual([8, 8, 1])
    expect(p.slots.cut[p.slotOf(objectId(front))]).toBe(SplitLimit.max_sectors)
  })

  it('takes driver tags where the path has no scheduler, and gives them back', () => {
    expect(after('second getrq').devices.driverTagsInUse[SDA]).toBe(2)
    expect(after('second free').devices.driverTagsInUse[SDA]).toBe(1)
    expect(after('second free').devices.schedTagsInUse[SDA]).toBe(0)
  })

  it('lets the rest wait for its front when its own request is done', () => {
    const { p, slot } = rowOf('second free', clone)
    expect([p.slots.place[slot], p.slots.container[slot]]).toEqual([Place.waiting, 0])
  })

  it('takes a failed clone back into queued_bios', () => {
    const { p, slot } = rowOf('queued', clone)
    expect([p.slots.place[slot], p.slots.dev[slot], p.slots.status[slot]]).toEqual([
      Place.queued_bios,
      DM,
      BlkStatus.TRANSPORT,
    ])
    expect(p.slots.remaining[p.slotOf(objectId(bio))]).toBe(1)
    expect(p.devices.pathActive[SDA]).toBe(0)
    expect(disagreements(p)).toEqual([])
  })
})

describe('a request on a queue with a scheduler', () => {
  const DM = 0
  const log = new LogWriter()
  const at = { subject: 1, dev: DM, sector: 0, size: 8 }
  log.add('getrq', { ...at, arg: 5 })
  log.add('rq_insert', at)
  log.add('rq_issue', { ...at, arg: 9 })
  log.add('rq_requeue', { ...at, arg: RequeueTo.requeue_list })
  log.add('rq_issue', { ...at, arg: 2 })
  log.add('rq_free', at)
  const record = log.record(testHeader('rq'))
  const tags = (index: number): number[] => {
    const { schedTagsInUse, driverTagsInUse } = record.pictureAt(index).devices
    return [schedTagsInUse[DM]!, driverTagsInUse[DM]!]
  }

  it('holds its scheduler tag all its life and a driver tag only while it is issued', () => {
    expect(Array.from({ length: 6 }, (_, i) => tags(i))).toEqual([
      [1, 0],
      [1, 0],
      [1, 1],
      [1, 0],
      [1, 1],
      [0, 0],
    ])
  })

  it('shows where it waits and how often it was tried', () => {
    const p = record.pictureAt(3)
    expect([p.slots.place[0], p.slots.attempts[0]]).toEqual([Place.requeue, 1])
    expect(record.pictureAt(4).slots.attempts[0]).toBe(2)
  })
})
