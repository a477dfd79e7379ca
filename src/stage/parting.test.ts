import { describe, expect, it } from 'vitest'
import { EventKind, kindName } from '../engine/log/index.ts'
import { Parting } from './parting.ts'
import { bioLane, headerFor, RecordBuilder, rqLane } from './test-record.ts'

describe('where lanes part', () => {
  it('is where the one clones and the other makes a request', () => {
    const [a, b] = [bioLane(), rqLane()]
    const index = new Parting(a, b).index()!
    expect(kindName(a.kindAt(index))).toBe('bio_clone')
    expect(kindName(b.kindAt(index))).toBe('getrq')
    for (let i = 0; i < index; i++) expect(a.kindAt(i)).toBe(b.kindAt(i))
  })

  it('is nowhere between a lane and itself', () => {
    expect(new Parting(bioLane(), bioLane()).index()).toBeUndefined()
  })

  it('sees another path, another sector, another size', () => {
    const one = (columns: { dev?: number; sector?: number; size?: number }) =>
      new RecordBuilder(headerFor('bio'))
        .event('bio_queue', { dev: 0, subject: 2 })
        .event('choose_path', { dev: 1, subject: 2, sector: 0, size: 8, ...columns })
        .done()
    expect(EventKind.choose_path).toBe(one({}).kindAt(1))
    for (const change of [{ dev: 2 }, { sector: 8 }, { size: 16 }])
      expect(new Parting(one({}), one(change)).index()).toBe(1)
  })
})
