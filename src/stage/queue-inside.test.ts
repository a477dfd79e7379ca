import { describe, expect, it } from 'vitest'
import { DispatchReason } from '../engine/log/index.ts'
import { dispatchBusy, queueInside } from './queue-inside.ts'
import { headerFor, RecordBuilder, rqLane } from './test-record.ts'

function record() {
  const b = new RecordBuilder(headerFor('rq'))
  for (const [i, sector] of [64, 8, 32].entries()) {
    b.event('bio_queue', { dev: 0, subject: 10 + i, object: 1, sector })
    b.event('getrq', { dev: 0, subject: 20 + i, object: 10 + i, sector, arg: i })
    b.event('rq_insert', { dev: 0, subject: 20 + i, sector })
  }
  return b
}

describe('the inside of a queue', () => {
  it('shows the scheduler twice: by sector, and by age with deadlines', () => {
    const rec = record().done()
    const inside = queueInside(rec.pictureAt(rec.eventCount - 1), rec, 0)
    const list = (name: string) => inside.lists.find((one) => one.name === name)!.items
    expect(list('sorted').map(({ sector }) => sector)).toEqual([8, 32, 64])
    expect(list('fifo').map(({ id }) => id)).toEqual([20, 21, 22])
    for (const { deadlineNs, sinceNs } of list('fifo')) expect(deadlineNs! - sinceNs).toBe(5e9)
    expect([...inside.tags.subarray(0, 4)]).toEqual([20, 21, 22, 0])
    expect(inside.tagsUsed).toBe(3)
  })

  it('holds everything that the picture counts on the device, once', () => {
    const rec = rqLane()
    for (let index = 0; index < rec.eventCount; index++) {
      const picture = rec.pictureAt(index)
      const ids = queueInside(picture, rec, 0)
        .lists.filter(({ name }) => name !== 'fifo')
        .flatMap(({ items }) => items.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('is busy after refusals and calms down with commands', () => {
    const b = record()
    for (let i = 0; i < 20; i++)
      b.event('rq_dispatch_list', { dev: 0, subject: 20, arg: DispatchReason.no_budget })
    const refused = b.done()
    const busy = dispatchBusy(refused, refused.eventCount - 1, 0)
    expect(busy).toBeGreaterThan(4)
    expect(busy).toBeLessThanOrEqual(16)
    expect(dispatchBusy(refused, 8, 0)).toBe(0)
    const later = record()
    for (let i = 0; i < 20; i++)
      later.event('rq_dispatch_list', { dev: 0, subject: 20, arg: DispatchReason.no_budget })
    for (let i = 0; i < 30; i++) later.event('rq_issue', { dev: 0, subject: 20, arg: 0 })
    const calm = later.done()
    expect(dispatchBusy(calm, calm.eventCount - 1, 0)).toBe(0)
  })
})
