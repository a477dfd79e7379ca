/** What is looked for: menus of what there is, fields for addresses, I/Os and words. */
import { type ReactElement } from 'react'
import { kernelName } from '../../stage/kernel-names.ts'
import { complaintOf, isEmpty, NO_QUERY, type LogQuery } from '../../stage/log/query.ts'
import { EventKind } from '../../engine/log/index.ts'
import { tickLabel } from '../../stage/timeline/time-ticks.ts'
import { laneLetter, type PanelProps } from '../dock/panel.ts'

export interface LogFiltersProps {
  readonly records: PanelProps['records']
  readonly lanes: readonly number[]
  readonly query: LogQuery
  readonly onQuery: (query: LogQuery) => void
  /** The one lane that is listed, undefined: all. */
  readonly only: number | undefined
  readonly onOnly: (lane: number | undefined) => void
  readonly onRange: (range: undefined) => void
  /** Back to the list, by Escape or Enter. */
  readonly onLeave: () => void
}

const KINDS: readonly string[] = [
  ...new Set(
    Object.values(EventKind)
      .filter((kind) => kind > 0)
      .map(kernelName),
  ),
].sort()

export function LogFilters(props: LogFiltersProps): ReactElement {
  const { records, lanes, query, onQuery, only, onOnly, onRange, onLeave } = props
  const put = (part: Partial<LogQuery>): void => onQuery({ ...query, ...part })
  const complaint = complaintOf(query)
  const field = (
    name: 'sectors' | 'io' | 'text',
    label: string,
    hint: string,
    focus?: string,
  ): ReactElement => (
    <label>
      <span>{label}</span>
      <input
        type="text"
        aria-label={label}
        size={name === 'text' ? 16 : 9}
        maxLength={60}
        value={query[name]}
        placeholder={hint}
        data-focus={focus}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => put({ [name]: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter') return
          event.preventDefault()
          event.stopPropagation()
          if (event.key === 'Escape' && query[name] !== '') put({ [name]: '' })
          else onLeave()
        }}
      />
    </label>
  )
  return (
    <div className="log-filters" role="search" aria-label="log of events">
      {lanes.length > 1 ? (
        <Menu
          label="lane"
          all="all"
          value={only === undefined ? '' : laneLetter(only)}
          options={lanes.map(laneLetter)}
          onValue={(letter) => onOnly(lanes.find((lane) => laneLetter(lane) === letter))}
        />
      ) : null}
      <Menu
        label="device"
        all="all"
        value={query.dev}
        options={devicesOf(records)}
        onValue={(dev) => put({ dev })}
      />
      <Menu label="kind" all="all" value={query.kind} options={KINDS} onValue={(kind) => put({ kind })} />
      <Menu
        label="task"
        all="all"
        value={query.task}
        options={tasksOf(records)}
        onValue={(task) => put({ task })}
      />
      {field('sectors', 'sectors', '0-4095')}
      {field('io', 'I/O', 'bio 5')}
      {field('text', 'search', 'words  ( / )', 'search')}
      {query.range === undefined ? null : (
        <button type="button" className="small-button" onClick={() => onRange(undefined)}>
          {tickLabel(query.range.fromNs)} – {tickLabel(query.range.toNs)} ×
        </button>
      )}
      {isEmpty({ ...query, range: undefined }) ? null : (
        <button
          type="button"
          className="small-button"
          onClick={() => onQuery({ ...NO_QUERY, range: query.range })}
        >
          clear
        </button>
      )}
      {complaint === undefined ? null : (
        <span className="log-complaint" role="alert">
          {complaint}
        </span>
      )}
    </div>
  )
}

function Menu(props: {
  readonly label: string
  readonly all: string
  readonly value: string
  readonly options: readonly string[]
  readonly onValue: (value: string) => void
}): ReactElement {
  const { label, all, value, options, onValue } = props
  return (
    <label>
      <span>{label}</span>
      <select aria-label={label} value={value} onChange={(event) => onValue(event.target.value)}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  )
}

function devicesOf(records: PanelProps['records']): string[] {
  const names = records.flatMap((record) =>
    record === undefined
      ? []
      : [...record.header.devices, ...(record.tables.devices ?? [])].map(({ name }) => name),
  )
  return [...new Set(names)]
}

function tasksOf(records: PanelProps['records']): string[] {
  return [...new Set(records.flatMap((record) => record?.tables.tasks.map(({ comm }) => comm) ?? []))].sort()
}
