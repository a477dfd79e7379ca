import { describe, expect, it, vi } from 'vitest'
import { Faults } from './faults.ts'

describe('a fault in a frame', () => {
  it('is kept, told once, and stops everything that is guarded', () => {
    const faults = new Faults()
    const told = vi.fn()
    faults.subscribe(told)
    const other = vi.fn()
    const guarded = faults.guard((n: number) => {
      if (n > 1) throw new Error(`no ${n}`)
    })
    const guardedOther = faults.guard(other)
    guarded(1)
    guardedOther()
    guarded(2)
    guarded(3)
    guardedOther()
    expect(faults.current()?.message).toBe('no 2')
    expect(told).toHaveBeenCalledTimes(1)
    expect(other).toHaveBeenCalledTimes(1)
  })
})
