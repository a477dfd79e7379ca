/**
 * A row per bio (or per request, where one bio becomes many), along the shown time, so that the playhead walks evenly and
 * a silence is as short here as on the stage.
 *
 * Rows are those that live in the visible part: zooming in gives each more room. Where there are more than pixels, one
 * line stands for 4, 16, 64 ... neighbours with the extent of each of their stages; so a drawing costs at most five boxes
 * a line, however many I/Os there are.
 */
import type { LaneFacts } from '../facts.ts'
import type { Painter } from '../painter.ts'
import { SpanRows } from '../span-rows.ts'
import { SPAN_STAGES, SpanStage } from '../span-stage.ts'
import type { LaneSpans } from '../spans.ts'
import { spanColour, type ColourKind } from './colours.ts'
import { msOf, xOf, xOfNs, type TimelineView } from './view.ts'

export interface TimelineLane {
  readonly spans: LaneSpans
  readonly facts: LaneFacts
  /** Device indices of the paths. */
  readonly paths: readonly number[]
}

/** Lines thinner than this cannot be told apart. */
const MIN_LINE_PX = 1
const MAX_LINE_UNITS = 8
/** Where one bio becomes so many requests, requests are the rows. */
const REQUESTS_PER_BIO = 4
/** Choosing takes no time in the kernel's order of things; it is still drawn, this wide. */
const MIN_WIDTH_UNITS = 1.2

export interface IoRows {
  readonly kind: 'bios' | 'requests'
  /** First and last row that lives in the visible part; 0 and -1 when there is none. */
  readonly first: number
  readonly last: number
  readonly level: number
  readonly rowsPerLine: number
  readonly pitchPx: number
}

export function ioRowsOf(lane: TimelineLane, view: TimelineView): IoRows {
  const { bios, requests } = lane.spans
  const kind = requests.count >= REQUESTS_PER_BIO * bios.count ? 'requests' : 'bios'
  const rows = kind === 'bios' ? bios : requests
  const [first, last] = rows.rowsIn(view.map.toSim(view.fromMs), view.map.toSim(view.toMs))
  const level = SpanRows.levelFor(last - first + 1, Math.floor(view.heightPx / MIN_LINE_PX) - 1)
  const rowsPerLine = SpanRows.rowsPerGroup(level)
  const lines = Math.max(1, lineOf(last, rowsPerLine) - lineOf(first, rowsPerLine) + 1)
  return {
    kind,
    first,
    last,
    level,
    rowsPerLine,
    pitchPx: Math.min(MAX_LINE_UNITS * view.unitPx, view.heightPx / lines),
  }
}

/** Groups are cut at fixed rows, so that a line keeps its members while one pans. */
function lineOf(row: number, rowsPerLine: number): number {
  return Math.floor((row - 1) / rowsPerLine)
}

/** `one row per bio`, `one row for 16 requests`. */
export function rowWords({ kind, rowsPerLine }: IoRows): string {
  if (rowsPerLine > 1) return `one row for ${rowsPerLine} ${kind}`
  return `one row per ${kind === 'bios' ? 'bio' : 'request'}`
}

export function drawIoRows(
  painter: Painter,
  lane: TimelineLane,
  view: TimelineView,
  colours: ColourKind,
): IoRows {
  painter.begin(view.widthPx, view.heightPx)
  const rows = ioRowsOf(lane, view)
  const pen = new Pen(painter, lane, view, colours, rows)
  if (rows.level === 0) for (let row = rows.first; row <= rows.last; row++) pen.row(row)
  else {
    const last = lineOf(rows.last, rows.rowsPerLine)
    for (let group = lineOf(rows.first, rows.rowsPerLine); group <= last; group++) pen.group(group)
  }
  return rows
}

class Pen {
  private readonly painter: Painter
  private readonly lane: TimelineLane
  private readonly view: TimelineView
  private readonly colours: ColourKind
  private readonly rows: IoRows
  private readonly from: SpanRows
  private readonly firstLine: number
  private readonly heightPx: number

  constructor(painter: Painter, lane: TimelineLane, view: TimelineView, colours: ColourKind, rows: IoRows) {
    this.painter = painter
    this.lane = lane
    this.view = view
    this.colours = colours
    this.rows = rows
    this.from = rows.kind === 'bios' ? lane.spans.bios : lane.spans.requests
    this.firstLine = lineOf(rows.first, rows.rowsPerLine)
    this.heightPx = rows.pitchPx - Math.min(1.5 * view.unitPx, rows.pitchPx * 0.25)
  }

  row(row: number): void {
    const { from, lane } = this
    for (const span of from.spansOf(row)) {
      const path = lane.paths.indexOf(from.dev.at(span))
      this.box(row - 1, from.fromNs.at(span), from.toNs.at(span), from.stage.at(span) as SpanStage, row, path)
    }
  }

  /** The extents of a group, the one that begins first below the others; retries above all. */
  group(group: number): void {
    const { level, rowsPerLine } = this.rows
    const middle = Math.min(group * rowsPerLine + 1 + rowsPerLine / 2, this.from.count)
    const extents = Array.from({ length: SPAN_STAGES }, (_, stage) => ({
      stage: stage as SpanStage,
      extent: this.from.extent(level, group, stage as SpanStage),
    }))
    const rank = (one: (typeof extents)[number]): number =>
      one.stage === SpanStage.retry ? Infinity : (one.extent?.fromNs ?? 0)
    for (const { stage, extent } of extents.sort((a, b) => rank(a) - rank(b)))
      if (extent !== undefined)
        this.box(group, extent.fromNs, extent.toNs, stage, middle, this.pathOf(middle))
  }

  /** The first path that a row went to. */
  private pathOf(row: number): number {
    const { from, lane } = this
    for (const span of from.spansOf(row))
      if (from.stage.at(span) === SpanStage.device) return lane.paths.indexOf(from.dev.at(span))
    return -1
  }

  private box(line: number, fromNs: number, toNs: number, stage: SpanStage, row: number, path: number): void {
    const { view, painter } = this
    const x = Math.max(0, xOfNs(view, fromNs))
    const end = toNs === Infinity ? xOf(view, view.map.totalShownMs) : xOfNs(view, toNs)
    if (x > view.widthPx || end < 0) return
    const w = Math.max(MIN_WIDTH_UNITS * view.unitPx, Math.min(end, view.widthPx) - x)
    const sector = this.from.sectors.at(row) || 0
    painter.ink(spanColour(this.colours, { stage, sector, path }, this.lane.facts.range))
    painter.plain(x, (line - this.firstLine) * this.rows.pitchPx, w, this.heightPx)
  }
}

/** Id of the bio or request whose bar lies under a point, 0 = none; nobody where a line stands for several. */
export function idAtPoint(lane: TimelineLane, view: TimelineView, x: number, y: number): number {
  const rows = ioRowsOf(lane, view)
  if (rows.level > 0 || rows.last < rows.first) return 0
  const row = rows.first + Math.floor(y / rows.pitchPx)
  if (row > rows.last) return 0
  const ns = view.map.toSim(msOf(view, x))
  const from = rows.kind === 'bios' ? lane.spans.bios : lane.spans.requests
  for (const span of from.spansOf(row))
    if (from.fromNs.at(span) <= ns && ns <= from.toNs.at(span))
      return rows.kind === 'bios' ? lane.facts.bioId(row) : lane.facts.requestId(row)
  return 0
}
