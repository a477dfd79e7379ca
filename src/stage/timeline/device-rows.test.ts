/** The rows of devices against the spans they are made of, and what they cost to draw. */
import { describe, expect, it } from 'vitest'
import { realTime } from '../../record/time-map.ts'
import { LaneStats } from '../../stats/lane-stats.ts'
import { testHeader } from '../../../tests/support/log-writer.ts'
import { randomLog } from '../../../tests/support/random-log.ts'
import { recordingPainter } from '../recording-painter.ts'
import { SpanStage } from '../span-stage.ts'
import { LaneSpans } from '../spans.ts'
import { factsOf } from '../test-record.ts'
import { DeviceRows, drawDeviceRow } from './device-rows.ts'
import { shownPart, type TimelineView } from './view.ts'

const record = randomLog({ mode: 'bio', seed: 4, ios: 600, paths: 2 }).record(testHeader('bio'))
const facts = factsOf(record)
const spans = new LaneSpans(record.header, facts)
for (const chunk of record.chunks) spans.read(chunk)

function rowsOf(step: number): DeviceRows {
  const rows = new DeviceRows(spans, 0, true)
  while (rows.readArrivals(step));
  return rows
}

/** Spans of a device in a window, read off the rows of requests one by one. */
function naive(dev: number, fromNs: number, toNs: number): number {
  const { requests } = spans
  return Array.from({ length: requests.spanCount }, (_, i) => i).filter(
    (i) =>
      requests.dev.at(i) === dev &&
      requests.stage.at(i) !== SpanStage.choose &&
      requests.fromNs.at(i) < toNs &&
      requests.toNs.at(i) >= fromNs,
  ).length
}

describe('the rows of devices', () => {
  it('end with the request, also where it failed or became part of another', () => {
    const { requests } = spans
    const open = Array.from({ length: requests.spanCount }, (_, i) => requests.toNs.at(i)).filter(
      (toNs) => toNs === Infinity,
    )
    expect(open).toEqual([])
  })

  it.each([1, 2])('find in any window what a look at every span finds (device %i)', (dev) => {
    const rows = rowsOf(Infinity)
    for (let i = 0; i < 20; i++) {
      const fromNs = (record.endNs * i) / 22
      const toNs = fromNs + record.endNs / (2 + i)
      expect(rows.inWindow(dev, fromNs, toNs, Infinity)).toHaveLength(naive(dev, fromNs, toNs))
    }
  })

  it('put two spans that overlap on two tracks, however the spans arrive', () => {
    const [whole, inBits] = [rowsOf(Infinity), rowsOf(7)]
    for (const dev of [0, 1, 2]) {
      const all = whole.inWindow(dev, 0, Infinity, Infinity)
      const ends = new Map<number, number>()
      for (const i of all) {
        const { fromNs, toNs, track } = whole.spanAt(dev, i)
        expect(ends.get(track) ?? -1).toBeLessThanOrEqual(fromNs)
        ends.set(track, toNs)
        expect(inBits.spanAt(dev, i)).toEqual(whole.spanAt(dev, i))
      }
    }
  })

  it('cost no more than the pixels allow', () => {
    const stats = new LaneStats(record)
    stats.read(Infinity)
    const map = realTime(record.endNs, record.endNs / 1000)
    const view: TimelineView = { map, widthPx: 300, heightPx: 20, unitPx: 1, ...shownPart(map, undefined) }
    for (const dev of [0, 1, 2]) {
      const painter = recordingPainter()
      const pen = {
        painter,
        view,
        colours: 'address' as const,
        facts,
        paths: [1, 2],
        rows: rowsOf(Infinity),
        stats,
      }
      drawDeviceRow(pen, dev, 0, 12)
      const boxes = painter.log.filter((line) => line.startsWith('plain'))
      expect(boxes.length).toBeGreaterThan(50)
      expect(boxes.length).toBeLessThanOrEqual(2 * view.widthPx)
    }
  })
})
