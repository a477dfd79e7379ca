import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPacking, gridFor, pack } from './pack.ts'
import { rect } from './rect.ts'

const STYLE = { heightPx: 22, gapPx: 4, minRowPx: 7, minScale: 0.6 }
const area = rect(10, 20, 300, 60)

describe('packing', () => {
  it('keeps true widths while there is room', () => {
    const out = createPacking()
    pack([20, 40, 10], area, STYLE, out)
    expect([...out.w.slice(0, 3)]).toEqual([20, 40, 10])
    expect(out.rows).toBe(1)
  })

  it('keeps everything in its area, in order, without overlap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 5, max: 400 }), { minLength: 1, maxLength: 1200, size: 'max' }),
        (widths) => {
          const out = createPacking()
          pack(widths, area, STYLE, out)
          widths.forEach((_, i) => {
            expect(out.x[i]!).toBeGreaterThanOrEqual(area.x - 0.01)
            expect(out.x[i]! + out.w[i]!).toBeLessThanOrEqual(area.x + area.w + 1)
            expect(out.y[i]!).toBeGreaterThanOrEqual(area.y - 0.01)
            expect(out.y[i]! + out.itemH).toBeLessThanOrEqual(area.y + area.h + 0.01)
            if (i === 0) return
            const sameRow = out.y[i] === out.y[i - 1]
            if (sameRow) expect(out.x[i]!).toBeGreaterThanOrEqual(out.x[i - 1]! + out.w[i - 1]! - 0.01)
            else expect(out.y[i]!).toBeGreaterThan(out.y[i - 1]!)
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('uses the room it has: a crowd fills its rows', () => {
    for (let count = 100; count < 200; count++) {
      const out = createPacking()
      pack(
        Array.from({ length: count }, () => 20),
        area,
        STYLE,
        out,
      )
      expect(new Set(out.y.slice(0, count)).size).toBe(out.rows)
    }
  })

  it('gives a grid a cell for everybody, inside the area', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (cells) => {
        const grid = gridFor(cells, area, 17, 9, 6)
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(cells)
        expect(grid.columns * grid.pitchX).toBeLessThanOrEqual(area.w + 0.01)
      }),
    )
  })
})
