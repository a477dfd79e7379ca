import { describe, expect, it } from 'vitest'
import { EventKind, kindName, type EventKindName } from '../../engine/log/index.ts'
import { Caption, conclusion } from '../caption.ts'
import { LaneShow } from '../lane-show.ts'
import { sentence, sentenceAt } from './sentences.ts'
import { bioLane, factsOf, headerFor, RecordBuilder, rqLane } from '../test-record.ts'

describe('sentences', () => {
  it.each(Object.values(EventKind).filter((kind) => kind !== EventKind.none))(
    'of kind %i: one, from capital or name to full stop, with every word in its place',
    (kind) => {
      const builder = new RecordBuilder(headerFor('bio'))
      builder.event('io_submit', { dev: 0, subject: 1 })
      builder.event('bio_queue', { dev: 0, subject: 2, object: 1 })
      builder.event(kindName(kind), { dev: 1, subject: 2, object: 1, arg: 0 })
      const record = builder.done()
      const context = { record, facts: factsOf(record), picture: record.pictureAt(2) }
      const text = sentence(context, record.eventAt(2))
      expect(text).toMatch(/^\S.*[.?]$/)
      expect(text).not.toMatch(/undefined|NaN|\[object|\.\.|\?\./)
      expect(text.length).toBeLessThan(140)
    },
  )

  it('tell the story of a bio: its clone, its path, who is next', () => {
    const record = bioLane()
    const facts = factsOf(record)
    const told = (kind: EventKindName): string => {
      for (let i = 0; i < record.eventCount; i++)
        if (record.kindAt(i) === EventKind[kind])
          return sentenceAt({ record, facts, picture: record.pictureAt(i) }, i)
      throw new Error(kind)
    }
    expect(told('bio_clone')).toBe('Bio 1 is cloned (4 KiB at sector 0); the original waits on dm-0.')
    expect(told('choose_path')).toBe(
      'The clone of bio 1 (4 KiB) asks for a path: round-robin answers sda; sdb is next.',
    )
    expect(told('getrq')).toBe('Request 1 is made on sda for the clone of bio 1; it holds tag 0 from now on.')
  })

  it('count the bios of a request as they join', () => {
    const record = rqLane()
    const facts = factsOf(record)
    const merges = Array.from({ length: record.eventCount }, (_, i) => i).filter(
      (i) => record.kindAt(i) === EventKind.backmerge,
    )
    const last = merges.at(-1)!
    expect(sentenceAt({ record, facts, picture: record.pictureAt(last) }, last)).toBe(
      'Bio 16 joins request 1 at its end: now 16 bios in one request.',
    )
  })
})

describe('the caption', () => {
  it('says what came of it', () => {
    const bio = bioLane()
    const rq = rqLane()
    expect(conclusion(bio.pictureAt(bio.eventCount - 1))).toBe(
      'Done: 16 bios became 16 commands of 4K on average; nothing merged.',
    )
    expect(conclusion(rq.pictureAt(rq.eventCount - 1))).toBe(
      'Done: 16 bios became 1 command of 64 KiB; 15 merges.',
    )
  })

  it('holds a sentence while the show plays, and is exact when it stands still', () => {
    const record = bioLane()
    const show = new LaneShow(record)
    show.readArrivals()
    const caption = new Caption()
    show.goTo(5, 0)
    expect(caption.next(show, true, 0)).toBeDefined()
    show.goTo(8, 100)
    expect(caption.next(show, true, 100)).toBeUndefined()
    expect(caption.next(show, false, 120)).toBe(
      sentenceAt({ record, facts: show.facts, picture: record.pictureAt(8) }, 8),
    )
  })
})
