import { describe, expect, it } from 'vitest'
import { FrameLoop, type FrameScheduler } from './frame-loop.ts'

class HandFrames implements FrameScheduler {
  clockMs = 0
  pending = new Map<number, (nowMs: number) => void>()
  private next = 1
  now = (): number => this.clockMs
  request = (callback: (nowMs: number) => void): number => {
    this.pending.set(this.next, callback)
    return this.next++
  }
  cancel = (handle: number): void => {
    this.pending.delete(handle)
  }
  step(ms: number): void {
    this.clockMs += ms
    const due = [...this.pending.values()]
    this.pending.clear()
    for (const callback of due) callback(this.clockMs)
  }
}

describe('the frame loop', () => {
  it('asks for no frame while nobody is registered', () => {
    const frames = new HandFrames()
    const loop = new FrameLoop(frames)
    expect(frames.pending.size).toBe(0)
    const remove = loop.add('a', () => undefined)
    expect(frames.pending.size).toBe(1)
    frames.step(16)
    expect(loop.running).toBe(true)
    remove()
    expect(frames.pending.size).toBe(0)
    expect(loop.running).toBe(false)
  })

  it('tells the step since the frame before, starting at none, and bounds an absence', () => {
    const frames = new HandFrames()
    const steps: number[] = []
    const loop = new FrameLoop(frames)
    loop.add('a', ({ stepMs }) => steps.push(stepMs))
    frames.step(16)
    frames.step(17)
    frames.step(60_000)
    expect(steps).toEqual([0, 17, 250])
  })

  it('runs callbacks in order of registration and honours changes made while a frame runs', () => {
    const frames = new HandFrames()
    const loop = new FrameLoop(frames)
    const ran: string[] = []
    loop.add('first', () => {
      ran.push('first')
      loop.remove('second')
      loop.add('late', () => ran.push('late'))
      loop.remove('first')
    })
    loop.add('second', () => ran.push('second'))
    loop.add('third', () => ran.push('third'))
    frames.step(16)
    expect(ran).toEqual(['first', 'third'])
    frames.step(16)
    expect(ran).toEqual(['first', 'third', 'third', 'late'])
  })

  it('stops when the last callback removes itself inside a frame', () => {
    const frames = new HandFrames()
    const loop = new FrameLoop(frames)
    loop.add('a', () => loop.remove('a'))
    frames.step(16)
    expect(frames.pending.size).toBe(0)
    expect(loop.running).toBe(false)
  })

  it('replaces a key, and the remover of the replaced one does nothing', () => {
    const frames = new HandFrames()
    const loop = new FrameLoop(frames)
    const ran: string[] = []
    const removeOld = loop.add('a', () => ran.push('old'))
    loop.add('a', () => ran.push('new'))
    removeOld()
    frames.step(16)
    expect(ran).toEqual(['new'])
  })

  it('measures what each callback costs', () => {
    const frames = new HandFrames()
    const loop = new FrameLoop(frames)
    loop.add('slow', () => (frames.clockMs += 5))
    loop.add('fast', () => (frames.clockMs += 1))
    frames.step(16)
    expect(loop.costs().map(({ key, lastMs, meanMs }) => [key, lastMs, meanMs])).toEqual([
      ['slow', 5, 5],
      ['fast', 1, 1],
    ])
  })
})
