/**
 * B2 (CentOS 6.4, sar): an LVM volume on request-based multipath on one visible path: 674.80 I/Os a second of 19.95 sectors
 * become 91.27 of 149.34 at the map and 91.50 of 148.98 at the path; in a quieter interval 435.06, 94.65, 94.88.
 * Reference: history-and-claims B2.
 *
 * Fitted: the length of the bursts in which the volume sends its 10 KiB bios, 7 and 8 in turn, to the first of the two
 * intervals (674.80 / 91.27 = 7.39); the size at the map, the ratio of path to map, and all of bio mode are predictions.
 * Times are not compared: nothing is known of the array.
 */
import { afterAll, describe, expect, it } from 'vitest'
import type { QueueMode } from '../../src/engine/log/index.ts'
import { type Counted, runAndCount, scenarioFrom } from '../support/run-and-count.ts'
import { printed } from './measure.ts'

const SECTORS = 1_048_576
const BIO_BYTES = 20 * 512
/** 7.4 bios on average. */
const BURSTS = [7, 8, 7, 7, 8]
const BIOS_PER_S = 674.8
const ROUNDS = 40

function run(kernel: string, mode: QueueMode): Counted {
  let offset = 0
  const bursts = Array.from({ length: ROUNDS }, () => BURSTS).flat()
  const steps = bursts.flatMap((count) => {
    const at = offset
    offset += (count + 100) * BIO_BYTES // the next burst is elsewhere
    const pauseNs = Math.round((count / BIOS_PER_S) * 1e9)
    return [
      { io: 'batch' as const, op: 'W' as const, offset: at, length: BIO_BYTES, count, stride: BIO_BYTES },
      { sleep_ns: pauseNs },
    ]
  })
  const features = kernel === '6.12' ? '2 queue_mode {mode}' : '0'
  const scenario = scenarioFrom({
    ...{ kernel, modes: [mode], shell_step_ns: 0 },
    devices: [{ driver: 'scsi_debug', sectors: SECTORS, completion: { kind: 'timer', ns: 2_000_000 } }],
    dm: { sectors: SECTORS, table: `0 ${SECTORS} multipath ${features} 0 1 1 round-robin 0 1 1 8:0 1` },
    stack: [{ name: 'vg-lv', dev: '253:1', table: [`0 ${SECTORS} linear 253:0 0`] }],
    io_on: 'vg-lv',
    tasks: [{ name: 'main', do: [...steps, { io: 'wait' }] }],
  })
  return runAndCount(scenario, mode)
}

interface Rows {
  readonly volume: number
  readonly map: number
  readonly path: number
  readonly sectorsAtMap: number
  readonly sectorsAtPath: number
}

function rowsOf({ counts, sectors }: Counted, mode: QueueMode): Rows {
  const of = (key: string): number => counts.get(key) ?? 0
  const map = mode === 'rq' ? 'rq_issue dm-0' : 'bio_queue dm-0'
  return {
    volume: of('bio_queue dm-1'),
    map: of(map),
    path: of('rq_issue sda'),
    sectorsAtMap: (sectors.get(map) ?? 0) / of(map),
    sectorsAtPath: (sectors.get('rq_issue sda') ?? 0) / of('rq_issue sda'),
  }
}

describe('B2, where requests merge', () => {
  const old = rowsOf(run('3.6', 'rq'), 'rq')
  const today = rowsOf(run('6.12', 'rq'), 'rq')
  const bio = rowsOf(run('6.12', 'bio'), 'bio')

  it.each([
    ['3.6', old],
    ['6.12', today],
  ])('on kernel %s request mode merges above the choice of a path, and clones one to one', (_, rows) => {
    expect(rows.volume / rows.map).toBeGreaterThan(7)
    expect(rows.volume / rows.map).toBeLessThan(8)
    expect(rows.path / rows.map).toBeCloseTo(1, 6)
    expect(rows.sectorsAtMap / 149.34).toBeGreaterThan(0.95)
    expect(rows.sectorsAtMap / 149.34).toBeLessThan(1.05)
    expect(rows.sectorsAtPath).toBe(rows.sectorsAtMap)
  })

  it('bio mode shows every bio at the map, and the merging at the path', () => {
    expect(bio.map).toBe(bio.volume)
    expect(bio.sectorsAtMap).toBeCloseTo(20, 6)
    expect(bio.path / bio.map).toBeLessThan(0.2)
  })

  afterAll(() => {
    // sar counts per second; what was sent as 674.80 a second is taken for that
    const perSecond = (rows: Rows, count: number): number => (count / rows.volume) * BIOS_PER_S
    const line = (what: string, published: string, of: (rows: Rows) => number): (string | number)[] => [
      ...[what, published, of(old), of(today), of(bio)],
    ]
    console.log(
      printed('B2: I/Os a second and sectors each (bursts fitted to the first ratio)', [
        ['', 'published', '3.6 rq', '6.12 rq', '6.12 bio'],
        line('LVM volume', '674.80', (rows) => perSecond(rows, rows.volume)),
        line('multipath', '91.27', (rows) => perSecond(rows, rows.map)),
        line('path', '91.50', (rows) => perSecond(rows, rows.path)),
        line('sectors at multipath', '149.34', (rows) => rows.sectorsAtMap),
        line('sectors at the path', '148.98', (rows) => rows.sectorsAtPath),
        line('merged at multipath', '7.39', (rows) => rows.volume / rows.map),
        line('path to multipath', '1.00', (rows) => rows.path / rows.map),
      ]),
    )
  })
})
