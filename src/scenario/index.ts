/** What other rooms need of scenarios: reading one, its types, the built-in ones. */
export { readScenario, resolveScenario, type Resolved } from './resolve.ts'
export {
  GALLERY_ENTRIES,
  openedFrom,
  resolveSource,
  type GalleryEntry,
  type Opened,
  type Outline,
  type ScenarioSource,
} from './source.ts'
export { problemSentence, type Problem } from './problems.ts'
export type { Defaulted } from './fill/filler.ts'
export type { ScenarioFile } from './form.ts'
export type { LaneChanges } from './changes.ts'
export type * from './story.ts'
export { GALLERY, type GalleryScenario } from './gallery/index.ts'
