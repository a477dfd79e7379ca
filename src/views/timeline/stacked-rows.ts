/** Rows of devices, tasks or CPUs of a lane, each with what draws it; what is behind them is kept for as long as its lane. */
import type { RunRecord } from '../../record/run-record.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { deviceName } from '../../stage/names.ts'
import type { Painter } from '../../stage/painter.ts'
import { Activity, drawActivityRow, type ActivityRow } from '../../stage/timeline/activity-rows.ts'
import type { ColourKind } from '../../stage/timeline/colours.ts'
import { DeviceRows, drawDeviceRow } from '../../stage/timeline/device-rows.ts'
import type { TimelineView } from '../../stage/timeline/view.ts'
import type { LaneStats } from '../../stats/lane-stats.ts'
import type { RowKind } from '../../store/dock-store.ts'
import { readSpans, spansOf } from './lane-spans.ts'

/** Events of activity that are taken up in a frame. */
const EVENTS_AT_ONCE = 20_000
/** Spans of devices that are taken up in a frame. */
const SPANS_AT_ONCE = 10_000

export type StackedKind = Exclude<RowKind, 'ios'>

export interface StackedRow {
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

export function rowsOf(
  kind: StackedKind,
  show: LaneShow | undefined,
  lane: number,
  stats: LaneStats | undefined,
): StackedRow[] {
  if (show === undefined) return []
  return kind === 'devices' ? deviceRows(show, lane, stats) : activityRows(kind, show, lane)
}

function deviceRows(show: LaneShow, lane: number, stats: LaneStats | undefined): StackedRow[] {
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

function activityRows(kind: 'tasks' | 'cpus', show: LaneShow, lane: number): StackedRow[] {
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

/** Takes up some of what has arrived for the rows of a lane; true when they may have become more. */
export function readRows(kind: StackedKind, show: LaneShow): boolean {
  return kind === 'devices'
    ? readSpans(show).any || deviceRowsOf(show).readArrivals(SPANS_AT_ONCE)
    : activitiesOf(show.record)[kind].readArrivals(EVENTS_AT_ONCE)
}

const devicesOf = new WeakMap<LaneShow, DeviceRows>()
const activityOf = new WeakMap<RunRecord, { tasks: Activity; cpus: Activity }>()

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
