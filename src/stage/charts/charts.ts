/** The charts, in the order in which they are shown. */
import { COST_TABLE, ObjectClass } from '../../engine/log/index.ts'
import { durationText } from '../../lib/duration.ts'
import type { StepSeries } from '../../stats/step-series.ts'
import { pathInk } from '../timeline/colours.ts'
import { bytesText } from '../words.ts'
import { countInto, gridOf, roundEdges } from './bins.ts'
import type { Chart, ChartInput, Key } from './chart.ts'

const DASHES = ['solid', 'dashed', 'dotted'] as const
/** Rows of an address axis. */
const ADDRESS_ROWS = 48

/** A colour and, where colours begin again, a dash for each path; the same in every chart. */
function pathKeys({ paths }: ChartInput): Key[] {
  return paths.map(({ name }, place) => ({
    name,
    colour: pathInk(place),
    dash: DASHES[place % DASHES.length]!,
  }))
}

function perColumn(edges: Float64Array, value: (fromNs: number, toNs: number) => number): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => value(edges[i]!, edges[i + 1]!))
}

function placeOf({ paths }: ChartInput): (dev: number) => number {
  const places = new Map(paths.map(({ dev }, place) => [dev, place]))
  return (dev) => places.get(dev) ?? 0
}

const sizes: Chart = {
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

const load: Chart = {
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

const latency: Chart = {
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

function extremes(
  rows: readonly { readonly values: Float64Array; readonly first: number; readonly end: number }[],
): [low: number, high: number] {
  let [low, high] = [Infinity, 0]
  for (const { values, first, end } of rows)
    for (let i = first; i < end; i++) {
      low = Math.min(low, values[i]!)
      high = Math.max(high, values[i]!)
    }
  return [Number.isFinite(low) ? Math.max(1, low) : 1000, Math.max(high, 1)]
}

const heat: Chart = {
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
    const place = placeOf(input)
    return {
      kind: 'cells',
      keys: pathKeys(input),
      rowEdges,
      rowText: durationText,
      grids: input.lanes.map(({ stats: { commands } }) =>
        gridOf({
          things: commands,
          columns: input.edges,
          rows: rowEdges,
          valueOf: (i) => commands.tookNs.at(i),
          keyOf: (i) => place(commands.dev.at(i)),
          keys: Math.max(1, input.paths.length),
        }),
      ),
    }
  },
}

const addresses: Chart = {
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
    const place = placeOf(input)
    return {
      kind: 'cells',
      keys: pathKeys(input),
      rowEdges,
      rowText: (sector) => Math.round(sector).toLocaleString('en'),
      grids: input.lanes.map(({ stats: { commands } }) =>
        gridOf({
          things: commands,
          columns: input.edges,
          rows: rowEdges,
          valueOf: (i) => commands.sector.at(i),
          keyOf: (i) => place(commands.dev.at(i)),
          keys: Math.max(1, input.paths.length),
        }),
      ),
    }
  },
}

const merges: Chart = {
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

const tags: Chart = {
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

/** `dmClone` as words. */
function stepWords(step: string): string {
  return step.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

const OBJECT_WORDS: ReadonlyMap<number, string> = new Map(
  Object.entries(ObjectClass).map(([name, number]) => [number, name.replaceAll('_', ' ')]),
)

function objectWords(objectClass: number): string {
  return OBJECT_WORDS.get(objectClass) ?? `object ${objectClass}`
}

/** Steps with a row of their own, the dearest ones. */
const MOST_STEPS = 11

const cpu: Chart = {
  id: 'cpu',
  title: 'CPU time by step',
  about:
    'What the kernel’s work costs, step by step. Merging before cloning saves clones; a request costs more than a bio.',
  xLabel: 'step',
  yLabel: 'CPU time',
  yUnit: 'ns',
  axis: 'value',
  data: ({ ledgers }) => {
    const steps = (ledgers.find((ledger) => ledger !== undefined)?.steps ?? []).map(({ step }) => step)
    const nsOf = (lane: number, step: (typeof steps)[number]): number =>
      ledgers[lane]?.steps.find((line) => line.step === step)?.ns ?? 0
    const most = (step: (typeof steps)[number]): number =>
      Math.max(...ledgers.map((_, lane) => nsOf(lane, step)))
    const bySize = steps.filter((step) => most(step) > 0).sort((a, b) => most(b) - most(a))
    const shown = steps.filter((step) => bySize.indexOf(step) >= 0 && bySize.indexOf(step) < MOST_STEPS)
    const others = bySize.slice(MOST_STEPS)
    const rows = shown.map((step) => ({
      label: stepWords(step),
      about: COST_TABLE.find((entry) => entry.step === step)?.what ?? step,
    }))
    const rest = { label: `${others.length} others`, about: others.map(stepWords).join(', ') }
    return {
      kind: 'rows',
      colour: 'choose',
      text: durationText,
      rows: others.length > 0 ? [...rows, rest] : rows,
      values: ledgers.map((_, lane) => {
        const own = shown.map((step) => nsOf(lane, step))
        const ofOthers = others.reduce((sum, step) => sum + nsOf(lane, step), 0)
        return others.length > 0 ? [...own, ofOthers] : own
      }),
    }
  },
}

const memory: Chart = {
  id: 'memory',
  title: 'Memory of objects',
  about:
    'The most bytes that objects of each kind took at once. A request holds more than a bio and is there for its tag.',
  xLabel: 'kind of object',
  yLabel: 'bytes',
  yUnit: 'bytes',
  axis: 'value',
  data: ({ ledgers }) => {
    const kinds = ledgers.find((ledger) => ledger !== undefined)?.objects.map(({ size }) => size) ?? []
    const bytesOf = (lane: number, row: number): number => {
      const line = ledgers[lane]?.objects[row]
      return line === undefined ? 0 : line.peak * line.size.slabBytes
    }
    const met = kinds.map((_, row) => row).filter((row) => ledgers.some((_, lane) => bytesOf(lane, row) > 0))
    return {
      kind: 'rows',
      colour: 'split',
      text: (bytes) => bytesText(bytes / 512),
      rows: met.map((row) => ({ label: objectWords(kinds[row]!.objectClass), about: kinds[row]!.what })),
      values: ledgers.map((_, lane) => met.map((row) => bytesOf(lane, row))),
    }
  },
}

export const CHARTS: readonly Chart[] = [sizes, load, latency, heat, addresses, merges, tags, cpu, memory]
