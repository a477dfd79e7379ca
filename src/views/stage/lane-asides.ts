/**
 * What a lane says and draws beside its things (stage/asides.ts), and how it gets ready for a jump; kept for as long as the
 * lane is shown.
 */
import { KeyframeWalk } from '../../record/keyframe-walk.ts'
import { type AsideLane, asideTexts, fateOf } from '../../stage/asides.ts'
import { Failures } from '../../stage/failures.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import type { LaneShape } from '../../stage/layout/shape.ts'
import type { LiveTexts } from '../../stage/live.ts'
import { drawFate } from '../../stage/scene/fate.ts'

export { fitOf } from '../../stage/fit.ts'

/** In one go; a run of a million is read in a second or two. */
const EVENTS_AT_ONCE = 100_000

/** Events of a lane that are gone through in a frame before anybody asks for them: some ms, less while the show plays. */
const AHEAD = 5000
const AHEAD_PLAYING = 1000

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
  private readonly walk: KeyframeWalk
  private readonly written: LiveTexts = new Map()

  constructor(show: LaneShow, shape: LaneShape) {
    this.show = show
    this.shape = shape
    this.failures = new Failures(show.record, show.facts)
    this.walk = new KeyframeWalk(show.record)
    show.over = (painter, scene) => {
      const lane = this.lane()
      shape.paths.forEach(({ disk, dev }, i) => {
        const fate = fateOf(lane, disk, dev)
        if (fate !== undefined) drawFate(painter, scene, i, fate.row)
      })
    }
    show.invalidate()
  }

  /** In every frame: a jump to anywhere is then short. */
  lookAhead(playing: boolean): void {
    this.walk.on(playing ? AHEAD_PLAYING : AHEAD)
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
