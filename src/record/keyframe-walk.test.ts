import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contents } from '../../tests/support/check-picture.ts'
import { testHeader } from '../../tests/support/log-writer.ts'
import { randomLog } from '../../tests/support/random-log.ts'
import { foldTo } from './fold.ts'
import { KeyframeWalk } from './keyframe-walk.ts'
import { Picture } from './picture.ts'

const KEYFRAME_EVENTS = 40
const runs = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  ios: fc.integer({ min: 1, max: 60 }),
  events: fc.integer({ min: 1, max: 200 }),
  /** Where somebody looks while the walk is on its way. */
  share: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe('a walk through a record', () => {
  it('leaves the keyframes that one look at the end leaves, and pictures as they are', () => {
    fc.assert(
      fc.property(runs, ({ seed, ios, events, share }) => {
        const record = (): ReturnType<ReturnType<typeof randomLog>['record']> =>
          randomLog({ mode: 'bio', seed, ios, paths: 2 }).record(testHeader('bio'), KEYFRAME_EVENTS)
        const looked = record()
        looked.pictureAt(looked.eventCount - 1)
        const walked = record()
        const walk = new KeyframeWalk(walked)
        walk.on(events)
        walked.pictureAt(Math.floor(share * walked.eventCount) - 1)
        for (let steps = 0; walk.on(events); steps++) expect(steps).toBeLessThanOrEqual(walked.eventCount)
        expect(walked.keyframes.map(({ index }) => index)).toEqual(looked.keyframes.map(({ index }) => index))
        for (const frame of walked.keyframes) {
          const folded = new Picture(walked.header)
          foldTo(folded, walked, frame.index)
          expect(contents(frame)).toEqual(contents(folded))
        }
      }),
      { numRuns: 40 },
    )
  })
})
