import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LARGEST, moved, pinched, WHOLE, type ZoomView } from './zoom.ts'

const frame = { widthPx: 570, heightPx: 500 }
const point = fc.record({ x: fc.integer({ min: 0, max: 570 }), y: fc.integer({ min: 0, max: 500 }) })
const factor = fc.double({ min: 0.2, max: 5, noNaN: true })
const step = fc.oneof(
  fc.tuple(factor, point).map(
    ([by, at]) =>
      (view: ZoomView): ZoomView =>
        pinched(view, by, at, at, frame),
  ),
  fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 })).map(
    ([dx, dy]) =>
      (view: ZoomView): ZoomView =>
        moved(view, dx, dy, frame),
  ),
)

it('always fills its frame, whatever is done to it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let view = WHOLE
      for (const one of steps) view = one(view)
      expect(view.scale).toBeGreaterThanOrEqual(1)
      expect(view.scale).toBeLessThanOrEqual(LARGEST)
      expect(view.x).toBeLessThanOrEqual(0)
      expect(view.y).toBeLessThanOrEqual(0)
      expect(view.x + frame.widthPx * view.scale).toBeGreaterThanOrEqual(frame.widthPx - 1e-6)
      expect(view.y + frame.heightPx * view.scale).toBeGreaterThanOrEqual(frame.heightPx - 1e-6)
    }),
  )
})

it('what is under the fingers stays there while it grows', () => {
  fc.assert(
    fc.property(point, point, fc.double({ min: 1, max: 2, noNaN: true }), (first, at, by) => {
      const before = pinched(WHOLE, 1.7, first, first, frame)
      const after = pinched(before, by, at, at, frame)
      const under = (view: ZoomView): number[] => [(at.x - view.x) / view.scale, (at.y - view.y) / view.scale]
      under(after).forEach((value, i) => expect(value).toBeCloseTo(under(before)[i]!, 6))
    }),
  )
})
