/** The table line as it is typed: a wrong word is underlined at its place, the word at the caret is explained below. */
import { useId, useMemo, useState, type ReactElement } from 'react'
import { readTable, tableContext, tokenAt, valueAt } from '../../scenario/edit/index.ts'
import { useEditing, type Path } from './editing.ts'

/** Characters beyond which a line is for machines. */
const LONGEST = 6000

export interface TableLineProps {
  readonly path: Path
  readonly label: string
  /** The line that stands there without one; only the multipath line has it. */
  readonly follows?: string
}

export function TableLine({ path, label, follows }: TableLineProps): ReactElement {
  const { document, goTo } = useEditing()
  const given = valueAt(document, path)
  const line = typeof given === 'string' ? given : (follows ?? '')
  if (line.length <= LONGEST)
    return (
      <ShortLine path={path} label={label} line={line} follows={follows} stated={typeof given === 'string'} />
    )
  return (
    <p>
      The line has {line.length} characters.{' '}
      <button type="button" className="small-button" onClick={() => goTo(path)}>
        Show it in the text
      </button>
    </p>
  )
}

interface ShortLineProps {
  readonly path: Path
  readonly label: string
  readonly line: string
  readonly follows: string | undefined
  readonly stated: boolean
}

function ShortLine({ path, label, line, follows, stated }: ShortLineProps): ReactElement {
  const { facts, change, problemsAt } = useEditing()
  const [caret, setCaret] = useState(0)
  const id = useId()
  const reading = useMemo(
    () => readTable(line, tableContext(facts, follows === undefined)),
    [line, facts, follows],
  )
  const { tokens, fault } = reading
  const here = tokenAt(reading, caret)
  const others = fault === undefined ? problemsAt(path) : NONE
  const wrong = fault === undefined ? wordIn(others[0]?.where) : tokens[fault.token]?.word
  const atEnd = fault !== undefined && fault.token >= tokens.length
  return (
    <div className="edit-table">
      <div className="edit-table-line" data-stated={stated}>
        <div className="edit-table-marks" aria-hidden="true">
          {tokens.map(({ text, start, role, word }) => (
            <span
              key={start}
              data-role={role}
              data-here={word !== undefined && word === here?.word}
              data-wrong={word !== undefined && word === wrong}
            >
              {text}
            </span>
          ))}
          {atEnd ? <span data-wrong="true"> … </span> : null}
        </div>
        <textarea
          rows={Math.ceil((line.length + 1) / 38)}
          value={line}
          aria-label={label}
          aria-describedby={`${id}-word ${id}-fault`}
          aria-invalid={fault !== undefined || others.length > 0}
          spellCheck={false}
          autoCapitalize="off"
          onChange={(event) => {
            change(path, event.target.value.replaceAll('\n', ' '))
            setCaret(event.target.selectionStart)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        />
      </div>
      <p id={`${id}-word`} className="edit-word" aria-live="polite">
        {here === undefined ? (
          'Put the caret on a word, and it is explained here.'
        ) : (
          <>
            <code>{here.text}</code> word {here.word}: {here.meaning}
          </>
        )}
      </p>
      <p id={`${id}-fault`} className="edit-fault">
        {fault === undefined
          ? others.map(({ what, remedy }) => `${what}; ${remedy}`).join('. ')
          : `${wrong === undefined ? '' : `Word ${wrong}: `}${fault.what}; ${fault.remedy}`}
      </p>
      <details className="edit-more">
        <summary>every word of it</summary>
        <ol className="edit-words">
          {tokens
            .filter(({ word }) => word !== undefined)
            .map(({ text, start, meaning, word }) => (
              <li key={start} data-wrong={word === wrong}>
                <code>{text}</code> <span>{meaning}</span>
              </li>
            ))}
        </ol>
      </details>
      {follows !== undefined && stated ? (
        <button type="button" className="small-button" onClick={() => change(path, undefined)}>
          Let it follow from the paths
        </button>
      ) : null}
      {follows !== undefined && !stated ? (
        <p className="edit-note">This line follows from the paths; it becomes yours when you change it.</p>
      ) : null}
    </div>
  )
}

const NONE: readonly never[] = []

function wordIn(where: string | undefined): number | undefined {
  const number = /word (\d+)/.exec(where ?? '')?.[1]
  return number === undefined ? undefined : Number(number)
}
