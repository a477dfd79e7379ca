import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../engine/index.ts'
import { FakeRun, type FakePlan } from '../../tests/support/fake-engine.ts'
import { testScenario } from '../../tests/support/scenario.ts'
import type { Resolved, ScenarioSource } from '../scenario/index.ts'
import { serve, SLICE_EVENTS } from './host.ts'
import type { FromWorker, OpeningNumber, RunNumber, RunSetup, ToWorker } from './protocol.ts'
import type { CreateRun } from './slice-runner.ts'

class Bench {
  readonly sent: FromWorker[] = []
  readonly transferred: ArrayBuffer[] = []
  tell: (message: ToWorker) => void = () => undefined
  resolutions = 0
  private deferred: (() => void)[] = []

  constructor(createRun: CreateRun) {
    serve(
      {
        send: (message, transfer) => {
          this.sent.push(message)
          this.transferred.push(...transfer)
        },
        listen: (receive) => (this.tell = receive),
      },
      {
        createRun,
        resolveSource: (source) => {
          this.resolutions++
          return resolveTest(source)
        },
        gallery,
        defer: (callback) => this.deferred.push(callback),
      },
    )
  }

  /** Runs one deferred slice; false when none waits. */
  slice(): boolean {
    const next = this.deferred.shift()
    next?.()
    return next !== undefined
  }

  drain(): void {
    while (this.slice());
  }

  types(run?: RunNumber): string[] {
    return this.sent.filter((m) => run === undefined || ('run' in m && m.run === run)).map((m) => m.type)
  }
}

const gallery = [{ name: 's1', title: 'S1', about: '' }]
const named = (name: string): ScenarioSource => ({ kind: 'gallery', name })

/** Every name is a scenario but "none"; "bug" throws. */
function resolveTest(source: ScenarioSource): Resolved {
  const name = source.kind === 'gallery' ? source.name : source.text
  if (name === 'bug') throw new Error('a bug in the reader')
  if (name !== 'none') return { ok: true, scenario: testScenario(name), story: undefined, defaulted: [] }
  return { ok: false, problems: [{ where: 'here', what: 'nothing', remedy: 'write something', path: [] }] }
}

const one = 1 as RunNumber
const two = 2 as RunNumber

function setupOf(name: string): RunSetup {
  return { source: named(name), mode: 'bio', kernel: '6.12', seed: 7, actions: [] }
}

function load(run: RunNumber, credits = 100, maxEvents = 1e9): ToWorker {
  return { type: 'load', run, setup: setupOf(`s${run}`), credits, maxEvents }
}

const planned =
  (plan: FakePlan): CreateRun =>
  (input) =>
    new FakeRun(input, plan)

describe('the host', () => {
  it('says that it is ready, then header, batches and end of a run', () => {
    const bench = new Bench(planned({ events: 2 * SLICE_EVENTS + 5 }))
    bench.tell(load(one))
    bench.drain()
    expect(bench.types()).toEqual(['ready', 'header', 'batch', 'batch', 'batch', 'ended'])
    const counts = bench.sent.flatMap((m) =>
      m.type === 'batch' ? m.batch.chunks.map((chunk) => chunk.count) : [],
    )
    expect(counts.reduce((a, b) => a + b, 0)).toBe(2 * SLICE_EVENTS + 5)
    expect(bench.transferred).toHaveLength(counts.length)
  })

  it('sends each row of a side table once', () => {
    const bench = new Bench(planned({ events: 2 * SLICE_EVENTS + 5 }))
    bench.tell(load(one))
    bench.drain()
    const strings = bench.sent.flatMap((m) => (m.type === 'batch' ? m.batch.additions.strings : []))
    expect(strings).toHaveLength(3)
    expect(new Set(strings).size).toBe(3)
  })

  it('never runs further ahead than its credits', () => {
    const bench = new Bench(planned({ events: 10 * SLICE_EVENTS }))
    bench.tell(load(one, 2))
    bench.drain()
    expect(bench.types(one)).toEqual(['header', 'batch', 'batch'])
    bench.tell({ type: 'credit', run: one, batches: 1 })
    bench.drain()
    expect(bench.types(one)).toEqual(['header', 'batch', 'batch', 'batch'])
  })

  it('takes turns between lanes', () => {
    const bench = new Bench(planned({ events: 3 * SLICE_EVENTS }))
    bench.tell(load(one))
    bench.tell(load(two))
    bench.drain()
    const order = bench.sent.filter((m) => m.type === 'batch').map((m) => m.run)
    expect(order).toEqual([1, 2, 1, 2, 1, 2])
  })

  it('stops between slices', () => {
    const bench = new Bench(planned({ events: 100 * SLICE_EVENTS }))
    bench.tell(load(one))
    bench.slice()
    bench.tell({ type: 'stop', run: one })
    bench.drain()
    expect(bench.types(one)).toEqual(['header', 'batch'])
  })

  it('forgets everything when disposed', () => {
    const bench = new Bench(planned({ events: 100 * SLICE_EVENTS }))
    bench.tell(load(one))
    bench.tell(load(two))
    bench.tell({ type: 'dispose' })
    bench.drain()
    expect(bench.types()).toEqual(['ready', 'header', 'header'])
  })

  it('ends a run that logs too much, keeping what was recorded', () => {
    const bench = new Bench(planned({ events: 100 * SLICE_EVENTS }))
    bench.tell(load(one, 100, 2 * SLICE_EVENTS))
    bench.drain()
    expect(bench.types(one)).toEqual(['header', 'batch', 'batch', 'problem'])
    expect(bench.sent.at(-1)).toMatchObject({ problem: { kind: 'too_many_events', where: 's1' } })
  })

  it('reports what the engine refuses as the scenario problem it is', () => {
    const bench = new Bench(() => {
      throw new ScenarioError('dm.table, word 7', 'no selector "round-robbin"', 'write round-robin')
    })
    bench.tell(load(one))
    bench.drain()
    expect(bench.sent.at(-1)).toEqual({
      type: 'problem',
      run: one,
      problem: {
        kind: 'scenario',
        where: 'dm.table, word 7',
        what: 'no selector "round-robbin"',
        remedy: 'write round-robin',
      },
    })
  })

  it('says at once what may be opened', () => {
    const bench = new Bench(planned({ events: 1 }))
    expect(bench.sent).toEqual([{ type: 'ready', gallery }])
  })

  it('tells what a source holds, and resolves it once for all its lanes', () => {
    const bench = new Bench(planned({ events: 1 }))
    const opening = 1 as OpeningNumber
    bench.tell({ type: 'open', opening, source: named('s1') })
    expect(bench.sent.at(-1)).toMatchObject({
      type: 'opened',
      opening,
      opened: { ok: true, outline: { scenario: 's1', modes: ['bio', 'rq'] } },
    })
    bench.tell(load(one))
    bench.tell(load(one))
    expect(bench.resolutions).toBe(1)
    bench.tell(load(two))
    expect(bench.resolutions).toBe(2)
  })

  it.each([
    ['none', 'here: nothing; write something'],
    ['bug', 'a bug in the reader'],
  ])('answers an opening of %s, too, and goes on', (name, notice) => {
    const bench = new Bench(planned({ events: 1 }))
    const opening = 1 as OpeningNumber
    bench.tell({ type: 'open', opening, source: named(name) })
    expect(bench.sent.at(-1)).toMatchObject({ type: 'opened', opening, opened: { ok: false, notice } })
    bench.tell({ type: 'load', run: one, setup: setupOf('none'), credits: 1, maxEvents: 1 })
    expect(bench.sent.at(-1)).toMatchObject({ run: one, problem: { kind: 'scenario', where: 'here' } })
  })

  it('runs with the seed of the setup', () => {
    const seeds: number[] = []
    const bench = new Bench((input) => {
      seeds.push(input.scenario.seed)
      return new FakeRun(input, { events: 1 })
    })
    bench.tell(load(one))
    expect(seeds).toEqual([7])
  })

  it('reports a broken run with its last events, and goes on with the others', () => {
    let made = 0
    const bench = new Bench(
      (input) =>
        new FakeRun(input, made++ === 0 ? { events: 1e6, throwAt: SLICE_EVENTS + 20_000 } : { events: 10 }),
    )
    bench.tell(load(one))
    bench.tell(load(two))
    bench.drain()
    expect(bench.types(one)).toEqual(['header', 'batch', 'batch', 'problem'])
    expect(bench.types(two)).toEqual(['header', 'batch', 'ended'])
    const problem = bench.sent.find((m) => m.type === 'problem')?.problem
    if (problem?.kind !== 'broken') throw new Error('expected a broken run')
    expect(problem.what).toBe('a request has two owners')
    expect(problem.lastEvents).toHaveLength(50)
    expect(problem.lastEvents.at(-1)).toContain(`io_submit ${SLICE_EVENTS + 20_000} `)
  })
})
