import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EventQueue } from './event-queue.ts'

/** What happens: something is scheduled at a time from now, or the next event fires. */
const steps = fc.array(fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }), { maxLength: 600 })

it('fires in order of time, equal times in order of scheduling, like a list that is sorted each time', () => {
  fc.assert(
    fc.property(steps, (delays) => {
      const queue = new EventQueue()
      const naive: { at: number; number: number }[] = []
      const fired: number[] = []
      let number = 0
      for (const delay of delays) {
        if (delay !== undefined) {
          const mine = number++
          naive.push({ at: queue.nowNs + delay, number: mine })
          queue.schedule(queue.nowNs + delay, { fire: () => fired.push(mine) })
        } else {
          naive.sort((a, b) => a.at - b.at || a.number - b.number)
          const next = naive.shift()
          expect(queue.fireNext()).toBe(next !== undefined)
          if (!next) continue
          expect(fired.at(-1)).toBe(next.number)
          expect(queue.nowNs).toBe(next.at)
        }
        naive.sort((a, b) => a.at - b.at)
        expect(queue.nextNs).toBe(naive[0]?.at ?? Infinity)
      }
    }),
    { seed: 1 },
  )
})

it('holds more events than it first had room for', () => {
  const queue = new EventQueue()
  const fired: number[] = []
  for (let n = 0; n < 5000; n++)
    queue.schedule((n * 7919) % 5000, { fire: () => fired.push((n * 7919) % 5000) })
  while (queue.fireNext());
  expect(fired).toEqual(Array.from({ length: 5000 }, (_, at) => at))
})
