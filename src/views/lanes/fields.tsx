/** Fields of the lane panel: a row, a list to choose from, a number that counts when it is left. */
import { useId, type ReactElement, type ReactNode } from 'react'

function Row(props: {
  readonly label: string
  readonly about?: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <div className="lane-row">
      <span aria-hidden="true">{props.label}</span>
      {props.children}
      {props.about === undefined || props.about === '' ? null : <small>{props.about}</small>}
    </div>
  )
}

interface SelectProps {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, text: string])[]
  readonly onChange: (value: string) => void
  readonly disabled?: boolean
}

export function SelectRow({ about = '', ...props }: SelectProps & { readonly about?: string }): ReactElement {
  return (
    <Row label={props.label} about={about}>
      <Select {...props} />
    </Row>
  )
}

export function Select(props: SelectProps): ReactElement {
  return (
    <select
      aria-label={props.label}
      value={props.value}
      disabled={props.disabled ?? false}
      onChange={(event) => props.onChange(event.target.value)}
    >
      {props.options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  )
}

interface NumberProps {
  readonly label: string
  readonly value: number | undefined
  readonly written: number | undefined
  readonly min: number
  readonly max: number
  readonly onValue: (value: number | undefined) => void
  readonly disabled?: boolean
}

/** `name`: what it is called where the label alone is heard. */
export function NumberRow({ name, ...props }: NumberProps & { readonly name?: string }): ReactElement {
  return (
    <Row label={props.label}>
      <NumberField {...props} label={name ?? props.label} />
    </Row>
  )
}

/** Empty is as the scenario has it. */
function NumberField(props: NumberProps): ReactElement {
  const { label, value, written, min, max, onValue } = props
  const list = useId()
  const take = (input: HTMLInputElement): void => {
    const text = input.value.trim()
    const number = Number(text)
    const fits = text === '' || (/^\d{1,10}$/.test(text) && number >= min && number <= max)
    input.setCustomValidity(fits ? '' : `a whole number from ${min} to ${max}`)
    if (!fits) input.reportValidity()
    else if ((text === '' ? undefined : number) !== value) onValue(text === '' ? undefined : number)
  }
  return (
    <input
      key={value ?? list}
      aria-label={label}
      inputMode="numeric"
      defaultValue={value ?? ''}
      placeholder={written === undefined ? 'as written' : `as written: ${written}`}
      disabled={props.disabled ?? false}
      onBlur={(event) => take(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(event.currentTarget)
      }}
    />
  )
}
