/**
 * The spans of many rows (a row per bio, or per request), in columns, with a pyramid above them: groups of 4, 16, 64 ...
 * neighbouring rows, of each the extent of every stage. A timeline of a million rows draws groups, and what it draws is
 * bounded by its pixels.
 */
import { bytes, floats, words, type Column } from '../lib/column.ts'
import { SPAN_STAGES, SpanStage } from './span-stage.ts'

/** Rows per group grow by this power of two from one level to the next. */
const LEVEL_SHIFT = 2
const LEVELS = 11
/** Level on which the first row of a window is looked for: 64 rows a group. */
const SEARCH_LEVEL = 3

/** Extent of each stage of a group. */
interface Level {
  readonly fromNs: Column<Float64Array>
  /** Of spans that have ended. */
  readonly toNs: Column<Float64Array>
  /** Spans that last. */
  readonly open: Column<Uint32Array>
}

export interface Extent {
  readonly fromNs: number
  readonly toNs: number
}

export class SpanRows {
  /** By span, in order of their begin. */
  readonly rowOf: Column<Uint32Array> = words()
  readonly stage: Column<Uint8Array> = bytes()
  readonly dev: Column<Uint8Array> = bytes()
  readonly fromNs: Column<Float64Array> = floats()
  /** Infinity while it lasts. */
  readonly toNs: Column<Float64Array> = floats()
  /** By row, from 1: first sector, first and last span, when it was over (Infinity: not yet). */
  readonly sectors: Column<Float64Array> = floats()
  private readonly first: Column<Uint32Array> = words()
  private readonly last: Column<Uint32Array> = words()
  private readonly overNs: Column<Float64Array> = floats()
  /** By span: the next one of its row; 0 is none, no row has span 0 second. */
  private readonly next: Column<Uint32Array> = words()
  private readonly levels: readonly Level[] = Array.from({ length: LEVELS }, () => ({
    fromNs: floats(),
    toNs: floats(),
    open: words(),
  }))

  /** Rows so far; they are numbered from 1. */
  get count(): number {
    return Math.max(0, this.sectors.length - 1)
  }

  get spanCount(): number {
    return this.rowOf.length
  }

  /** A row enters a stage: its span so far ends. `end` closes the row. */
  enter(row: number, stage: SpanStage, ns: number, dev: number, sector: number): void {
    if (row === 0) return
    const isNew = this.addRow(row, sector)
    if (this.overNs.at(row) !== Infinity) return
    const before = this.last.at(row)
    if (!isNew && this.stage.at(before) === stage) return
    if (!isNew) this.close(row, before, ns)
    if (stage === SpanStage.end) {
      this.overNs.set(row, ns)
      return
    }
    const span = this.spanCount
    this.rowOf.push(row)
    this.stage.push(stage)
    this.dev.push(dev)
    this.fromNs.push(ns)
    this.toNs.push(Infinity)
    this.next.push(0)
    if (isNew) this.first.set(row, span)
    else this.next.set(before, span)
    this.last.set(row, span)
    this.open(row, stage, ns)
  }

  /** Spans of a row, in order. */
  *spansOf(row: number): Generator<number> {
    let span = this.first.at(row)
    do {
      yield span
      span = this.next.at(span)
    } while (span !== 0)
  }

  /** Rows that live during [from, to]: first and last, 0 and -1 when there is none. */
  rowsIn(fromNs: number, toNs: number): [first: number, last: number] {
    let low = 1
    let high = this.count + 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.fromNs.at(this.first.at(middle)) <= toNs) low = middle + 1
      else high = middle
    }
    const last = low - 1
    let row = 1
    const groupRows = 1 << (LEVEL_SHIFT * SEARCH_LEVEL)
    while (row <= last && this.groupEnd(SEARCH_LEVEL, (row - 1) / groupRows) < fromNs) row += groupRows
    while (row <= last && this.overNs.at(row) < fromNs) row++
    return row <= last ? [row, last] : [0, -1]
  }

  /** The level whose groups make no more than so many lines of so many rows; 0 is single rows. */
  static levelFor(rows: number, lines: number): number {
    let level = 0
    while (level < LEVELS && Math.ceil(rows / 2 ** (LEVEL_SHIFT * level)) > lines) level++
    return level
  }

  static rowsPerGroup(level: number): number {
    return 2 ** (LEVEL_SHIFT * level)
  }

  /** Extent of a stage within a group of a level (from 1) that starts at `group * rowsPerGroup + 1`. */
  extent(level: number, group: number, stage: SpanStage): Extent | undefined {
    const { fromNs, toNs, open } = this.levels[level - 1]!
    const at = group * SPAN_STAGES + stage
    if (!(fromNs.at(at) < Infinity)) return undefined
    return { fromNs: fromNs.at(at), toNs: open.at(at) > 0 ? Infinity : toNs.at(at) }
  }

  private groupEnd(level: number, group: number): number {
    let end = -Infinity
    for (let stage = 0; stage < SPAN_STAGES; stage++)
      end = Math.max(end, this.extent(level, group, stage as SpanStage)?.toNs ?? -Infinity)
    return end
  }

  private addRow(row: number, sector: number): boolean {
    while (this.sectors.length < row) this.pushRow(0, -Infinity)
    if (this.sectors.length > row) return false
    this.pushRow(sector, Infinity)
    return true
  }

  private pushRow(sector: number, overNs: number): void {
    this.sectors.push(sector)
    this.first.push(0)
    this.last.push(0)
    this.overNs.push(overNs)
  }

  private open(row: number, stage: SpanStage, ns: number): void {
    for (const [i, level] of this.levels.entries()) {
      const at = this.placeIn(level, i + 1, row, stage)
      if (ns < level.fromNs.at(at)) level.fromNs.set(at, ns)
      level.open.set(at, level.open.at(at) + 1)
    }
  }

  private close(row: number, span: number, ns: number): void {
    this.toNs.set(span, ns)
    const stage = this.stage.at(span) as SpanStage
    for (const [i, level] of this.levels.entries()) {
      const at = this.placeIn(level, i + 1, row, stage)
      level.open.set(at, level.open.at(at) - 1)
      if (ns > level.toNs.at(at)) level.toNs.set(at, ns)
    }
  }

  private placeIn(level: Level, number: number, row: number, stage: SpanStage): number {
    const at = Math.floor((row - 1) / 2 ** (LEVEL_SHIFT * number)) * SPAN_STAGES + stage
    while (level.fromNs.length <= at) {
      level.fromNs.push(Infinity)
      level.toNs.push(-Infinity)
      level.open.push(0)
    }
    return at
  }
}
