import { describe, expect, it } from 'vitest'
import { BlkStatus, DeviceState, EventKind, RequeueTo, TimerKind } from '../../engine/log/index.ts'
import { familyOf } from '../../record/family.ts'
import { objectId } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { bioLane, headerFor, ids, RecordBuilder, rqLane } from '../test-record.ts'
import { causeOf, effectOf } from './causes.ts'
import { IoThread } from './thread.ts'

function threadOf(record: RunRecord, id: number): IoThread {
  return new IoThread(record, familyOf(record, objectId(id))!)
}

function find(record: RunRecord, kind: EventKind, subject: number): number {
  for (let i = 0; i < record.eventCount; i++)
    if (record.kindAt(i) === kind && record.subjectAt(i) === subject) return i
  throw new Error('there is no such event')
}

describe('causes', () => {
  it('are the unplug for what left the plug, and the neighbour for what merged', () => {
    const bio = bioLane()
    const [io, , , request] = ids(3)
    const issue = find(bio, EventKind.rq_issue, request)
    const cause = causeOf(bio, issue, threadOf(bio, io))!
    expect([cause.kind, bio.kindAt(cause.index), bio.devAt(cause.index)]).toEqual([
      'unplug',
      EventKind.unplug,
      bio.devAt(issue),
    ])
    const rq = rqLane()
    const merge = find(rq, EventKind.backmerge, ids(5)[1])
    const partner = causeOf(rq, merge, threadOf(rq, ids(5)[0]))!
    expect([partner.kind, rq.subjectAt(partner.index)]).toEqual(['partner', ids(4)[1]])
  })

  it('are the timer for a request that was put back, or the path that came back first', () => {
    const build = (reinstated: boolean): RunRecord => {
      const b = new RecordBuilder(headerFor('rq'))
      b.event('io_submit', { dev: 0, subject: 1 })
      b.event('bio_queue', { dev: 0, subject: 2, object: 1 })
      b.event('getrq', { dev: 0, subject: 3, object: 2 })
      b.event('rq_issue', { dev: 0, subject: 3 })
      b.event('rq_requeue', { dev: 0, subject: 3, arg: RequeueTo.delayed })
      b.event('timer_arm', { dev: 0, object: TimerKind.requeue, arg: 100_000 })
      b.wait(reinstated ? 1000 : 100_000_000)
      if (reinstated) b.event('reinstate_path', { dev: 1, object: 1 })
      b.event('timer_end', { dev: 0, object: TimerKind.requeue, arg: reinstated ? 1 : 0 })
      b.event('rq_insert', { dev: 0, subject: 3 })
      return b.done()
    }
    for (const [reinstated, kind] of [
      [false, 'timer'],
      [true, 'path'],
    ] as const) {
      const record = build(reinstated)
      const insert = record.eventCount - 1
      const thread = threadOf(record, 1)
      expect(causeOf(record, insert, thread)?.kind).toBe(kind)
      expect(effectOf(record, causeOf(record, insert, thread)!.index, thread)).toBe(insert)
    }
  })

  it('are the room that another one made, for a request the device had refused', () => {
    const b = new RecordBuilder(headerFor('bio'))
    b.event('io_submit', { dev: 0, subject: 1 })
    b.event('bio_queue', { dev: 0, subject: 2, object: 1 })
    b.event('getrq', { dev: 1, subject: 3, object: 2 })
    b.event('rq_dispatch_list', { dev: 1, subject: 3, arg: 1 })
    b.event('rq_complete', { dev: 2, subject: 98 })
    b.event('rq_complete', { dev: 1, subject: 99 })
    b.event('rq_free', { dev: 1, subject: 99 })
    b.event('rq_issue', { dev: 1, subject: 3 })
    const record = b.done()
    const cause = causeOf(record, record.eventCount - 1, threadOf(record, 1))!
    expect([cause.kind, record.subjectAt(cause.index)]).toEqual(['freed', 99])
  })

  it('are the state of the device for an error that it brought, and its timer for that', () => {
    const b = new RecordBuilder(headerFor('bio'))
    b.event('io_submit', { dev: 0, subject: 1 })
    b.event('bio_queue', { dev: 0, subject: 2, object: 1 })
    b.event('getrq', { dev: 1, subject: 3, object: 2 })
    b.event('rq_issue', { dev: 1, subject: 3 })
    b.event('timer_arm', { dev: 1, object: TimerKind.fast_io_fail, arg: 5 })
    b.event('timer_end', { dev: 1, object: TimerKind.fast_io_fail })
    b.event('device_state', { dev: 1, arg: DeviceState.transport_offline })
    b.event('rq_complete', { dev: 1, subject: 3, arg: BlkStatus.IOERR })
    const record = b.done()
    const chain: string[] = []
    let at: number | undefined = record.eventCount - 1
    for (let i = 0; i < 3 && at !== undefined; i++) {
      const cause = causeOf(record, at, threadOf(record, 1))
      chain.push(cause?.kind ?? 'none')
      at = cause?.index
    }
    expect(chain).toEqual(['device', 'timer', 'before'])
  })

  it('have nothing before the first submission, and no effect after the last event', () => {
    const record = bioLane()
    const thread = threadOf(record, ids(0)[0])
    expect(causeOf(record, 0, thread)).toBeUndefined()
    expect(effectOf(record, thread.family.events.at(-1)!, thread)).toBeUndefined()
  })
})
