/** How a plug is emptied: the order in which requests leave it, and whether U is told, as kernels differ. */
import { describe, expect, it } from 'vitest'
import { rowsOf, type Row } from '../../../tests/laws/log-rows.ts'
import { resolveScenario } from '../../scenario/index.ts'
import { createRun } from '../index.ts'
import { EventKind } from '../log/index.ts'

/** Four reads that do not adjoin in one io_submit, request mode over one fast path. */
function rowsWith(scheduler: string, kernel: string): Row[] {
  const resolved = resolveScenario({
    devices: [{ name: 'sda', dev: '8:0', driver: 'scsi_debug', sectors: 65_536 }],
    dm: {
      name: 'mp',
      dev: '253:0',
      sectors: 65_536,
      table: '0 65536 multipath 0 0 1 1 round-robin 0 1 1 8:0 1',
    },
    setup: [{ sysfs: '/sys/block/dm-0/queue/scheduler', value: scheduler }],
    tasks: [
      {
        name: 'main',
        do: [{ io: 'batch', op: 'R', offset: 0, length: 4096, count: 4, stride: 65_536 }, { io: 'wait' }],
      },
    ],
  })
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
  const run = createRun({ scenario: resolved.scenario, mode: 'rq', kernel })
  while (run.advance(1000) === 'running');
  return Array.from(rowsOf(run.takeChunks()), (row) => ({ ...row }))
}

const sectorsOf = (rows: readonly Row[], kind: number): number[] =>
  rows.filter((row) => row.kind === kind && row.dev === 0).map(({ sector }) => sector)
const unplugs = (rows: readonly Row[]): number[] =>
  rows.filter((row) => row.kind === EventKind.unplug).map(({ size }) => size)

const UP = [0, 128, 256, 384]
const DOWN = [384, 256, 128, 0]

describe('requests leave a plug', () => {
  it('on 6.12 oldest first, with U, straight to the driver', () => {
    const rows = rowsWith('none', '6.12')
    expect(sectorsOf(rows, EventKind.rq_issue)).toEqual(UP)
    expect(unplugs(rows)).toEqual([4])
  })

  it('on 6.1 newest first, without U where every request is taken', () => {
    const rows = rowsWith('none', '6.1')
    expect(sectorsOf(rows, EventKind.rq_issue)).toEqual(DOWN)
    expect(unplugs(rows)).toEqual([])
    expect(rows.filter(({ kind }) => kind === EventKind.plug).length).toBe(1)
  })

  it('into a scheduler in order on 6.12, reversed on 6.1, with U on both', () => {
    const [now, before] = [rowsWith('mq-deadline', '6.12'), rowsWith('mq-deadline', '6.1')]
    expect(sectorsOf(now, EventKind.rq_insert)).toEqual(UP)
    expect(sectorsOf(before, EventKind.rq_insert)).toEqual(DOWN)
    expect([unplugs(now), unplugs(before)]).toEqual([[4], [4]])
  })
})
