/** Speaks the sentence of the moment: at once when the show stands still, now and then while it plays. */
import { useEffect, useRef, type ReactElement } from 'react'
import { telling } from './telling.ts'
import type { Theater } from './theater.ts'
import { writeText } from './write-text.ts'

export interface LiveRegionProps {
  readonly theater: Theater
  readonly lanes: number
  readonly playing: boolean
}

/** A screen reader needs about this long for two sentences. */
const WHILE_PLAYING_MS = 6000

export default function LiveRegion({ theater, lanes, playing }: LiveRegionProps): ReactElement {
  const region = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    let spokenMs = -Infinity
    let before: number[] = []
    return theater.onWords((nowMs) => {
      const words = telling()
      if (words === undefined || (playing && nowMs - spokenMs < WHILE_PLAYING_MS)) return
      const spoken: string[] = []
      const indices: number[] = []
      for (let lane = 0; lane < lanes; lane++) {
        const show = theater.show(lane)
        indices.push(show?.index ?? -1)
        if (show === undefined || before[lane] === show.index) continue
        const { record, facts, picture, index } = show
        spoken.push(
          `Lane ${String.fromCharCode(65 + lane)}: ${words.sentenceAt({ record, facts, picture }, index)}`,
        )
      }
      before = indices
      if (spoken.length === 0 || region.current === null) return
      spokenMs = nowMs
      writeText(region.current, spoken.join(' '))
    })
  }, [theater, lanes, playing])
  return <p ref={region} className="visually-hidden" role="status" aria-live="polite" />
}
