/** The verifying itself: it is quiet on a sound machine and speaks up on one that loses, repeats or misplaces a write. */
import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Media } from '../../src/engine/drivers/media.ts'
import type { Request } from '../../src/engine/block/request.ts'
import type { FioJob } from '../../src/engine/index.ts'
import { BlkStatus, type JobReport } from '../../src/engine/log/index.ts'
import type { ScenarioFile } from '../../src/scenario/index.ts'
import { runAndCount, scenarioFrom } from '../support/run-and-count.ts'

const KIB = 1024
const SECTORS = 65_536

const base: FioJob = {
  ...{
    rw: 'randwrite',
    bs: 16 * KIB,
    iodepth: 8,
    direct: true,
    size: 1024 * KIB,
    verify: 'crc32c',
    loops: 2,
  },
}

function file(jobs: readonly FioJob[], more: Partial<ScenarioFile> = {}): ScenarioFile {
  const device = {
    driver: 'scsi_debug',
    sectors: SECTORS,
    completion: { kind: 'timer', ns: 100_000 },
  } as const
  return {
    devices: [device, device],
    tasks: [{ name: 'main', do: [{ fio_jobs: jobs }] }],
    ...more,
  }
}

function reports(document: ScenarioFile, mode: 'bio' | 'rq'): readonly JobReport[] {
  return runAndCount(scenarioFrom(document), mode).result.jobs ?? []
}

const errorsOf = (jobs: readonly JobReport[]): number =>
  jobs.reduce((sum, job) => sum + (job.verify?.errors ?? 0), 0)

type Transfer = (this: Media, lun: string | undefined, rq: Request, sectors: number) => void

function originalTransfer(): Transfer {
  return Object.getOwnPropertyDescriptor(Media.prototype, 'transfer')!.value as Transfer
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(['bio', 'rq'] as const)('fio verify in %s mode', (mode) => {
  it('finds every write of any job in its place', () => {
    const jobs = fc.record({
      rw: fc.constantFrom('write', 'randwrite', 'rw', 'randrw'),
      bs: fc.constantFrom(512, 4 * KIB, 64 * KIB, 3 * KIB),
      iodepth: fc.integer({ min: 1, max: 40 }),
      iodepth_batch: fc.integer({ min: 1, max: 40 }),
      ioengine: fc.constantFrom('libaio', 'psync'),
      norandommap: fc.boolean(),
      fsync: fc.constantFrom(0, 3),
      offset: fc.constantFrom(0, 512 * KIB),
      size: fc.constantFrom(192 * KIB, 200 * KIB, 640 * KIB),
      loops: fc.integer({ min: 1, max: 3 }),
      randseed: fc.nat(1000),
    })
    fc.assert(
      fc.property(jobs as fc.Arbitrary<FioJob>, (job) => {
        const [report] = reports(file([{ ...job, verify: 'meta' }]), mode)
        expect(report).toMatchObject({ status: BlkStatus.OK, verify: { errors: 0, complaints: [] } })
        const looked = report!.verify!.checkedSectors + report!.verify!.comparedSectors
        const rewritten = job.norandommap === true || job.rw === 'rw'
        if (rewritten) expect(looked).toBeLessThanOrEqual(report!.writeBytes / 512)
        else expect(looked).toBe(report!.writeBytes / 512)
        expect(looked > 0).toBe(report!.writeBytes > 0)
      }),
      { numRuns: 60 },
    )
  })

  it('speaks up when a device loses a write that it acknowledged', () => {
    let left = 20
    const transfer = originalTransfer()
    vi.spyOn(Media.prototype, 'transfer').mockImplementation(function (this: Media, lun, rq, sectors) {
      if ((rq.rwbs & 7) === 1 && left-- === 0) return
      transfer.call(this, lun, rq, sectors)
    })
    const jobs = reports(file([base]), mode)
    expect(errorsOf(jobs)).toBeGreaterThan(0)
    expect(jobs[0]!.verify!.complaints[0]).toMatch(
      /^fio: sectors \d+ to \d+: (no write|data of an earlier write)/,
    )
  })

  it('speaks up when data lands a sector too far', () => {
    let left = 20
    const transfer = originalTransfer()
    vi.spyOn(Media.prototype, 'transfer').mockImplementation(function (this: Media, lun, rq, sectors) {
      const wrong = (rq.rwbs & 7) === 1 && left-- === 0
      for (let bio = rq.bio; wrong && bio; bio = bio.next) bio.sector++
      transfer.call(this, lun, rq, sectors)
      for (let bio = rq.bio; wrong && bio; bio = bio.next) bio.sector--
    })
    expect(errorsOf(reports(file([base]), mode))).toBeGreaterThan(0)
  })

  it('speaks up when two jobs write the same blocks, and not when each has its own', () => {
    const { loops: _, ...once } = base
    const shared = reports(file([{ ...once, numjobs: 2, randseed: 1, thinktime_ns: 10_000 }]), mode)
    expect(errorsOf(shared)).toBeGreaterThan(0)
    const apart = reports(file([{ ...once, numjobs: 2, offset_increment: 1024 * KIB }]), mode)
    expect(errorsOf(apart)).toBe(0)
    expect(apart).toHaveLength(2)
  })

  it('ends a job with the first error, and with the first wrong block where verify_fatal is set', () => {
    const table = `0 ${SECTORS} multipath 2 queue_mode {mode} 0 1 1 round-robin 0 2 1 8:0 1 8:16 1`
    const failing = file([{ ...base, loops: 50 }], {
      dm: { sectors: SECTORS, table },
      tasks: [
        { name: 'main', do: [{ start: 'io' }, { message: 'fail_path 8:0' }, { message: 'fail_path 8:16' }] },
        { name: 'io', do: [{ fio: { ...base, loops: 500 } }] },
      ],
    })
    const [report] = reports(failing, mode)
    expect(report).toMatchObject({ status: BlkStatus.IOERR, verify: { errors: 0 } })
    expect(report!.writeIos).toBeLessThan(500 * 64)

    const wiped = file([], {
      tasks: [
        {
          name: 'main',
          do: [
            { io: 'zeroout', offset: 0, length: 4096 },
            { fio: { ...base, rw: 'read', verify_fatal: true, loops: 1 } },
          ],
        },
      ],
    })
    const [reading] = reports(wiped, mode)
    expect(reading!.verify!.errors).toBeGreaterThan(0)
    expect(reading!.readIos).toBeLessThan(64)
  })
})
