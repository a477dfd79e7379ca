/**
 * B1 (dm-devel, January 2008): four dd readers over four paths, bio-based, 44 MB/s through multibus with rr_min_io 1
 * against 160 MB/s on separate paths; with O_DIRECT 120 against 115. Reference: history-and-claims B1.
 *
 * Fitted: the device, f = 0.279 ms and b = 43.7 MB/s, to the buffered pair, as that section does; nothing else. A reader
 * is a window of 32 page-sized bios in one submission and one more window on its way (readahead of 128 KiB of a kernel
 * whose page cache sends a bio for each page), so the direct pair, the sweep and the request lane are predictions.
 */
import { afterAll, describe, expect, it } from 'vitest'
import type { FioJob } from '../../src/engine/index.ts'
import { type FileDevice, measure, type Measured, printed } from './measure.ts'

const KIB = 1024
const path: FileDevice = {
  driver: 'scsi_debug',
  queue_depth: 64,
  completion: { kind: 'linear', per_io_ns: 279_000, bytes_per_s: 43_700_000 },
}
const READER_BYTES = 4096 * KIB
const SECTORS = (4 * READER_BYTES) / 512
/** A page that readahead sends takes far less CPU than an I/O of fio: about 2 µs of its 6. */
const READAHEAD_COST = 0.3
const PREDICTED: Readonly<Record<number, number>> = { 1: 44, 2: 70, 4: 100, 8: 127, 16: 147, 32: 160 }

function readers(count: number, job: FioJob): FioJob[] {
  return [{ size: READER_BYTES, offset_increment: READER_BYTES, numjobs: count, ...job }]
}
const buffered: FioJob = {
  rw: 'read',
  bs: 4 * KIB,
  iodepth: 64,
  iodepth_batch: 32,
  iodepth_batch_complete: 32,
}
const direct: FioJob = { rw: 'read', bs: 32 * KIB, ioengine: 'psync' }

function run(mode: 'bio' | 'rq', rrMinIo: number, paths: number, job: FioJob): Measured {
  return measure({
    ...{ kernel: mode === 'bio' ? '2.6.28' : '6.12', mode, sectors: SECTORS },
    ...{
      devices: Array.from({ length: paths }, () => path),
      selector: 'round-robin',
      pathArgs: String(rrMinIo),
    },
    jobs: readers(paths, job),
    costScale: READAHEAD_COST,
  })
}

describe('B1, round-robin by bio and merging', () => {
  const rows: (string | number)[][] = [
    ['rr_min_io', 'published or predicted MB/s', 'simulated MB/s', 'commands'],
  ]
  const sweep = Object.keys(PREDICTED).map((key) => {
    const measured = run('bio', Number(key), 4, buffered)
    rows.push([
      key,
      PREDICTED[Number(key)]!,
      measured.megabytesPerSecond,
      String(measured.counts.get('rq_issue paths')),
    ])
    return measured
  })
  const separate = run('bio', 1, 1, buffered)
  const request = run('rq', 1, 4, buffered)
  const directTogether = run('bio', 1, 4, direct)
  const directApart = run('bio', 1, 1, direct)
  rows.push(
    ['separate paths', 160, 4 * separate.megabytesPerSecond],
    ['request lane', 160, request.megabytesPerSecond, String(request.counts.get('rq_issue paths'))],
    ['direct, rr_min_io 1', 120, directTogether.megabytesPerSecond],
    ['direct, separate', 115, 4 * directApart.megabytesPerSecond],
  )

  it('buffered, rr_min_io 1 reaches 0.25 to 0.30 of separate paths', () => {
    const ratio = sweep[0]!.megabytesPerSecond / (4 * separate.megabytesPerSecond)
    expect(ratio).toBeGreaterThan(0.25)
    expect(ratio).toBeLessThan(0.3)
  })

  it('direct, both are the same within 0.95 to 1.10', () => {
    const ratio = directTogether.megabytesPerSecond / (4 * directApart.megabytesPerSecond)
    expect(ratio).toBeGreaterThan(0.95)
    expect(ratio).toBeLessThan(1.1)
  })

  it('climbs with rr_min_io without a step back, and the request lane is at the top at once', () => {
    const speeds = sweep.map((measured) => measured.megabytesPerSecond)
    expect(speeds).toEqual([...speeds].sort((a, b) => a - b))
    const top = speeds[speeds.length - 1]!
    expect(request.megabytesPerSecond / top).toBeGreaterThan(0.95)
  })

  it('sends 32 times the commands of the request lane at rr_min_io 1', () => {
    const commands = (measured: Measured): number => measured.counts.get('rq_issue paths') ?? 0
    expect(commands(sweep[0]!) / commands(request)).toBeGreaterThan(30)
    expect(commands(sweep[0]!) / commands(request)).toBeLessThanOrEqual(32)
  })

  afterAll(() => {
    console.log(printed('B1: four readers, four paths (device fitted to the buffered pair only)', rows))
  })
})
