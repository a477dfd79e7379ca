import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstRankAt, ListWindow, spacePx, topOf } from './list-window.ts'

const sizes = fc.record({
  total: fc.nat({ max: 50_000_000 }),
  rowPx: fc.integer({ min: 10, max: 60 }),
  heightPx: fc.integer({ min: 20, max: 2000 }),
})

describe('the window of a long list', () => {
  it('comes back to the rank it was scrolled to, and no bar is too long', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), ({ total, rowPx, heightPx }, share) => {
        expect(spacePx(total, rowPx)).toBeLessThanOrEqual(8_000_000)
        const first = share * Math.max(0, total - heightPx / rowPx)
        const top = topOf(first, total, rowPx, heightPx)
        expect(firstRankAt(top, total, rowPx, heightPx)).toBeCloseTo(first, 2)
      }),
    )
  })

  it('shows the last row at the end of the bar and the first at its start', () => {
    fc.assert(
      fc.property(sizes, ({ total, rowPx, heightPx }) => {
        const rowsInSight = heightPx / rowPx
        const end = firstRankAt(1e12, total, rowPx, heightPx)
        expect(end + rowsInSight).toBeGreaterThanOrEqual(total - 1e-3)
        expect(firstRankAt(0, total, rowPx, heightPx)).toBe(0)
      }),
    )
  })

  it('knows its own move of the bar, though the news of it comes when it is further on', () => {
    const list = new ListWindow()
    const bar = { scrollTop: 0 } as HTMLElement
    list.lookAt(5000, 10_000, 20, 0.6)
    list.moveBar(bar, 10_000, 18, 360)
    list.lookAt(7000, 10_000, 20, 0.6)
    expect(list.barMoved(bar.scrollTop, 10_000, 18, 360)).toBe(false)
    expect(list.barMoved(bar.scrollTop - 900, 10_000, 18, 360)).toBe(true)
    expect(list.first).toBeCloseTo(5000 - 12 - 50, 0)
  })

  it('reveals a row by the shortest way', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1000 }),
        fc.nat({ max: 1000 }),
        fc.integer({ min: 1, max: 60 }),
        (first, rank, rows) => {
          const list = new ListWindow()
          list.scrollBy(first, Infinity, rows)
          list.reveal(rank, rows)
          expect(list.first).toBeLessThanOrEqual(rank)
          expect(list.first + rows).toBeGreaterThanOrEqual(rank + 1)
          if (first <= rank && rank + 1 <= first + rows) expect(list.first).toBe(first)
        },
      ),
    )
  })
})
