/**
 * B9 (commit 52cc6eead909): null_blk with max_sectors_kb 16, 1 MiB direct sequential reads, 64 pieces each: about 70 % more
 * once a split shares the vectors instead of copying them. B10 (Samsung, January 2021): a 32 MiB direct read as one bio of
 * 8,192 pages instead of bios of 1 MiB: the first command leaves after more than 2 ms instead of about 0.1 ms, 19 ms in all
 * instead of 17. Reference: history-and-claims B9, B10, A3.
 *
 * Fitted: B9 the cost of copying (costs.ts:copyVectors) to the one figure of 70 %; that nothing changes where nothing is
 * cut is a prediction. B10 the speed of the CPU to 2 ms for 8,192 pages and the device to 0.53 ms a MiB, as that section
 * derives them; the first command of 1 MiB bios and both totals are predictions.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { COST_TABLE, EventKind } from '../../src/engine/log/index.ts'
import { createRun } from '../../src/engine/index.ts'
import { measure, printed } from './measure.ts'
import { scenarioFrom } from '../support/run-and-count.ts'

const KIB = 1024
const MIB = 1024 * KIB

describe('B9, copying against sharing', () => {
  const speed = (kernel: string, maxSectorsKb: number): number => {
    const device = {
      ...{
        driver: 'null_blk' as const,
        queue: {
          scheduler: 'none',
          max_sectors_kb: maxSectorsKb,
          max_hw_sectors_kb: 4096,
          max_segments: 1024,
        },
      },
      completion: { kind: 'immediate' as const },
    }
    const job = { rw: 'read' as const, bs: MIB, size: 64 * MIB, iodepth: 1 }
    const mode = 'single' as const
    return measure({
      kernel,
      mode,
      devices: [device],
      sectors: 262_144,
      selector: 'round-robin',
      pathArgs: '1',
      jobs: [job],
    }).megabytesPerSecond
  }
  const cut = { copying: speed('4.3', 16), sharing: speed('4.4', 16) }
  const whole = { copying: speed('4.3', 1024), sharing: speed('4.4', 1024) }

  it('gains about 70 % where bios are cut 64 times', () => {
    expect(cut.sharing / cut.copying).toBeGreaterThan(1.6)
    expect(cut.sharing / cut.copying).toBeLessThan(1.8)
  })

  it('gains nothing where none is cut', () => {
    expect(whole.sharing / whole.copying).toBeCloseTo(1, 6)
  })

  afterAll(() => {
    const line = (what: string, published: string, { copying, sharing }: typeof cut): string[] => [
      ...[
        what,
        published,
        (sharing / copying).toFixed(2),
        `${copying.toFixed(0)} -> ${sharing.toFixed(0)} MB/s`,
      ],
    ]
    console.log(
      printed('B9: split by sharing against split by copying (cost of a copy fitted)', [
        ['', 'published', 'simulated', ''],
        line('max_sectors_kb 16', 'about 1.70', cut),
        line('max_sectors_kb 1024', 'nothing', whole),
      ]),
    )
  })
})

describe('B10, too large a bio', () => {
  const pageNs = COST_TABLE.find(({ step }) => step === 'page')!.ns
  const costScale = 2e6 / 8192 / pageNs

  function run(bioBytes: number): { bios: number; firstMs: number; totalMs: number } {
    const scenario = scenarioFrom({
      modes: ['single'],
      devices: [
        {
          ...{ driver: 'null_blk', sectors: 131_072, queue_depth: 64 },
          queue: { scheduler: 'none', max_sectors_kb: 1024, max_hw_sectors_kb: 4096, max_segments: 65_535 },
          completion: { kind: 'linear', per_io_ns: 0, bytes_per_s: Math.round(MIB / 0.53e-3) },
        },
      ],
      dm: {
        sectors: 131_072,
        table: '0 131072 multipath 2 queue_mode {mode} 0 1 1 round-robin 0 1 1 252:0 1',
      },
      tasks: [
        {
          name: 'main',
          do: [{ io: 'batch', op: 'R', offset: 0, length: 32 * MIB, bio_bytes: bioBytes }, { io: 'wait' }],
        },
      ],
      shell_step_ns: 0,
    })
    const simulation = createRun({ scenario, mode: 'single', costScale })
    while (simulation.advance(100_000) === 'running');
    let [bios, beginNs, firstNs, endNs] = [0, -1, -1, 0]
    for (const { count, kind, timeNs } of simulation.takeChunks()) {
      for (let row = 0; row < count; row++) {
        if (kind[row] === EventKind.bio_queue) bios++
        if (kind[row] === EventKind.io_submit) beginNs = timeNs[row]!
        if (kind[row] === EventKind.rq_issue && firstNs < 0) firstNs = timeNs[row]!
        if (kind[row] === EventKind.io_end) endNs = timeNs[row]!
      }
    }
    return { bios, firstMs: (firstNs - beginNs) / 1e6, totalMs: (endNs - beginNs) / 1e6 }
  }
  const one = run(32 * MIB)
  const mebibytes = run(MIB)
  const pages = run(4096)

  it('builds 8192, 32 or 1 bios', () => {
    expect([pages.bios, mebibytes.bios, one.bios]).toEqual([8192, 32, 1])
  })

  it('sends the first command late when all pages are gathered first', () => {
    expect(one.firstMs).toBeGreaterThan(1.95) // fitted to 2 ms
    expect(one.firstMs).toBeLessThan(2.5)
    expect(mebibytes.firstMs).toBeLessThan(0.2)
  })

  it('takes 17 ms in bios of 1 MiB, 19 ms in one', () => {
    expect(mebibytes.totalMs).toBeGreaterThan(16)
    expect(mebibytes.totalMs).toBeLessThan(18)
    expect(one.totalMs).toBeGreaterThan(18)
    expect(one.totalMs).toBeLessThan(20)
  })

  afterAll(() => {
    const line = (what: string, published: string, found: typeof one): (string | number)[] => [
      ...[
        what,
        String(found.bios),
        published,
        `${found.firstMs.toFixed(2)} ms, ${found.totalMs.toFixed(1)} ms`,
      ],
    ]
    console.log(
      printed('B10: a 32 MiB read, first command and end', [
        ['bios of', 'how many', 'published', 'simulated'],
        line('32 MiB', '> 2 ms, 19 ms', one),
        line('1 MiB', 'about 0.1 ms, 17 ms', mebibytes),
        line('4 KiB', '-', pages),
      ]),
    )
  })
})
