/** What a lane says and draws beside its things (stage/asides.ts), kept for as long as the lane is shown. */
import { type AsideLane, asideTexts, fateOf } from '../../stage/asides.ts'
import { Failures } from '../../stage/failures.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import type { LaneShape } from '../../stage/layout/shape.ts'
import type { LiveTexts } from '../../stage/live.ts'
import { drawFate } from '../../stage/scene/fate.ts'

export { fitOf } from '../../stage/fit.ts'

/** In one go; a run of a million is read in a second or two. */
const EVENTS_AT_ONCE = 100_000

const kept = new WeakMap<LaneShow, LaneAsides>()

/** Those of a lane: they stay with it when it is laid out anew. */
export function asidesOf(show: LaneShow, shape: LaneShape): LaneAsides {
  const found = kept.get(show) ?? new LaneAsides(show, shape)
  kept.set(show, found)
  return found
}

export class LaneAsides {
  /** True while there are events that nobody has looked at. */
  owing = false
  private readonly show: LaneShow
  private readonly shape: LaneShape
  private readonly failures: Failures
  private readonly written: LiveTexts = new Map()

  constructor(show: LaneShow, shape: LaneShape) {
    this.show = show
    this.shape = shape
    this.failures = new Failures(show.record, show.facts)
    show.over = (painter, scene) => {
      const lane = this.lane()
      shape.paths.forEach(({ disk, dev }, i) => {
        const fate = fateOf(lane, disk, dev)
        if (fate !== undefined) drawFate(painter, scene, i, fate.row)
      })
    }
    show.invalidate()
  }

  texts(): LiveTexts {
    this.owing = this.failures.read(EVENTS_AT_ONCE)
    return asideTexts(this.lane(), this.written)
  }

  private lane(): AsideLane {
    const { picture, facts, timeNs } = this.show
    return { picture, shape: this.shape, facts, failures: this.failures, timeNs }
  }
}
