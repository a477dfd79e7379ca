import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { words } from '../../lib/column.ts'
import { EventKind } from '../../engine/log/index.ts'
import { realTime } from '../../record/time-map.ts'
import { LogWriter, testHeader } from '../../../tests/support/log-writer.ts'
import { recordingPainter } from '../recording-painter.ts'
import { Activity, countsBetween, drawActivityRow } from './activity-rows.ts'
import { shownPart, type TimelineView } from './view.ts'

describe('events between edges', () => {
  it('are counted as one by one', () => {
    const indices = fc.uniqueArray(fc.nat({ max: 200 })).map((all) => all.sort((a, b) => a - b))
    const edges = fc.array(fc.nat({ max: 210 }), { minLength: 2 }).map((all) => all.sort((a, b) => a - b))
    fc.assert(
      fc.property(indices, edges, (all, firsts) => {
        const column = words()
        for (const index of all) column.push(index)
        const expected = firsts
          .slice(1)
          .map((end, i) => all.filter((one) => firsts[i]! <= one && one < end).length)
        expect([...countsBetween(column, Uint32Array.from(firsts))]).toEqual(expected)
      }),
    )
  })
})

describe('the rows of tasks and CPUs', () => {
  const log = new LogWriter()
  for (let i = 0; i < 300; i++) {
    log.timeNs += 100
    log.add(i % 50 === 49 ? 'fail_path' : 'bio_queue', { task: i % 3, dev: 1, size: 8, sector: i * 8 })
  }
  log.add('task_sleep', { task: 0 })
  log.timeNs += 10_000
  log.add('task_wake', { task: 0 })
  const record = log.record(testHeader('bio'))
  record.tables.tasks.push(
    { comm: 'fio', pid: 1, cpu: 0 },
    { comm: 'kworker/0:1H', pid: 2, cpu: 0 },
    { comm: 'ksoftirqd/1', pid: 3, cpu: 1 },
  )

  it('hold every event once, in bits or at once', () => {
    const tasks = new Activity(record, 'tasks')
    while (tasks.readArrivals(7));
    expect(tasks.rows.map(({ label, events }) => [label, events.length])).toEqual([
      ['fio', 102],
      ['kworker/0:1H', 100],
      ['ksoftirqd/1', 100],
    ])
    const cpus = new Activity(record, 'cpus')
    cpus.readArrivals(Infinity)
    expect(cpus.rows.map(({ label, events }) => [label, events.length])).toEqual([
      ['CPU 0', 202],
      ['CPU 1', 100],
    ])
    const accidents = tasks.rows.flatMap((row) => [...row.accidents.values])
    expect(accidents.every((index) => record.kindAt(index) === EventKind.fail_path)).toBe(true)
    expect(accidents).toHaveLength(6)
  })

  it('show accidents and sleep, and cost no more than the pixels allow', () => {
    const tasks = new Activity(record, 'tasks')
    tasks.readArrivals(Infinity)
    const map = realTime(record.endNs, record.endNs / 1000)
    const view: TimelineView = { map, widthPx: 60, heightPx: 20, unitPx: 1, ...shownPart(map, undefined) }
    const painter = recordingPainter()
    const pen = {
      painter,
      view,
      colours: 'stage' as const,
      record,
      range: { firstSector: 0, lastSector: 1 },
      paths: [1],
    }
    drawActivityRow(pen, tasks.rows[0]!, 0, 10)
    expect(painter.log.filter((line) => line.startsWith('plain')).length).toBeLessThanOrEqual(30)
    for (const ink of ['ink split', 'ink bad', 'ink faint']) expect(painter.log).toContain(ink)
  })
})
