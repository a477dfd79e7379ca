/** Charts of values over time: load, merges, tags. */
import type { StepSeries } from '../../stats/step-series.ts'
import type { Chart, Key } from './chart.ts'
import { pathKeys } from './path-keys.ts'

function perColumn(edges: Float64Array, value: (fromNs: number, toNs: number) => number): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => value(edges[i]!, edges[i + 1]!))
}

export const load: Chart = {
  id: 'load',
  title: 'Load of each path',
  about:
    'Commands that each path’s device has at once, on average over each moment. Even lines: the paths share the work.',
  xLabel: 'time',
  yLabel: 'commands in flight',
  axis: 'time',
  data: (input) => ({
    kind: 'lines',
    keys: pathKeys(input),
    values: input.lanes.map(({ stats }) =>
      input.paths.map(({ dev }) =>
        perColumn(input.edges, (from, to) => stats.inFlight.get(dev)?.mean(from, to) ?? 0),
      ),
    ),
  }),
}

export const merges: Chart = {
  id: 'merges',
  title: 'Merges so far',
  about:
    'Bios and requests that joined another request, added up. Each of them is a command that no device had to take.',
  xLabel: 'time',
  yLabel: 'merges',
  axis: 'time',
  data: ({ lanes, edges }) => ({
    kind: 'lines',
    keys: [{ name: 'merges', colour: 'merge', dash: 'solid' }],
    values: lanes.map(({ stats: { mergesNs } }) => [perColumn(edges, (_, to) => mergesNs.firstNotBelow(to))]),
  }),
}

export const tags: Chart = {
  id: 'tags',
  title: 'Tags in use',
  about:
    'Requests that hold a tag of each queue, the most at each moment. A flat top is a queue that is full.',
  xLabel: 'time',
  yLabel: 'tags',
  axis: 'time',
  data: (input) => {
    const devs = [...new Set(input.lanes.flatMap(({ stats }) => [...stats.tags.keys()]))].sort(
      (a, b) => a - b,
    )
    const isPath = new Map(pathKeys(input).map((key, place) => [input.paths[place]!.dev, key]))
    const keyOf = (dev: number): Key =>
      isPath.get(dev) ?? { name: input.nameOf(dev), colour: 'text', dash: 'solid' }
    const peak = (series: StepSeries | undefined): Float64Array =>
      perColumn(input.edges, (from, to) => series?.maxIn(from, to) ?? 0)
    return {
      kind: 'lines',
      keys: devs.map(keyOf),
      values: input.lanes.map(({ stats }) => devs.map((dev) => peak(stats.tags.get(dev)))),
    }
  },
}
