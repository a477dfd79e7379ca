/** What one does with a row of a list: earlier, later, once more, away. */
import type { ReactElement } from 'react'
import { valueAt } from '../../scenario/edit/index.ts'
import { useEditing, type Path } from './editing.ts'

export interface RowButtonsProps {
  readonly list: Path
  readonly index: number
  readonly count: number
  /** What the row is called: `step 2 of task main`. */
  readonly place: string
  /** The last row of a list that must not be empty stays. */
  readonly least?: number
}

export function RowButtons({ list, index, count, place, least = 0 }: RowButtonsProps): ReactElement {
  const { document, change, insert, move } = useEditing()
  const path: Path = [...list, index]
  return (
    <span className="edit-step-buttons">
      <button
        type="button"
        onClick={() => move(list, index, index - 1)}
        disabled={index === 0}
        aria-label={`${place}: earlier`}
      >
        ↑
      </button>
      <button
        type="button"
        onClick={() => move(list, index, index + 1)}
        disabled={index === count - 1}
        aria-label={`${place}: later`}
      >
        ↓
      </button>
      <button
        type="button"
        onClick={() => insert(list, index + 1, valueAt(document, path))}
        aria-label={`${place}: duplicate`}
      >
        copy
      </button>
      <button
        type="button"
        onClick={() => change(path, undefined)}
        disabled={count <= least}
        aria-label={`${place}: remove`}
      >
        ×
      </button>
    </span>
  )
}
