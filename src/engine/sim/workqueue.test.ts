import { describe, expect, it } from 'vitest'
import { engineParts, pathsUnder } from '../../../tests/support/engine-parts.ts'
import type { Machine } from '../machine.ts'
import { CpuClass } from './cpu.ts'
import { DelayedWork, Work } from './workqueue.ts'

const machine = (): Machine => engineParts(pathsUnder('round-robin', 1), 'rq').m

/** A work that notes when it ran, and takes a while if told to. */
function noting(m: Machine, tookNs = 0): { readonly runs: number[]; readonly work: DelayedWork } {
  const runs: number[] = []
  const work = new DelayedWork(m.cpus[0]!, 0, CpuClass.normal, function* (ctx) {
    runs.push(m.clock.nowNs)
    if (tookNs > 0 && ctx.spend(tookNs)) yield
  })
  return { runs, work }
}

function runUntil(m: Machine, ns: number): void {
  while (m.clock.nextNs <= ns && m.clock.fireNext());
}

describe('a delayed work', () => {
  it('runs once, after its delay', () => {
    const m = machine()
    const { runs, work } = noting(m)
    work.modify(100)
    expect(work.timerArmed).toBe(true)
    runUntil(m, 1000)
    expect(runs).toEqual([100])
    expect(work.timerArmed).toBe(false)
  })

  it('is moved, not added to: later pushes push it out, earlier ones pull it in', () => {
    const m = machine()
    const { runs, work } = noting(m)
    work.modify(100)
    m.clock.schedule(60, { fire: () => { work.modify(100) } }) // prettier-ignore
    m.clock.schedule(500, { fire: () => { work.modify(400) } }) // prettier-ignore
    m.clock.schedule(510, { fire: () => { work.modify(5) } }) // prettier-ignore
    runUntil(m, 5000)
    expect(runs).toEqual([160, 515])
  })

  it('with delay 0 runs at once and takes the timer back', () => {
    const m = machine()
    const { runs, work } = noting(m)
    work.modify(100)
    m.clock.schedule(10, { fire: () => { work.modify(0) } }) // prettier-ignore
    runUntil(m, 1000)
    expect(runs).toEqual([10])
  })

  it('that was queued but has not begun is taken back by a new delay', () => {
    const m = machine()
    const { runs, work } = noting(m)
    work.modify(0)
    work.modify(50)
    runUntil(m, 1000)
    expect(runs).toEqual([50])
  })

  it('runs again when it is queued while it runs, once, however often', () => {
    const m = machine()
    const { runs, work } = noting(m, 20)
    work.modify(0)
    m.clock.schedule(5, { fire: () => { work.modify(0) } }) // prettier-ignore
    m.clock.schedule(6, { fire: () => { work.modify(0) } }) // prettier-ignore
    runUntil(m, 1000)
    expect(runs).toEqual([0, 20])
  })

  it('does nothing after cancel', () => {
    const m = machine()
    const { runs, work } = noting(m)
    work.modify(10)
    work.cancel()
    work.modify(0)
    work.cancel()
    runUntil(m, 1000)
    expect(runs).toEqual([])
  })
})

it('a work is queued once until it begins', () => {
  const m = machine()
  let runs = 0
  const work = new Work(m.cpus[0]!, 0, CpuClass.normal, function* () {
    runs++
    yield* []
  })
  expect([work.queue(), work.queue(), work.pending]).toEqual([true, false, true])
  runUntil(m, 0)
  expect([runs, work.pending, work.queue()]).toEqual([1, false, true])
})
