/** Rows per device, task or CPU, of all lanes below each other on one time axis. Draws the rows that are scrolled to. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { msOf, shownPart, type TimelineView } from '../../stage/timeline/view.ts'
import { laneLetter, type PanelProps } from '../dock/panel.ts'
import { useStats } from '../dock/use-stats.ts'
import type { Theater } from '../theater.ts'
import { useRoom } from '../stage/use-room.ts'
import { readRows, rowsOf, type StackedKind } from './stacked-rows.ts'
import { TimeOverlay } from './TimeOverlay.tsx'
import { SCALE_UNITS, sizedPainter } from './TimelineLane.tsx'
import { useTimeGestures } from './use-time-gestures.ts'

const MIN_ROW_UNITS = 11
const MAX_ROW_UNITS = 30
const TELL_EVERY_MS = 200

export default function StackedRows(props: PanelProps & { readonly kind: StackedKind }): ReactElement {
  const { control, theater, theme, dock, selection, hover, lanes, kind } = props
  const host = useRef<HTMLDivElement>(null)
  const axis = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const room = useRoom(axis)
  const outer = useRoom(host)
  const { map } = control
  const { window, colours, look } = useStore(dock)
  const range = useStore(selection, (state) => state.range)
  const { stats, version } = useStats(props)
  const read = useReading(theater, lanes, kind)
  const [scrollPx, setScrollPx] = useState(0)
  const rows = useMemo(
    () =>
      version < 0 || read < 0
        ? []
        : lanes.flatMap((lane) => rowsOf(kind, theater.show(lane), lane, stats[lane])),
    [kind, theater, lanes, stats, version, read],
  )
  const unitPx = outer?.unitPx ?? 1
  const scalePx = SCALE_UNITS * unitPx
  const bodyPx = Math.max(1, (outer?.heightPx ?? 1) - scalePx)
  const pitchPx = Math.min(
    MAX_ROW_UNITS * unitPx,
    Math.max(MIN_ROW_UNITS * unitPx, bodyPx / Math.max(1, rows.length)),
  )
  const view = useMemo<TimelineView | undefined>(
    () =>
      room === undefined
        ? undefined
        : { map, widthPx: room.widthPx, heightPx: bodyPx, unitPx: room.unitPx, ...shownPart(map, window) },
    [room, map, window, bodyPx],
  )

  useLayoutEffect(() => {
    if (view === undefined || canvas.current === null) return
    const painter = sizedPainter(canvas.current, view, theme)
    painter.begin(view.widthPx, view.heightPx)
    rows.forEach((row, i) => {
      const top = i * pitchPx - scrollPx
      const seam = Math.min(3 * unitPx, pitchPx * 0.2)
      if (top + pitchPx > 0 && top < view.heightPx)
        row.draw(painter, view, colours, top + seam / 2, pitchPx - seam)
    })
  }, [view, theme, rows, colours, pitchPx, scrollPx, unitPx])

  const gestures = useTimeGestures(axis, {
    view,
    window,
    range,
    onWindow: look,
    onRange: selection.getState().selectRange,
    onHover: (ns) => hover.set(ns),
    onClick: (x) => {
      if (view !== undefined) control.seekShown(msOf(view, x))
    },
  })
  return (
    <div
      ref={host}
      className="stacked"
      role="region"
      aria-label={`${kind} of all lanes`}
      tabIndex={0}
      onScroll={(event) => setScrollPx(event.currentTarget.scrollTop)}
    >
      <ul className="stacked-labels" style={{ height: rows.length * pitchPx + scalePx }}>
        {rows.map((row, i) => (
          <li
            key={`${row.lane} ${row.label} ${i}`}
            data-first={row.first && i > 0}
            style={{ top: i * pitchPx, height: pitchPx, lineHeight: `${pitchPx}px` }}
            title={`${row.label}, lane ${laneLetter(row.lane)}`}
          >
            <span>{row.label}</span> <b>{laneLetter(row.lane)}</b>
          </li>
        ))}
      </ul>
      <div ref={axis} className="timeline-lane stacked-axis" {...gestures}>
        <canvas ref={canvas} role="img" aria-label={`${kind} of all lanes over time, ${rows.length} rows`} />
        {view === undefined ? null : <TimeOverlay {...props} view={view} range={range} marks={props.marks} />}
      </div>
    </div>
  )
}

/** Takes up what has arrived, some of it each frame; rises when rows have become more. */
function useReading(theater: Theater, lanes: readonly number[], kind: StackedKind): number {
  const [read, setRead] = useState(0)
  useEffect(() => {
    let toldMs = -Infinity
    let due = false
    return theater.onFrame((nowMs) => {
      for (const lane of lanes) {
        const show = theater.show(lane)
        if (show === undefined) continue
        if (readRows(kind, show)) due = true
      }
      if (!due || nowMs - toldMs < TELL_EVERY_MS) return
      due = false
      toldMs = nowMs
      setRead((before) => before + 1)
    })
  }, [theater, lanes, kind])
  return read
}
