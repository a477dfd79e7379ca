/** A built-in scenario: a file as people write it, with a name and a title. */
import type { ScenarioFile } from '../form.ts'
import type { Story } from '../story.ts'

export type GalleryScenario = ScenarioFile & { readonly scenario: string; readonly story: Story }

/** Long enough that in-flight commands are seen, short enough that nothing waits: 100 µs, as a fast disk. */
export const DISK = { kind: 'timer', ns: 100_000 } as const
