/**
 * Fits a row of things into an area: true size while there is room, then smaller, then several rows. The level of detail
 * of a queue is nothing but the size that this gives its things.
 */
import type { Rect } from './rect.ts'

export interface Packing {
  /** Results, one per width given; valid until the next pack. */
  x: Float32Array
  y: Float32Array
  w: Float32Array
  /** Height of everything in the packing. */
  itemH: number
  scale: number
  rows: number
}

export function createPacking(): Packing {
  return {
    x: new Float32Array(64),
    y: new Float32Array(64),
    w: new Float32Array(64),
    itemH: 0,
    scale: 1,
    rows: 1,
  }
}

export interface PackStyle {
  /** Natural height of a thing; it shrinks with the rows. */
  readonly heightPx: number
  readonly gapPx: number
  /** Rows are not lower than this. */
  readonly minRowPx: number
  /** Things shrink to this share of their width before a second row is opened. */
  readonly minScale: number
}

/** Lays out `count` things of the given natural widths, left to right, top to bottom, vertically centred in the area. */
export function pack(widths: readonly number[], area: Rect, style: PackStyle, out: Packing): void {
  const count = widths.length
  if (out.x.length < count) enlarge(out, count)
  if (count === 0) return
  let total = 0
  let widest = 0
  for (const width of widths) {
    total += width
    widest = Math.max(widest, width)
  }
  const maxRows = Math.min(count, Math.max(1, Math.floor(area.h / style.minRowPx)))
  const tight = LEAST_GAP * style.gapPx * count > GAPS_AT_MOST * maxRows * area.w
  const gapPx = tight ? 0 : style.gapPx
  let rows = 1
  let scale = scaleFor(total, count, area.w, rows, gapPx)
  while (rows < maxRows && scale < style.minScale) scale = scaleFor(total, count, area.w, ++rows, gapPx)
  scale = Math.min(scale, area.w / widest)
  for (let attempt = 0; attempt < 24; attempt++) {
    if (flow(widths, area, style, gapPx, rows, scale, out)) break
    scale *= 0.9
  }
  out.scale = scale
}

/** Gaps shrink with the things, down to this share. */
const LEAST_GAP = 0.15
/** Where the least gaps would take more than this share of the room, things stand without. */
const GAPS_AT_MOST = 0.5

/** Share of the natural width at which everything would fit if rows could be filled to the brim. */
function scaleFor(total: number, count: number, areaW: number, rows: number, gapPx: number): number {
  const gaps = gapPx * Math.max(0, count - rows)
  const together = (rows * areaW) / (total + gaps)
  if (together >= LEAST_GAP) return Math.min(1, together)
  return Math.max(0.001, (rows * areaW - LEAST_GAP * gaps) / total)
}

function flow(
  widths: readonly number[],
  area: Rect,
  style: PackStyle,
  gapPx: number,
  rows: number,
  scale: number,
  out: Packing,
): boolean {
  const gap = gapPx * Math.min(1, Math.max(LEAST_GAP, scale))
  const pitch = rows === 1 ? area.h : area.h / rows
  out.itemH = Math.min(
    style.heightPx,
    rows === 1 ? area.h : pitch - Math.min(0.6 * style.gapPx, pitch * 0.25),
  )
  out.rows = rows
  let x = 0
  let row = 0
  for (let i = 0; i < widths.length; i++) {
    const width = widths[i]! * scale
    if (x > 0 && x + width > area.w + 0.5) {
      x = 0
      row++
      if (row >= rows) return false
    }
    out.x[i] = area.x + x
    out.y[i] = area.y + pitch * row + (pitch - out.itemH) / 2
    out.w[i] = width
    x += width + gap
  }
  return true
}

function enlarge(out: Packing, count: number): void {
  const size = count * 2
  out.x = new Float32Array(size)
  out.y = new Float32Array(size)
  out.w = new Float32Array(size)
}

/** A grid whose cells never move: cell `place` of `cells`, the same for everybody who asks with the same numbers. */
export interface Grid {
  readonly columns: number
  readonly rows: number
  readonly pitchX: number
  readonly pitchY: number
}

export function gridFor(cells: number, area: Rect, cellW: number, minCellW: number, minRowPx: number): Grid {
  const maxRows = Math.max(1, Math.floor(area.h / minRowPx))
  let rows = 1
  while (rows < maxRows && area.w / Math.ceil(cells / rows) < minCellW) rows++
  const columns = Math.ceil(cells / rows)
  return { columns, rows, pitchX: Math.min(cellW, area.w / columns), pitchY: area.h / rows }
}
