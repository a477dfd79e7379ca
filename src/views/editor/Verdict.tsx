/** Whether the draft runs; if not, every problem with its line and column, each a way to its place. */
import type { ReactElement } from 'react'
import type { CaretWish } from './CodeArea.tsx'
import type { Verdict as Judged } from '../../store/draft.ts'

export interface VerdictProps {
  readonly id: string
  readonly verdict: Judged
  readonly onGo: (wish: CaretWish) => void
}

export function Verdict({ id, verdict, onGo }: VerdictProps): ReactElement {
  return (
    <div id={id} className="editor-verdict" data-kind={verdict.kind} role="status">
      {verdict.kind === 'refused' && verdict.problems.length > 0 ? (
        <ul>
          {verdict.problems.map(({ line = 1, column = 1, where, what, remedy }, index) => (
            <li key={index}>
              <button type="button" onClick={() => onGo({ line, column })}>
                <b>
                  line {line}, column {column}
                </b>{' '}
                {where}: {what}; {remedy}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p>{sentenceOf(verdict)}</p>
      )}
    </div>
  )
}

function sentenceOf(verdict: Judged): string {
  switch (verdict.kind) {
    case 'runs':
      return 'It can run. Ctrl+Enter runs it.'
    case 'reading':
      return 'Reading…'
    case 'refused':
      return verdict.notice
  }
}
