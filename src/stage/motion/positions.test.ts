import { describe, expect, it } from 'vitest'
import { shapeOf } from '../lane-show.ts'
import { layoutLane } from '../layout/layout.ts'
import { ease, MOTION_MS, Positions } from './positions.ts'
import { Look } from '../targets/look.ts'
import { Placer } from '../targets/placer.ts'
import { Targets } from '../targets/targets.ts'
import { bioLane, factsOf, rqLane } from '../test-record.ts'

const ROOM = { widthPx: 568, heightPx: 500, unitPx: 1 }
/** Time between events of the test, shorter than a move: moves are interrupted by others. */
const EVENT_MS = 90
const FRAME_MS = 4

describe('the ease', () => {
  it('starts at 0, ends at 1 and never turns back', () => {
    expect(ease(-1)).toBe(0)
    expect(ease(0)).toBe(0)
    expect(ease(1)).toBe(1)
    expect(ease(2)).toBe(1)
    for (let i = 0; i < 100; i++) expect(ease((i + 1) / 100)).toBeGreaterThanOrEqual(ease(i / 100))
  })
})

describe.each([
  ['bio', bioLane()],
  ['rq', rqLane()],
] as const)('positions in a %s lane', (_mode, record) => {
  const layout = layoutLane(shapeOf(record), ROOM)
  const facts = factsOf(record)

  function play(upTo: number): { positions: Positions; targets: Targets; nowMs: number } {
    const positions = new Positions()
    const targets = new Targets()
    const placer = new Placer()
    let nowMs = 0
    for (let index = 0; index <= upTo; index++) {
      const picture = record.pictureAt(index)
      placer.place(picture, layout, facts, targets)
      positions.retarget(targets, picture, layout, nowMs, MOTION_MS)
      nowMs += EVENT_MS
    }
    return { positions, targets, nowMs }
  }

  it('never jump: nothing leaps in a frame, also where a move is interrupted', () => {
    const positions = new Positions()
    const targets = new Targets()
    const placer = new Placer()
    // The ease is fastest at its start: three times the way in the time of the move.
    const fastest = (3 * FRAME_MS) / MOTION_MS
    const farthest = Math.hypot(ROOM.widthPx, ROOM.heightPx)
    let nowMs = 0
    for (let index = 0; index < record.eventCount; index++) {
      const picture = record.pictureAt(index)
      const before = new Map<number, readonly [number, number]>()
      for (let row = 0; row < picture.slots.count; row++)
        if (targets.look[row] !== Look.none && row < targets.count)
          before.set(picture.slots.id[row]!, [positions.x[row]!, positions.y[row]!])
      placer.place(picture, layout, facts, targets)
      positions.retarget(targets, picture, layout, nowMs, MOTION_MS)
      for (let row = 0; row < targets.count; row++) {
        const was = before.get(picture.slots.id[row]!)
        if (was === undefined || targets.look[row] === Look.none || targets.look[row] === Look.held) continue
        const leap = Math.hypot(positions.x[row]! - was[0], positions.y[row]! - was[1])
        expect(leap).toBeLessThanOrEqual(farthest * fastest + 0.5)
      }
      for (let frame = 0; frame < EVENT_MS / FRAME_MS; frame++) positions.at((nowMs += FRAME_MS))
    }
  })

  it('arrive: after the time of a move everything is where the picture wants it', () => {
    for (const upTo of [5, 40, record.eventCount - 1]) {
      const { positions, targets, nowMs } = play(upTo)
      positions.at(nowMs + 2 * MOTION_MS)
      expect(nowMs + 2 * MOTION_MS).toBeGreaterThanOrEqual(positions.restMs)
      for (let row = 0; row < targets.count; row++) {
        if (targets.look[row] === Look.none) continue
        expect(positions.x[row]!).toBeCloseTo(targets.x[row]!, 0)
        expect(positions.y[row]!).toBeCloseTo(targets.y[row]!, 0)
      }
    }
  })

  it('are there at once without motion', () => {
    const positions = new Positions()
    const targets = new Targets()
    const picture = record.pictureAt(40)
    new Placer().place(picture, layout, facts, targets)
    positions.retarget(targets, picture, layout, 0, 0)
    for (let row = 0; row < targets.count; row++)
      if (targets.look[row] !== Look.none) expect(positions.x[row]).toBe(targets.x[row])
  })
})
