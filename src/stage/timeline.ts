/**
 * Where the timeline draws what: a row per bio (few), or a row per path (many); along the shown time, so that the playhead
 * walks evenly and a silence is as short here as on the stage.
 */
import type { TimeMap } from '../record/time-map.ts'
import { colourStep } from './address-colour.ts'
import type { LaneFacts } from './facts.ts'
import type { Colour, Painter } from './painter.ts'
import { SpanStage, type LaneSpans, type Span, type SpanRows } from './spans.ts'

export interface TimelineView {
  readonly map: TimeMap
  /** Range of the show that is visible, ms. */
  readonly fromMs: number
  readonly toMs: number
  readonly widthPx: number
  readonly heightPx: number
  readonly unitPx: number
}

/** Rows thinner than this say nothing; then paths are the rows. */
const MIN_ROW_PX = 1
const MAX_ROW_UNITS = 8
/** Where one bio becomes so many requests, requests are the rows. */
const REQUESTS_PER_BIO = 4

export interface TimelineRows {
  readonly kind: 'bios' | 'requests' | 'paths'
  readonly pitchPx: number
}

export function timelineRows(lane: TimelineLane, view: TimelineView): TimelineRows {
  const bios = lane.spans.bios.count
  const requests = lane.spans.requests.count
  const kind = requests >= REQUESTS_PER_BIO * bios ? 'requests' : 'bios'
  const count = kind === 'bios' ? bios : requests
  if (count <= view.heightPx / MIN_ROW_PX)
    return { kind, pitchPx: Math.min(MAX_ROW_UNITS * view.unitPx, view.heightPx / Math.max(1, count)) }
  return { kind: 'paths', pitchPx: view.heightPx / Math.max(1, lane.paths.length) }
}

export function xOf(view: TimelineView, ms: number): number {
  return ((ms - view.fromMs) / (view.toMs - view.fromMs)) * view.widthPx
}

export function msOf(view: TimelineView, x: number): number {
  return view.fromMs + (x / view.widthPx) * (view.toMs - view.fromMs)
}

const STAGE_COLOUR: Readonly<Partial<Record<SpanStage, Colour>>> = {
  [SpanStage.dm]: 'split',
  [SpanStage.choose]: 'choose',
  [SpanStage.merge]: 'merge',
  [SpanStage.retry]: 'bad',
}

export interface TimelineLane {
  readonly spans: LaneSpans
  readonly facts: LaneFacts
  /** Device indices of the paths. */
  readonly paths: readonly number[]
}

export function drawTimeline(painter: Painter, lane: TimelineLane, view: TimelineView): void {
  painter.begin(view.widthPx, view.heightPx)
  const rows = timelineRows(lane, view)
  const from = rows.kind === 'bios' ? lane.spans.bios : lane.spans.requests
  for (const span of from.spans) {
    const row = rows.kind === 'paths' ? pathRow(lane, span) : span.row - 1
    if (row >= 0) drawSpan(painter, lane, view, from, rows.pitchPx, row, span)
  }
}

/** Choosing takes no time in the kernel's order of things; it is still drawn, this wide. */
const MIN_WIDTH_UNITS = 1.2

function drawSpan(
  painter: Painter,
  lane: TimelineLane,
  view: TimelineView,
  from: SpanRows,
  pitchPx: number,
  row: number,
  span: Span,
): void {
  const x = Math.max(0, xOf(view, view.map.toShown(span.fromNs)))
  const end = xOf(view, span.toNs === Infinity ? view.map.totalShownMs : view.map.toShown(span.toNs))
  if (x > view.widthPx || end < 0) return
  const w = Math.max(MIN_WIDTH_UNITS * view.unitPx, Math.min(end, view.widthPx) - x)
  const seam = Math.min(1.5 * view.unitPx, pitchPx * 0.25)
  painter.path()
  painter.box(x, row * pitchPx, w, pitchPx - seam, 0)
  painter.fill(STAGE_COLOUR[span.stage] ?? colourStep(from.sectors[span.row] ?? 0, lane.facts.range))
}

/** With a row per path only the time in the device is shown. */
function pathRow(lane: TimelineLane, span: Span): number {
  return span.stage === SpanStage.device ? lane.paths.indexOf(span.dev) : -1
}

/** Id of the bio or request whose bar lies under a point, 0 = none. */
export function idAtPoint(lane: TimelineLane, view: TimelineView, x: number, y: number): number {
  const rows = timelineRows(lane, view)
  if (rows.kind === 'paths') return 0
  const row = Math.floor(y / rows.pitchPx) + 1
  const ns = view.map.toSim(msOf(view, x))
  const from = rows.kind === 'bios' ? lane.spans.bios : lane.spans.requests
  const hit = from.spans.some((span) => span.row === row && span.fromNs <= ns && ns <= span.toNs)
  if (!hit) return 0
  return rows.kind === 'bios' ? lane.facts.bioId(row) : lane.facts.requestId(row)
}

export const ROW_WORDS: Readonly<Record<TimelineRows['kind'], string>> = {
  bios: 'one row per bio',
  requests: 'one row per request',
  paths: 'one row per path',
}
