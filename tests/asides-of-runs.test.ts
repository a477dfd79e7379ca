/** What lanes say beside their things, held against the log of real runs. */
import { describe, expect, it } from 'vitest'
import { galleryRecord } from './support/engine-record.ts'
import { EventKind, type QueueMode } from '../src/engine/log/index.ts'
import type { RunRecord } from '../src/record/run-record.ts'
import { asideTexts, fateOf, type AsideLane } from '../src/stage/asides.ts'
import { LaneFacts } from '../src/stage/facts.ts'
import { Failures } from '../src/stage/failures.ts'
import { shapeOfHeader } from '../src/stage/layout/shape.ts'

function laneOf(record: RunRecord): (index: number, laterNs?: number) => AsideLane {
  const facts = new LaneFacts(record.header)
  for (const chunk of record.chunks) facts.read(chunk)
  const failures = new Failures(record, facts)
  failures.read()
  const shape = shapeOfHeader(record.header)
  return (index, laterNs = 0) => {
    const picture = record.pictureAt(index)
    return { picture, shape, facts, failures, timeNs: picture.timeNs + laterNs }
  }
}

function told(
  name: string,
  mode: QueueMode,
): { readonly at: (index: number) => Map<string, string>; readonly record: RunRecord } {
  const record = galleryRecord(name, mode)
  const lane = laneOf(record)
  return { record, at: (index) => new Map(asideTexts(lane(index), new Map())) }
}

/** Index of the nth event of a kind, from 0. */
function indexOf(record: RunRecord, kind: number, nth = 0): number {
  let seen = 0
  for (let i = 0; i < record.eventCount; i++) if (record.kindAt(i) === kind && seen++ === nth) return i
  throw new Error('no such event')
}

describe('which limit cut', () => {
  it('is said at the volume whose segment ended, until the bio that was cut is done', () => {
    for (const mode of ['bio', 'rq'] as const) {
      const { record, at } = told('lvm-on-multipath', mode)
      const cut = indexOf(record, EventKind.dm_split)
      const label = `cut:${record.devAt(cut)}`
      expect(at(cut - 1).get(label)).toBe('')
      expect(at(cut).get(label)).toBe('the end of a segment')
      expect(at(cut).get('cut:dm')).toBe('')
      expect(at(record.eventCount - 1).get(label)).toBe('')
    }
  })
})

describe('what became of what failed', () => {
  it('is the same when the events are read some at a time', () => {
    for (const [name, mode] of [
      ['broken-fragment', 'bio'],
      ['broken-fragment', 'rq'],
    ] as const) {
      const record = galleryRecord(name, mode)
      const facts = new LaneFacts(record.header)
      for (const chunk of record.chunks) facts.read(chunk)
      const [atOnce, inSlices] = [new Failures(record, facts), new Failures(record, facts)]
      expect(atOnce.read()).toBe(false)
      let slices = 1
      while (inSlices.read(7)) slices++
      expect(slices).toBe(Math.ceil(record.eventCount / 7))
      expect(indexOf(record, EventKind.rq_error)).toBeGreaterThanOrEqual(0)
      record.header.devices.forEach((_, dev) => {
        for (let index = 0; index < record.eventCount; index++)
          expect(inSlices.lastOf(dev, index)).toEqual(atOnce.lastOf(dev, index))
      })
    }
  })

  it('is the clone that waits for its other fragments, then waits for the worker, then goes by the other path', () => {
    const { record, at } = told('broken-fragment', 'bio')
    const fails = indexOf(record, EventKind.rq_error)
    expect(at(fails - 1).get('fate:1')).toBe('')
    expect(at(fails + 3).get('fate:1')).toBe('✕ request 1: IOERR → waits for its other fragments')
    expect(at(indexOf(record, EventKind.bio_queue_mpath)).get('fate:1')).toMatch(/→ waits in queued_bios$/)
    expect(at(indexOf(record, EventKind.bio_retry) + 2).get('fate:1')).toMatch(/→ sent again on sdb$/)
    expect(at(record.eventCount - 1).get('fate:1')).toMatch(/→ carried out by sdb$/)
  })

  it('is the original request that waits in requeue_list, then goes by the other path', () => {
    const { record, at } = told('broken-fragment', 'rq')
    const requeued = indexOf(record, EventKind.rq_requeue)
    expect(at(requeued).get('fate:1')).toMatch(/→ waits in requeue_list$/)
    const chosen = indexOf(record, EventKind.rq_clone, 16)
    expect(at(chosen).get('fate:1')).toMatch(/→ sent again on sdb$/)
  })

  it('is another failure where the other path fails, too; at the end of a run nothing is still on its way', () => {
    const { record, at } = told('multipathd-failback', 'bio')
    expect(at(record.eventCount - 1).get('fate:1')).toMatch(/→ failed on sdb, too$/)
    for (const name of ['multipathd-failback', 'broken-fragment', 'cable-pulled', 'medium-error'])
      for (const mode of ['bio', 'rq'] as const) {
        const end = told(name, mode)
        for (const [label, words] of end.at(end.record.eventCount - 1))
          if (label.startsWith('fate:'))
            expect(words, `${name} ${mode}`).not.toMatch(/sent again|waits|goes back|asks/)
      }
  })

  it('is nothing more where an error is no fault of the path', () => {
    for (const mode of ['bio', 'rq'] as const) {
      const { record, at } = told('medium-error', mode)
      const end = indexOf(record, EventKind.io_end, 1)
      expect(at(end).get('fate:2')).toMatch(/: MEDIUM → the error goes up, no other try$/)
    }
  })

  it('points at who carries it on: never at something of the failed path, never at something that has ended', () => {
    for (const name of ['broken-fragment', 'cable-pulled', 'nvme-native'])
      for (const mode of ['bio', 'rq'] as const) {
        const record = galleryRecord(name, mode)
        const lane = laneOf(record)
        let pointed = 0
        for (let index = 0; index < record.eventCount; index += 3) {
          const now = lane(index)
          for (const { dev, disk } of now.shape.paths) {
            const row = fateOf(now, disk, dev)?.row ?? -1
            if (row < 0) continue
            pointed++
            expect(now.picture.slots.dev[row]).not.toBe(disk)
          }
        }
        expect(pointed).toBeGreaterThan(name === 'nvme-native' ? -1 : 0)
      }
  })
})

describe('what a pocket waits for', () => {
  it('is a path, or the timer of the next try', () => {
    const bio = told('no-path-left', 'bio')
    const rq = told('no-path-left', 'rq')
    const middle = 50_132_901
    const at = ({ record, at: texts }: typeof bio): Map<string, string> => texts(record.indexAtTime(middle))
    expect(at(bio).get('until:dm')).toBe('until a path is back')
    expect(at(rq).get('until:dm')).toMatch(/^again in [\d.]+ ms$/)
  })
})

describe('the limit that cuts', () => {
  it('stands at the device that has it, from the first cut until the last piece has ended', () => {
    const { record, at } = told('unequal-limits', 'bio')
    const first = indexOf(record, EventKind.split)
    expect(at(first - 1).get('cut:1')).toBe('')
    expect(at(first).get('cut:1')).toBe('max_sectors_kb 64')
    expect(at(record.eventCount - 1).get('cut:1')).toBe('')
  })

  it('is that of the map where bios merge first', () => {
    const { record, at } = told('unequal-limits', 'rq')
    expect(at(indexOf(record, EventKind.split)).get('cut:dm')).toBe('max_sectors_kb 64')
  })
})
