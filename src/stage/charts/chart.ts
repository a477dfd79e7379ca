/**
 * What a chart is before it is drawn: numbers per lane on one common axis. The same numbers become the picture, the table
 * for those who do not see it, and the exported file.
 */
import type { Cell } from '../../lib/csv.ts'
import type { Ledger } from '../../record/ledger/ledger.ts'
import type { TimeMap } from '../../record/time-map.ts'
import type { LaneStats } from '../../stats/lane-stats.ts'
import type { TimeRange } from '../../stats/range-summary.ts'
import type { AddressRange } from '../address-colour.ts'
import type { Colour } from '../painter.ts'

export interface ChartLane {
  readonly letter: string
  readonly stats: LaneStats
}

export interface ChartInput {
  readonly lanes: readonly ChartLane[]
  /** Edges of the columns of a time axis, ns: one more than columns. */
  readonly edges: Float64Array
  /** What a chart without a time axis is made of: the brushed range, else the visible part. */
  readonly span: TimeRange
  /** Paths in the order of the table. */
  readonly paths: readonly { readonly dev: number; readonly name: string }[]
  /** Name of a device. */
  readonly nameOf: (dev: number) => string
  readonly addresses: AddressRange
  /** CPU time, objects and bytes of the span, per lane; undefined while they are being added up. */
  readonly ledgers: readonly (Ledger | undefined)[]
}

export interface Key {
  readonly name: string
  readonly colour: Colour
  readonly dash: 'solid' | 'dashed' | 'dotted'
}

/** Counts per bin of a value axis. */
export interface Bars {
  readonly kind: 'bars'
  readonly bins: readonly { readonly label: string; readonly from: number; readonly to: number }[]
  /** By lane, by bin. */
  readonly counts: readonly (readonly number[])[]
  readonly colour: Colour
}

/** A value per column of time, for some series in each lane. */
export interface Lines {
  readonly kind: 'lines'
  readonly keys: readonly Key[]
  /** By lane, by key, by column. */
  readonly values: readonly (readonly Float64Array[])[]
  /** Top of the axis; the largest value where it is undefined. */
  readonly top?: number
}

/** Counts in a grid of time columns and rows; a cell has the colour of who was in it most. */
export interface Cells {
  readonly kind: 'cells'
  readonly keys: readonly Key[]
  /** Edges of the rows from below, one more than rows. */
  readonly rowEdges: Float64Array
  readonly rowText: (value: number) => string
  readonly grids: readonly CellGrid[]
}

export interface CellGrid {
  /** column * rows + row. */
  readonly counts: Uint32Array
  /** Key of the most frequent. */
  readonly keys: Uint8Array
}

/** A value for each of some named things. */
export interface Rows {
  readonly kind: 'rows'
  readonly rows: readonly { readonly label: string; readonly about: string }[]
  /** By lane, by row. */
  readonly values: readonly (readonly number[])[]
  readonly text: (value: number) => string
  readonly colour: Colour
}

export type ChartData = Bars | Lines | Cells | Rows

export interface Chart {
  readonly id: string
  readonly title: string
  /** What it shows, for somebody who sees it for the first time. */
  readonly about: string
  readonly xLabel: string
  readonly yLabel: string
  /** In which the numbers of a table are; the axes write units beside their numbers. */
  readonly xUnit?: string
  readonly yUnit?: string
  readonly axis: 'time' | 'value'
  readonly data: (input: ChartInput) => ChartData
}

export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** All numbers of a chart, a row for each that is not nothing. */
export function tableOf(chart: Chart, input: ChartInput, data: ChartData): ChartTable {
  const letters = input.lanes.map(({ letter }) => letter)
  const x = withUnit(chart.xLabel, chart.xUnit)
  const y = withUnit(chart.yLabel, chart.yUnit)
  switch (data.kind) {
    case 'bars':
      return {
        columns: [`${x} from`, `${x} below`, ...letters.map((letter) => `lane ${letter}`)],
        rows: data.bins.map((bin, i) => [bin.from, bin.to, ...data.counts.map((counts) => counts[i])]),
      }
    case 'rows':
      return {
        columns: [x, 'what', ...letters.map((letter) => `lane ${letter} (${chart.yUnit ?? chart.yLabel})`)],
        rows: data.rows.map(({ label, about }, i) => [
          label,
          about,
          ...data.values.map((values) => values[i]),
        ]),
      }
    case 'lines':
      return {
        columns: ['time from (ns)', 'time to (ns)', 'lane', 'series', y],
        rows: eachColumn(input.edges).flatMap(([from, to], column) =>
          data.values.flatMap((series, lane) =>
            series.map((values, key) => [from, to, letters[lane], data.keys[key]?.name, values[column]]),
          ),
        ),
      }
    case 'cells':
      return {
        columns: ['time from (ns)', 'time to (ns)', 'lane', `${y} from`, `${y} to`, 'count', 'mostly'],
        rows: data.grids.flatMap((grid, lane) => cellRows(grid, data, input.edges, letters[lane])),
      }
  }
}

function withUnit(label: string, unit: string | undefined): string {
  return unit === undefined ? label : `${label} (${unit})`
}

function eachColumn(edges: Float64Array): [from: number, to: number][] {
  return Array.from({ length: edges.length - 1 }, (_, i) => [
    Math.round(edges[i]!),
    Math.round(edges[i + 1]!),
  ])
}

function cellRows(grid: CellGrid, data: Cells, edges: Float64Array, letter: string | undefined): Cell[][] {
  const rows = data.rowEdges.length - 1
  return eachColumn(edges).flatMap(([from, to], column) =>
    Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
      const at = column * rows + row
      const count = grid.counts[at]!
      if (count === 0) return []
      const [low, high] = [Math.round(data.rowEdges[row]!), Math.round(data.rowEdges[row + 1]!)]
      return [[from, to, letter, low, high, count, data.keys[grid.keys[at]!]?.name]]
    }),
  )
}

/** Edges of even columns of the shown time, as simulated time. */
export function edgesOf(map: TimeMap, fromMs: number, toMs: number, columns: number): Float64Array {
  return Float64Array.from({ length: columns + 1 }, (_, i) =>
    map.toSim(fromMs + ((toMs - fromMs) * i) / columns),
  )
}
