/** The document as a form: what it is, the machine, its paths, the table over them, what runs. */
import type { ReactElement, ReactNode } from 'react'
import {
  FILE_FIELDS,
  KERNEL_NAMES,
  listAt,
  PARTITION_FIELDS,
  valueAt,
  type Field,
} from '../../scenario/edit/index.ts'
import { DeviceCard } from './DeviceCard.tsx'
import { plainText, useEditing } from './editing.ts'
import { Faults } from './Faults.tsx'
import { FieldInput } from './FieldInput.tsx'
import { Steps } from './Steps.tsx'
import { TableLine } from './TableLine.tsx'

export function Form(): ReactElement {
  const { document, facts, insert, change } = useEditing()
  const tasks = listAt(document, ['tasks'])
  const shownTasks = tasks.slice(0, MOST_TASKS)
  const setup = listAt(document, ['setup'])
  return (
    <div className="edit-form">
      <Section title="What it is">
        <div className="edit-fields">
          {valueAt(document, ['story']) === undefined ? null : (
            <FieldInput path={['story', 'title']} field={TITLE} label="title" />
          )}
          {['scenario', 'about'].map((name) => (
            <FieldInput key={name} path={[name]} field={fieldOf(name)} />
          ))}
        </div>
      </Section>
      <Section title="Machine and lanes">
        <div className="edit-fields">
          <FieldInput path={['kernel']} field={KERNEL} label="kernel" />
          <FieldInput path={['cpus']} field={fieldOf('cpus')} />
          <FieldInput path={['seed']} field={fieldOf('seed')} />
          <Modes />
        </div>
        <details className="edit-more">
          <summary>multipathd</summary>
          <FieldInput path={['multipathd']} field={fieldOf('multipathd')} label="options of multipath.conf" />
        </details>
      </Section>
      <Section title={`Paths (${facts.devices.length})`}>
        {facts.devices.map((device, index) => (
          <DeviceCard key={index} index={index} facts={device} />
        ))}
        <button
          type="button"
          className="small-button"
          onClick={() =>
            insert(['devices'], facts.devices.length, {
              driver: facts.devices.at(-1)?.driver ?? 'scsi_debug',
            })
          }
        >
          Add a path
        </button>
      </Section>
      <Section title="Multipath table">
        <TableLine path={['dm', 'table']} label="table line of the multipath device" follows={facts.table} />
      </Section>
      <Volumes />
      <Section title="What runs">
        {valueAt(document, ['stack']) === undefined ? null : (
          <FieldInput path={['io_on']} field={fieldOf('io_on')} label="on the device (io_on)" />
        )}
        {setup.length === 0 ? null : <h4>setup</h4>}
        {setup.length === 0 ? null : <Steps path={['setup']} of="setup" />}
        {shownTasks.map((_, index) => {
          const given = plainText(valueAt(document, ['tasks', index, 'name']))
          const name = given || (index === 0 ? 'main' : `task${index}`)
          return (
            <div key={index} className="edit-task">
              <header>
                <h4>task {name}</h4>
                {index === 0 ? null : (
                  <button
                    type="button"
                    className="small-button"
                    onClick={() => change(['tasks', index], undefined)}
                  >
                    Remove <span className="visually-hidden">task {name}</span>
                  </button>
                )}
              </header>
              <Steps path={['tasks', index, 'do']} of={`task ${name}`} />
            </div>
          )
        })}
        {tasks.length > MOST_TASKS ? <p>{tasks.length - MOST_TASKS} more tasks are in the text.</p> : null}
        <button
          type="button"
          className="small-button"
          onClick={() => insert(['tasks'], tasks.length, { do: [] })}
        >
          Add a task
        </button>{' '}
        {setup.length > 0 ? null : (
          <button
            type="button"
            className="small-button"
            onClick={() => change(['setup'], [{ sysfs: '/sys/block/dm-0/queue/scheduler', value: 'none' }])}
          >
            Add a setup
          </button>
        )}
      </Section>
    </div>
  )
}

/** A form of more would not be read. */
const MOST_TASKS = 16

const TITLE: Field = { name: 'title', optional: false, shape: { kind: 'text', most: 80 } }
const KERNEL: Field = { name: 'kernel', optional: true, shape: { kind: 'choice', options: KERNEL_NAMES } }

function fieldOf(name: string): Field {
  return (
    FILE_FIELDS.find((field) => field.name === name) ?? { name, optional: true, shape: { kind: 'other' } }
  )
}

function Section({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <section className="edit-section">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** What stands over the map or under it: volumes line by line, partitions by their fields. */
function Volumes(): ReactElement | null {
  const { document, facts } = useEditing()
  const entries = listAt(document, ['stack'])
  if (entries.length === 0) return null
  return (
    <Section title="Volumes and partitions">
      {entries.slice(0, MOST_VOLUMES).map((entry, index) => {
        const path = ['stack', index]
        const name = plainText(valueAt(entry, ['name'])) || (facts.stack[index]?.name ?? `stack ${index + 1}`)
        const lines = listAt(entry, ['table'])
        const paths =
          lines.length > 0 ? lines.map((_, line) => [...path, 'table', line]) : [[...path, 'table']]
        return (
          <div key={index} className="edit-card">
            <h4>{name}</h4>
            {valueAt(entry, ['table']) === undefined ? (
              <div className="edit-fields">
                {PARTITION_FIELDS.map((field) => (
                  <FieldInput key={field.name} path={[...path, field.name]} field={field} />
                ))}
              </div>
            ) : (
              paths
                .slice(0, MOST_VOLUMES)
                .map((at, line) => (
                  <TableLine key={line} path={at} label={`line ${line + 1} of the table of ${name}`} />
                ))
            )}
          </div>
        )
      })}
    </Section>
  )
}

const MOST_VOLUMES = 16

/** A lane for each mode that is ticked. */
function Modes(): ReactElement {
  const { document, facts, change, problemsAt } = useEditing()
  const given = valueAt(document, ['modes'])
  const possible: readonly string[] = facts.kernel.modes
  const chosen = Array.isArray(given) ? (given as unknown[]) : possible
  const toggle = (mode: string): void => {
    const next = possible.filter((known) =>
      known === mode ? !chosen.includes(known) : chosen.includes(known),
    )
    change(['modes'], next.length === possible.length ? undefined : next)
  }
  const problems = problemsAt(['modes'])
  return (
    <fieldset className="edit-modes">
      <legend>lanes</legend>
      {possible.map((mode) => (
        <label key={mode}>
          <input
            type="checkbox"
            checked={chosen.includes(mode)}
            disabled={chosen.length === 1 && chosen[0] === mode}
            onChange={() => toggle(mode)}
          />{' '}
          {mode}
        </label>
      ))}
      <Faults problems={problems} />
    </fieldset>
  )
}
