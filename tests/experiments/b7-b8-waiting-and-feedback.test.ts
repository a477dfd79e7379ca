/**
 * B7 (commit 0ce65797a77e, 4.1): a request that goes on where the last one ended is held back up to
 * rq_based_seq_io_merge_deadline, 20 us say, so that neighbours meet: "90+%" more sequential throughput on fast devices
 * limited by their commands. B8 (commit 396eaf21ee17, 4.16): the path's answer to a clone reaches dm's scheduler, requests
 * stay there and merge: "as much as 3X" sequential, mpath on virtio-scsi. Reference: history-and-claims B7, B8.
 *
 * Fitted: nothing. B7 is a path of 100K commands a second and a stream that a CPU twice as fast as the instruction clock
 * can offer (one bio every 5.6 us); B8 a SCSI path that takes 16 commands at once, 100 us each one after another, with 64
 * outstanding writes above it: the depth decides how much can merge, so the factor is of this path, not of that commit's.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { createRun } from '../../src/engine/index.ts'
import { deviceAt, EventKind } from '../../src/engine/log/index.ts'
import type { ScenarioFile } from '../../src/scenario/index.ts'
import { scenarioFrom } from '../support/run-and-count.ts'
import { type FileDevice, printed } from './measure.ts'

const SECTORS = 262_144
const MIB = 1024 * 1024

interface Found {
  readonly iops: number
  /** Of a command on the path. */
  readonly kib: number
  /** Longest wait of an I/O. */
  readonly slowestUs: number
  readonly requeues: number
}

interface Lane {
  readonly kernel: string
  readonly device: FileDevice
  readonly rw: 'write' | 'randwrite'
  readonly setup?: ScenarioFile['setup']
  readonly moduleParameters?: Readonly<Record<string, number>>
  readonly costScale?: number
}

function run({ kernel, device, rw, setup = [], moduleParameters = {}, costScale = 1 }: Lane): Found {
  const features = kernel === '4.4' ? '0' : '2 queue_mode {mode}'
  const dev = device.driver === 'null_blk' ? '252:0' : '8:0'
  const scenario = scenarioFrom({
    ...{ kernel, modes: ['rq'], module_parameters: moduleParameters, shell_step_ns: 0, setup },
    devices: [{ ...device, sectors: SECTORS }],
    dm: {
      sectors: SECTORS,
      table: `0 ${SECTORS} multipath ${features} 0 1 1 queue-length 0 1 1 ${dev} 1`,
    },
    tasks: [{ name: 'main', do: [{ fio: { rw, bs: 4096, iodepth: 64, size: 4 * MIB } }] }],
  })
  const simulation = createRun({ scenario, mode: 'rq', costScale })
  const began = new Map<number, number>()
  let [ios, endNs, commands, sectors, requeues, slowestNs] = [0, 0, 0, 0, 0, 0]
  for (let state = 'running'; state === 'running';) {
    state = simulation.advance(50_000)
    for (const chunk of simulation.takeChunks()) {
      for (let row = 0; row < chunk.count; row++) {
        const [kind, subject, timeNs] = [chunk.kind[row], chunk.subject[row]!, chunk.timeNs[row]!]
        if (kind === EventKind.io_submit) began.set(subject, timeNs)
        if (kind === EventKind.rq_requeue) requeues++
        if (kind === EventKind.io_end) {
          ios++
          endNs = timeNs
          slowestNs = Math.max(slowestNs, timeNs - began.get(subject)!)
        }
        const role = deviceAt(simulation.header, simulation.tables, chunk.dev[row]!)?.role
        if (kind !== EventKind.rq_issue || role !== 'path') continue
        commands++
        sectors += chunk.size[row]!
      }
    }
  }
  return { iops: (ios / endNs) * 1e9, kib: sectors / commands / 2, slowestUs: slowestNs / 1000, requeues }
}

describe('B7, waiting a little to merge', () => {
  const device: FileDevice = {
    ...{ driver: 'null_blk', queue_depth: 64, queue: { scheduler: 'none' } },
    completion: { kind: 'linear', per_io_ns: 10_000, bytes_per_s: 100_000_000_000 },
  }
  const FILE = '/sys/block/dm-0/dm/rq_based_seq_io_merge_deadline'
  const lane = (us: number, rw: Lane['rw'] = 'write', kernel = '4.4'): Found =>
    run({ kernel, device, rw, setup: [{ sysfs: FILE, value: us }], costScale: 0.5 })
  const off = lane(0)
  const ten = lane(10)
  const twenty = lane(20)
  const random = { off: lane(0, 'randwrite'), twenty: lane(20, 'randwrite') }
  const later = lane(20, 'write', '4.20')

  it('nearly doubles sequential throughput at 20 us, by commands that are larger', () => {
    expect(twenty.iops / off.iops).toBeGreaterThan(1.6)
    expect(twenty.iops / off.iops).toBeLessThan(2.1)
    expect(off.kib).toBe(4)
    expect(twenty.kib).toBeGreaterThan(8)
    expect(ten.iops).toBeGreaterThan(off.iops)
    expect(ten.iops).toBeLessThan(twenty.iops)
  })

  it('does nothing for random writes, and nothing at all once legacy queues are gone', () => {
    expect(random.twenty.iops / random.off.iops).toBeCloseTo(1, 2)
    expect(later.kib).toBeLessThan(5)
  })

  afterAll(() => {
    const line = (what: string, published: string, found: Found): (string | number)[] => [
      ...[what, published, found.iops / off.iops, `${found.kib.toFixed(1)} KiB`],
    ]
    console.log(
      printed('B7: rq_based_seq_io_merge_deadline, against none', [
        ['', 'published', 'simulated', 'a command'],
        line('0 (default)', '1', off),
        line('10 us', '-', ten),
        line('20 us', '1.9 ("90+%")', twenty),
        line('20 us, random', 'only loses', random.twenty),
        line('20 us, 4.20', 'no effect', later),
      ]),
    )
  })
})

describe('B8, the answer of the path', () => {
  const device: FileDevice = {
    ...{ driver: 'scsi_debug', queue_depth: 16, host_tags: 64 },
    completion: { kind: 'linear', per_io_ns: 100_000, bytes_per_s: 400_000_000 },
  }
  const moduleParameters = { 'dm_mod.use_blk_mq': 1, 'scsi_mod.use_blk_mq': 1 }
  const without = run({ kernel: '4.14', device, rw: 'write', moduleParameters })
  const first = run({ kernel: '4.20', device, rw: 'write' })
  const today = run({ kernel: '6.12', device, rw: 'write' })
  const random = {
    without: run({ kernel: '4.14', device, rw: 'randwrite', moduleParameters }),
    first: run({ kernel: '4.20', device, rw: 'randwrite' }),
  }

  it('merges again, and is up to three times as fast', () => {
    expect(without.kib).toBe(4)
    expect(without.requeues).toBe(0)
    for (const found of [first, today]) {
      expect(found.kib).toBeGreaterThan(3 * without.kib)
      expect(found.iops / without.iops).toBeGreaterThan(2)
      expect(found.iops / without.iops).toBeLessThan(3.5)
    }
  })

  it('changes little where nothing is sequential', () => {
    expect(Math.abs(random.first.iops / random.without.iops - 1)).toBeLessThan(0.15)
  })

  afterAll(() => {
    const line = (what: string, published: string, found: Found): (string | number)[] => [
      ...[what, published, found.iops / without.iops, `${found.kib.toFixed(1)} KiB`],
    ]
    console.log(
      printed('B8: with the answer of the path, against without', [
        ['', 'published', 'simulated', 'a command'],
        line('4.14', '1', without),
        line('4.20', 'up to 3', first),
        line('6.12', '-', today),
      ]),
    )
  })
})
