/**
 * A row per device: what waits in its queue and what it has, each command a block on the first free track. Where blocks
 * would be thinner than can be seen, the row becomes a height over time: tags in use, of them commands in the device.
 */
import { bytes, floats, words, type Column } from '../../lib/column.ts'
import type { LaneStats } from '../../stats/lane-stats.ts'
import type { StepSeries } from '../../stats/step-series.ts'
import type { LaneFacts } from '../facts.ts'
import type { Painter } from '../painter.ts'
import type { SpanRows } from '../span-rows.ts'
import { SpanStage } from '../span-stage.ts'
import type { LaneSpans } from '../spans.ts'
import { spanColour, type ColourKind } from './colours.ts'
import { columnEdges, xOf, xOfNs, type TimelineView } from './view.ts'

/** More tracks than this no row has room for. */
const MOST_TRACKS = 40
const BLOCK = 64
const MIN_TRACK_PX = 2
/** A block of a command that took no time. */
const MIN_WIDTH_PX = 1.5
/** Width of a column where a row is a height over time. */
const COLUMN_PX = 2

/** Where a span of a device is found: in the rows of bios or of requests. */
interface SpanRef {
  readonly from: SpanRows
  readonly span: number
}

class DeviceRow {
  readonly source: Column<Uint8Array> = bytes()
  readonly span: Column<Uint32Array> = words()
  readonly track: Column<Uint8Array> = bytes()
  readonly fromNs: Column<Float64Array> = floats()
  /** End of the last span of each block of 64, NaN while one of them lasts. */
  readonly blockEnds: Column<Float64Array> = floats()
  /** Last span of each track. */
  readonly lastOfTrack: SpanRef[] = []
}

export class DeviceRows {
  private readonly sources: readonly [bios: SpanRows, requests: SpanRows]
  private readonly rows = new Map<number, DeviceRow>()
  private readonly read: [number, number] = [0, 0]
  private readonly dm: number
  private readonly isBioBased: boolean

  constructor(spans: LaneSpans, dm: number, isBioBased: boolean) {
    this.sources = [spans.bios, spans.requests]
    this.dm = dm
    this.isBioBased = isBioBased
  }

  /** Takes up at most so many spans that are new; false when there were none. */
  readArrivals(atMost: number): boolean {
    const [bios, requests] = this.sources
    for (let taken = 0; taken < atMost; taken++) {
      const [bio, request] = this.read
      const bioNs = bio < bios.spanCount ? bios.fromNs.at(bio) : Infinity
      const requestNs = request < requests.spanCount ? requests.fromNs.at(request) : Infinity
      if (bioNs === Infinity && requestNs === Infinity) return taken > 0
      const source = bioNs <= requestNs ? 0 : 1
      this.take(source, this.read[source]++)
    }
    return true
  }

  private take(source: 0 | 1, span: number): void {
    const from = this.sources[source]
    const stage = from.stage.at(span) as SpanStage
    const ofBio = source === 0
    if (ofBio && (stage === SpanStage.merge || stage === SpanStage.device)) return
    if (ofBio && !this.isBioBased && stage !== SpanStage.retry) return
    const dev = stage === SpanStage.choose || ofBio ? this.dm : from.dev.at(span)
    const row = this.rowOf(dev)
    const ns = from.fromNs.at(span)
    row.source.push(source)
    row.span.push(span)
    row.fromNs.push(ns)
    const track = freeTrack(row, ns)
    row.track.push(track)
    if (track < MOST_TRACKS) row.lastOfTrack[track] = { from, span }
    if ((row.span.length - 1) % BLOCK === 0) row.blockEnds.push(NaN)
  }

  private rowOf(dev: number): DeviceRow {
    let row = this.rows.get(dev)
    if (row === undefined) this.rows.set(dev, (row = new DeviceRow()))
    return row
  }

  /** Positions (in the row of a device) of the spans that touch a window, at most so many and one more. */
  inWindow(dev: number, fromNs: number, toNs: number, atMost: number): number[] {
    const row = this.rows.get(dev)
    const found: number[] = []
    if (row === undefined) return found
    const end = row.fromNs.firstNotBelow(toNs)
    for (let block = 0; block * BLOCK < end && found.length <= atMost; block++) {
      if (this.blockEnd(row, block) < fromNs) continue
      for (let i = block * BLOCK; i < Math.min(end, (block + 1) * BLOCK); i++)
        if (this.endOf(row, i) >= fromNs) found.push(i)
    }
    return found
  }

  private blockEnd(row: DeviceRow, block: number): number {
    const known = row.blockEnds.at(block)
    if (!Number.isNaN(known)) return known
    let end = -Infinity
    for (let i = block * BLOCK; i < Math.min(row.span.length, (block + 1) * BLOCK); i++)
      end = Math.max(end, this.endOf(row, i))
    const isWhole = (block + 1) * BLOCK <= row.span.length
    if (isWhole && end < Infinity) row.blockEnds.set(block, end)
    return end
  }

  private endOf(row: DeviceRow, i: number): number {
    return this.sources[row.source.at(i)]!.toNs.at(row.span.at(i))
  }

  /** One span of a device's row. */
  spanAt(
    dev: number,
    i: number,
  ): { fromNs: number; toNs: number; stage: SpanStage; sector: number; track: number } {
    const row = this.rows.get(dev)!
    const from = this.sources[row.source.at(i)]!
    const span = row.span.at(i)
    return {
      fromNs: row.fromNs.at(i),
      toNs: from.toNs.at(span),
      stage: from.stage.at(span) as SpanStage,
      sector: from.sectors.at(from.rowOf.at(span)) || 0,
      track: row.track.at(i),
    }
  }

  /** Position of the last span that began before a time, -1 for none. */
  lastBefore(dev: number, ns: number): number {
    return (this.rows.get(dev)?.fromNs.firstNotBelow(ns) ?? 0) - 1
  }
}

function freeTrack(row: DeviceRow, ns: number): number {
  for (let track = 0; track < MOST_TRACKS; track++) {
    const last = row.lastOfTrack[track]
    if (last === undefined || last.from.toNs.at(last.span) <= ns) return track
  }
  return MOST_TRACKS
}

export interface DeviceRowPen {
  readonly painter: Painter
  readonly view: TimelineView
  readonly colours: ColourKind
  readonly facts: LaneFacts
  readonly paths: readonly number[]
  readonly rows: DeviceRows
  /** Undefined until it has been read. */
  readonly stats: LaneStats | undefined
}

export function drawDeviceRow(pen: DeviceRowPen, dev: number, topPx: number, heightPx: number): void {
  const { view, rows } = pen
  const most = Math.ceil(view.widthPx)
  const found = rows.inWindow(dev, view.map.toSim(view.fromMs), view.map.toSim(view.toMs), most)
  const tracks = found.reduce((max, i) => Math.max(max, rows.spanAt(dev, i).track + 1), 1)
  if (found.length <= most && heightPx / tracks >= MIN_TRACK_PX)
    drawBlocks(pen, dev, found, tracks, topPx, heightPx)
  else drawHeights(pen, dev, topPx, heightPx)
}

function drawBlocks(
  { painter, view, rows, colours, facts, paths }: DeviceRowPen,
  dev: number,
  found: readonly number[],
  tracks: number,
  topPx: number,
  heightPx: number,
): void {
  const pitch = heightPx / tracks
  for (const i of found) {
    const { fromNs, toNs, stage, sector, track } = rows.spanAt(dev, i)
    const x = Math.max(0, xOfNs(view, fromNs))
    const end = toNs === Infinity ? xOf(view, view.map.totalShownMs) : xOfNs(view, toNs)
    const seam = Math.min(view.unitPx, pitch * 0.2)
    const w = Math.max(MIN_WIDTH_PX, Math.min(end, view.widthPx) - x - seam)
    painter.ink(spanColour(colours, { stage, sector, path: paths.indexOf(dev) }, facts.range))
    painter.plain(x, topPx + track * pitch, w, pitch - seam)
  }
}

function drawHeights(pen: DeviceRowPen, dev: number, topPx: number, heightPx: number): void {
  const { painter, view, rows, colours, facts, paths, stats } = pen
  const isPath = paths.includes(dev)
  const all: StepSeries | undefined =
    isPath || stats?.tags.has(dev) === true ? stats?.tags.get(dev) : stats?.iosInFlight
  if (stats === undefined || all === undefined) return
  const columns = Math.ceil(view.widthPx / COLUMN_PX)
  const edges = columnEdges(view, columns)
  const bottom = topPx + heightPx
  const scale = heightPx / Math.max(1, all.max)
  const own = stats.inFlight.get(dev)
  for (let column = 0; column < columns; column++) {
    const [from, to] = [edges[column]!, edges[column + 1]!]
    const h = all.mean(from, to) * scale
    const inside = (own?.mean(from, to) ?? 0) * scale
    painter.ink(isPath ? 'merge' : 'hold')
    if (h > 0) painter.plain(column * COLUMN_PX, bottom - h, COLUMN_PX, h)
    if (inside <= 0) continue
    const last = rows.lastBefore(dev, to)
    const sector = last < 0 ? 0 : rows.spanAt(dev, last).sector
    const path = paths.indexOf(dev)
    painter.ink(spanColour(colours, { stage: SpanStage.device, sector, path }, facts.range))
    painter.plain(column * COLUMN_PX, bottom - inside, COLUMN_PX, inside)
  }
}
