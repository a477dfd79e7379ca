/** What multipathd thinks of its map at a moment: its `show` commands and `multipath -ll` print it. */
import type { CheckerState } from '../log/index.ts'

export interface PathOpinion {
  readonly state: CheckerState
  readonly priority: number
  /** Seconds until it is checked next, of so many between two checks. */
  readonly nextCheckS: number
  readonly intervalS: number
}

export interface MapOpinion {
  /** As `show maps status` has them: what happens without a path, and when the best group is gone back to. */
  readonly queueing: string
  readonly failback: string
  /** Undefined for a path that it does not know. */
  readonly pathOf: (dev: string) => PathOpinion | undefined
}
