/** What is wrong at a place and what to do about it, beside the field that holds it. */
import type { ReactElement } from 'react'
import type { DraftProblem } from '../../store/draft.ts'

export interface FaultsProps {
  readonly problems: readonly DraftProblem[]
  readonly id?: string
}

export function Faults({ problems, id }: FaultsProps): ReactElement | null {
  if (problems.length === 0) return null
  return (
    <p className="edit-fault" {...(id === undefined ? {} : { id })}>
      {problems.map(({ what, remedy }) => `${what}; ${remedy}`).join('. ')}
    </p>
  )
}
