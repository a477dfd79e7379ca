/** One chart: title, sentence, picture of all lanes on one scale, files, and the same as a table. */
import { useEffect, useId, useMemo, useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { edgesOf, tableOf, type Chart, type ChartInput, type ChartTable } from '../../stage/charts/chart.ts'
import { pictureOf } from '../../stage/charts/picture.ts'
import { isNothing, summaryText } from '../../stage/charts/summary.ts'
import { shownPart } from '../../stage/timeline/view.ts'
import type { PanelProps } from '../dock/panel.ts'
import { useRoom } from '../stage/use-room.ts'
import type { ChartFileInput } from './chart-files.ts'
import { ChartSvg } from './ChartSvg.tsx'
import { Files, Keys, TableView } from './ChartParts.tsx'
import { Plots } from './ChartPlots.tsx'
import { useTurn, type Turns } from './turns.ts'

export interface ChartCardProps extends PanelProps {
  readonly chart: Chart
  readonly turns: Turns
  /** What the chart is made of; a new object when there is more. */
  readonly base: Omit<ChartInput, 'edges' | 'span'>
}

/** A column of the time axis is so wide. */
const COLUMN_UNITS = 3
/** Columns of the table that is read, not seen. */
const TABLE_COLUMNS = 12

export function ChartCard(props: ChartCardProps): ReactElement {
  const { chart, control, dock, selection, theme, turns } = props
  const host = useRef<HTMLDivElement>(null)
  const room = useRoom(host)
  const visible = useVisible(host)
  const [asTable, setAsTable] = useState(false)
  const titleId = useId()
  const window = useStore(dock, (state) => state.window)
  const range = useStore(selection, (state) => state.range)
  const { map } = control
  const wanted = useMemo(
    () => ({ base: props.base, map, window, range, room }),
    [props.base, map, window, range, room],
  )
  const now = useTurn(turns, wanted, visible)
  const drawn = useMemo(() => {
    if (now.room === undefined) return undefined
    const time = { map: now.map, ...shownPart(now.map, now.window) }
    const span = now.range ?? { fromNs: now.window?.fromNs ?? 0, toNs: now.window?.toNs ?? Infinity }
    const columns = Math.max(
      8,
      Math.floor(now.room.widthPx / Math.max(1, now.base.lanes.length) / (COLUMN_UNITS * now.room.unitPx)),
    )
    const inputOf = (count: number): ChartInput => ({
      ...now.base,
      span,
      edges: edgesOf(now.map, time.fromMs, time.toMs, count),
    })
    const input = inputOf(columns)
    const data = chart.data(input)
    const file: ChartFileInput = { chart, input, data, time, theme }
    return { file, coarse: () => inputOf(TABLE_COLUMNS), room: now.room }
  }, [chart, theme, now])
  const picture = useMemo(
    () =>
      drawn === undefined
        ? undefined
        : pictureOf({ ...drawn.file, ...drawn.room, textScale: theme.textScale }),
    [drawn, theme],
  )
  const keys = drawn === undefined || !('keys' in drawn.file.data) ? [] : drawn.file.data.keys
  return (
    <figure className="chart" aria-labelledby={titleId} data-chart={chart.id}>
      <figcaption>
        <h3 id={titleId}>{chart.title}</h3>
        <Keys keys={keys} />
        <span className="chart-files">
          <button
            type="button"
            className="small-button"
            data-why={`chart:${chart.id}`}
            aria-label={`why: ${chart.title}`}
          >
            why?
          </button>
          <button
            type="button"
            className="small-button"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            table
          </button>
          {drawn === undefined ? null : <Files file={drawn.file} />}
        </span>
        <p>
          {chart.about}
          {chart.axis === 'value' ? ` ${spanWords(range !== undefined, window !== undefined)}` : ''}
        </p>
      </figcaption>
      <div ref={host} className="chart-room">
        {picture === undefined || drawn === undefined ? null : (
          <>
            <ChartSvg
              picture={picture}
              theme={theme}
              label={summaryText(chart, drawn.file.input, drawn.file.data)}
            />
            <Plots {...props} picture={picture} file={drawn.file} unitPx={drawn.room.unitPx} />
            {isNothing(drawn.file.data) ? (
              <p className="chart-empty">{emptyWords(range !== undefined, window !== undefined)}</p>
            ) : null}
            {asTable ? <TableView table={tableWith(chart, drawn.coarse())} title={chart.title} /> : null}
          </>
        )}
      </div>
    </figure>
  )
}

function tableWith(chart: Chart, input: ChartInput): ChartTable {
  return tableOf(chart, input, chart.data(input))
}

function spanWords(brushed: boolean, zoomed: boolean): string {
  if (brushed) return 'Of the selected time.'
  return zoomed ? 'Of the visible part of the run.' : 'Of the whole run.'
}

function emptyWords(brushed: boolean, zoomed: boolean): string {
  if (brushed) return 'Nothing of this in the selected time: drag over another time, or select none.'
  return zoomed ? 'Nothing of this in the visible part: zoom out to see more.' : 'Nothing of this in the run.'
}

/** A chart that is scrolled out of sight is not computed. */
function useVisible(host: { readonly current: Element | null }): boolean {
  const [visible, setVisible] = useState(false)
  useEffect(() => {
    const { current } = host
    if (current === null) return undefined
    const observer = new IntersectionObserver((entries) =>
      setVisible(entries.at(-1)?.isIntersecting === true),
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [host])
  return visible
}
