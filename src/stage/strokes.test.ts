import fc from 'fast-check'
import { expect, it } from 'vitest'
import { INKS, type Painter } from './painter.ts'
import { recordingPainter } from './recording-painter.ts'
import { drawStrokes, StrokeWriter } from './strokes.ts'

type Act = (to: Painter) => void

/** Numbers that a Float32Array holds as they are. */
const n = fc.integer({ min: -8000, max: 8000 }).map((value) => value / 4)
const colour = fc.oneof(fc.nat(63), fc.constantFrom(...INKS))
const dash = fc.constantFrom('solid', 'dashed', 'dotted')
const align = fc.constantFrom('left', 'center', 'right')

const act: fc.Arbitrary<Act> = fc.oneof(
  n.map(
    (alpha): Act =>
      (to) =>
        to.opacity(alpha),
  ),
  fc.constant<Act>((to) => to.path()),
  fc.tuple(n, n, n, n, n).map(
    (a): Act =>
      (to) =>
        to.box(...a),
  ),
  fc.tuple(n, n, n, n).map(
    (a): Act =>
      (to) =>
        to.line(...a),
  ),
  fc.tuple(n, n, n, n, n, n).map(
    (a): Act =>
      (to) =>
        to.curve(...a),
  ),
  fc.tuple(n, n, n).map(
    (a): Act =>
      (to) =>
        to.circle(...a),
  ),
  fc.tuple(n, n, n, n).map(
    (a): Act =>
      (to) =>
        to.arc(...a),
  ),
  colour.map(
    (c): Act =>
      (to) =>
        to.fill(c),
  ),
  colour.map(
    (c): Act =>
      (to) =>
        to.ink(c),
  ),
  fc.tuple(n, n, n, n).map(
    (a): Act =>
      (to) =>
        to.plain(...a),
  ),
  fc.tuple(n, n, n, n, n).map(
    (a): Act =>
      (to) =>
        to.edges(...a),
  ),
  fc.tuple(n, n, n, n, n).map(
    (a): Act =>
      (to) =>
        to.hollow(...a),
  ),
  fc.tuple(colour, n, dash).map(
    (a): Act =>
      (to) =>
        to.stroke(...a),
  ),
  fc.tuple(fc.string(), n, n, n, colour, align, fc.boolean()).map(
    (a): Act =>
      (to) =>
        to.text(...a),
  ),
  fc.tuple(fc.nat(63), fc.string(), n, n, n).map(
    (a): Act =>
      (to) =>
        to.textOn(...a),
  ),
)

it('what was written down is drawn as if it had been drawn at once', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
      const direct = recordingPainter()
      const written = recordingPainter()
      let ended = 0
      const writer = new StrokeWriter(() => ended++)
      for (const to of [direct, writer.painter]) {
        to.begin(100, 100)
        for (const one of acts) one(to)
        to.end()
      }
      drawStrokes(writer.taken(), written)
      expect(written.log).toEqual(direct.log)
      expect(ended).toBe(1)
    }),
  )
})

it('a frame takes nothing over from the one before', () => {
  const writer = new StrokeWriter(() => undefined)
  const { painter } = writer
  painter.begin(1, 1)
  for (let i = 0; i < 20_000; i++) painter.plain(i, 1, 1, 1)
  painter.end()
  expect(writer.taken().numbers.length).toBe(3 + 5 * 20_000)
  painter.begin(2, 2)
  painter.end()
  expect([...writer.taken().numbers]).toEqual([0, 2, 2])
})
