/**
 * A1 (history-and-claims A1, D6, D10 to D15): what request-based multipath cost on devices that take no time.
 *
 * Published, and what exactly was measured:
 * - Jan 2016 (Grimberg): NVMe loopback over null_blk, native 1500K+, through dm-multipath ~470K, 31 % [derived]; 23.67 %
 *   of cycles in a spinlock's slow path, 51 % of them from multipath_busy, 48 % from __multipath_map.
 * - Feb 2016 (Snitzer): null_blk ~1900K, through dm-mq ~1000K, 53 % [derived]; 12 jobs at depth 32, 4 KiB random reads;
 *   context switches 1,970 raw, 667,784 with one hardware queue below, 2,314,901 with four; fio used 45 % CPU instead of 99.9.
 * - 2015 (Busch): at ~470K of an NVMe device dm-mq is as fast as raw.
 *
 * Fitted: lock_transfer_ns, what m->lock and its cache lines take between CPUs of the Jan 2016 machine (sockets unknown), to
 * the one pair 470/1500. Everything else is not: the rate and switches of Feb 2016 follow from the hand-off to kblockd
 * that 4.4 has and from measured costs, on a machine whose locks cost nothing to move. The share of cycles spent
 * spinning is then too high (the model lets the lock explain the whole loss), which the table shows.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { EventKind, LockSite, type QueueMode } from '../../src/engine/log/index.ts'
import { ledgerOf } from '../../src/record/ledger/ledger.ts'
import { recordOf } from '../ledger/record-of.ts'
import { scenarioFrom } from '../support/run-and-count.ts'
import { type FileDevice, printed } from './measure.ts'

const CPUS = 12
const SECTORS = 4_194_304
const RUNTIME_NS = 4_000_000
const FITTED_TRANSFER_NS = 870

interface Rig {
  readonly kernel: string
  readonly mode: QueueMode
  readonly hwQueues?: number
  readonly transferNs?: number
  readonly completion?: FileDevice['completion']
}

interface Found {
  readonly iops: number
  readonly switchesPerIo: number
  /** Of the CPU time that was used. */
  readonly spinShare: number
  readonly spinOfBusy: number
  readonly spinOfMap: number
  /** Of the CPU time that the fio processes had to themselves. */
  readonly fioShare: number
}

function run({ kernel, mode, hwQueues = 1, transferNs = 0, completion = { kind: 'immediate' } }: Rig): Found {
  const device: FileDevice = {
    ...{ driver: 'null_blk', sectors: SECTORS, queue_depth: 1024, hw_queues: hwQueues, completion },
    queue: { scheduler: 'none' },
  }
  const features = kernel === '4.4' ? '0' : '2 queue_mode {mode}'
  const part = 8 * 1024 * 1024
  const scenario = scenarioFrom({
    ...{ kernel, cpus: CPUS, modes: [mode], lock_transfer_ns: transferNs, shell_step_ns: 0 },
    ...(kernel === '6.12' ? {} : { module_parameters: { 'dm_mod.use_blk_mq': 1 } }),
    devices: [device, device],
    dm: {
      sectors: SECTORS,
      table: `0 ${SECTORS} multipath ${features} 0 1 1 queue-length 0 2 1 252:0 1 252:1 1`,
    },
    setup:
      mode === 'rq' && kernel !== '4.4' ? [{ sysfs: '/sys/block/dm-0/queue/scheduler', value: 'none' }] : [],
    tasks: [
      {
        name: 'main',
        do: [
          {
            fio: {
              ...{ rw: 'randread', bs: 4096, iodepth: 32, numjobs: CPUS, offset_increment: part },
              ...{ size: part, runtime_ns: RUNTIME_NS },
            },
          },
        ],
      },
    ],
  })
  const record = recordOf(scenario, mode)
  const ledger = ledgerOf(record, -1, record.eventCount - 1)
  const nsOf = (step: string): number => ledger.steps.find((line) => line.step === step)!.ns
  const timesOf = (step: string): number => ledger.steps.find((line) => line.step === step)!.times
  const spin = { [LockSite.busy]: 0, [LockSite.map]: 0 } as Record<number, number>
  for (let index = 0; index < record.eventCount; index++) {
    if (record.kindAt(index) !== EventKind.lock_wait) continue
    const { sizeSectors: site, arg: ns } = record.eventAt(index)
    spin[site] = (spin[site] ?? 0) + ns
  }
  const application = ledger.tasks.filter(({ context }) => context === 'application')
  const seconds = Number(record.endNs) / 1e9
  return {
    iops: ledger.iosBegun / seconds,
    switchesPerIo: timesOf('contextSwitch') / ledger.iosBegun,
    spinShare: nsOf('lockSpin') / ledger.cpuNs,
    spinOfBusy: spin[LockSite.busy]! / nsOf('lockSpin'),
    spinOfMap: spin[LockSite.map]! / nsOf('lockSpin'),
    fioShare: application.reduce((sum, { ns }) => sum + ns, 0) / (CPUS * seconds * 1e9),
  }
}

describe('A1, request-based multipath on devices that take no time', () => {
  const raw = run({ kernel: '4.4', mode: 'single' })
  const february = run({ kernel: '4.4', mode: 'rq' })
  const fourQueues = run({ kernel: '4.4', mode: 'rq', hwQueues: 4 })
  const january = run({ kernel: '4.4', mode: 'rq', transferNs: FITTED_TRANSFER_NS })
  const rq48 = run({ kernel: '4.8', mode: 'rq', transferNs: FITTED_TRANSFER_NS })
  const bio48 = run({ kernel: '4.8', mode: 'bio', transferNs: FITTED_TRANSFER_NS })
  const raw612 = run({ kernel: '6.12', mode: 'single' })
  const rq612 = run({ kernel: '6.12', mode: 'rq' })
  const bio612 = run({ kernel: '6.12', mode: 'bio' })
  const share = (found: Found, of = raw): number => found.iops / of.iops

  it('lets the lock of January 2016 take two thirds (fitted), the hand-off alone a third or more', () => {
    expect(share(january)).toBeCloseTo(470 / 1500, 1)
    expect(share(february)).toBeGreaterThan(share(january) + 0.15)
    expect(share(february)).toBeLessThan(0.75)
  })

  it('spins at both places of m->lock about alike, and nowhere once it is gone from the fast path', () => {
    expect(january.spinShare).toBeGreaterThan(0.2)
    expect(january.spinOfBusy).toBeGreaterThan(0.4)
    expect(january.spinOfBusy).toBeLessThan(0.6)
    expect(january.spinOfBusy + january.spinOfMap).toBeCloseTo(1, 9)
    for (const later of [rq48, bio48, rq612, bio612]) expect(later.spinShare).toBe(0)
  })

  it('switches tasks for the hand-off, more with more hardware queues, and not without it', () => {
    expect(raw.switchesPerIo).toBe(0)
    expect(february.switchesPerIo).toBeGreaterThan(0.05)
    expect(fourQueues.switchesPerIo).toBeGreaterThan(1.5 * february.switchesPerIo)
    expect(rq48.switchesPerIo).toBeLessThan(0.01)
  })

  it('has fio waiting where it was handed off, and computing all the time raw', () => {
    expect(raw.fioShare).toBeGreaterThan(0.98)
    expect(february.fioShare).toBeLessThan(0.9)
  })

  it('costs both modes of later kernels a quarter or less, without a lock and without a hand-off', () => {
    for (const later of [share(rq48), share(bio48), share(rq612, raw612), share(bio612, raw612)]) {
      expect(later).toBeGreaterThan(0.7)
      expect(later).toBeLessThan(0.9)
    }
  })

  it('is as fast as raw on a device of 470K I/Os a second (Busch)', () => {
    const completion: FileDevice['completion'] = {
      kind: 'nvme',
      read_ns: 68_085,
      write_ns: 68_085,
      width: 16,
      bytes_per_s: 1e11,
    }
    const limited = (kernel: string, mode: QueueMode): number => run({ kernel, mode, completion }).iops
    const device = limited('4.8', 'single')
    expect(limited('4.8', 'rq') / device).toBeGreaterThan(0.97)
    expect(limited('4.8', 'bio') / device).toBeGreaterThan(0.97)
  })

  afterAll(() => {
    const line = (what: string, published: string, value: number): (string | number)[] => [
      what,
      published,
      value,
    ]
    console.log(
      printed('A1: what early 2016 cost (transfer of a lock between CPUs fitted to the first line alone)', [
        ['', 'published', 'simulated'],
        line('Jan 2016, lock and hand-off: of raw', '0.31 (470 of 1500K)', share(january)),
        line('  of CPU time spinning', '0.237', january.spinShare),
        line('  of that in multipath_busy', '0.51', january.spinOfBusy),
        line('  of that in __multipath_map', '0.48', january.spinOfMap),
        line('Feb 2016, hand-off: of raw', '0.53 (1000 of 1900K)', share(february)),
        line('  context switches per I/O, 1 queue', '0.067', february.switchesPerIo),
        line('  context switches per I/O, 4 queues', '0.23', fourQueues.switchesPerIo),
        line("  fio's share of the CPUs", '0.45', february.fioShare),
        line('4.8, request mode: of raw', '-', share(rq48)),
        line('4.8, bio mode: of raw', '-', share(bio48)),
        line('6.12, request mode, none: of raw', '0.75 (icount)', share(rq612, raw612)),
        line('6.12, bio mode: of raw', '0.78 (icount)', share(bio612, raw612)),
      ]),
    )
  })
})
