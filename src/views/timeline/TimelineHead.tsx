/** Beside the tabs: what rows and colours mean, and how near one looks. */
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { deviceName } from '../../stage/names.ts'
import { zoomed } from '../../stage/timeline/view.ts'
import { COLOUR_KINDS, ROW_KINDS, type ColourKind, type RowKind } from '../../store/dock-store.ts'
import type { PanelProps } from '../dock/panel.ts'

const ROW_NAMES: Readonly<Record<RowKind, string>> = {
  ios: 'I/Os',
  devices: 'devices',
  tasks: 'tasks',
  cpus: 'CPUs',
}
const COLOUR_NAMES: Readonly<Record<ColourKind, string>> = {
  address: 'address',
  stage: 'stage',
  path: 'path',
}
/** Names beside colours of paths; more do not fit and repeat. */
const MOST_PATHS = 8

export function TimelineHead({ dock, control, records }: PanelProps): ReactElement {
  const { rows, colours, window, setRows, setColours, look } = useStore(dock)
  const zoom = (factor: number): void => look(zoomed(control.map, window, control.shownMs(), factor))
  return (
    <div className="dock-head">
      <label>
        rows{' '}
        <select
          aria-label="rows of the timeline"
          value={rows}
          onChange={(event) => setRows(event.target.value as RowKind)}
        >
          {ROW_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {ROW_NAMES[kind]}
            </option>
          ))}
        </select>
      </label>
      <label>
        colour{' '}
        <select
          aria-label="colour of the timeline"
          value={colours}
          onChange={(event) => setColours(event.target.value as ColourKind)}
        >
          {COLOUR_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {COLOUR_NAMES[kind]}
            </option>
          ))}
        </select>
      </label>
      <span className="dock-zoom">
        <button type="button" className="small-button" aria-label="Zoom out" onClick={() => zoom(2)}>
          −
        </button>
        <button type="button" className="small-button" aria-label="Zoom in" onClick={() => zoom(0.5)}>
          +
        </button>
        {window === undefined ? null : (
          <button type="button" className="small-button" onClick={() => look(undefined)}>
            show all
          </button>
        )}
      </span>
      <span className="dock-hint">click: go there · drag: select a time · wheel: zoom</span>
      <Legend colours={colours} paths={pathNames(records)} />
    </div>
  )
}

function pathNames(records: PanelProps['records']): string[] {
  const header = records.find((record) => record !== undefined)?.header
  return header?.paths.map(({ dev }) => deviceName(header, dev)) ?? []
}

function Legend({
  colours,
  paths,
}: {
  readonly colours: ColourKind
  readonly paths: readonly string[]
}): ReactElement {
  if (colours === 'path')
    return (
      <ul className="legend" aria-label="colours of the timeline">
        {paths.slice(0, MOST_PATHS).map((name, place) => (
          <li key={name} data-path={place}>
            {name}
          </li>
        ))}
        <li data-path="none">not in a device</li>
      </ul>
    )
  return (
    <ul className="legend" aria-label="colours of the timeline">
      <li data-kind="split">in device-mapper</li>
      <li data-kind="choose">chooses a path</li>
      <li data-kind="merge">plug, merge, schedule</li>
      {colours === 'address' ? (
        <li className="legend-address">device, by address</li>
      ) : (
        <li data-kind="device">in a device</li>
      )}
      <li data-kind="retry">tried again</li>
    </ul>
  )
}
