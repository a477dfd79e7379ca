/** Binning: values into bars, timed values into a grid. Each is a plain pass over the rows of a span of time. */
import type { Ended } from '../../stats/ended.ts'
import type { CellGrid } from './chart.ts'

/** Index of the bin a value belongs to: edges[i] <= value < edges[i + 1]; clamped to the ends. */
export function binOf(edges: ArrayLike<number>, value: number): number {
  let low = 0
  let high = edges.length - 2
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (edges[middle]! <= value) low = middle
    else high = middle - 1
  }
  return low
}

export function countInto(
  edges: ArrayLike<number>,
  values: ArrayLike<number>,
  first: number,
  end: number,
): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0)
  for (let i = first; i < end; i++) counts[binOf(edges, values[i]!)]!++
  return counts
}

/** Wanted of an axis, at least. */
const LEAST_BINS = 10
/** Values nearer to each other than this factor stand on an even scale. */
const EVEN_BELOW = 6

/** Round edges that enclose both values: even steps where they are near, steps of a logarithm where they are not. */
export function roundEdges(low: number, high: number): number[] {
  return high / Math.max(1, low) < EVEN_BELOW ? evenEdges(low, high) : logEdges(low, high)
}

function evenEdges(low: number, high: number): number[] {
  const step = niceStep(Math.max(high - low, high * 0.02, 1) / LEAST_BINS)
  const first = Math.floor(low / step)
  const last = Math.max(first, Math.floor(high / step)) + 1
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
}

/** The largest of 1, 2, 5 times a power of ten that is not more; at least 1. */
function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, wanted)))
  return [5, 2, 1].map((factor) => factor * power).find((step) => step <= wanted) ?? 1
}

function logEdges(low: number, high: number): number[] {
  const factors = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8]
  const edges: number[] = []
  for (let power = Math.floor(Math.log10(Math.max(1, low))); ; power++)
    for (const factor of factors) {
      const edge = factor * 10 ** power
      if (edge <= low) edges.length = 0
      edges.push(edge)
      if (edge > high) return edges
    }
}

export interface GridInput {
  readonly things: Ended
  /** Columns of time. */
  readonly columns: Float64Array
  readonly rows: ArrayLike<number>
  /** Value of a thing on the other axis. */
  readonly valueOf: (row: number) => number
  /** What colours the cell, 0..keys-1. */
  readonly keyOf: (row: number) => number
  readonly keys: number
}

/** Things that ended in the columns, counted by cell; a thing is in the cell of its end. */
export function gridOf({ things, columns, rows, valueOf, keyOf, keys }: GridInput): CellGrid {
  const rowCount = rows.length - 1
  const cells = (columns.length - 1) * rowCount
  const byKey = new Uint32Array(cells * keys)
  for (let column = 0; column < columns.length - 1; column++) {
    const [first, end] = things.rowsIn(columns[column]!, columns[column + 1]!)
    for (let i = first; i < end; i++) {
      const cell = column * rowCount + binOf(rows, valueOf(i))
      byKey[cell * keys + keyOf(i)]!++
    }
  }
  const counts = new Uint32Array(cells)
  const most = new Uint8Array(cells)
  for (let cell = 0; cell < cells; cell++)
    for (let key = 0; key < keys; key++) {
      const count = byKey[cell * keys + key]!
      counts[cell]! += count
      if (count > byKey[cell * keys + most[cell]!]!) most[cell] = key
    }
  return { counts, keys: most }
}
