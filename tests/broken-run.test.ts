/** A run of the real engine whose clock throws in the middle: nothing that was logged until then is lost. */
import { afterEach, expect, it, vi } from 'vitest'
import { createRun, type Run } from '../src/engine/index.ts'
import { CHUNK_EVENTS, createChunk, type EventChunk } from '../src/engine/log/index.ts'
import { EventQueue } from '../src/engine/sim/event-queue.ts'
import { resolveSource } from '../src/scenario/index.ts'
import { FIRST } from '../src/store/present.ts'
import { SliceRunner } from '../src/worker/slice-runner.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

function firstRun(): Run {
  const resolved = resolveSource(FIRST)
  if (!resolved.ok) throw new Error('the first scenario is broken')
  return createRun({ scenario: resolved.scenario, mode: 'bio' })
}

function eventsIn(chunks: readonly Pick<EventChunk, 'count'>[]): number {
  return chunks.reduce((sum, { count }) => sum + count, 0)
}

function throwAfter(clockEvents: number): void {
  const clock: { fireNext: (this: EventQueue) => boolean } = EventQueue.prototype
  const { fireNext } = clock
  let left = clockEvents
  vi.spyOn(EventQueue.prototype, 'fireNext').mockImplementation(function (this: EventQueue) {
    if (left-- === 0) throw new Error('a request has two owners')
    return fireNext.call(this)
  })
}

it('hands out the chunk that it was filling', () => {
  const whole = firstRun()
  while (whole.advance(CHUNK_EVENTS) === 'running');
  const all = whole.result().events
  expect(all).toBeLessThan(CHUNK_EVENTS)

  const run = firstRun()
  expect(run.advance(Math.floor(all / 2))).toBe('running')
  expect(run.takeChunks()).toEqual([])
  throwAfter(10)
  expect(() => run.advance(CHUNK_EVENTS)).toThrow('two owners')
  const logged = eventsIn(run.takeChunks())
  expect(logged).toBeGreaterThanOrEqual(Math.floor(all / 2))
  expect(logged).toBeLessThan(all)
  expect(run.takeChunks()).toEqual([])
})

it('is reported with its last events, which are on the page, too', () => {
  const run = firstRun()
  throwAfter(10)
  const { batch, problem } = new SliceRunner(run, 1e9).advance(CHUNK_EVENTS)
  if (problem?.kind !== 'broken') throw new Error('expected a broken run')
  expect(problem.lastEvents).toHaveLength(Math.min(50, eventsIn(batch!.chunks)))
  const { buffer, count } = batch!.chunks.at(-1)!
  const { timeNs } = createChunk(buffer, count)
  expect(problem.lastEvents.at(-1)).toMatch(new RegExp(`^${timeNs[count - 1]!} `))
})
