import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../record/run-record.ts'
import { realTime } from '../../record/time-map.ts'
import { testHeader } from '../../../tests/support/log-writer.ts'
import { randomLog } from '../../../tests/support/random-log.ts'
import { recordingPainter } from '../recording-painter.ts'
import { LaneSpans } from '../spans.ts'
import { bioLane, factsOf, rqLane } from '../test-record.ts'
import { drawIoRows, idAtPoint, ioRowsOf, rowWords, type TimelineLane } from './io-rows.ts'
import { partBetween, shownPart, type TimelineView, type Window } from './view.ts'

function laneOf(record: RunRecord): TimelineLane {
  const facts = factsOf(record)
  const spans = new LaneSpans(record.header, facts)
  for (const chunk of record.chunks) spans.read(chunk)
  return { spans, facts, paths: record.header.paths.map((path) => path.dev) }
}

function viewOf(record: RunRecord, window?: Window): TimelineView {
  const map = realTime(record.endNs, record.endNs / 1000)
  return { map, widthPx: 500, heightPx: 80, unitPx: 1, ...shownPart(map, window) }
}

const boxes = (log: readonly string[]): number[][] =>
  log.filter((line) => line.startsWith('plain')).map((line) => line.split(' ').slice(1).map(Number))

describe('the rows of I/Os', () => {
  it('are one per bio, each with its steps, and a point on a bar finds whose it is', () => {
    const record = bioLane()
    const lane = laneOf(record)
    const view = viewOf(record)
    const painter = recordingPainter()
    const rows = drawIoRows(painter, lane, view, 'address')
    expect(rowWords(rows)).toBe('one row per bio')
    expect([rows.first, rows.last]).toEqual([1, 16])
    for (let bio = 1; bio <= 16; bio++) {
      const own = boxes(painter.log).filter(([, y]) => Math.floor(y! / rows.pitchPx + 0.01) === bio - 1)
      expect(own.length).toBeGreaterThanOrEqual(3)
      const [x, y, w] = own.at(-1)!
      expect(idAtPoint(lane, view, x! + w! / 2, y! + 1)).toBe(lane.facts.bioId(bio))
    }
    expect(idAtPoint(lane, view, 1, 79)).toBe(0)
  })

  it('stay within the visible part when one looks closer', () => {
    const record = rqLane()
    const lane = laneOf(record)
    const map = viewOf(record).map
    const view = viewOf(record, partBetween(map, 0, 100))
    const painter = recordingPainter()
    drawIoRows(painter, lane, view, 'stage')
    for (const [x, y, w, h] of boxes(painter.log)) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x! + w!).toBeLessThanOrEqual(view.widthPx + 1.3)
      expect(y! + h!).toBeLessThanOrEqual(view.heightPx)
    }
  })

  it.each(['bio', 'rq'] as const)(
    'cost no more than the pixels allow, however many there are (%s)',
    (mode) => {
      const record = randomLog({ mode, seed: 3, ios: 3000, paths: 2 }).record(testHeader(mode))
      const lane = laneOf(record)
      const view = viewOf(record)
      const painter = recordingPainter()
      const rows = drawIoRows(painter, lane, view, 'address')
      expect(rows.rowsPerLine).toBeGreaterThan(1)
      expect(rowWords(rows)).toMatch(/^one row for \d+ (bios|requests)$/)
      expect(boxes(painter.log).length).toBeLessThanOrEqual(5 * view.heightPx)
      expect(idAtPoint(lane, view, 100, 40)).toBe(0)
      const near = viewOf(record, partBetween(view.map, 500, 501))
      expect(ioRowsOf(lane, near).rowsPerLine).toBe(1)
    },
  )
})
