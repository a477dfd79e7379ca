/**
 * B3 and B4: links. A Dell MD3200i with four 1 GbE links: rr_min_io 1000 -> 8 brings 135 -> about 260 MB/s; a single dd
 * over 1 to 4 portals stays at 113 MB/s. Reference: history-and-claims B3, B4.
 *
 * Fitted: the window of 18 outstanding I/Os of B3, which that section takes from its pair; the window is waited for as a
 * whole, which is what its formula, links busy = min(4, W / rr), says (a window that slides with every completion fills
 * all four links at 8 as well; waiting for the whole leaves links idle at its end, 3 of 4 at rr_min_io 4). A link carries 118 MB/s (1 GbE less its headers); B4 has nothing fitted.
 */
import { afterAll, describe, expect, it } from 'vitest'
import type { FioJob } from '../../src/engine/index.ts'
import { type FileDevice, measure, type Measured, printed, sharesOf } from './measure.ts'

const KIB = 1024
const LINK = 118e6
const WINDOW = 18
const NAMES = ['sda', 'sdb', 'sdc', 'sdd']
const portal: FileDevice = {
  driver: 'scsi_debug',
  lun: 'array',
  completion: {
    ...{ kind: 'array', link_latency_ns: 50_000, link_bytes_per_s: LINK, hit_ns: 20_000, miss_ns: 20_000 },
    ...{ write_ns: 20_000, hit_ratio: 1, width: 64 },
  },
}
const SECTORS = 262_144

function run(kernel: string, mode: 'bio' | 'rq', paths: number, rrMinIo: number, job: FioJob): Measured {
  const devices = Array.from({ length: paths }, () => portal)
  return measure({
    kernel,
    mode,
    devices,
    sectors: SECTORS,
    selector: 'round-robin',
    pathArgs: String(rrMinIo),
    jobs: [job],
  })
}

describe('B3, rr_min_io too large', () => {
  const depth = { iodepth: WINDOW, iodepth_batch: WINDOW, iodepth_batch_complete: WINDOW }
  const window: FioJob = { rw: 'write', bs: 64 * KIB, ...depth, size: 128 * KIB * KIB }
  const found = new Map(
    [1000, 8, 4, 1].map((rrMinIo) => {
      const measured = run('2.6.28', 'bio', 4, rrMinIo, window)
      return [
        rrMinIo,
        { links: (measured.megabytesPerSecond * 1e6) / LINK, shares: sharesOf(measured, NAMES) },
      ]
    }),
  )
  /** The link with the most I/Os of a window decides how long the window takes. */
  const possible = (rrMinIo: number): number => {
    const onLink = [0, 0, 0, 0]
    for (let i = 0; i < WINDOW; i++) onLink[Math.floor(i / rrMinIo) % 4]!++
    return WINDOW / Math.max(...onLink)
  }

  it('uses one link at 1000, about two at 8, more below', () => {
    for (const [rrMinIo, { links }] of found) {
      expect(links).toBeLessThan(1.1 * possible(rrMinIo))
      expect(links).toBeGreaterThan(0.85 * possible(rrMinIo)) // the rest is CPU time between windows
    }
    expect(found.get(8)!.links / found.get(1000)!.links).toBeGreaterThan(1.8)
    expect(found.get(8)!.links / found.get(1000)!.links).toBeLessThan(2.4)
  })

  it('has all four links at work at 4 and below', () => {
    for (const rrMinIo of [4, 1])
      for (const share of found.get(rrMinIo)!.shares) expect(share).toBeCloseTo(0.25, 1)
  })

  afterAll(() => {
    const published: Readonly<Record<number, string>> = { 1000: '1.14 (135 MB/s)', 8: '2.20 (260 MB/s)' }
    const rows = [...found].map(([rr, { links }]) => [String(rr), published[rr] ?? '-', links])
    console.log(
      printed('B3: links busy (window fitted to the pair)', [
        ['rr_min_io', 'published', 'simulated'],
        ...rows,
      ]),
    )
  })
})

describe.each([
  ['2.6.28', 'bio'],
  ['6.12', 'rq'],
] as const)('B4, one stream over several links, kernel %s in %s mode', (kernel, mode) => {
  const stream: FioJob = { rw: 'read', bs: 512 * KIB, ioengine: 'psync', size: 64 * KIB * KIB }
  const counts = [1, 2, 3, 4]
  const single = counts.map((paths) => run(kernel, mode, paths, 1, stream))
  const four = counts.map((paths) =>
    run(kernel, mode, paths, 1, { ...stream, ioengine: 'libaio', iodepth: 4 }),
  )
  const speed = (measured: Measured): number => measured.megabytesPerSecond

  it('stays at one link with one I/O on its way, shared evenly', () => {
    for (const measured of single) expect(speed(measured) / speed(single[0]!)).toBeCloseTo(1, 1)
    const shares = sharesOf(single[3]!, NAMES)
    for (const share of shares) expect(share).toBeCloseTo(0.25, 2)
  })

  it('grows with the links at a depth of four', () => {
    for (const [i, paths] of counts.entries())
      expect(speed(four[i]!) / speed(four[0]!)).toBeGreaterThan(0.85 * paths)
  })

  afterAll(() => {
    const rows = counts.map((paths, i) => [String(paths), '113', speed(single[i]!), speed(four[i]!)])
    const heading = ['links', 'published MB/s', 'simulated, one I/O', 'simulated, depth 4']
    console.log(printed(`B4: one stream (${kernel}, ${mode})`, [heading, ...rows]))
  })
})
