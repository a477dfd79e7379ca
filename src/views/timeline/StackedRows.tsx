/** Rows per device, task or CPU, of all lanes below each other on one time axis. Draws the rows that are scrolled to. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import type { RunRecord } from '../../record/run-record.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { deviceName } from '../../stage/names.ts'
import type { Painter } from '../../stage/painter.ts'
import { Activity, drawActivityRow, type ActivityRow } from '../../stage/timeline/activity-rows.ts'
import type { ColourKind } from '../../stage/timeline/colours.ts'
import { DeviceRows, drawDeviceRow } from '../../stage/timeline/device-rows.ts'
import { msOf, shownPart, type TimelineView } from '../../stage/timeline/view.ts'
import type { LaneStats } from '../../stats/lane-stats.ts'
import type { RowKind } from '../../store/dock-store.ts'
import { laneLetter, type PanelProps } from '../dock/panel.ts'
import { useStats } from '../dock/use-stats.ts'
import type { Theater } from '../theater.ts'
import { useRoom } from '../stage/use-room.ts'
import { readSpans, spansOf } from './lane-spans.ts'
import { TimeOverlay } from './TimeOverlay.tsx'
import { SCALE_UNITS, sizedPainter } from './TimelineLane.tsx'
import { useTimeGestures } from './use-time-gestures.ts'

const MIN_ROW_UNITS = 11
const MAX_ROW_UNITS = 30
/** Events of activity that are taken up in a frame. */
const EVENTS_AT_ONCE = 20_000
/** Spans of devices that are taken up in a frame. */
const SPANS_AT_ONCE = 10_000
const TELL_EVERY_MS = 200

interface Row {
  readonly lane: number
  readonly label: string
  /** First of its lane. */
  readonly first: boolean
  readonly draw: (
    painter: Painter,
    view: TimelineView,
    colours: ColourKind,
    topPx: number,
    heightPx: number,
  ) => void
}

export default function StackedRows(
  props: PanelProps & { readonly kind: Exclude<RowKind, 'ios'> },
): ReactElement {
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
function useReading(theater: Theater, lanes: readonly number[], kind: Exclude<RowKind, 'ios'>): number {
  const [read, setRead] = useState(0)
  useEffect(() => {
    let toldMs = -Infinity
    let due = false
    return theater.onFrame((nowMs) => {
      for (const lane of lanes) {
        const show = theater.show(lane)
        if (show === undefined) continue
        const any =
          kind === 'devices'
            ? readSpans(show).any || deviceRowsOf(show).readArrivals(SPANS_AT_ONCE)
            : activitiesOf(show.record)[kind].readArrivals(EVENTS_AT_ONCE)
        due ||= any
      }
      if (!due || nowMs - toldMs < TELL_EVERY_MS) return
      due = false
      toldMs = nowMs
      setRead((before) => before + 1)
    })
  }, [theater, lanes, kind])
  return read
}

function deviceRowsOf(show: LaneShow): DeviceRows {
  let rows = devicesOf.get(show)
  if (rows === undefined)
    devicesOf.set(show, (rows = new DeviceRows(spansOf(show), dmOf(show), show.record.header.mode === 'bio')))
  return rows
}

function dmOf({ record }: LaneShow): number {
  return record.header.devices.findIndex(({ role }) => role === 'dm')
}

function activitiesOf(record: RunRecord): { tasks: Activity; cpus: Activity } {
  let both = activityOf.get(record)
  if (both === undefined)
    activityOf.set(
      record,
      (both = { tasks: new Activity(record, 'tasks'), cpus: new Activity(record, 'cpus') }),
    )
  return both
}

const devicesOf = new WeakMap<LaneShow, DeviceRows>()
const activityOf = new WeakMap<RunRecord, { tasks: Activity; cpus: Activity }>()

function rowsOf(
  kind: Exclude<RowKind, 'ios'>,
  show: LaneShow | undefined,
  lane: number,
  stats: LaneStats | undefined,
): Row[] {
  if (show === undefined) return []
  return kind === 'devices' ? deviceRows(show, lane, stats) : activityRows(kind, show, lane)
}

function deviceRows(show: LaneShow, lane: number, stats: LaneStats | undefined): Row[] {
  const { header } = show.record
  const dm = dmOf(show)
  const rows = deviceRowsOf(show)
  const paths = header.paths.map((path) => path.dev)
  const pen = { facts: show.facts, paths, rows, stats }
  return [...(dm < 0 ? [] : [dm]), ...paths].map((dev, i) => ({
    lane,
    label: deviceName(header, dev),
    first: i === 0,
    draw: (painter, view, colours, top, height) =>
      drawDeviceRow({ ...pen, painter, view, colours }, dev, top, height),
  }))
}

function activityRows(kind: 'tasks' | 'cpus', show: LaneShow, lane: number): Row[] {
  const { record, facts } = show
  const activity = activitiesOf(record)[kind]
  const paths = record.header.paths.map((path) => path.dev)
  const pen = { record, range: facts.range, paths }
  const rows: ActivityRow[] = kind === 'tasks' ? activity.rows : [...activity.rows].sort(byLabel)
  return rows.map((row, i) => ({
    lane,
    label: row.label,
    first: i === 0,
    draw: (painter, view, colours, top, height) =>
      drawActivityRow({ ...pen, painter, view, colours }, row, top, height),
  }))
}

function byLabel(a: ActivityRow, b: ActivityRow): number {
  return a.label.localeCompare(b.label, 'en', { numeric: true })
}
