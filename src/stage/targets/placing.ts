/** What every step of placing reads and writes: the picture, the room, the facts, and the columns being filled. */
import type { Picture } from '../../record/picture.ts'
import type { LaneFacts } from '../facts.ts'
import type { LaneLayout } from '../layout/parts.ts'
import type { Targets } from './targets.ts'

export interface Placing {
  readonly picture: Picture
  readonly layout: LaneLayout
  readonly facts: LaneFacts
  readonly out: Targets
}
