/**
 * Where the timeline draws what: a row per bio (few), or a row per path (many); along the shown time, so that the playhead
 * walks evenly and a silence is as short here as on the stage.
 */
import type { TimeMap } from '../record/time-map.ts'
import { colourStep } from './address-colour.ts'
import type { LaneFacts } from './facts.ts'
import type { Colour, Painter } from './painter.ts'
import { SpanStage, type BioSpans, type Span } from './spans.ts'

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

export interface TimelineRows {
  readonly kind: 'bios' | 'paths'
  readonly count: number
  readonly pitchPx: number
}

export function timelineRows(bios: number, paths: number, view: TimelineView): TimelineRows {
  if (bios <= view.heightPx / MIN_ROW_PX) {
    const pitchPx = Math.min(MAX_ROW_UNITS * view.unitPx, view.heightPx / Math.max(1, bios))
    return { kind: 'bios', count: bios, pitchPx }
  }
  return { kind: 'paths', count: paths, pitchPx: view.heightPx / Math.max(1, paths) }
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
  readonly spans: BioSpans
  readonly facts: LaneFacts
  /** Device indices of the paths. */
  readonly paths: readonly number[]
}

export function drawTimeline(painter: Painter, lane: TimelineLane, view: TimelineView): void {
  painter.begin(view.widthPx, view.heightPx)
  const rows = timelineRows(lane.spans.sectors.length - 1, lane.paths.length, view)
  for (const span of lane.spans.spans) drawSpan(painter, lane, view, rows, span)
}

/** Choosing takes no time in the kernel's order of things; it is still drawn, this wide. */
const MIN_WIDTH_UNITS = 1.2

function drawSpan(
  painter: Painter,
  lane: TimelineLane,
  view: TimelineView,
  rows: TimelineRows,
  span: Span,
): void {
  const x = Math.max(0, xOf(view, view.map.toShown(span.fromNs)))
  const end = xOf(view, span.toNs === Infinity ? view.map.totalShownMs : view.map.toShown(span.toNs))
  const w = Math.max(MIN_WIDTH_UNITS * view.unitPx, Math.min(end, view.widthPx) - x)
  if (x > view.widthPx || end < 0) return
  const row = rows.kind === 'bios' ? span.bio - 1 : pathRow(lane, span)
  if (row < 0) return
  const seam = Math.min(1.5 * view.unitPx, rows.pitchPx * 0.25)
  painter.path()
  painter.box(x, row * rows.pitchPx, w, rows.pitchPx - seam, 0)
  painter.fill(STAGE_COLOUR[span.stage] ?? colourStep(lane.spans.sectors[span.bio] ?? 0, lane.facts.range))
}

/** With a row per path only the time in the device is shown. */
function pathRow(lane: TimelineLane, span: Span): number {
  return span.stage === SpanStage.device ? lane.paths.indexOf(span.dev) : -1
}

/** Running number of the bio whose row lies under a point, 0 = none. */
export function bioAt(lane: TimelineLane, view: TimelineView, x: number, y: number): number {
  const rows = timelineRows(lane.spans.sectors.length - 1, lane.paths.length, view)
  if (rows.kind !== 'bios') return 0
  const bio = Math.floor(y / rows.pitchPx) + 1
  const ns = view.map.toSim(msOf(view, x))
  const hit = lane.spans.spans.some((span) => span.bio === bio && span.fromNs <= ns && ns <= span.toNs)
  return hit ? bio : 0
}
