/**
 * Between the lanes: what the record counts so far, side by side. Behind the figures, two ribbons join each band to the
 * same band of the other lane; that they cross is the one idea of this page.
 */
import { lazy, Suspense, useEffect, useRef, type ReactElement } from 'react'
import { differs, SCORE_ROWS, ScoreColumn, type Score } from '../../stage/scoreboard.ts'
import type { Control } from '../control.ts'
import type { Theater } from '../theater.ts'
import { write, writeText } from '../write-text.ts'

const PartingButton = lazy(() => import('./PartingButton.tsx'))
const Ribbons = lazy(() => import('./Ribbons.tsx'))
const JumpPlate = lazy(() => import('./JumpPlate.tsx').then((plate) => ({ default: plate.JumpPlate })))

export interface ScoreboardProps {
  readonly theater: Theater
  readonly control: Control
  readonly lanes: readonly number[]
}

export function Scoreboard({ theater, control, lanes }: ScoreboardProps): ReactElement {
  const root = useRef<HTMLDListElement>(null)

  useEffect(() => {
    const columns = lanes.map(() => new ScoreColumn())
    return theater.onWords(() => {
      const scores = lanes.map((lane, i) => {
        const show = theater.show(lane)
        return show === undefined ? undefined : columns[i]!.at(show.picture, show.facts)
      })
      if (root.current !== null) writeScores(root.current, scores)
    })
  }, [theater, lanes])

  return (
    <aside className="scoreboard" data-lanes={lanes.length} aria-label="scoreboard, simulated figures so far">
      <Suspense>{lanes.length === 2 ? <Ribbons theater={theater} /> : null}</Suspense>
      <h2>so far, simulated</h2>
      <dl ref={root}>
        {SCORE_ROWS.map((row) => (
          <div
            key={row.key}
            className="score"
            data-row={row.key}
            data-why={`score:${row.key}`}
            tabIndex={0}
            title={`${row.about} Simulated.`}
          >
            <dt>{row.label}</dt>
            {lanes.map((lane) => (
              <dd key={lane} data-lane={lane}>
                –
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <Suspense>
        <PartingButton theater={theater} control={control} lanes={lanes} />
        <JumpPlate theater={theater} control={control} />
      </Suspense>
    </aside>
  )
}

function writeScores(root: HTMLElement, columns: readonly (ReadonlyMap<string, Score> | undefined)[]): void {
  for (const element of root.querySelectorAll<HTMLElement>('.score')) {
    const key = element.dataset['row'] ?? ''
    const differing = String(differs(columns, key))
    if (element.dataset['differs'] !== differing)
      write(element, () => (element.dataset['differs'] = differing))
    element.querySelectorAll('dd').forEach((cell, i) => {
      writeText(cell, columns[i]?.get(key)?.text ?? '–')
    })
  }
}
