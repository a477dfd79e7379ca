/** A few values for one command, which is seen as it will be. */
import { useEffect, useId, useRef, useState, type ReactElement } from 'react'
import { type Form, formFault, type FormField } from './menu.ts'

export interface EntryFormProps {
  readonly form: Form
  readonly commandOf: (steps: ReturnType<Form['steps']>) => string
  readonly onDo: (steps: ReturnType<Form['steps']>) => void
  readonly onClose: () => void
}

export function EntryForm({ form, commandOf, onDo, onClose }: EntryFormProps): ReactElement {
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(form.fields.map(({ name, value }) => [name, value])),
  )
  const root = useRef<HTMLFormElement>(null)
  const fault = formFault(form, values)
  useEffect(() => {
    const first = root.current?.querySelector<HTMLInputElement>('input, select')
    first?.focus()
    if (first instanceof HTMLInputElement) first.select()
  }, [])
  return (
    <form
      ref={root}
      onSubmit={(event) => {
        event.preventDefault()
        if (fault === undefined) onDo(form.steps(values))
      }}
    >
      <h2>{form.title}</h2>
      <p>{form.about}</p>
      {form.fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          onValue={(value) => setValues({ ...values, [field.name]: value })}
        />
      ))}
      <p className={fault === undefined ? 'form-command' : 'form-fault'} aria-live="polite">
        {fault ?? <code>{commandOf(form.steps(values))}</code>}
      </p>
      <div className="form-end">
        <button type="button" className="small-button" onClick={onClose}>
          Cancel <kbd>Esc</kbd>
        </button>
        <button type="submit" className="small-button strong" aria-disabled={fault !== undefined}>
          Do it now
        </button>
      </div>
    </form>
  )
}

interface FieldProps {
  readonly field: FormField
  readonly value: string
  readonly onValue: (value: string) => void
}

function Field({ field, value, onValue }: FieldProps): ReactElement {
  const id = useId()
  const { label, takes } = field
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {'words' in takes ? (
        <select id={id} value={value} onChange={(event) => onValue(event.target.value)}>
          {takes.words.map((word) => (
            <option key={word}>{word}</option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          inputMode="numeric"
          value={value}
          onChange={(event) => onValue(event.target.value.trim())}
        />
      )}
    </div>
  )
}
