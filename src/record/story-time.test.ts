import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEV_NONE, EventKind, TimerKind } from '../engine/log/index.ts'
import { LogWriter, testHeader } from '../../tests/support/log-writer.ts'
import { randomLog } from '../../tests/support/random-log.ts'
import type { RunRecord } from './run-record.ts'
import { collectMoments, MomentCollector } from './story-moments.ts'
import { storyTime } from './story-time.ts'
import { readableRatio, realTime } from './time-map.ts'

function lanes(seed: number, ios: number): RunRecord[] {
  return (['bio', 'rq'] as const).map((mode) =>
    randomLog({ mode, seed, ios, paths: 2 }).record(testHeader(mode)),
  )
}

const seeds = fc.integer({ min: 1, max: 100_000 })
const sizes = fc.integer({ min: 1, max: 60 })
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 40 })

describe('the story map', () => {
  it('rises strictly, between and at events', () => {
    fc.assert(
      fc.property(seeds, sizes, shares, (seed, ios, points) => {
        const map = storyTime(lanes(seed, ios))
        const ns = [...new Set(points.map((share) => Math.floor(share * map.endNs)))].sort((a, b) => a - b)
        for (let i = 1; i < ns.length; i++)
          expect(map.toShown(ns[i]!)).toBeGreaterThan(map.toShown(ns[i - 1]!))
      }),
      { numRuns: 50 },
    )
  })

  it('is inverted within a nanosecond', () => {
    fc.assert(
      fc.property(seeds, sizes, shares, (seed, ios, points) => {
        const map = storyTime(lanes(seed, ios))
        for (const share of points) {
          const ns = share * map.endNs
          expect(Math.abs(map.toSim(map.toShown(ns)) - ns)).toBeLessThan(1)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('covers the whole run and stays at its ends outside', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, ios) => {
        const records = lanes(seed, ios)
        const map = storyTime(records)
        expect(map.toShown(0)).toBe(0)
        expect(map.toShown(-5)).toBe(0)
        expect(map.toShown(map.endNs)).toBe(map.totalShownMs)
        expect(map.toShown(map.endNs * 2)).toBe(map.totalShownMs)
        expect(map.toSim(map.totalShownMs + 1)).toBe(map.endNs)
        for (const record of records) expect(map.endNs).toBeGreaterThan(record.endNs)
      }),
      { numRuns: 50 },
    )
  })

  it('gives every event of a short log time to be seen', () => {
    const map = storyTime(lanes(3, 4))
    for (const record of lanes(3, 4)) {
      for (let i = 1; i < record.eventCount; i++) {
        const [before, at] = [record.timeAt(i - 1), record.timeAt(i)]
        if (at > before) expect(map.toShown(at) - map.toShown(before)).toBeGreaterThan(1)
      }
    }
  })

  it('keeps a log of many events under ninety seconds', () => {
    const map = storyTime(lanes(5, 4000))
    expect(map.totalShownMs).toBeGreaterThan(40_000)
    expect(map.totalShownMs).toBeLessThan(90_000)
  })

  it('is an empty stretch when nothing is logged yet', () => {
    const map = storyTime([new LogWriter().record(testHeader('bio'))])
    expect(map.toSim(map.totalShownMs)).toBe(map.endNs)
  })
})

describe('a long silence', () => {
  function silence(): RunRecord[] {
    const log = new LogWriter()
    const at = (ns: number, kind: Parameters<LogWriter['add']>[0], object = 0): void => {
      log.timeNs = ns
      log.add(kind, { subject: 1, dev: 1, object })
    }
    at(1000, 'rq_issue')
    at(20_001_000, 'rq_complete')
    at(20_003_000, 'rq_requeue')
    at(120_003_000, 'timer_end', TimerKind.requeue)
    at(120_003_000, 'rq_insert')
    return [log.record(testHeader('rq'))]
  }

  it('is a jump with a label that says how long and why', () => {
    expect(storyTime(silence()).jumps.map((jump) => jump.label)).toEqual([
      '20 ms pass: service time',
      '100 ms pass: requeue timer',
    ])
  })

  it('is named after the timer that ran out, not after one that is cancelled or only tries again', () => {
    const log = new LogWriter()
    log.add('io_submit', { subject: 1, dev: 0 })
    log.timeNs = 5_000_000_000
    log.add('timer_end', { dev: 1, object: TimerKind.requeue })
    log.add('timer_end', { dev: 1, object: TimerKind.fast_io_fail })
    log.add('timer_end', { dev: 1, object: TimerKind.resource_retry })
    log.add('timer_end', { dev: 1, object: TimerKind.dev_loss, arg: 1 })
    log.add('device_state', { dev: 1, arg: 4 })
    const map = storyTime([log.record(testHeader('rq'))])
    expect(map.jumps.map(({ label }) => label)).toEqual(['5 s pass: fast_io_fail_tmo'])
  })

  it('takes one to two seconds, whatever its length', () => {
    for (const jump of storyTime(silence()).jumps) {
      expect(jump.toShownMs - jump.fromShownMs).toBeGreaterThan(700)
      expect(jump.toShownMs - jump.fromShownMs).toBeLessThan(2000)
    }
  })

  it('is found by shown time, and only while it lasts', () => {
    const map = storyTime(silence())
    const [first] = map.jumps
    expect(map.jumpAt((first!.fromShownMs + first!.toShownMs) / 2)).toBe(first)
    expect(map.jumpAt(first!.fromShownMs - 1)).toBeUndefined()
    expect(map.jumpAt(first!.toShownMs)).toBeUndefined()
    expect(map.toSim(first!.toShownMs)).toBe(first!.toNs)
  })

  it('is stretched by an author', () => {
    const plain = storyTime(silence())
    const slow = storyTime(silence(), [{ fromNs: 0, toNs: 20_000_000, factor: 20 }])
    const stretched = slow.toShown(20_001_000) / plain.toShown(20_001_000)
    expect(stretched).toBeGreaterThan(10)
    const rest = (map: typeof plain): number => map.totalShownMs - map.toShown(20_001_000)
    expect(rest(slow)).toBeCloseTo(rest(plain), 6)
  })
})

describe('what is tried in vain', () => {
  /** A busy path that is asked every 3 ms, `times` times, until a command times out. */
  function retried(times: number, between: (log: LogWriter, i: number) => void = () => undefined): RunRecord {
    const log = new LogWriter()
    const at = (ns: number, kind: Parameters<LogWriter['add']>[0], object = 0, subject = 0): void => {
      log.timeNs = ns
      log.add(kind, { subject, dev: 1, object })
    }
    at(1000, 'rq_issue', 0, 1)
    for (let i = 1; i <= times; i++) {
      at(i * 3_000_000, 'timer_end', TimerKind.resource_retry)
      at(i * 3_000_000, 'task_wake')
      at(i * 3_000_000 + 1500, 'timer_arm', TimerKind.resource_retry)
      between(log, i)
    }
    at((times + 1) * 3_000_000, 'timer_end', TimerKind.command)
    at((times + 1) * 3_000_000 + 10, 'rq_complete', 0, 1)
    return log.record(testHeader('rq'))
  }

  it('is told three times and then passed over, with how often', () => {
    const map = storyTime([retried(1000)])
    expect(map.jumps.map((jump) => jump.label)).toEqual([
      ...new Array<string>(3).fill('3 ms pass: retry after a busy answer'),
      '3 s pass: command timeout; 997 tries in vain',
    ])
    expect(map.totalShownMs).toBeLessThan(15_000)
  })

  it('is told anew when something has happened in the lane', () => {
    const record = retried(20, (log, i) => {
      if (i === 10) log.add('rq_complete', { subject: 9, dev: 2 })
    })
    const labels = storyTime([record]).jumps.map((jump) => jump.label)
    expect(labels.filter((label) => label === '3 ms pass: retry after a busy answer')).toHaveLength(6)
    expect(labels.filter((label) => label.includes('in vain'))).toEqual([
      '21 ms pass: service time; 7 tries in vain',
      '24 ms pass: command timeout; 7 tries in vain',
    ])
  })

  it('is no reason to pass over what another lane does', () => {
    const other = new LogWriter()
    for (let i = 0; i < 100; i++) {
      other.timeNs = i * 7_000_000 + 5
      other.add('io_submit', { subject: i + 1, dev: 0 })
    }
    const map = storyTime([retried(1000), other.record(testHeader('bio'))])
    for (let i = 1; i < 100; i++) {
      const [before, at] = [(i - 1) * 7_000_000 + 5, i * 7_000_000 + 5]
      expect(map.toShown(at) - map.toShown(before)).toBeGreaterThan(1)
    }
  })

  it('passes over nothing where each request is another', () => {
    const log = new LogWriter()
    for (let i = 1; i <= 50; i++) {
      log.timeNs = i * 1000
      log.add('rq_requeue', { subject: i, dev: 1 })
    }
    const { count, passed } = collectMoments([log.record(testHeader('rq'))])
    expect(count).toBe(51)
    expect(passed.subarray(0, count).every((times) => times === 0)).toBe(true)
  })

  it('at the end of a run is passed over to its end', () => {
    const log = new LogWriter()
    for (let i = 1; i <= 100; i++) {
      log.timeNs = i * 1e9
      log.add('timer_end', { dev: 1, object: TimerKind.checker })
    }
    const record = log.record(testHeader('rq'))
    const map = storyTime([record])
    expect(map.jumps.at(-1)!.label).toBe('97 s pass: multipathd looks at a path, 97 times')
    expect(map.toShown(record.endNs)).toBeLessThan(map.totalShownMs)
  })
})

describe('moments of what is tried again and again', () => {
  const kinds = [
    'timer_end',
    'timer_arm',
    'task_wake',
    'rq_requeue',
    'rq_issue',
    'choose_path',
    'io_submit',
  ] as const
  interface Tried {
    readonly afterNs: number
    readonly kind: (typeof kinds)[number]
    readonly dev: number
    readonly subject: number
    readonly object: number
  }
  const tried = fc.record({
    afterNs: fc.constantFrom(0, 0, 1000, 3_000_000),
    kind: fc.constantFrom(...kinds, ...kinds.slice(0, 3), ...kinds.slice(0, 3)),
    dev: fc.constantFrom(0, 1, DEV_NONE),
    subject: fc.integer({ min: 0, max: 1 }),
    object: fc.integer({ min: 1, max: 2 }),
  })
  const logs = fc.array(fc.array(tried, { maxLength: 80 }), { minLength: 1, maxLength: 3 })

  function recordOf(events: readonly Tried[]): RunRecord {
    const log = new LogWriter()
    for (const { afterNs, kind, ...columns } of events) {
      log.timeNs += afterNs
      log.add(kind, columns)
    }
    return log.record(testHeader('rq'))
  }

  /** Times of the moments that are told, the slow way: sentences instead of numbers, all lanes at every time. */
  function toldNs(records: readonly RunRecord[]): number[] {
    const times = [...new Set(records.flatMap((record) => timesOf(record)))].sort((a, b) => a - b)
    const said = records.map((): string[] => [])
    return times.filter((ns) => {
      const news = records.map((record, lane) => {
        const now = Array.from({ length: record.eventCount }, (_, i) => record.eventAt(i)).filter(
          (event) => event.timeNs === ns,
        )
        if (now.length === 0) return false
        const moves = now.some(
          ({ kind, dev }) =>
            kind === EventKind.io_submit ||
            (kind === EventKind.choose_path && dev !== DEV_NONE) ||
            (kind === EventKind.rq_issue && record.header.devices[dev]?.role !== 'dm'),
        )
        const [{ kind, dev, subject, object }] = now as [(typeof now)[number]]
        const timer = kind === EventKind.timer_end || kind === EventKind.timer_arm
        const sentence = `${kind} ${dev} ${subject} ${timer ? object : ''}`
        if (moves) said[lane] = []
        else said[lane]!.push(sentence)
        return moves || said[lane]!.filter((one) => one === sentence).length <= 3
      })
      return news.includes(true)
    })
  }

  function timesOf(record: RunRecord): number[] {
    return Array.from({ length: record.eventCount }, (_, i) => record.timeAt(i))
  }

  it('are told as a slow reader tells them', () => {
    fc.assert(
      fc.property(logs, (lanes) => {
        const records = lanes.map(recordOf)
        const { ns, count, passed } = collectMoments(records)
        const told = toldNs(records)
        expect([...ns.subarray(0, count)]).toEqual([...new Set([0, ...told])])
        const all = new Set(records.flatMap(timesOf)).size
        expect(passed.reduce((sum, times) => sum + times, 0)).toBeLessThanOrEqual(all - told.length)
      }),
      { numRuns: 300 },
    )
  })

  it('are the same read piece by piece', () => {
    fc.assert(
      fc.property(
        logs,
        fc.array(fc.integer({ min: 0, max: 100_000_000 }), { maxLength: 6 }),
        (lanes, stops) => {
          const records = lanes.map(recordOf)
          const pieces = new MomentCollector(records, 64)
          for (const untilNs of stops.sort((a, b) => a - b)) pieces.read(untilNs)
          expect(pieces.read(Infinity)).toEqual(new MomentCollector(records, 64).read(Infinity))
        },
      ),
    )
  })
})

describe('moments', () => {
  it('are never more than asked for and keep weight, events and order', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(16, 64, 256), (seed, limit) => {
        const records = lanes(seed, 60)
        const all = collectMoments(records)
        const few = collectMoments(records, limit)
        const sum = (m: typeof all): number => m.weight.subarray(0, m.count).reduce((a, b) => a + b, 0)
        expect(few.count).toBeLessThanOrEqual(limit)
        expect(few.events).toBe(all.events)
        expect(sum(few)).toBeCloseTo(sum(all), 6)
        for (let i = 1; i < few.count; i++) expect(few.ns[i]!).toBeGreaterThan(few.ns[i - 1]!)
      }),
      { numRuns: 50 },
    )
  })
})

describe('real time', () => {
  it('has one ratio and covers the run', () => {
    const map = realTime(2_000_000, 100)
    expect(map.totalShownMs).toBe(20_000)
    expect(map.toShown(1_000_000)).toBe(10_000)
    expect(map.toSim(5)).toBe(500)
  })

  it('chooses a round ratio that shows a run in about half a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30_000, max: 2_000_000_000 }), (endNs) => {
        const ratio = readableRatio(endNs)
        const shown = realTime(endNs, ratio).totalShownMs
        expect(shown).toBeLessThanOrEqual(30_001)
        expect(shown).toBeGreaterThan(11_000)
        const digits = ratio / 10 ** Math.floor(Math.log10(ratio) + 1e-9)
        expect([1, 2, 5].some((digit) => Math.abs(digit - digits) < 1e-9)).toBe(true)
      }),
    )
  })
})
