import { describe, expect, it } from 'vitest'
import { engineParts, looseRequest, pathsUnder } from '../../../tests/support/engine-parts.ts'
import type { RequestQueue } from './request-queue.ts'
import { MqDeadline } from './mq-deadline.ts'

function scheduler(kernel: string): { queue: RequestQueue; deadline: MqDeadline } {
  const { m, stack } = engineParts(pathsUnder('round-robin', 1), 'rq', kernel)
  return { queue: stack.md.queue, deadline: new MqDeadline(m, 256) }
}

function drain(deadline: MqDeadline, most = Infinity): number[] {
  const sectors: number[] = []
  while (sectors.length < most) {
    const rq = deadline.dispatch()
    if (rq === undefined) break
    sectors.push(rq.sector)
  }
  return sectors
}

const reads = (queue: RequestQueue, ...sectors: number[]) =>
  sectors.map((sector) => looseRequest(queue, 'R', sector))

describe('order of dispatch', () => {
  it('6.1 has a pointer that starts empty: the oldest, then upwards, then the oldest again (test vector 10)', () => {
    const { queue, deadline } = scheduler('6.1')
    deadline.insert(reads(queue, 100, 50, 200), false)
    expect(drain(deadline)).toEqual([100, 200, 50])
  })

  it('6.12 has a position that starts at 0: upwards from there', () => {
    const { queue, deadline } = scheduler('6.12')
    deadline.insert(reads(queue, 100, 50, 200), false)
    expect(drain(deadline)).toEqual([50, 100, 200])
  })

  it('goes on from the last position, and begins at the oldest when nothing lies behind it (e19)', () => {
    const { queue, deadline } = scheduler('6.12')
    deadline.insert(reads(queue, 98_584), false)
    expect(drain(deadline)).toEqual([98_584])
    deadline.insert(reads(queue, 125_784, 97_304, 122_080, 125_576), false)
    expect(drain(deadline)).toEqual([122_080, 125_576, 125_784, 97_304])
  })

  it('takes batches of 16: reads, reads, then writes that were passed over twice (test vector 10)', () => {
    const { queue, deadline } = scheduler('6.1')
    for (let n = 0; n < 100; n++)
      deadline.insert([looseRequest(queue, 'R', n * 100), looseRequest(queue, 'W', n * 100 + 50)], false)
    const letters = drain(deadline, 96).map((sector) => (sector % 100 === 50 ? 'W' : 'R'))
    const batches = Array.from({ length: 6 }, (_, at) => letters.slice(at * 16, at * 16 + 16).join(''))
    const [R, W] = ['R'.repeat(16), 'W'.repeat(16)]
    expect(batches).toEqual([R, R, W, R, R, W])
  })

  it('looks at deadlines between batches only: an expired read waits for the end of the batch', () => {
    const { queue, deadline } = scheduler('6.12')
    deadline.insert(reads(queue, 1000), false)
    drain(deadline)
    deadline.insert(reads(queue, 10), false)
    queue.m.clock.nowNs += 600_000_000
    const later = Array.from({ length: 20 }, (_, n) => 1100 + n * 100)
    deadline.insert(reads(queue, ...later), false)
    // the batch has had one; 15 more of it, then the oldest, and on from the beginning
    expect(drain(deadline)).toEqual([...later.slice(0, 15), 10, ...later.slice(15)])
  })

  it('hands out what was inserted at the head first, last in first out', () => {
    const { queue, deadline } = scheduler('6.12')
    deadline.insert(reads(queue, 100), false)
    for (const rq of reads(queue, 300, 200)) deadline.insert([rq], true)
    expect(drain(deadline)).toEqual([200, 300, 100])
    expect(deadline.hasWork()).toBe(false)
  })
})

it('a request that adjoins a queued one merges as it is inserted, also when it closes a gap', () => {
  const { queue, deadline } = scheduler('6.12')
  deadline.insert(reads(queue, 0, 16), false)
  const [middle] = reads(queue, 8)
  expect(deadline.insert([middle!], false)).toEqual([middle])
  const first = deadline.dispatch()
  expect([first?.sector, first?.sizeSectors]).toEqual([0, 16])
})

it('writes may take three quarters of the tags on 6.1, all of them on 6.12', () => {
  const write = looseRequest(scheduler('6.1').queue, 'W', 0).rwbs
  expect(scheduler('6.1').deadline.depthFor(write)).toBe(192)
  expect(scheduler('6.12').deadline.depthFor(write)).toBe(256)
})
