/**
 * The words for events load after the first picture, and what draws a crowd or enlarges a lane with
 * them: it is seen before it is read.
 * Whoever needs them asks each time and does without until they are there.
 */
type Telling = typeof import('../stage/caption.ts') &
  typeof import('../stage/sentences/sentences.ts') &
  typeof import('../stage/thing-story.ts') &
  typeof import('./stage/lane-asides.ts') &
  typeof import('./stage/crowd-canvas.ts') &
  typeof import('./stage/lane-zoom.ts')

let loaded: Telling | undefined
let asked = false

export function telling(): Telling | undefined {
  if (!asked) {
    asked = true
    void Promise.all([
      import('../stage/caption.ts'),
      import('../stage/sentences/sentences.ts'),
      import('../stage/thing-story.ts'),
      import('./stage/lane-asides.ts'),
      import('./stage/crowd-canvas.ts'),
      import('./stage/lane-zoom.ts'),
    ]).then((parts) => {
      loaded = Object.assign({}, ...parts) as Telling
    })
  }
  return loaded
}
