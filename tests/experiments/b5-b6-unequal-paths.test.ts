/**
 * B5 (2020, Kumykov and Krisman Bertazi): four paths, one four times slower, service-time against
 * historical-service-time at depth 1 and 64. B6 (SUMP, 2023): four paths limited to 1, 1, 100 and 100 MB/s.
 * Reference: history-and-claims B5, B6. Nothing is fitted: paths do one command at a time, the slow one four times longer.
 */
import { afterAll, describe, expect, it } from 'vitest'
import type { FioJob } from '../../src/engine/index.ts'
import { type FileDevice, measure, type Measured, printed, sharesOf } from './measure.ts'

const NAMES = ['sda', 'sdb', 'sdc', 'sdd']
const SECTORS = 262_144

function disk(perIoNs: number, bytesPerSecond: number): FileDevice {
  return {
    driver: 'scsi_debug',
    completion: { kind: 'linear', per_io_ns: perIoNs, bytes_per_s: bytesPerSecond },
  }
}

describe.each(['bio', 'rq'] as const)('B5, one slow path, in %s mode', (mode) => {
  const devices = [disk(100_000, 1e9), disk(100_000, 1e9), disk(100_000, 1e9), disk(400_000, 1e9)]
  const job: FioJob = { rw: 'randwrite', bs: 4096, size: 32 * 1024 * 1024, norandommap: true }
  const run = (selector: string, pathArgs: string, iodepth: number): number[] =>
    sharesOf(
      measure({ mode, devices, sectors: SECTORS, selector, pathArgs, jobs: [{ ...job, iodepth }] }),
      NAMES,
    )
  const found = {
    'ST depth 1': run('service-time', '1 1', 1),
    'HST depth 1': run('historical-service-time', '1', 1),
    'ST depth 64': run('service-time', '1 1', 64),
    'HST depth 64': run('historical-service-time', '1', 64),
  }

  it('service-time is blind at depth 1 and near the best at 64', () => {
    for (const share of found['ST depth 1']) expect(share).toBeCloseTo(0.25, 2)
    expect(found['ST depth 64'][3]).toBeLessThan(0.13)
  })

  it('historical-service-time sees the slow path at both depths', () => {
    expect(found['HST depth 1'][3]).toBeLessThan(0.16)
    expect(found['HST depth 64'][3]).toBeLessThan(0.16)
    for (const path of [0, 1, 2]) expect(found['HST depth 1'][path]).toBeGreaterThan(0.26)
  })

  afterAll(() => {
    const slow: Readonly<Record<string, number>> = {
      'ST depth 1': 0.25,
      'HST depth 1': 0.112,
      'ST depth 64': 0.106,
      'HST depth 64': 0.112,
    }
    const rows = Object.entries(found).map(([name, shares]) => [name, slow[name]!, shares[3]!, shares[0]!])
    console.log(
      printed(`B5 (${mode}): share of the slow path`, [
        ['', 'published', 'simulated', 'a fast one'],
        ...rows,
      ]),
    )
  })
})

describe.each(['bio', 'rq'] as const)('B6, grossly unequal paths, in %s mode', (mode) => {
  const devices = [disk(0, 1e6), disk(0, 1e6), disk(0, 100e6), disk(0, 100e6)]
  const job: FioJob = { rw: 'randread', bs: 4096, iodepth: 64, runtime_ns: 2e9, size: 64 * 1024 * 1024 }
  const run = (selector: string, pathArgs: string): Measured =>
    measure({ mode, devices, sectors: SECTORS, selector, pathArgs, jobs: [job] })
  const roundRobin = run('round-robin', '1')
  const serviceTime = run('service-time', '1 1')
  const queueLength = run('queue-length', '1')

  it('equal shares cap the total near 4 of 202 MB/s; counting what is in flight does far better', () => {
    expect(roundRobin.megabytesPerSecond).toBeLessThan(5)
    for (const share of sharesOf(roundRobin, NAMES)) expect(share).toBeCloseTo(0.25, 1)
    expect(serviceTime.megabytesPerSecond).toBeGreaterThan(20 * roundRobin.megabytesPerSecond)
    expect(queueLength.megabytesPerSecond).toBeGreaterThan(20 * roundRobin.megabytesPerSecond)
  })

  afterAll(() => {
    const rows = [
      ['round-robin', 'worst; at most 4 MB/s (derived)', roundRobin.megabytesPerSecond],
      ['service-time', 'clearly better', serviceTime.megabytesPerSecond],
      ['queue-length', 'best', queueLength.megabytesPerSecond],
    ]
    console.log(
      printed(`B6 (${mode}): MB/s in all, of 202`, [['selector', 'published', 'simulated'], ...rows]),
    )
  })
})
