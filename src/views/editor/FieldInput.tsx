/** One field of the form, made from what the schema says it may hold. What is left out shows what stands there instead. */
import { useId, useState, type ReactElement } from 'react'
import type { Field } from '../../scenario/edit/index.ts'
import { valueAt } from '../../scenario/edit/index.ts'
import { Faults } from './Faults.tsx'
import { ListInput } from './ListInput.tsx'
import { plainText, useEditing, type Path } from './editing.ts'
import { spoken, typedNumber } from './quantities.ts'

export interface FieldInputProps {
  readonly path: Path
  readonly field: Field
  /** Another name than the file's. */
  readonly label?: string
  /** What stands there without it, where the draft's own defaults do not tell. */
  readonly preset?: unknown
}

export function FieldInput({ path, field, label, preset }: FieldInputProps): ReactElement | null {
  const { document, change, hint, problemsAt, goTo } = useEditing()
  const id = useId()
  const [typed, setTyped] = useState(false)
  const { shape, name } = field
  const value = valueAt(document, path)
  const standing = preset ?? hint(path)
  const problems = problemsAt(path)
  const title = label ?? name
  if (shape.kind === 'fixed') return null
  if (shape.kind === 'group')
    return (
      <fieldset className="edit-group">
        <legend>{title}</legend>
        {shape.fields.map((inner) => (
          <FieldInput key={inner.name} path={[...path, inner.name]} field={inner} />
        ))}
      </fieldset>
    )
  if (shape.kind === 'list')
    return (
      <ListInput
        path={path}
        field={field}
        item={shape.item}
        input={(at, inner) => <FieldInput key={at.join('/')} path={at} field={inner} />}
      />
    )
  // What may be one thing or another is edited as what it is, also while it is empty.
  const isPlain = typed || typeof value === 'number' || typeof value === 'string'
  const kind = shape.kind === 'other' && isPlain ? 'number' : shape.kind
  const control = (): ReactElement => {
    const described = problems.length > 0 ? { 'aria-describedby': `${id}-fault`, 'aria-invalid': true } : {}
    switch (kind) {
      case 'choice':
        return (
          <select
            id={id}
            {...described}
            value={plainText(value)}
            onChange={(event) => change(path, event.target.value === '' ? undefined : event.target.value)}
          >
            {field.optional ? (
              <option value="">{standing === undefined ? '–' : `${plainText(standing)} (preset)`}</option>
            ) : null}
            {optionsWith(shape.kind === 'choice' ? shape.options : [], value).map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        )
      case 'flag':
      case 'mark':
        return (
          <input
            id={id}
            type="checkbox"
            {...described}
            checked={value === undefined ? standing === true : value === true}
            disabled={shape.kind === 'mark' && !field.optional}
            onChange={(event) => change(path, markValue(kind, event.target.checked))}
          />
        )
      case 'number':
      case 'number_or_text':
        return (
          <input
            id={id}
            type="text"
            inputMode="decimal"
            className="edit-number"
            {...described}
            value={plainText(value)}
            placeholder={plainText(standing)}
            onChange={(event) => {
              setTyped(true)
              change(path, typedNumber(event.target.value, name))
            }}
          />
        )
      case 'text':
        return (
          <input
            id={id}
            type="text"
            {...described}
            value={typeof value === 'string' ? value : ''}
            placeholder={plainText(standing)}
            onChange={(event) =>
              change(path, event.target.value === '' && field.optional ? undefined : event.target.value)
            }
          />
        )
      default:
        return (
          <button id={id} type="button" className="small-button" onClick={() => goTo(path)}>
            {Array.isArray(value) ? `${value.length} in the text` : 'in the text'}
          </button>
        )
    }
  }
  const says = spoken(value ?? standing, name)
  return (
    <div className="edit-field" data-stated={value !== undefined} data-kind={kind}>
      <label htmlFor={id}>{title}</label>
      <span className="edit-control">
        {control()}
        {says === '' ? null : <small>{says}</small>}
        {value !== undefined && preset !== undefined && value !== preset ? (
          <small>preset {plainText(preset)}</small>
        ) : null}
      </span>
      <Faults problems={problems} id={`${id}-fault`} />
    </div>
  )
}

/** A word that is none of the options is shown all the same. */
function optionsWith(options: readonly string[], value: unknown): readonly string[] {
  return typeof value !== 'string' || options.includes(value) ? options : [...options, value]
}

function markValue(kind: 'flag' | 'mark', checked: boolean): boolean | undefined {
  return kind === 'flag' || checked ? checked : undefined
}
