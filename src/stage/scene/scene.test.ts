import { describe, expect, it } from 'vitest'
import { LaneShow, shapeOf } from '../lane-show.ts'
import { layoutLane } from '../layout/layout.ts'
import { recordingPainter } from '../recording-painter.ts'
import { differs, ScoreColumn } from '../scoreboard.ts'
import { liveTexts } from '../live.ts'
import { bioLane, ids, rqLane } from '../test-record.ts'

const ROOM = { widthPx: 568, heightPx: 500, unitPx: 1 }

function shown(record: ReturnType<typeof bioLane>, index: number): LaneShow {
  const show = new LaneShow(record)
  show.setLayout(layoutLane(shapeOf(record), ROOM))
  show.readArrivals()
  show.goTo(index, 0, 0)
  return show
}

function drawn(show: LaneShow): string[] {
  const painter = recordingPainter()
  show.draw(painter, 1000)
  return painter.log
}

describe('a scene', () => {
  it('is the same list of strokes whichever way the moment was reached', () => {
    const record = bioLane()
    const there = drawn(shown(record, 60))
    const back = shown(record, 120)
    back.goTo(60, 0, 0)
    expect(drawn(back)).toEqual(there)
  })

  it('fills blocks colour by colour: never more fills than colours', () => {
    const log = drawn(shown(bioLane(60), 400))
    const fills = log.filter((line) => /^fill \d+$/.test(line))
    expect(fills.length).toBeLessThanOrEqual(64 + 64)
  })

  it('draws a crowd with plain boxes: every block, a colour at a time, nothing dashed or round', () => {
    const log = drawn(shown(bioLane(200), 1500))
    expect(log.some((line) => /^stroke .*(dashed|dotted)$/.test(line))).toBe(false)
    const inks = log.filter((line) => /^ink \d+$/.test(line))
    expect(inks.length).toBeLessThanOrEqual(3 * 64)
    expect(log.filter((line) => line.startsWith('plain')).length).toBeGreaterThanOrEqual(150)
  })

  it('finds what lies under a point, the innermost first', () => {
    const record = rqLane()
    const show = shown(record, 40)
    const bio = show.picture.find(ids(3)[1])
    const found = new Set<number | undefined>()
    for (let x = 0; x < ROOM.widthPx; x += 2)
      for (let y = 0; y < ROOM.heightPx; y += 4) found.add(show.idAt(x, y))
    expect(bio).toBeGreaterThanOrEqual(0)
    expect(found.has(show.picture.idAt(bio))).toBe(true)
    expect(found.has(undefined)).toBe(true)
  })

  it('stands still once everything has arrived', () => {
    const show = shown(bioLane(), 10)
    show.goTo(11, 0)
    expect(show.needsFrame(10)).toBe(true)
    drawn(show)
    show.draw(recordingPainter(), 1000)
    expect(show.needsFrame(1000)).toBe(false)
  })

  it('outlines a family when it is followed, and dims the rest', () => {
    const show = shown(bioLane(), 60)
    show.follow(ids(2)[1])
    show.goTo(60, 0, 0)
    const log = drawn(show)
    expect(log).toContain('opacity 0.2')
    expect(log.some((line) => line.startsWith('stroke focus'))).toBe(true)
  })

  it('dims what was not under way in a brushed time, without threads or outlines', () => {
    const record = bioLane()
    const show = shown(record, 60)
    show.light({ fromNs: 0, toNs: record.timeAt(60) })
    expect(drawn(show).filter((line) => line.startsWith('opacity'))).toEqual([
      'opacity 0.2',
      'opacity 1',
      'opacity 1',
    ])
    expect(drawn(show).some((line) => line.startsWith('stroke focus'))).toBe(false)
    show.light(undefined)
    expect(drawn(show)).not.toContain('opacity 0.2')
  })

  it('walks the keyboard cursor over everything and around', () => {
    const show = shown(rqLane(), 20)
    const first = show.moveCursor(1)
    expect(first).not.toBe(0)
    let steps = 1
    while (show.moveCursor(1) !== first) steps++
    expect(steps).toBeGreaterThan(10)
    show.moveCursor(-1)
    expect(show.moveCursor(1)).toBe(first)
  })
})

describe('the scoreboard', () => {
  it('counts one command of 64 KiB against sixteen of 4 KiB', () => {
    const columns = [bioLane(), rqLane()].map((record) => {
      const show = shown(record, record.eventCount - 1)
      return new ScoreColumn().at(show.picture, show.facts)
    })
    const texts = (key: string): (string | undefined)[] => columns.map((column) => column.get(key)?.text)
    expect(texts('commands')).toEqual(['16', '1'])
    expect(texts('avg_size')).toEqual(['4K', '64K'])
    expect(texts('merges')).toEqual(['0', '15'])
    expect(texts('splits')).toEqual(['0', '0'])
    expect(differs(columns, 'commands')).toBe(true)
    expect(differs(columns, 'splits')).toBe(false)
  })
})

describe('live labels', () => {
  it('say who is next, what is in flight, which tags are used', () => {
    const record = bioLane()
    const { picture } = shown(record, 9)
    const texts = liveTexts({ picture, shape: shapeOf(record), result: record.result }, new Map())
    expect(texts.get('app')).toBe('1 in flight')
    expect(texts.get('next:2')).toBe('#next')
    expect(texts.get('tags:1')).toBe('1 / 12')
    expect(texts.get('merge:1')).toBe('plug 1')
  })
})
