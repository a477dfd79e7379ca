/** One path of the draft: what it is, how long it takes, and the limits that differ from its preset. */
import type { ReactElement } from 'react'
import {
  COMPLETION_FIELDS,
  DEVICE_FIELDS,
  isObject,
  QUEUE_ATTRIBUTES,
  TRANSPORT_FIELDS,
  valueAt,
  type DeviceFacts,
  type Field,
} from '../../scenario/edit/index.ts'
import { useEditing, type Path } from './editing.ts'
import { FieldInput } from './FieldInput.tsx'

/** The limits that one asks for first; the others can be added. */
const FIRST_LIMITS = ['max_sectors_kb', 'max_segments', 'nr_requests', 'scheduler'] as const
const MAIN = ['name', 'driver', 'sectors', 'queue_depth'] as const

export function DeviceCard({
  index,
  facts,
}: {
  readonly index: number
  readonly facts: DeviceFacts
}): ReactElement {
  const { document, change, insert } = useEditing()
  const path: Path = ['devices', index]
  const given = valueAt(document, path)
  const others = DEVICE_FIELDS.filter(
    ({ name, shape }) =>
      ![...MAIN, 'queue', 'completion', 'transport'].includes(name) &&
      (shape.kind !== 'group' || valueAt(document, [...path, name]) !== undefined),
  )
  const presets: Readonly<Record<string, unknown>> = { ...facts, queue_depth: facts.queueDepth }
  return (
    <section className="edit-card" aria-label={`path ${facts.name}`}>
      <header>
        <h4>
          {facts.name} <small>{facts.dev}</small>
        </h4>
        <button
          type="button"
          className="small-button"
          onClick={() => insert(['devices'], index + 1, unnamed(given))}
          aria-label={`duplicate ${facts.name}`}
        >
          Duplicate
        </button>
        <button
          type="button"
          className="small-button"
          onClick={() => change(path, undefined)}
          aria-label={`remove ${facts.name}`}
        >
          Remove
        </button>
      </header>
      <div className="edit-fields">
        {MAIN.map((name) => {
          const field = DEVICE_FIELDS.find((known) => known.name === name)
          if (field === undefined) return null
          const stated = valueAt(document, [...path, name]) !== undefined
          return (
            <FieldInput
              key={name}
              path={[...path, name]}
              field={field}
              {...(stated ? {} : { preset: presets[name] })}
            />
          )
        })}
        <Kind
          path={[...path, 'completion']}
          label="service"
          kinds={COMPLETION_FIELDS}
          standing={facts.completion}
        />
      </div>
      <h5>Limits (sysfs queue/)</h5>
      <Limits path={[...path, 'queue']} facts={facts} />
      <details className="edit-more">
        <summary>more of {facts.name}</summary>
        <div className="edit-fields">
          <Kind path={[...path, 'transport']} label="transport" kinds={TRANSPORT_FIELDS} standing="none" />
          {others.map((field) => (
            <FieldInput key={field.name} path={[...path, field.name]} field={field} />
          ))}
        </div>
      </details>
    </section>
  )
}

/** A copy has the kernel's next name and number. */
function unnamed(device: unknown): unknown {
  if (!isObject(device)) return {}
  return Object.fromEntries(Object.entries(device).filter(([name]) => name !== 'name' && name !== 'dev'))
}

interface KindProps {
  readonly path: Path
  readonly label: string
  readonly kinds: Readonly<Record<string, readonly Field[]>>
  readonly standing: string
}

/** A model that is chosen by its kind, with the fields of that kind. */
function Kind({ path, label, kinds, standing }: KindProps): ReactElement {
  const { document, change } = useEditing()
  const kind = valueAt(document, [...path, 'kind'])
  const fields = typeof kind === 'string' ? (kinds[kind] ?? []) : []
  const choose = (next: string): void => {
    change(path, next === '' ? undefined : { kind: next, ...FIRST[next] })
  }
  return (
    <>
      <div className="edit-field" data-stated={kind !== undefined} data-kind="choice">
        <label>
          <span>{label}</span>
          <select
            value={typeof kind === 'string' ? kind : ''}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="">{standing} (preset)</option>
            {Object.keys(kinds).map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        </label>
      </div>
      {fields.map((field) => (
        <FieldInput key={field.name} path={[...path, field.name]} field={field} />
      ))}
    </>
  )
}

/** What those kinds need that have no preset. */
const FIRST: Readonly<Partial<Record<string, object>>> = {
  timer: { ns: 100_000 },
  linear: { per_io_ns: 50_000, bytes_per_s: 100_000_000 },
}

function Limits({ path, facts }: { readonly path: Path; readonly facts: DeviceFacts }): ReactElement {
  const { document, change } = useEditing()
  const given = valueAt(document, path)
  const stated = isObject(given) ? Object.keys(given) : []
  const shown = [
    ...FIRST_LIMITS,
    ...stated.filter((name) => !(FIRST_LIMITS as readonly string[]).includes(name)),
  ]
  const left = QUEUE_ATTRIBUTES.filter((name) => !shown.includes(name) && facts.presets[name] !== undefined)
  return (
    <div className="edit-fields">
      {shown.map((name) => (
        <FieldInput
          key={name}
          path={[...path, name]}
          field={{ name, optional: true, shape: { kind: 'number_or_text' } }}
          preset={facts.presets[name]}
        />
      ))}
      <div className="edit-field">
        <label>
          <span>another limit</span>
          <select
            value=""
            onChange={(event) => {
              const name = event.target.value
              if (name !== '') change([...path, name], facts.presets[name])
            }}
          >
            <option value="">choose…</option>
            {left.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
    </div>
  )
}
