/** fio verify through stacks that shift sectors: quiet on a sound machine, and wrong places are noticed in every layer. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Partition } from '../../src/engine/block/partition.ts'
import { LinearTarget } from '../../src/engine/dm/linear.ts'
import { Media } from '../../src/engine/drivers/media.ts'
import type { JobReport, QueueMode } from '../../src/engine/log/index.ts'
import { runEra, type Document } from '../eras/run-era.ts'

const disk = { driver: 'scsi_debug', completion: { kind: 'timer', ns: 100_000 } } as const
const nvme = { driver: 'nvme', completion: { kind: 'timer', ns: 80_000 } } as const
const multipath = (sectors: number, ...devs: string[]): object => ({
  name: 'mpatha',
  sectors,
  table: `0 ${sectors} multipath 2 queue_mode {mode} 0 1 1 round-robin 0 2 1 ${devs.map((dev) => `${dev} 1`).join(' ')}`,
})
/** Segments that lie apart, out of order and on two disks. */
const segments = ['0 1000 linear 253:0 9000', '1000 3000 linear 8:32 64', '4000 8000 linear 253:0 100']

const STACKS: readonly (readonly [string, readonly QueueMode[], Document])[] = [
  [
    'a volume over the map and another disk',
    ['bio', 'rq', 'single'],
    { devices: [disk, disk, disk], dm: multipath(294_912, '8:0', '8:16'), stack: [{ table: segments }] },
  ],
  [
    'a volume on a volume',
    ['bio', 'rq'],
    {
      devices: [disk, disk, disk],
      dm: multipath(294_912, '8:0', '8:16'),
      stack: [
        { name: 'pv', dev: '253:1', table: segments },
        { name: 'lv', dev: '253:2', table: '0 9000 linear 253:1 2048' },
      ],
    },
  ],
  [
    'linear devices as paths',
    ['bio'],
    {
      devices: [disk, disk],
      dm: multipath(100_000, '253:1', '253:2'),
      stack: [
        { dev: '253:1', table: '0 100000 linear 8:0 64' },
        { dev: '253:2', table: '0 100000 linear 8:16 64' },
      ],
    },
  ],
  [
    'partitions as paths',
    ['bio'],
    {
      devices: [disk, disk],
      dm: multipath(100_000, '259:0', '259:1'),
      stack: [{ partition_of: 'sda' }, { partition_of: 'sdb' }],
    },
  ],
  [
    'a volume over a head',
    ['native'],
    { devices: [nvme, nvme], stack: [{ name: 'lv', table: '0 9000 linear 253:0 4096' }] },
  ],
]
const CASES = STACKS.flatMap(([name, modes, document]) => modes.map((mode) => ({ name, mode, document })))

/** What is read back after each pass, and what of a pass cut short is held against the media. */
const job = { rw: 'randwrite', bs: 16_384, iodepth: 8, direct: true, verify: 'crc32c', size: 4_194_304 }
const cutShort = { ...job, time_based: true, runtime_ns: 3_000_000 }

function verified(mode: QueueMode, document: Document, fio: object): NonNullable<JobReport['verify']> {
  const ran = runEra('6.12', mode, { ...document, modes: [mode], tasks: [{ do: [{ fio_jobs: [fio] }] }] })
  return ran.result.jobs![0]!.verify!
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(CASES)('$name, $mode', ({ mode, document }) => {
  it('every write is where it belongs', () => {
    expect(verified(mode, document, job)).toMatchObject({ errors: 0, checkedSectors: 8192, complaints: [] })
    const cut = verified(mode, document, cutShort)
    expect(cut).toMatchObject({ errors: 0, complaints: [] })
    expect(cut.comparedSectors).toBeGreaterThan(0)
  })

  it.each([job, cutShort])('a write that is lost is noticed', (fio) => {
    const right = Object.getOwnPropertyDescriptor(Media.prototype, 'transfer')!.value as Media['transfer']
    let writes = 0
    vi.spyOn(Media.prototype, 'transfer').mockImplementation(function (this: Media, lun, rq, sectors) {
      if ((rq.rwbs & 7) !== 1 || ++writes % 9 !== 0) right.call(this, lun, rq, sectors)
    })
    expect(verified(mode, document, fio).errors).toBeGreaterThan(0)
  })
})

describe('a layer that is wrong is noticed', () => {
  const volume = STACKS[0]![2]

  it('by reading back, when it is wrong now and then', () => {
    const right = Object.getOwnPropertyDescriptor(LinearTarget.prototype, 'map')!.value as LinearTarget['map']
    let bios = 0
    vi.spyOn(LinearTarget.prototype, 'map').mockImplementation(function (this: LinearTarget, tio) {
      const result = right.call(this, tio)
      if (++bios % 20 === 0) tio.clone.sector += 8
      return result
    })
    const { errors, complaints } = verified('bio', volume, job)
    expect(errors).toBeGreaterThan(0)
    expect(complaints.join('\n')).toMatch(/no write|another|written for|earlier write/)
  })

  it('against the media, when it is wrong always and so reads what it wrote', () => {
    const right = Object.getOwnPropertyDescriptor(LinearTarget.prototype, 'map')!.value as LinearTarget['map']
    vi.spyOn(LinearTarget.prototype, 'map').mockImplementation(function (this: LinearTarget, tio) {
      const result = right.call(this, tio)
      tio.clone.sector += 8
      return result
    })
    expect(verified('rq', volume, cutShort).errors).toBeGreaterThan(0)
  })

  it('a partition, too', () => {
    const right = Object.getOwnPropertyDescriptor(Partition.prototype, 'remap')!.value as Partition['remap']
    vi.spyOn(Partition.prototype, 'remap').mockImplementation(function (this: Partition, m, bio) {
      right.call(this, m, bio)
      bio.sector -= 8
    })
    expect(verified('bio', STACKS[3]![2], cutShort).errors).toBeGreaterThan(0)
  })
})
