/**
 * The second part of a scenario file: what an author wants shown and said. The engine never sees it.
 *
 * A moment is named by what happens, not by a time: "the first back merge on dm-0" survives a change of costs.
 */
import type { EventKindName, QueueMode } from '../engine/log/index.ts'

/** The nth event of a kind (from 1), perhaps only on one device or in one lane; or a simulated time. */
export type Moment =
  | {
      readonly event: EventKindName
      readonly nth?: number
      readonly device?: string
      readonly mode?: QueueMode
    }
  | { readonly at_ns: number }

/** What the stage looks at: a device by name, `app`, or `all`; zoom 1 fits it. */
export interface Camera {
  readonly look_at: string
  readonly zoom?: number
}

export interface StoryStop {
  readonly at: Moment
  readonly title: string
  readonly note?: string
  readonly camera?: Camera
}

/** Between two moments the story runs `factor` times slower. */
export interface Dilation {
  readonly from: Moment
  readonly to: Moment
  readonly factor: number
}

export interface Question {
  readonly at: Moment
  readonly ask: string
  readonly choices: readonly string[]
  /** Index into choices. */
  readonly answer: number
  readonly why?: string
}

/** A sentence with its standing: published by somebody, measured on a kernel, or simulated here. */
export interface Claim {
  readonly text: string
  readonly standing: 'published' | 'measured' | 'simulated'
  readonly source?: string
}

export interface Story {
  readonly title: string
  readonly summary?: string
  readonly notes?: string
  readonly camera?: Camera
  readonly stops?: readonly StoryStop[]
  readonly dilations?: readonly Dilation[]
  readonly questions?: readonly Question[]
  readonly claims?: readonly Claim[]
}
