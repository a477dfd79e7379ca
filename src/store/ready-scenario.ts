/** From where a scenario comes to one that can run: looked up or read, checked, completed. */
import { GALLERY, problemSentence, readScenario, type Resolved, resolveScenario } from '../scenario/index.ts'
import type { LaneSetup, ScenarioSource } from './state.ts'

type Good = Extract<Resolved, { ok: true }>

export interface ReadyScenario {
  readonly source: ScenarioSource
  readonly title: string
  readonly about: string
  readonly scenario: Good['scenario']
  readonly story: Good['story']
  readonly defaulted: Good['defaulted']
}

/** The scenario of a source; where it cannot be run, the first of the gallery and one sentence why. */
export function readySource(source: ScenarioSource): { ready: ReadyScenario; notice: string | undefined } {
  const read = readFrom(source)
  if (typeof read !== 'string') return { ready: read, notice: undefined }
  const first = GALLERY[0]
  const fallback = first === undefined ? undefined : readFrom({ kind: 'gallery', name: first.scenario })
  if (fallback === undefined || typeof fallback === 'string')
    throw new Error(`the gallery is broken: ${read}`)
  return { ready: fallback, notice: read }
}

function readFrom(source: ScenarioSource): ReadyScenario | string {
  if (source.kind === 'custom') return ready(source, readScenario(source.text))
  const entry = GALLERY.find(({ scenario }) => scenario === source.name)
  if (entry !== undefined) return ready(source, resolveScenario(entry))
  return `There is no built-in scenario "${source.name.slice(0, 60)}"; choose one from the gallery.`
}

function ready(source: ScenarioSource, resolved: Resolved): ReadyScenario | string {
  if (!resolved.ok) {
    const [problem] = resolved.problems
    return problem === undefined ? 'The scenario cannot be read.' : problemSentence(problem, 'scenario')
  }
  const { scenario, story, defaulted } = resolved
  return {
    source,
    title: story?.title ?? scenario.scenario,
    about: scenario.about,
    scenario,
    story,
    defaulted,
  }
}

/** The lanes that were asked for, as far as the scenario has their mode; without a wish one for each of its modes. */
export function lanesFor({ scenario }: ReadyScenario, asked: readonly LaneSetup[] = []): LaneSetup[] {
  const possible = asked.filter(({ mode }) => scenario.modes.includes(mode))
  if (possible.length > 0) return possible
  const { kernel, seed } = scenario
  return scenario.modes.map((mode) => ({ mode, kernel, seed }))
}
