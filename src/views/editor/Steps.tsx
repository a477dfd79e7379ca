/** What a task does, one step after the other: each a verb with its fields. */
import { useMemo, type ReactElement } from 'react'
import { listAt, OFFERED, valueAt, verbOf } from '../../scenario/edit/index.ts'
import { CodeArea } from './CodeArea.tsx'
import type { CodeMark } from './code-lines.ts'
import { useEditing, type Path } from './editing.ts'
import { Faults } from './Faults.tsx'
import { FieldInput } from './FieldInput.tsx'
import { RowButtons } from './RowButtons.tsx'

export function Steps({ path, of }: { readonly path: Path; readonly of: string }): ReactElement {
  const { document, insert } = useEditing()
  const steps = listAt(document, path)
  const shown = steps.slice(0, MOST_STEPS)
  return (
    <div className="edit-steps">
      <ol>
        {shown.map((_, index) => (
          <StepRow key={index} list={path} index={index} count={steps.length} of={of} />
        ))}
      </ol>
      {steps.length > shown.length ? <p>{steps.length - shown.length} more steps are in the text.</p> : null}
      <label className="edit-add">
        <span>add a step</span>
        <select
          value=""
          onChange={(event) => {
            const verb = OFFERED.find(({ name, group }) => `${group} ${name}` === event.target.value)
            if (verb !== undefined) insert(path, steps.length, verb.first)
          }}
        >
          <option value="">choose…</option>
          {(['I/O', 'machine'] as const).map((group) => (
            <optgroup key={group} label={group}>
              {OFFERED.filter((verb) => verb.group === group).map(({ name, about }) => (
                <option key={name} value={`${group} ${name}`}>
                  {name}: {about}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
    </div>
  )
}

/** More than anybody edits by hand in a form. */
const MOST_STEPS = 100

interface StepRowProps {
  readonly list: Path
  readonly index: number
  readonly count: number
  readonly of: string
}

function StepRow({ list, index, count, of }: StepRowProps): ReactElement {
  const { document, goTo, problemsAt } = useEditing()
  const path: Path = [...list, index]
  const step = valueAt(document, path)
  const verb = verbOf(step)
  const place = `step ${index + 1} of ${of}`
  const own = problemsAt(path)
  return (
    <li className="edit-step" aria-label={place}>
      <div className="edit-step-head">
        <b title={verb?.about}>{verb?.name ?? 'unknown step'}</b>
        <small>{verb?.about}</small>
        <RowButtons list={list} index={index} count={count} place={place} />
      </div>
      {verb === undefined ? (
        <button type="button" className="small-button" onClick={() => goTo(path)}>
          in the text
        </button>
      ) : null}
      {verb?.name === 'fio_file' ? <FioText path={[...path, 'fio_file']} /> : null}
      {verb === undefined || verb.name === 'fio_file' ? null : (
        <div className="edit-fields">
          {verb.fields
            .filter(({ name }) => name !== 'do')
            .map((field) => (
              <FieldInput key={field.name} path={[...path, field.name]} field={field} />
            ))}
        </div>
      )}
      {verb?.name === 'repeat_until_done' ? <Steps path={[...path, 'do']} of={place} /> : null}
      <Faults problems={own} />
    </li>
  )
}

/** A job file of fio; what is wrong in it stands at its line. */
function FioText({ path }: { readonly path: Path }): ReactElement {
  const { document, change, problemsAt } = useEditing()
  const value = valueAt(document, path)
  const problems = problemsAt(path)
  const marks = useMemo(
    () =>
      problems.map(({ where, what, remedy }): CodeMark => ({
        line: Number(/line (\d+)$/.exec(where)?.[1] ?? 1),
        column: 1,
        text: `${what}; ${remedy}`,
      })),
    [problems],
  )
  return (
    <div className="edit-fio">
      <CodeArea
        value={typeof value === 'string' ? value : ''}
        label="fio job file"
        marks={marks}
        onChange={(text) => change(path, text)}
      />
      {marks.map(({ line, text }) => (
        <p key={`${line} ${text}`} className="edit-fault">
          line {line}: {text}
        </p>
      ))}
    </div>
  )
}
