/** The scenario that is shown, as the worker told of it: its outline, its story, what was filled in for its author. */
import type { Opened, ScenarioSource } from '../scenario/index.ts'
import type { OpenedScenario } from './scenario-store.ts'
import type { LaneSetup } from './state.ts'

/** What a first visit opens, and what takes the place of a scenario that cannot be run. */
export const FIRST: Extract<ScenarioSource, { kind: 'gallery' }> = {
  kind: 'gallery',
  name: 'sequential-writes',
}

/** The lanes of a scenario that says nothing about them; guessed before it is read, so that its runs may begin. */
export const LIKELY_LANES: readonly LaneSetup[] = [
  { mode: 'bio', kernel: '6.12', seed: 1 },
  { mode: 'rq', kernel: '6.12', seed: 1 },
]

export interface Present extends Omit<Extract<Opened, { ok: true }>, 'ok'> {
  readonly source: ScenarioSource
}

/** What the store holds of it, in the lanes that were asked for. */
export function openedIn(present: Present, asked?: readonly LaneSetup[]): OpenedScenario {
  const { source, outline, story } = present
  return {
    source,
    title: story?.title ?? outline.scenario,
    about: outline.about,
    lanes: lanesFor(present, asked),
  }
}

/**
 * The lanes that were asked for; without a wish one for each of the scenario's modes. A mode that the scenario has not is
 * left out, unless a kernel was asked for with it that may have it: then the lane itself says what is wrong.
 */
function lanesFor({ outline }: Present, asked: readonly LaneSetup[] = []): LaneSetup[] {
  const { modes, kernel, seed } = outline
  const possible = asked.filter((lane) => modes.includes(lane.mode) || lane.kernel !== kernel)
  return possible.length > 0 ? possible : modes.map((mode) => ({ mode, kernel, seed }))
}
