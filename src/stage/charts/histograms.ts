/** Charts of values: how large commands are, how long I/Os took. */
import { durationText } from '../../lib/duration.ts'
import { bytesText } from '../words.ts'
import { countInto, roundEdges } from './bins.ts'
import type { Chart } from './chart.ts'
import { extremes } from './extremes.ts'

export const sizes: Chart = {
  id: 'sizes',
  title: 'Request sizes',
  about:
    'How large the commands given to the devices are. Merging moves them to the right, splitting to the left.',
  xLabel: 'size of a command',
  xUnit: 'bytes',
  yLabel: 'commands',
  axis: 'value',
  data: ({ lanes, span }) => {
    const rows = lanes.map(({ stats: { issued } }) => ({
      values: issued.sizeSectors.values,
      first: issued.timeNs.firstNotBelow(span.fromNs),
      end: issued.timeNs.firstNotBelow(span.toNs),
    }))
    let [least, most] = [Infinity, 1]
    for (const { values, first, end } of rows)
      for (let i = first; i < end; i++) {
        least = Math.min(least, Math.max(1, values[i]!))
        most = Math.max(most, values[i]!)
      }
    const edges = sizeEdges(Number.isFinite(least) ? least : 1, most)
    return {
      kind: 'bars',
      colour: 'merge',
      bins: edges.slice(0, -1).map((edge, i) => ({
        label: bytesText(edge),
        from: i === 0 && edge === 1 ? 0 : edge * 512,
        to: edges[i + 1]! * 512,
      })),
      counts: rows.map(({ values, first, end }) => countInto(edges, values, first, end)),
    }
  },
}

/** Powers of two around the sizes, so many that a single size does not fill the picture. */
const LEAST_SIZES = 7

function sizeEdges(least: number, most: number): number[] {
  let [from, to] = [Math.floor(Math.log2(least)), Math.floor(Math.log2(most)) + 1]
  while (to - from < LEAST_SIZES) {
    to++
    if (from > 0 && to - from < LEAST_SIZES) from--
  }
  return Array.from({ length: to - from + 1 }, (_, i) => 2 ** (from + i))
}

export const latency: Chart = {
  id: 'latency',
  title: 'Latency',
  about:
    'How long I/Os took from submission to end. A second hill to the right is waiting: for a tag, a path, a timer.',
  xLabel: 'latency',
  xUnit: 'ns',
  yLabel: 'I/Os',
  axis: 'value',
  data: ({ lanes, span }) => {
    const rows = lanes.map(({ stats: { ios } }) => {
      const [first, end] = ios.rowsIn(span.fromNs, span.toNs)
      return { values: ios.tookNs.values, first, end }
    })
    const edges = roundEdges(...extremes(rows))
    return {
      kind: 'bars',
      colour: 'good',
      bins: edges.slice(0, -1).map((from, i) => ({ label: durationText(from), from, to: edges[i + 1]! })),
      counts: rows.map(({ values, first, end }) => countInto(edges, values, first, end)),
    }
  },
}
