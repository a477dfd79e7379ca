import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { laneText, readLane } from '../../store/lane-text.ts'
import type { LaneSetup } from '../../store/state.ts'
import { withAttribute, withChanges } from './changed.ts'
import { LANE_PRESETS } from './presets.ts'

const plain: LaneSetup = { mode: 'bio', kernel: '6.12', seed: 1 }

describe('a changed lane', () => {
  it('is the plain one again when every change is taken back', () => {
    const changed = withAttribute(
      withChanges(plain, { selector: 'queue-length', paths: 3 }),
      'path_queue',
      'scheduler',
      'none',
    )
    expect(changed.changes).toEqual({ selector: 'queue-length', paths: 3, path_queue: { scheduler: 'none' } })
    const back = withAttribute(changed, 'path_queue', 'scheduler', undefined)
    expect(withChanges(back, { selector: undefined, paths: undefined })).toEqual(plain)
  })

  it('survives a link, whatever is changed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.constantFrom('round-robin', 'io-affinity', undefined),
        fc.constantFrom('nr_requests', 'max_sectors_kb'),
        fc.integer({ min: 4, max: 4096 }),
        (paths, selector, attribute, value) => {
          const lane = withAttribute(withChanges(plain, { paths, selector }), 'dm_queue', attribute, value)
          expect(readLane(laneText(lane))).toEqual(lane)
        },
      ),
    )
  })
})

describe('the presets', () => {
  it('make two or three different lanes and keep the seed', () => {
    for (const { lanes } of LANE_PRESETS) {
      const made = lanes({ ...plain, seed: 7 })
      expect(made.length).toBeGreaterThanOrEqual(2)
      expect(made.length).toBeLessThanOrEqual(3)
      expect(new Set(made.map(laneText)).size).toBe(made.length)
      for (const lane of made) expect(lane.seed).toBe(7)
    }
  })
})
