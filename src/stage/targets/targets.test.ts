import { describe, expect, it } from 'vitest'
import { EventKind, type EventKindName } from '../../engine/log/index.ts'
import { ObjectType } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { LaneFacts } from '../facts.ts'
import { shapeOf } from '../lane-show.ts'
import { layoutLane } from '../layout/layout.ts'
import type { LaneLayout } from '../layout/parts.ts'
import { contains, rect, type Rect } from '../rect.ts'
import { Look } from './look.ts'
import { Placer } from './placer.ts'
import { Targets } from './targets.ts'
import { bioLane, factsOf, ids, rqLane } from '../test-record.ts'

const ROOM = { widthPx: 568, heightPx: 500, unitPx: 1 }

class Bench {
  readonly layout: LaneLayout
  readonly targets: Targets = new Targets()
  readonly record: RunRecord
  private readonly facts: LaneFacts
  private readonly placer: Placer = new Placer()

  constructor(record: RunRecord) {
    this.record = record
    this.layout = layoutLane(shapeOf(record), ROOM)
    this.facts = factsOf(record)
  }

  at(index: number): Targets {
    this.placer.place(this.record.pictureAt(index), this.layout, this.facts, this.targets)
    return this.targets
  }

  box(row: number): Rect {
    const { x, y, w, h } = this.targets
    return rect(x[row]!, y[row]!, w[row]!, h[row]!)
  }

  /** A text of everything on the stage, for comparisons. */
  print(index: number): string {
    const { look, count } = this.at(index)
    const { slots } = this.record.pictureAt(index)
    const lines: string[] = []
    for (let row = 0; row < count; row++) {
      if (look[row] === Look.none) continue
      const { x, y, w, h } = this.box(row)
      lines.push(
        `${slots.id[row]} ${look[row]} ${x.toFixed(2)} ${y.toFixed(2)} ${w.toFixed(2)} ${h.toFixed(2)}`,
      )
    }
    return lines.sort().join('\n')
  }
}

describe.each([
  ['bio', bioLane()],
  ['rq', rqLane()],
] as const)('targets of a %s lane', (_mode, record) => {
  const bench = new Bench(record)

  it('lie in the lane, at every event', () => {
    const lane = rect(0, 0, ROOM.widthPx, ROOM.heightPx)
    for (let index = -1; index < record.eventCount; index++) {
      const { look, count } = bench.at(index)
      for (let row = 0; row < count; row++)
        if (look[row] !== Look.none) expect(contains(lane, bench.box(row))).toBe(true)
    }
  })

  it('keep the bios of a request inside its frame, in the order of their sectors', () => {
    for (let index = 0; index < record.eventCount; index++) {
      const { host, count, x } = bench.at(index)
      const { slots } = record.pictureAt(index)
      for (let row = 0; row < count; row++) {
        if (host[row]! < 0) continue
        expect(contains(bench.box(host[row]!), bench.box(row))).toBe(true)
        const next = slots.linkB[row]!
        if (next >= 0) expect(x[next]!).toBeGreaterThan(x[row]!)
      }
    }
  })

  it('are the same whether a moment is reached forwards or backwards', () => {
    const forwards = Array.from({ length: record.eventCount }, (_, index) => bench.print(index))
    for (let index = record.eventCount - 1; index >= 0; index--)
      expect(bench.print(index)).toBe(forwards[index])
  })
})

describe('what is seen where', () => {
  const lookOf = (record: RunRecord, index: number, id: number): number => {
    const bench = new Bench(record)
    const targets = bench.at(index)
    return targets.look[record.pictureAt(index).find(id)] ?? Look.none
  }
  const eventOf = (record: RunRecord, kind: EventKindName): number => {
    for (let i = 0; i < record.eventCount; i++) if (record.kindAt(i) === EventKind[kind]) return i
    throw new Error(`no ${kind} in the record`)
  }

  it('an original waits as an outline while its clone runs', () => {
    const record = bioLane()
    const at = eventOf(record, 'bio_clone')
    const [, original, clone] = ids(0)
    expect(lookOf(record, at, original)).toBe(Look.waiting)
    expect(lookOf(record, at, clone)).toBe(Look.clone)
  })

  it('a request stays behind as an empty frame while its clone carries the bios', () => {
    const record = rqLane()
    const at = eventOf(record, 'rq_remap')
    const bench = new Bench(record)
    const targets = bench.at(at)
    const picture = record.pictureAt(at)
    const request = picture.find(4000)
    const clone = picture.find(4001)
    expect(targets.look[request]).toBe(Look.held)
    expect(targets.look[clone]).toBe(Look.clone_frame)
    for (let row = 0; row < targets.count; row++)
      if (picture.slots.type[row] === ObjectType.original) expect(targets.host[row]).toBe(clone)
  })

  it('what chooses stands between the paths it chooses from', () => {
    const record = bioLane()
    const at = eventOf(record, 'choose_path')
    const bench = new Bench(record)
    bench.at(at)
    const { x, w } = bench.box(record.pictureAt(at).find(ids(0)[2]))
    const [left, right] = bench.layout.nodes
    expect(x).toBeGreaterThan(left!.x + left!.halfWidth)
    expect(x + w).toBeLessThan(right!.x - right!.halfWidth)
  })
})
