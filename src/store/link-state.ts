/** What a link can say, and how much of it: the shareable state, checked field by field. */
import type { SimNs } from '../lib/brands.ts'
import type { ObjectId } from '../record/places.ts'
import type { ScenarioSource } from '../scenario/index.ts'
import type { SelectedRange } from './selection-store.ts'
import type { LaneSetup, Pace, Theme } from './state.ts'

/** A branch as a row of a link; row 0 is the scenario as written. */
export interface LinkBranch {
  /** Row of its parent, earlier than its own. */
  readonly parent: number
  readonly atNs: SimNs
  readonly command: string
  /** Where somebody gave it one. */
  readonly name?: string
}

export interface LinkState {
  readonly source: ScenarioSource
  /** Undefined: the scenario's own. A pin is the row of a branch. */
  readonly lanes: readonly LaneSetup[] | undefined
  /** From row 1 on. */
  readonly branches: readonly LinkBranch[]
  /** Row of the current branch. */
  readonly branch: number
  /** Undefined: play from the start. */
  readonly timeNs: SimNs | undefined
  /** Last event of each lane, said only where the time leaves it open. */
  readonly indices: readonly number[] | undefined
  readonly pace: Pace
  readonly followed: readonly (ObjectId | undefined)[]
  /** The time that was brushed. */
  readonly range: SelectedRange | undefined
  /** Undefined: the reader's own. */
  readonly theme: Theme | undefined
  /** What could not be read, as one sentence. */
  readonly notice: string | undefined
}

export function plainLink(source: ScenarioSource, notice?: string): LinkState {
  return {
    source,
    lanes: undefined,
    branches: [],
    branch: 0,
    timeNs: undefined,
    indices: undefined,
    pace: 'story',
    followed: [],
    range: undefined,
    theme: undefined,
    notice,
  }
}
