/** All charts, or one of them large. */
import { useMemo, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { deviceName } from '../../stage/names.ts'
import type { ChartInput } from '../../stage/charts/chart.ts'
import { CHARTS } from '../../stage/charts/charts.ts'
import { tickLabel } from '../../stage/timeline/time-ticks.ts'
import { laneLetter, type PanelProps } from '../dock/panel.ts'
import { useStats } from '../dock/use-stats.ts'
import { ChartCard } from './ChartCard.tsx'
import { useTurns } from './turns.ts'
import { useLedgers } from './use-ledgers.ts'
import './charts.css'

export function ChartsHead({ dock, selection }: PanelProps): ReactElement {
  const { window, look } = useStore(dock)
  const { range, selectRange } = useStore(selection)
  return (
    <div className="dock-head">
      {range === undefined ? (
        <span className="dock-hint">
          drag in a time axis to select a time · click to go there · wheel zooms
        </span>
      ) : (
        <button type="button" className="small-button" onClick={() => selectRange(undefined)}>
          {tickLabel(range.fromNs)} – {tickLabel(range.toNs)} selected ×
        </button>
      )}
      {window === undefined ? null : (
        <button type="button" className="small-button" onClick={() => look(undefined)}>
          show all
        </button>
      )}
    </div>
  )
}

export function ChartsBody(props: PanelProps): ReactElement {
  const { theater, lanes, records, dock, selection } = props
  const window = useStore(dock, (state) => state.window)
  const range = useStore(selection, (state) => state.range)
  const [alone, setAlone] = useState<string>()
  const turns = useTurns(theater)
  const { stats, version, share } = useStats(props)
  // The facts of a lane grow with its events, and so does the version.
  const addresses = addressesOf(lanes.map((lane) => theater.show(lane)?.facts.range))
  const { firstSector, lastSector } = addresses
  const shownRecords = useMemo(() => lanes.map((lane) => records[lane]), [lanes, records])
  const ledgers = useLedgers(theater, shownRecords, range ?? window ?? WHOLE)
  const base = useMemo<Omit<ChartInput, 'edges' | 'span'>>(
    () => ({
      ...namesOf(records),
      ...lanesOf(lanes, stats, version),
      addresses: { firstSector, lastSector },
      ledgers,
    }),
    [lanes, records, stats, version, firstSector, lastSector, ledgers],
  )
  const shown = CHARTS.filter(({ id }) => alone === undefined || id === alone)
  return (
    <div className="charts" data-alone={alone !== undefined}>
      <nav className="charts-nav" aria-label="charts">
        <button
          type="button"
          data-focus="panel"
          aria-pressed={alone === undefined}
          onClick={() => setAlone(undefined)}
        >
          All charts
        </button>
        {CHARTS.map(({ id, title }) => (
          <button key={id} type="button" aria-pressed={id === alone} onClick={() => setAlone(id)}>
            {title}
          </button>
        ))}
        {share < 1 ? <p>reading events, {Math.round(share * 100)} %</p> : null}
      </nav>
      <div className="charts-room" tabIndex={-1}>
        {shown.map((chart) => (
          <ChartCard key={chart.id} {...props} chart={chart} turns={turns} base={base} />
        ))}
      </div>
    </div>
  )
}

const WHOLE = { fromNs: 0, toNs: Infinity }

function lanesOf(
  lanes: PanelProps['lanes'],
  stats: ReturnType<typeof useStats>['stats'],
  version: number,
): Pick<ChartInput, 'lanes'> {
  return {
    lanes: lanes.flatMap((lane) => {
      const own = stats[lane]
      return own === undefined || version < 0 ? [] : [{ letter: laneLetter(lane), stats: own }]
    }),
  }
}

function namesOf(records: PanelProps['records']): Pick<ChartInput, 'paths' | 'nameOf'> {
  const header = records.find((record) => record !== undefined)?.header
  if (header === undefined) return { paths: [], nameOf: String }
  const nameOf = (dev: number): string => deviceName(header, dev)
  return { paths: header.paths.map(({ dev }) => ({ dev, name: nameOf(dev) })), nameOf }
}

/** From the first sector in any lane to the last. */
function addressesOf(ranges: readonly (ChartInput['addresses'] | undefined)[]): ChartInput['addresses'] {
  const known = ranges.filter((range) => range !== undefined)
  return {
    firstSector: known.reduce(
      (least, { firstSector }) => Math.min(least, firstSector),
      known[0]?.firstSector ?? 0,
    ),
    lastSector: known.reduce((most, { lastSector }) => Math.max(most, lastSector), 1),
  }
}
