/**
 * What the stores hold. Shareable state (scenario, lanes, time, pace, selection, theme) is also in the URL; what is being
 * touched (hover, panels) is only here; what changes every frame is in neither: it lives in the playback clock.
 */
import type { QueueMode, RunResult } from '../engine/log/index.ts'
import type { ShownMs, SimNs } from '../lib/brands.ts'
import type { ObjectId } from '../record/places.ts'
import type { GalleryEntry, LaneChanges, ScenarioSource } from '../scenario/index.ts'
import type { Problem } from '../worker/protocol.ts'
import type { BranchId } from './branches.ts'
import type { Goal } from './goals.ts'

/** Lanes from left to right: 0, 1, 2. */
export type LaneIndex = number

export interface LaneSetup {
  readonly mode: QueueMode
  readonly kernel: string
  readonly seed: number
  /** What-ifs against the scenario's file; absent: as it is written. */
  readonly changes?: LaneChanges
  /** The branch that this lane shows whatever the current one is; absent: the current one. */
  readonly pin?: BranchId
}

export type LaneStatus =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'running'
      readonly events: number
      readonly endNs: number
      /** Where the run will probably end, known from the run that it replaces; absent: nobody knows. */
      readonly expectedEndNs?: number
    }
  /** Cancelled by the reader; what was recorded until then is shown. */
  | { readonly kind: 'stopped'; readonly events: number; readonly endNs: number }
  | { readonly kind: 'ended'; readonly events: number; readonly endNs: number; readonly result: RunResult }
  | { readonly kind: 'problem'; readonly events: number; readonly endNs: number; readonly problem: Problem }

export interface ScenarioState {
  readonly source: ScenarioSource
  /** Empty until the worker has told. */
  readonly title: string
  readonly about: string
  /** None until a scenario was opened. */
  readonly lanes: readonly LaneSetup[]
  /** One per lane. */
  readonly status: readonly LaneStatus[]
  /** One sentence about an input that could not be used as it was (a broken link, a scenario with an error). */
  readonly notice: string | undefined
  /** The built-in scenarios in the order of a menu; none until the worker has told. */
  readonly gallery: readonly GalleryEntry[]
}

export type Pace = 'story' | 'real'

export interface PlaybackState {
  readonly playing: boolean
  readonly pace: Pace
  /** Multiplies the pace; 1 is normal. */
  readonly speed: number
  /** Where the playhead was put last, or passed lately: renewed some times a second while playing, exact when paused. */
  readonly timeNs: SimNs
  readonly shownMs: ShownMs
  /** Length of the show at the present pace. */
  readonly totalShownMs: ShownMs
  readonly loop: { readonly fromNs: SimNs; readonly toNs: SimNs } | undefined
  /** Where playing will pause by itself. */
  readonly untilNs: SimNs | undefined
  /** What is looked for and not yet computed. */
  readonly seeking: { readonly goal: Goal; readonly how: 'jump' | 'play' } | undefined
}

export interface SelectionState {
  /** The object followed in each lane. */
  readonly followed: readonly (ObjectId | undefined)[]
  readonly hovered: { readonly lane: LaneIndex; readonly id: ObjectId } | undefined
}

export type Theme = 'dark' | 'light' | 'projector'

export interface SettingsState {
  /** The one in force. */
  readonly theme: Theme
  /** `auto` follows the operating system between dark and light. */
  readonly themeWish: Theme | 'auto'
  /** `system` follows the operating system's wish. */
  readonly reducedMotion: 'system' | 'on' | 'off'
  readonly textSize: 'normal' | 'large' | 'larger'
  /** As the reader last had them; a link may ask for another pace. */
  readonly pace: Pace
  readonly speed: number
}

export type Panel = 'gallery' | 'inspector' | 'help' | 'settings' | 'share' | 'editor' | 'palette'

export interface UiState {
  readonly openPanels: readonly Panel[]
}
