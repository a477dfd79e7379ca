/** The numbers of every chart against plain counts of the log, and the pictures against their frames. */
import { describe, expect, it } from 'vitest'
import { EventKind } from '../../engine/log/index.ts'
import { ledgerOf } from '../../record/ledger/ledger.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { realTime } from '../../record/time-map.ts'
import { LaneStats } from '../../stats/lane-stats.ts'
import { testHeader } from '../../../tests/support/log-writer.ts'
import { randomLog } from '../../../tests/support/random-log.ts'
import { edgesOf, tableOf, type Chart, type ChartData, type ChartInput } from './chart.ts'
import { CHARTS } from './charts.ts'
import { pictureOf } from './picture.ts'
import { readAtBin, readAtRow, readAtTime, summaryText } from './summary.ts'
import { svgText } from './svg-text.ts'

const records = (['bio', 'rq'] as const).map((mode) =>
  randomLog({ mode, seed: 7, ios: 200, paths: 2 }).record(testHeader(mode)),
)
const map = realTime(Math.max(...records.map(({ endNs }) => endNs)) + 1, 1000)
const input: ChartInput = {
  lanes: records.map((record, lane) => {
    const stats = new LaneStats(record)
    stats.read(Infinity)
    return { letter: 'AB'[lane]!, stats }
  }),
  edges: edgesOf(map, 0, map.totalShownMs, 60),
  span: { fromNs: 0, toNs: Infinity },
  paths: [
    { dev: 1, name: 'sda' },
    { dev: 2, name: 'sdb' },
  ],
  nameOf: (dev) => (dev === 0 ? 'dm-0' : `sd${dev}`),
  addresses: { firstSector: 0, lastSector: 200 * 64 + 64 },
  ledgers: records.map((record) => ledgerOf(record, -1, record.eventCount - 1)),
}

function chart(id: string): { chart: Chart; data: ChartData } {
  const found = CHARTS.find((one) => one.id === id)!
  return { chart: found, data: found.data(input) }
}

function count(record: RunRecord, test: (event: ReturnType<RunRecord['eventAt']>) => boolean): number {
  return Array.from({ length: record.eventCount }, (_, i) => record.eventAt(i)).filter(test).length
}

function totals(data: ChartData): number[] {
  const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0)
  if (data.kind === 'bars') return data.counts.map(sum)
  if (data.kind === 'rows') return data.values.map(sum)
  if (data.kind === 'cells') return data.grids.map(({ counts }) => sum(counts))
  return data.values.map((lane) => Math.max(...lane.map((series) => series.at(-1)!)))
}

describe('the charts', () => {
  it('count all commands, I/Os and merges', () => {
    const isMerge = (kind: number): boolean =>
      ([EventKind.backmerge, EventKind.frontmerge, EventKind.rq_merge] as number[]).includes(kind)
    const commands = records.map((record) =>
      count(record, ({ kind, dev }) => kind === EventKind.rq_issue && dev > 0),
    )
    const ended = records.map((record) => count(record, ({ kind }) => kind === EventKind.io_end))
    expect(totals(chart('sizes').data)).toEqual(commands)
    expect(totals(chart('latency').data)).toEqual(ended)
    expect(totals(chart('merges').data)).toEqual(
      records.map((record) => count(record, ({ kind }) => isMerge(kind))),
    )
    expect(totals(chart('heat').data)).toEqual(input.lanes.map(({ stats }) => stats.commands.count))
    expect(totals(chart('cpu').data)).toEqual(input.ledgers.map((ledger) => ledger!.cpuNs))
    expect(totals(chart('addresses').data)).toEqual(totals(chart('heat').data))
  })

  it('show of a selected time only what was in it', () => {
    const half = { ...input, span: { fromNs: 0, toNs: map.endNs / 2 } }
    const data = CHARTS.find(({ id }) => id === 'latency')!.data(half)
    const expected = records.map((record) =>
      count(record, ({ kind, timeNs }) => kind === EventKind.io_end && timeNs < map.endNs / 2),
    )
    expect(totals(data)).toEqual(expected)
  })

  it('say the load as the mean of the commands in flight', () => {
    const { data } = chart('load')
    if (data.kind !== 'lines') throw new Error('the load is a line')
    const [from, to] = [input.edges[20]!, input.edges[21]!]
    const inside = (ns: number): number => Math.min(to, Math.max(from, ns))
    let [sum, lastNs] = [0, 0]
    const open = new Set<number>()
    const record = records[0]!
    for (let i = 0; i < record.eventCount; i++) {
      const { kind, dev, timeNs, subject, sizeSectors, arg } = record.eventAt(i)
      sum += open.size * (inside(timeNs) - inside(lastNs))
      lastNs = timeNs
      if (dev !== 1) continue
      if (kind === EventKind.rq_issue) open.add(subject)
      const isAnswered = kind === EventKind.rq_complete && (sizeSectors > 0 || arg !== 0)
      if (isAnswered || kind === EventKind.rq_requeue) open.delete(subject)
    }
    sum += open.size * (to - inside(lastNs))
    expect(data.values[0]![0]![20]).toBeCloseTo(sum / (to - from), 6)
  })

  it.each(CHARTS)('draw $id inside its frame, as text that is SVG', (one) => {
    const data = one.data(input)
    const time = { map, fromMs: 0, toMs: map.totalShownMs }
    const picture = pictureOf({
      chart: one,
      input,
      data,
      widthPx: 500,
      heightPx: 200,
      unitPx: 1,
      textScale: 1,
      time,
    })
    expect(picture.plots.map(({ letter }) => letter)).toEqual(['A', 'B'])
    expect(picture.marks.length).toBeLessThan(200)
    for (const mark of picture.marks) {
      const numbers = mark.kind === 'shape' ? (mark.d.match(/[MH] ?-?[\d.]+/g) ?? []) : []
      for (const x of numbers.map((text) => Number(text.slice(1)))) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(500.1)
      }
      expect(JSON.stringify(mark)).not.toMatch(/NaN|Infinity|null|undefined/)
    }
    const text = svgText({
      picture,
      title: one.title,
      about: one.about,
      keys: 'keys' in data ? data.keys : [],
      css: () => '#123456',
      ground: '#ffffff',
      font: '"A", sans-serif',
      unitPx: 1,
    })
    // Every tag is closed, in order.
    const open: string[] = []
    for (const [, end, name, closed] of text.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g))
      if (end === '/') expect(open.pop()).toBe(name)
      else if (closed !== '/') open.push(name!)
    expect(open).toEqual([])
    expect(text.match(/<path /g)!.length).toBeGreaterThan(1)
  })

  it.each(CHARTS)('say $id in words and as a table with the same numbers', (one) => {
    const data = one.data(input)
    const words = summaryText(one, input, data)
    expect(words).toMatch(/Lane A: .+\. Lane B: .+\./)
    expect(words).not.toMatch(/undefined|NaN/)
    const table = tableOf(one, input, data)
    expect(table.rows.length).toBeGreaterThan(0)
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length)
    const read =
      one.axis === 'time'
        ? readAtTime(input, data, map.endNs / 2)
        : readAtBin(input, data, 0.5) + readAtRow(input, data, 0.5)
    expect(read).toMatch(/A: .+ · B: .+/)
    expect(read).not.toMatch(/undefined|NaN/)
  })
})
