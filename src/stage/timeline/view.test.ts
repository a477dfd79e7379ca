import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simNs, shownMs } from '../../lib/brands.ts'
import { KnotMap } from '../../record/time-map.ts'
import type { Mark } from '../marks.ts'
import { lineLabels } from './line-labels.ts'
import { timeTicks } from './time-ticks.ts'
import { columnEdges, panned, partBetween, shownPart, zoomed, type TimeView, type Window } from './view.ts'

const maps = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 4000 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((knots) => {
    const sums = (at: 0 | 1): Float64Array => {
      let sum = 0
      return Float64Array.of(0, ...knots.map((knot) => (sum += knot[at])))
    }
    return new KnotMap(sums(0), sums(1))
  })
const share = fc.double({ min: 0, max: 1, noNaN: true })

function viewOf(map: KnotMap, window: Window, widthPx = 600): TimeView {
  return { map, widthPx, ...shownPart(map, window) }
}

describe('a part of the show', () => {
  it('stays within it and has a length, however one zooms and pans', () => {
    const step = fc.tuple(share, fc.double({ min: 0.1, max: 8, noNaN: true }), fc.boolean())
    fc.assert(
      fc.property(maps, fc.array(step, { maxLength: 20 }), (map, steps) => {
        let window: Window
        for (const [at, factor, zooming] of steps) {
          const { fromMs, toMs } = shownPart(map, window)
          const moment = fromMs + at * (toMs - fromMs)
          window = zooming
            ? zoomed(map, window, moment, factor)
            : panned(map, window, (factor - 4) * (toMs - fromMs))
          const part = shownPart(map, window)
          expect(part.fromMs).toBeGreaterThanOrEqual(0)
          expect(part.toMs).toBeLessThanOrEqual(map.totalShownMs * (1 + 1e-12))
          expect(part.toMs).toBeGreaterThan(part.fromMs)
        }
      }),
    )
  })

  it('keeps the moment under the pointer where it is', () => {
    fc.assert(
      fc.property(maps, share, (map, at) => {
        const first = shownPart(map, zoomed(map, undefined, map.totalShownMs / 2, 0.5))
        const moment = first.fromMs + at * (first.toMs - first.fromMs)
        const window = partBetween(map, first.toMs, first.fromMs)
        const part = shownPart(map, zoomed(map, window, moment, 0.5))
        expect((moment - part.fromMs) / (part.toMs - part.fromMs)).toBeCloseTo(at, 5)
      }),
    )
  })

  it('is all of the run again when zoomed out far enough', () => {
    const map = new KnotMap(Float64Array.of(0, 1e6), Float64Array.of(0, 1000))
    const near = zoomed(map, undefined, 300, 0.25)
    expect(near).toBeDefined()
    expect(zoomed(map, near, 300, 8)).toBeUndefined()
  })
})

describe('columns and marks of a time axis', () => {
  it('follow the pixels and never run backwards', () => {
    fc.assert(
      fc.property(maps, share, share, (map, a, b) => {
        const view = viewOf(map, partBetween(map, a * map.totalShownMs, b * map.totalShownMs))
        const edges = columnEdges(view, 64)
        expect([...edges]).toEqual([...edges].sort((x, y) => x - y))
        const ticks = timeTicks(view, 80)
        for (const [i, tick] of ticks.entries()) {
          expect(tick.x).toBeGreaterThanOrEqual(-1)
          expect(tick.x).toBeLessThanOrEqual(view.widthPx + 1)
          if (i > 0) expect(tick.x - ticks[i - 1]!.x).toBeGreaterThanOrEqual(40)
        }
      }),
    )
  })

  it('are round moments', () => {
    const map = new KnotMap(Float64Array.of(0, 150_000), Float64Array.of(0, 1000))
    const ticks = timeTicks(viewOf(map, undefined), 100)
    expect(ticks).toHaveLength(6)
    for (const { timeNs, label } of ticks) {
      expect(timeNs % 10_000).toBe(0)
      expect(label).toBe(`${timeNs / 1000} µs`)
    }
  })
})

describe('the words of lines', () => {
  const LETTER = 5.6
  interface Silence {
    readonly atMs: number
    readonly lengthNs: number
    readonly label: string
  }

  function linesOf(
    silences: readonly Silence[],
    turns: readonly { readonly atMs: number; readonly label: string }[] = [],
  ): ReturnType<typeof lineLabels> {
    const map = new KnotMap(Float64Array.of(0, 1e6), Float64Array.of(0, 1000), [])
    const jumps = silences.map(({ atMs, lengthNs, label }) => ({
      ...{ fromNs: simNs(0), toNs: simNs(lengthNs), label },
      ...{ fromShownMs: shownMs(atMs), toShownMs: shownMs(atMs + 4) },
    }))
    const marks = turns.map(({ atMs, label }): Mark => ({
      timeNs: atMs * 1000,
      lane: 0,
      turns: true,
      label: `A: ${label}`,
      tone: 'bad',
    }))
    const view = { ...viewOf(Object.assign(map, { jumps }), undefined, 1000), heightPx: 80, unitPx: 1 }
    return lineLabels(view, marks)
  }

  it('stand behind their line, before it where the end is near, and not over others', () => {
    const { breaks } = linesOf([
      { atMs: 100, lengthNs: 30e9, label: '30 s pass: command timeout' },
      { atMs: 150, lengthNs: 20e6, label: '20 ms pass: another of these timers' },
      { atMs: 960, lengthNs: 1e6, label: 'near to the end' },
    ])
    expect(breaks.map(({ x, labelX }) => labelX === undefined || labelX > x)).toEqual([true, true, false])
    expect(breaks.map(({ labelX }) => labelX === undefined)).toEqual([false, true, false])
  })

  it('are left out where those before the line could be taken for those of another', () => {
    const { breaks } = linesOf([
      { atMs: 900, lengthNs: 1e6, label: '1 ms pass' },
      { atMs: 960, lengthNs: 30e9, label: '30 s pass: SCSI command timeout' },
    ])
    expect(breaks.map(({ labelX }) => labelX === undefined)).toEqual([false, true])
  })

  it('are those of what somebody did first, then of the longest silence, and never cross', () => {
    const label = fc.string({ minLength: 1, maxLength: 40 })
    const silence = fc.record({
      atMs: fc.integer({ min: 0, max: 990 }),
      lengthNs: fc.integer({ min: 1, max: 1e9 }),
      label,
    })
    const turn = fc.record({ atMs: fc.integer({ min: 0, max: 700 }), label })
    const byTime = (a: { readonly atMs: number }, b: { readonly atMs: number }): number => a.atMs - b.atMs
    fc.assert(
      fc.property(
        fc.array(silence, { minLength: 1, maxLength: 30 }),
        fc.array(turn, { maxLength: 4 }),
        (silences, done) => {
          const { breaks, turns } = linesOf([...silences].sort(byTime), [...done].sort(byTime))
          const words = [
            ...breaks.flatMap(({ jump, labelX }) =>
              labelX === undefined ? [] : [{ from: labelX, to: labelX + jump.label.length * LETTER }],
            ),
            ...turns.flatMap(({ x, words: said, hasRoom }) =>
              hasRoom ? [{ from: x, to: x + said.length * LETTER }] : [],
            ),
          ]
          for (const one of words) {
            expect(one.from).toBeGreaterThanOrEqual(0)
            expect(one.to).toBeLessThanOrEqual(1000)
            expect(words.filter(({ from, to }) => from < one.to && to > one.from)).toHaveLength(1)
          }
          if (turns.length > 0) expect(turns[0]!.hasRoom).toBe(true)
          const longest = Math.max(...silences.map(({ lengthNs }) => lengthNs))
          expect(Math.max(...breaks.map(({ jump }) => jump.toNs))).toBe(longest)
        },
      ),
    )
  })
})
