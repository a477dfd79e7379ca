import { describe, expect, it } from 'vitest'
import { DmState, EventKind, TimerKind } from '../engine/log/index.ts'
import type { RunRecord } from '../record/run-record.ts'
import { bioLane, headerFor, RecordBuilder, rqLane } from './test-record.ts'
import { waitingSentence } from './waiting.ts'

function said(record: RunRecord, index = record.eventCount - 1, laterNs = 0): string | undefined {
  const picture = record.pictureAt(index)
  return waitingSentence({ record, picture, timeNs: picture.timeNs + laterNs })
}

describe('what is waited for', () => {
  it('is nothing before the first event and after the last', () => {
    const record = bioLane()
    expect(said(record, -1)).toBeUndefined()
    expect(said(record)).toBeUndefined()
  })

  it('are the devices, each with its commands', () => {
    const record = bioLane(16)
    const issued = [...Array(record.eventCount).keys()].findLast(
      (i) => record.kindAt(i) === EventKind.rq_issue,
    )!
    expect(said(record, issued)).toBe('Waiting for the devices: sda has 8, sdb has 8 commands.')
  })

  it('is the plug, while nothing has left it', () => {
    expect(said(rqLane(4), 8)).toBe('1 request waits in a plug until its task unplugs or sleeps.')
  })

  it('is a path, with the time to the next try', () => {
    const record = new RecordBuilder(headerFor('rq'))
      .event('fail_path', { dev: 1, arg: 1, object: 1 })
      .event('fail_path', { dev: 2, arg: 1, object: 0 })
      .event('bio_queue', { dev: 0, subject: 2, object: 1 })
      .event('getrq', { dev: 0, subject: 3, object: 2 })
      .event('rq_requeue', { dev: 0, subject: 3, arg: 2 })
      .event('timer_arm', { dev: 0, object: TimerKind.requeue, arg: 100_000 })
      .done()
    expect(said(record, record.eventCount - 1, 40_000_000)).toBe(
      'No usable path: 1 request waits in requeue_list until a path is reinstated; asked again in 60 ms.',
    )
  })

  it('is the resume of a suspended map, before anything else', () => {
    const record = new RecordBuilder(headerFor('bio'))
      .event('bio_queue', { dev: 0, subject: 2, object: 1 })
      .event('dm_state', { dev: 0, arg: DmState.suspended })
      .event('bio_defer', { dev: 0, subject: 2 })
      .done()
    expect(said(record)).toBe('mpatha is suspended: 1 bio waits in md->deferred until it is resumed.')
  })

  it('is the worker that maps failed bios again, while another path is usable', () => {
    const builder = new RecordBuilder(headerFor('bio'))
      .event('bio_queue', { dev: 0, subject: 2, object: 1 })
      .event('bio_clone', { dev: 0, subject: 3, object: 2 })
      .event('fail_path', { dev: 1, arg: 1, object: 1 })
      .event('bio_queue_mpath', { dev: 0, subject: 3 })
    expect(said(builder.done())).toBe('1 bio waits in queued_bios until kmpathd maps it again.')
  })

  it.each([
    ['cable', 0, 'sda has its cable out: 1 request waits for it; the command timeout in 30 s.'],
    ['silent', 1, 'sda gives no answer: 1 request waits for it; the command timeout in 30 s.'],
  ] as const)('is a device that is silent, and what notices it: %s', (kind, arg, sentence) => {
    const record = new RecordBuilder(headerFor('single'))
      .event('bio_queue', { dev: 1, subject: 2, object: 1 })
      .event('getrq', { dev: 1, subject: 3, object: 2 })
      .event('rq_issue', { dev: 1, subject: 3 })
      .event(kind, { dev: 1, arg })
      .event('timer_arm', { dev: 1, object: TimerKind.command, arg: 30_000_000 })
      .done()
    expect(said(record)).toBe(sentence)
  })

  it('is the activation of a path', () => {
    const record = new RecordBuilder(headerFor('rq')).event('pg_init', { dev: 2 }).done()
    expect(said(record)).toBe('pg_init: the hardware handler activates sdb.')
  })
})
