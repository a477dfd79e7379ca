import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TimerKind } from '../engine/log/index.ts'
import { headerFor, RecordBuilder } from './test-record.ts'
import { logShare, upcomingOf } from './upcoming.ts'

/** The builder's first event is at 500 ns; the delay of a timer is in µs. */
const record = new RecordBuilder(headerFor('bio'))
  .event('timer_arm', { dev: 1, object: TimerKind.command, arg: 30_000_000 })
  .event('timer_arm', { dev: 0, object: TimerKind.requeue, arg: 500 })
  .event('timer_end', { dev: 0, object: TimerKind.requeue })
  .done()

describe('what will happen by itself', () => {
  it('is every timer that runs, the soonest first, by name', () => {
    const armed = upcomingOf(record.pictureAt(1), 1000)
    expect(armed.map(({ name }) => name)).toEqual([
      'the shared requeue timer (dm-0)',
      'the command timeout (sda)',
    ])
    expect(armed.map(({ dueNs }) => dueNs)).toEqual([1000 + 500_000, 500 + 30e9])
  })

  it('forgets a timer that has fired, and one that is overdue', () => {
    expect(upcomingOf(record.pictureAt(2), 1500).map(({ kind }) => kind)).toEqual([TimerKind.command])
    expect(upcomingOf(record.pictureAt(2), 31e9)).toEqual([])
  })

  it('lies on an axis that never runs backwards', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e15, noNaN: true }),
        fc.double({ min: 1, max: 1000, noNaN: true }),
        (ns, more) => {
          expect(logShare(ns)).toBeLessThanOrEqual(logShare(ns * more))
          expect(logShare(ns)).toBeGreaterThanOrEqual(0)
          expect(logShare(ns)).toBeLessThanOrEqual(1)
        },
      ),
    )
    expect(logShare(1e9) - logShare(1e6)).toBeCloseTo(logShare(1e6) - logShare(1e3))
  })
})
