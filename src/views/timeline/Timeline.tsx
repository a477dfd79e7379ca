/** Below the lanes: a row per bio, one half under each lane, both on the same clock. */
import { useState, type ReactElement } from 'react'
import type { ObjectId } from '../../record/places.ts'
import type { Control } from '../control.ts'
import type { Theater } from '../theater.ts'
import type { CanvasTheme } from '../stage/canvas-painter.ts'
import { TimelineLane } from './TimelineLane.tsx'

export interface TimelineProps {
  readonly control: Control
  readonly theater: Theater
  readonly theme: CanvasTheme
  readonly lanes: readonly number[]
  readonly onPick: (lane: number, id: ObjectId) => void
}

/** Part of the show that is visible, as shares of its length. */
export interface ZoomRange {
  readonly from: number
  readonly to: number
}

const ALL: ZoomRange = { from: 0, to: 1 }

export function Timeline(props: TimelineProps): ReactElement {
  const [zoom, setZoom] = useState<ZoomRange>(ALL)
  const [rows, setRows] = useState('one row per bio')
  const zoomed = zoom.from > 0 || zoom.to < 1
  return (
    <section className="timeline" aria-label="timeline" data-lanes={props.lanes.length}>
      <div className="timeline-head">
        <h2>Timeline</h2>
        <span>{rows} · click to go there · drag to zoom</span>
        {zoomed ? (
          <button type="button" className="small-button" onClick={() => setZoom(ALL)}>
            show all
          </button>
        ) : null}
        <ul className="legend" aria-label="colours of the timeline">
          <li data-kind="split">in device-mapper</li>
          <li data-kind="choose">chooses a path</li>
          <li data-kind="merge">plug, merge, schedule</li>
          <li className="legend-address">in the device: colour is the address</li>
        </ul>
      </div>
      <div className="timeline-rows">
        {props.lanes.map((lane) => (
          <TimelineLane key={lane} {...props} lane={lane} zoom={zoom} onZoom={setZoom} onRows={setRows} />
        ))}
      </div>
    </section>
  )
}
