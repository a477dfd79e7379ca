/**
 * From where a scenario comes to one that can run, and what a page is told about it. The scenario itself stays with the
 * engine; a page knows it by its source.
 */
import type { Scenario } from '../engine/index.ts'
import { suggest } from '../lib/near-miss.ts'
import type { Defaulted } from './fill/filler.ts'
import { GALLERY } from './gallery/index.ts'
import type { LaneChanges } from './changes.ts'
import { problem, problemSentence, shown, type Problem } from './problems.ts'
import { readScenario, type Resolved, resolveScenario } from './resolve.ts'
import type { Story } from './story.ts'

export type ScenarioSource =
  | { readonly kind: 'gallery'; readonly name: string }
  /** Text as somebody wrote or pasted it. */
  | { readonly kind: 'custom'; readonly text: string }

/** What a menu shows of a built-in scenario. */
export interface GalleryEntry {
  readonly name: string
  readonly title: string
  readonly about: string
}

export type Outline = Pick<Scenario, 'scenario' | 'about' | 'modes' | 'kernel' | 'seed'>

export type Opened =
  | {
      readonly ok: true
      readonly outline: Outline
      readonly story: Story | undefined
      readonly defaulted: readonly Defaulted[]
    }
  /** The notice is the first of the problems, as one sentence. */
  | { readonly ok: false; readonly notice: string; readonly problems: readonly Problem[] }

export const GALLERY_ENTRIES: readonly GalleryEntry[] = GALLERY.map(({ scenario, about, story }) => ({
  name: scenario,
  title: story.title,
  about: story.summary ?? about ?? '',
}))

/** `kernel` stands in for the one that the scenario names; `changes` are the what-ifs of a lane. */
export function resolveSource(source: ScenarioSource, kernel?: string, changes?: LaneChanges): Resolved {
  if (source.kind === 'custom') return readScenario(source.text, kernel, changes)
  const entry = GALLERY.find(({ scenario }) => scenario === source.name)
  if (entry !== undefined) return resolveScenario(entry, kernel, changes)
  const names = GALLERY.map(({ scenario }) => scenario)
  const what = `there is no built-in scenario ${shown(source.name)}`
  return { ok: false, problems: [problem([], what, suggest(source.name, names))] }
}

export function openedFrom(resolved: Resolved): Opened {
  if (!resolved.ok) {
    const { problems } = resolved
    const [first] = problems
    return {
      ok: false,
      notice: first === undefined ? 'the scenario cannot be read' : sentence(first),
      problems,
    }
  }
  const { scenario, story, defaulted } = resolved
  const { scenario: name, about, modes, kernel, seed } = scenario
  return { ok: true, outline: { scenario: name, about, modes, kernel, seed }, story, defaulted }
}

function sentence(first: Problem): string {
  return problemSentence(first, first.line === undefined ? undefined : 'scenario')
}
