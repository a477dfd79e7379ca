/** Charts of time against something else: latency, address. */
import { durationText } from '../../lib/duration.ts'
import type { Ended } from '../../stats/ended.ts'
import { gridOf, roundEdges } from './bins.ts'
import type { Cells, Chart, ChartInput } from './chart.ts'
import { extremes } from './extremes.ts'
import { pathKeys, placeOf } from './path-keys.ts'

/** Rows of an address axis. */
const ADDRESS_ROWS = 48

/** Commands that ended, in a grid of time and one of their columns; coloured by path. */
function cellsOf(
  input: ChartInput,
  rowEdges: Float64Array,
  rowText: Cells['rowText'],
  column: (commands: Ended) => Ended['tookNs'],
): Cells {
  const place = placeOf(input)
  return {
    kind: 'cells',
    keys: pathKeys(input),
    rowEdges,
    rowText,
    grids: input.lanes.map(({ stats: { commands } }) =>
      gridOf({
        things: commands,
        columns: input.edges,
        rows: rowEdges,
        valueOf: (i) => column(commands).at(i),
        keyOf: (i) => place(commands.dev.at(i)),
        keys: Math.max(1, input.paths.length),
      }),
    ),
  }
}

export const heat: Chart = {
  id: 'heat',
  title: 'Latency over time',
  about:
    'Each cell: commands that ended then and took so long. Colour is the path that most of them used, strength how many.',
  xLabel: 'time',
  yLabel: 'latency',
  yUnit: 'ns',
  axis: 'time',
  data: (input) => {
    const [from, to] = [input.edges[0]!, input.edges.at(-1)!]
    const rows = input.lanes.map(({ stats: { commands } }) => {
      const [first, end] = commands.rowsIn(from, to)
      return { values: commands.tookNs.values, first, end }
    })
    const rowEdges = Float64Array.from(roundEdges(...extremes(rows)))
    return cellsOf(input, rowEdges, durationText, ({ tookNs }) => tookNs)
  },
}

export const addresses: Chart = {
  id: 'addresses',
  title: 'Addresses over time',
  about:
    'Which part of the device was read or written when. A slope is a sequential stream, a cloud is random.',
  xLabel: 'time',
  yLabel: 'address',
  yUnit: 'sectors',
  axis: 'time',
  data: (input) => {
    const { firstSector, lastSector } = input.addresses
    const step = Math.max(1, (lastSector - firstSector) / ADDRESS_ROWS)
    const rowEdges = Float64Array.from({ length: ADDRESS_ROWS + 1 }, (_, i) => firstSector + i * step)
    const rowText = (sector: number): string => Math.round(sector).toLocaleString('en')
    return cellsOf(input, rowEdges, rowText, ({ sector }) => sector)
  },
}
