import fc from 'fast-check'
import { expect, it } from 'vitest'
import { engineParts, pathsUnder } from '../../../tests/support/engine-parts.ts'
import { Context, CpuClass } from '../sim/cpu.ts'
import { TagSet } from './tags.ts'

it('gives each tag to one holder, never more than its depth, whatever comes and goes', () => {
  const steps = fc.array(
    fc.record({ take: fc.boolean(), limit: fc.integer({ min: 1, max: 9 }), at: fc.nat(20) }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), steps, (depth, list) => {
      const tags = new TagSet(depth)
      const held: number[] = []
      for (const { take, limit, at } of list) {
        if (!take && held.length > 0) tags.put(held.splice(at % held.length, 1)[0]!)
        if (!take) continue
        const most = Math.min(limit, depth)
        const tag = tags.tryGet(most)
        expect(tag >= 0).toBe(held.length < most)
        if (tag < 0) continue
        expect(held).not.toContain(tag)
        expect(tag).toBeLessThan(depth)
        held.push(tag)
      }
      expect(tags.used).toBe(held.length)
    }),
    { seed: 2 },
  )
})

it('wakes one who waits for each tag that is freed, in the order they came', () => {
  const { m } = engineParts(pathsUnder('round-robin', 1), 'rq')
  const tags = new TagSet(2)
  const sleepers = [0, 1, 2].map(() => {
    const ctx = new Context(m.cpus[0]!, 0, CpuClass.normal)
    ctx.sleep()
    tags.wait(ctx)
    return ctx
  })
  const [first, second] = [tags.tryGet(), tags.tryGet()]
  expect(tags.tryGet()).toBe(-1)
  const asleep = (): boolean[] => sleepers.map(({ sleeping }) => sleeping)
  tags.put(first)
  expect(asleep()).toEqual([false, true, true])
  tags.put(second)
  expect(asleep()).toEqual([false, false, true])
  tags.wakeAll()
  expect(asleep()).toEqual([false, false, false])
})
