/** What a link can say, and how much of it: the shareable state, checked field by field. */
import type { SimNs } from '../lib/brands.ts'
import type { ObjectId } from '../record/places.ts'
import type { ScenarioSource } from '../scenario/index.ts'
import type { LaneSetup, Pace, Theme } from './state.ts'

export interface LinkState {
  readonly source: ScenarioSource
  /** Undefined: the scenario's own. */
  readonly lanes: readonly LaneSetup[] | undefined
  /** Undefined: play from the start. */
  readonly timeNs: SimNs | undefined
  /** Last event of each lane, said only where the time leaves it open. */
  readonly indices: readonly number[] | undefined
  readonly pace: Pace
  readonly followed: readonly (ObjectId | undefined)[]
  /** Undefined: the reader's own. */
  readonly theme: Theme | undefined
  /** What could not be read, as one sentence. */
  readonly notice: string | undefined
}

export function plainLink(source: ScenarioSource, notice?: string): LinkState {
  return {
    source,
    lanes: undefined,
    timeNs: undefined,
    indices: undefined,
    pace: 'story',
    followed: [],
    theme: undefined,
    notice,
  }
}
