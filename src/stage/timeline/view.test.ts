import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simNs, shownMs } from '../../lib/brands.ts'
import { KnotMap } from '../../record/time-map.ts'
import { jumpMarks } from './jump-labels.ts'
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

describe('the words of jumps', () => {
  const LETTER = 5.6
  interface Silence {
    readonly atMs: number
    readonly lengthNs: number
    readonly label: string
  }

  function marksOf(silences: readonly Silence[]): ReturnType<typeof jumpMarks> {
    const map = new KnotMap(Float64Array.of(0, 1e6), Float64Array.of(0, 1000), [])
    const jumps = silences.map(({ atMs, lengthNs, label }) => ({
      ...{ fromNs: simNs(0), toNs: simNs(lengthNs), label },
      ...{ fromShownMs: shownMs(atMs), toShownMs: shownMs(atMs + 4) },
    }))
    return jumpMarks({ ...viewOf(Object.assign(map, { jumps }), undefined, 1000), heightPx: 80, unitPx: 1 })
  }

  it('stand behind their break, before it where the end is near, and not over others', () => {
    const marks = marksOf([
      { atMs: 100, lengthNs: 30e9, label: '30 s pass: command timeout' },
      { atMs: 150, lengthNs: 20e6, label: '20 ms pass: another of these timers' },
      { atMs: 960, lengthNs: 1e6, label: 'near to the end' },
    ])
    expect(marks.map(({ x, labelX }) => labelX === undefined || labelX > x)).toEqual([true, true, false])
    expect(marks.map(({ labelX }) => labelX === undefined)).toEqual([false, true, false])
  })

  it('are those of the longest silence first, and never cross', () => {
    const silence = fc.record({
      atMs: fc.integer({ min: 0, max: 990 }),
      lengthNs: fc.integer({ min: 1, max: 1e9 }),
      label: fc.string({ minLength: 1, maxLength: 60 }),
    })
    fc.assert(
      fc.property(fc.array(silence, { minLength: 1, maxLength: 30 }), (some) => {
        const sorted = [...some].sort((a, b) => a.atMs - b.atMs)
        const marks = marksOf(sorted)
        const words = marks.flatMap(({ jump, labelX }) =>
          labelX === undefined ? [] : [{ from: labelX, to: labelX + jump.label.length * LETTER }],
        )
        for (const one of words) {
          expect(one.from).toBeGreaterThanOrEqual(0)
          expect(one.to).toBeLessThanOrEqual(1000)
          expect(words.filter(({ from, to }) => from < one.to && to > one.from)).toHaveLength(1)
        }
        const longest = Math.max(...marks.map(({ jump }) => jump.toNs))
        expect(longest).toBe(Math.max(...sorted.map(({ lengthNs }) => lengthNs)))
        expect(marks.some(({ jump, labelX }) => jump.toNs === longest && labelX !== undefined)).toBe(true)
      }),
    )
  })
})
