/** Beside the timeline: the figures of exactly the brushed range, lane by lane. */
import { useMemo, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { durationText } from '../../lib/duration.ts'
import { deviceName } from '../../stage/names.ts'
import { figuresCsv, figuresOf, figureText } from '../../stage/range-figures.ts'
import { tickLabel } from '../../stage/timeline/time-ticks.ts'
import { summaryOf } from '../../stats/range-summary.ts'
import type { SelectedRange } from '../../store/selection-store.ts'
import { downloadText } from '../dock/download.ts'
import { laneLetter, type PanelProps } from '../dock/panel.ts'
import { useStats } from '../dock/use-stats.ts'

export default function RangePanel(props: PanelProps & { readonly range: SelectedRange }): ReactElement {
  const { range, lanes, records, dock, selection } = props
  const { stats, version, share } = useStats(props)
  const look = useStore(dock, (state) => state.look)
  const figures = useMemo(() => {
    const summaries = lanes.map((lane) => {
      const known = version < 0 ? undefined : stats[lane]
      return known === undefined ? undefined : summaryOf(known, range)
    })
    const header = lanes.map((lane) => records[lane]?.header).find((one) => one !== undefined)
    const paths = header?.paths.map(({ dev }) => ({ dev, name: deviceName(header, dev) })) ?? []
    return figuresOf(summaries, paths)
  }, [range, lanes, records, stats, version])
  const letters = lanes.map(laneLetter)
  const save = (): void => {
    downloadText(
      'bioscope-range.csv',
      figuresCsv(
        range,
        figures,
        letters.map((letter) => `lane ${letter}`),
      ),
      'text/csv',
    )
  }
  return (
    <aside className="range-panel" aria-label="selected time">
      <header>
        <h3>
          {tickLabel(Math.round(range.fromNs))} – {tickLabel(Math.round(range.toNs))}
          <small> {durationText(Math.max(0, range.toNs - range.fromNs))} selected</small>
        </h3>
        <span>
          <button type="button" className="small-button" onClick={() => look(range)}>
            zoom
          </button>
          <button type="button" className="small-button" onClick={save}>
            CSV
          </button>
          <button
            type="button"
            className="small-button"
            aria-label="Select no time"
            onClick={() => selection.getState().selectRange(undefined)}
          >
            ×
          </button>
        </span>
      </header>
      {share < 1 ? <p className="dock-loading">reading events, {Math.round(share * 100)} %</p> : null}
      <div className="range-figures" tabIndex={0} role="region" aria-label="figures of the selected time">
        <table>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">figure</th>
              {letters.map((letter) => (
                <th key={letter} scope="col">
                  lane {letter}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.map(({ key, label, about, unit, values }) => (
              <tr
                key={key}
                data-figure={key}
                data-differs={new Set(values.map((value) => figureText(unit, value))).size > 1}
                title={about}
              >
                <th scope="row">{label}</th>
                {values.map((value, i) => (
                  <td key={letters[i]}>
                    <b aria-hidden="true">{letters[i]}</b> {figureText(unit, value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </aside>
  )
}
