import { describe, expect, it } from 'vitest'
import { engineParts, pathsUnder } from '../../../tests/support/engine-parts.ts'
import type { Machine } from '../machine.ts'
import { Context, CpuClass } from './cpu.ts'

/** A context that notes its name, lets 10 ns pass, and so on; between the notes others may run as the rules allow. */
function noting(m: Machine, notes: string[], name: string, cpuClass: CpuClass, sleepPoints = false): Context {
  const ctx = new Context(m.cpus[0]!, 0, cpuClass)
  ctx.start(
    (function* () {
      for (let step = 1; step <= 3; step++) {
        notes.push(`${name}${step}`)
        if (ctx.spend(10)) yield
        if (sleepPoints && ctx.mightSleep()) yield
      }
    })(),
  )
  return ctx
}

function fresh(): {
  m: Machine
  notes: string[]
  at: (ns: number, act: () => void) => void
  run: () => void
} {
  const { m } = engineParts(pathsUnder('round-robin', 1), 'rq')
  const at = (ns: number, act: () => void): void => {
    m.clock.schedule(ns, { fire: act })
  }
  return { m, notes: [], at, run: () => { while (m.clock.fireNext()); } } // prettier-ignore
}

describe('on one CPU', () => {
  it('a task runs until it is done before the next of its class begins', () => {
    const { m, notes, run } = fresh()
    noting(m, notes, 'a', CpuClass.normal)
    noting(m, notes, 'b', CpuClass.normal)
    run()
    expect(notes).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'])
    expect(m.clock.nowNs).toBe(60)
  })

  it('an interrupt comes between two steps of a task, which then goes on', () => {
    const { m, notes, at, run } = fresh()
    noting(m, notes, 'a', CpuClass.normal)
    at(15, () => {
      m.interrupt(m.cpus[0]!, function* (ctx) {
        notes.push('irq')
        if (ctx.spend(3)) yield
      })
    })
    run()
    expect(notes).toEqual(['a1', 'a2', 'irq', 'a3'])
    expect(m.clock.nowNs).toBe(33)
  })

  it('a task that was woken waits, unless the running one comes to where it might sleep', () => {
    const without = fresh()
    noting(without.m, without.notes, 'a', CpuClass.normal)
    without.at(5, () => noting(without.m, without.notes, 'b', CpuClass.normal))
    without.run()
    expect(without.notes).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'])

    const withPoints = fresh()
    noting(withPoints.m, withPoints.notes, 'a', CpuClass.normal, true)
    withPoints.at(5, () => noting(withPoints.m, withPoints.notes, 'b', CpuClass.normal, true))
    withPoints.run()
    // a was displaced, not woken: it displaces nobody, so b goes on to its end
    expect(withPoints.notes).toEqual(['a1', 'b1', 'b2', 'b3', 'a2', 'a3'])
  })

  it('a high-priority worker goes before tasks at the next step', () => {
    const { m, notes, at, run } = fresh()
    noting(m, notes, 'a', CpuClass.normal)
    at(5, () => noting(m, notes, 'h', CpuClass.highPriority))
    run()
    expect(notes).toEqual(['a1', 'h1', 'h2', 'h3', 'a2', 'a3'])
  })

  it('who sleeps runs again only when woken', () => {
    const { m, notes, at, run } = fresh()
    const ctx = new Context(m.cpus[0]!, 0, CpuClass.normal)
    ctx.start(
      (function* () {
        notes.push('before')
        ctx.sleep()
        yield
        notes.push(`woken at ${m.clock.nowNs}`)
      })(),
    )
    at(70, () => {
      ctx.wake()
      ctx.wake()
    })
    run()
    expect(notes).toEqual(['before', 'woken at 70'])
  })
})
