import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../engine/index.ts'
import { FakeAsked, FakeRun, type FakePlan } from '../../tests/support/fake-engine.ts'
import { testScenario } from '../../tests/support/scenario.ts'
import type { Resolved, ScenarioSource } from '../scenario/index.ts'
import { serve, SLICE_EVENTS } from './host.ts'
import type {
  Answer,
  AskNumber,
  FromWorker,
  OpeningNumber,
  Question,
  RunNumber,
  RunSetup,
  ToWorker,
} from './protocol.ts'
import type { CreateRun } from './slice-runner.ts'

class Bench {
  readonly sent: FromWorker[] = []
  readonly transferred: ArrayBuffer[] = []
  tell: (message: ToWorker) => void = () => undefined
  resolutions = 0
  private deferred: (() => void)[] = []

  /** The runs that were made to be asked. */
  readonly asked: FakeAsked[] = []
  /** What each look at the clock adds to it. */
  stepMs = 0
  private clockMs = 0

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
        createAsked: () => {
          const run = new FakeAsked()
          this.asked.push(run)
          return run
        },
        nowMs: () => (this.clockMs += this.stepMs),
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
    expect(strings.length).toBeGreaterThan(9)
    expect(new Set(strings).size).toBe(strings.length)
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

describe('a question', () => {
  const ask = (
    number: number,
    atNs: number,
    question: Question = { ask: 'multipath_ll' },
    name = 's1',
  ): ToWorker => ({
    ...{ type: 'ask', ask: number as AskNumber },
    asked: { setup: setupOf(name), at_ns: atNs, question },
  })
  const answers = (bench: Bench): Answer[] =>
    bench.sent.flatMap((message) => (message.type === 'answer' ? [message.answer] : []))

  it('is answered at its moment, from the run that is there already where it is not past it', () => {
    const bench = new Bench(planned({ events: 1 }))
    for (const [number, atNs] of [500, 900, 900, 100].entries()) {
      bench.tell(ask(number, atNs))
      bench.drain()
    }
    expect(answers(bench)).toEqual(
      [500, 900, 900, 100].map((atNs) => ({ ok: true, text: `multipath_ll at ${atNs} since -1` })),
    )
    expect(bench.asked).toHaveLength(2)
  })

  it('about an interval has its run marked where the interval begins', () => {
    const bench = new Bench(planned({ events: 1 }))
    bench.tell(ask(1, 800))
    bench.tell(ask(2, 900, { ask: 'iostat', interval_ns: 300 }))
    bench.tell(ask(3, 100, { ask: 'iostat', interval_ns: 300 }))
    bench.drain()
    expect(answers(bench).map((answer) => answer.ok && answer.text)).toEqual([
      'multipath_ll at 800 since -1',
      'iostat at 900 since 600',
      'iostat at 100 since 0',
    ])
  })

  it('far ahead takes turns with the lanes, and ends when nobody waits', () => {
    const bench = new Bench(planned({ events: 10 * SLICE_EVENTS }))
    bench.stepMs = 13
    bench.tell(load(one))
    bench.tell(ask(1, 1e5))
    for (let turn = 0; turn < 8; turn++) bench.slice()
    expect(bench.types(one)).toContain('batch')
    expect(bench.asked[0]!.reachedNs).toBeGreaterThan(0)
    bench.tell({ type: 'unask', ask: 1 as AskNumber })
    bench.drain()
    expect(answers(bench)).toEqual([])
    expect(bench.asked[0]!.reachedNs).toBeLessThan(1e5)
  })

  it('that is too far away or one of too many is refused with a remedy', () => {
    const bench = new Bench(planned({ events: 1 }))
    bench.tell(ask(0, 1e9))
    for (let number = 1; number < 20; number++) bench.tell(ask(number, 5))
    expect(answers(bench)).toHaveLength(4)
    bench.drain()
    const refused = answers(bench).flatMap((answer) =>
      !answer.ok && answer.problem.kind === 'scenario' ? [answer.problem.remedy] : [],
    )
    expect(new Set(refused)).toEqual(new Set(['wait for an answer', 'ask about an earlier one']))
    expect(answers(bench)).toHaveLength(20)
  })

  it('to a scenario that is none, or to a broken run, has a problem for an answer', () => {
    const bench = new Bench(planned({ events: 1 }))
    bench.tell(ask(1, 5, { ask: 'multipath_ll' }, 'none'))
    bench.drain()
    expect(answers(bench)[0]).toMatchObject({ ok: false, problem: { kind: 'scenario', where: 'here' } })
    bench.tell(ask(2, 5))
    bench.drain()
    bench.asked[0]!.fault = new Error('no such path')
    bench.tell(ask(3, 6))
    bench.tell(ask(4, 7))
    bench.drain()
    expect(answers(bench).slice(2)).toMatchObject([
      { ok: false, problem: { kind: 'broken', what: 'no such path' } },
      { ok: true, text: 'multipath_ll at 7 since -1' },
    ])
  })
})

describe('on a slow machine', () => {
  it('a slice ends when its time is over, and nothing is lost', () => {
    const bench = new Bench(planned({ events: 4 * SLICE_EVENTS }))
    bench.stepMs = 13
    bench.tell(load(one, 1000))
    bench.drain()
    const sizes = (): number[] =>
      bench.sent.flatMap((m) =>
        m.type === 'batch' ? [m.batch.chunks.reduce((sum, { count }) => sum + count, 0)] : [],
      )
    expect(Math.max(...sizes())).toBeLessThan(SLICE_EVENTS)
    expect(sizes().reduce((a, b) => a + b, 0)).toBe(4 * SLICE_EVENTS)
    expect(bench.types(one).at(-1)).toBe('ended')
  })
})
