/** What a lane says and draws beside its things (stage/asides.ts), kept for as long as the lane is shown. */
import { type AsideLane, asideTexts, fateOf } from '../../stage/asides.ts'
import { Failures } from '../../stage/failures.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import type { LaneShape } from '../../stage/layout/shape.ts'
import type { LiveTexts } from '../../stage/live.ts'
import { drawFate } from '../../stage/scene/fate.ts'

export { fitOf } from '../../stage/fit.ts'

export class LaneAsides {
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
    this.failures.read()
    return asideTexts(this.lane(), this.written)
  }

  private lane(): AsideLane {
    const { picture, facts, timeNs } = this.show
    return { picture, shape: this.shape, facts, failures: this.failures, timeNs }
  }
}
