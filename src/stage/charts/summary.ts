/** A chart in words: what it says in all, for those who do not see it, and what it says at one place, for the pointer. */
import { binOf } from './bins.ts'
import type { Bars, Cells, Chart, ChartData, ChartInput, Lines, Rows } from './chart.ts'

/** One sentence for each lane. */
export function summaryText(chart: Chart, input: ChartInput, data: ChartData): string {
  const lanes = input.lanes.map(({ letter }, lane) => `Lane ${letter}: ${laneText(data, lane)}.`)
  return [`${chart.title}, ${chart.yLabel} by ${chart.xLabel}.`, ...lanes].join(' ')
}

function laneText(data: ChartData, lane: number): string {
  switch (data.kind) {
    case 'bars':
      return barsText(data, lane)
    case 'lines':
      return linesText(data, lane)
    case 'cells':
      return cellsText(data, lane)
    case 'rows':
      return rowsText(data, lane)
  }
}

/** True where every number is nothing: the card says so in words then. */
export function isNothing(data: ChartData): boolean {
  switch (data.kind) {
    case 'bars':
      return data.counts.flat().every((count) => count === 0)
    case 'lines':
      return data.values.flat().every((series) => series.every((value) => value === 0))
    case 'cells':
      return data.grids.every(({ counts }) => counts.every((count) => count === 0))
    case 'rows':
      return data.values.flat().every((value) => value === 0)
  }
}

function barsText({ bins, counts }: Bars, lane: number): string {
  const own = counts[lane] ?? []
  const all = own.reduce((sum, count) => sum + count, 0)
  if (all === 0) return 'nothing'
  const most = own.indexOf(Math.max(...own))
  return `${all} in all, most of them (${own[most]}) from ${bins[most]?.label} up`
}

function linesText({ keys, values }: Lines, lane: number): string {
  const own = values[lane] ?? []
  return own
    .map((series, key) => `${keys[key]?.name} at most ${plain(series.reduce((a, b) => Math.max(a, b), 0))}`)
    .join(', ')
}

function cellsText({ grids, rowEdges, rowText }: Cells, lane: number): string {
  const counts = grids[lane]?.counts ?? new Uint32Array(0)
  const rows = rowEdges.length - 1
  let [all, low, high] = [0, rows, -1]
  counts.forEach((count, cell) => {
    if (count === 0) return
    all += count
    low = Math.min(low, cell % rows)
    high = Math.max(high, cell % rows)
  })
  if (all === 0) return 'nothing'
  return `${all} in all, between ${rowText(rowEdges[low]!)} and ${rowText(rowEdges[high + 1]!)}`
}

function rowsText({ rows, values, text }: Rows, lane: number): string {
  const own = values[lane] ?? []
  const all = own.reduce((sum, value) => sum + value, 0)
  if (all === 0) return 'nothing'
  const most = own.indexOf(Math.max(...own))
  return `${text(all)} in all, most of it (${text(own[most]!)}) ${rows[most]?.label}`
}

/** What all lanes say in a row, a share (0..1) of the way down. */
export function readAtRow(input: ChartInput, data: ChartData, share: number): string {
  if (data.kind !== 'rows') return ''
  const i = Math.min(data.rows.length - 1, Math.max(0, Math.floor(share * data.rows.length)))
  const row = data.rows[i]
  if (row === undefined) return ''
  const values = input.lanes.map(({ letter }, lane) => `${letter}: ${data.text(data.values[lane]?.[i] ?? 0)}`)
  return `${row.about} · ${values.join(' · ')}`
}

/** What all lanes say at a moment of a time axis. */
export function readAtTime(input: ChartInput, data: ChartData, timeNs: number): string {
  const column = binOf(input.edges, timeNs)
  const texts = input.lanes.map(({ letter }, lane) => {
    if (data.kind === 'lines') {
      const own = (data.values[lane] ?? []).map(
        (series, key) => `${data.keys[key]?.name} ${plain(series[column] ?? 0)}`,
      )
      return `${letter}: ${own.join(', ')}`
    }
    return data.kind === 'cells' ? `${letter}: ${columnText(data, lane, column)}` : ''
  })
  return texts.join(' · ')
}

function columnText({ grids, rowEdges, rowText }: Cells, lane: number, column: number): string {
  const rows = rowEdges.length - 1
  const counts = grids[lane]?.counts.subarray(column * rows, (column + 1) * rows) ?? new Uint32Array(0)
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (all === 0) return 'none'
  const low = counts.findIndex((count) => count > 0)
  const high = counts.findLastIndex((count) => count > 0)
  return `${all}, ${rowText(rowEdges[low]!)} to ${rowText(rowEdges[high + 1]!)}`
}

/** What all lanes say at a share (0..1) of a value axis. */
export function readAtBin(input: ChartInput, data: ChartData, share: number): string {
  if (data.kind !== 'bars') return ''
  const i = Math.min(data.bins.length - 1, Math.max(0, Math.floor(share * data.bins.length)))
  const bin = data.bins[i]
  if (bin === undefined) return ''
  const above = data.bins[i + 1]?.label
  const counts = input.lanes.map(({ letter }, lane) => `${letter}: ${data.counts[lane]?.[i] ?? 0}`)
  return `${bin.label}${above === undefined ? ' and more' : ` to ${above}`} · ${counts.join(' · ')}`
}

function plain(value: number): string {
  return String(Number(value.toFixed(value < 10 ? 2 : 0)))
}
