/** 2.6.28: bio-based only (kernel-model 1.2). */
import { describe, expect, it } from 'vitest'
import {
  disks,
  letters,
  runEra,
  scattered,
  table,
  task,
  WAIT,
  type Document,
  type EraRun,
} from './run-era.ts'

const MEDIUM = { medium_error: { first_sector: 8, sectors: 8, commands: 'READ' } }
const run = (document: Document): EraRun => runEra('2.6.28', 'bio', document)

describe('2.6.28', () => {
  it('2.6.28: a stream keeps to one path for 1000 bios, then goes to the next', () => {
    const io = { io: 'each', op: 'W', length: 4096, count: 1500 }
    const { of } = run({ devices: disks(2, { sectors: 294_912 }), ...task(io, WAIT) })
    expect(letters(of('bio_remap'))).toBe('A'.repeat(1000) + 'B'.repeat(500))
  })

  it('2.6.28: merging happens below, on the queue of the path', () => {
    const { of } = run({
      devices: disks(2),
      ...task({ io: 'batch', op: 'W', length: 4096, count: 16 }, WAIT),
    })
    expect(of('backmerge', 'sda')).toHaveLength(15)
    expect(of('rq_issue').map(({ dev, size }) => `${dev} ${String(size)}`)).toEqual(['sda 128'])
    expect(of('bio_complete', 'dm-0')).toHaveLength(16)
  })

  it('2.6.28: a medium error fails every path in turn', () => {
    const { of, result } = run({
      devices: disks(3, MEDIUM),
      ...task({ io: 'sync', op: 'R', offset: 4096, length: 4096 }),
    })
    expect(letters(of('fail_path'))).toBe('ABC')
    expect(result).toMatchObject({ ok: 0, failed: 1 })
    expect(of('io_end').map(({ arg }) => arg)).toEqual([10]) // BLK_STS_IOERR, -EIO: nothing else can be told
  })

  it('2.6.28: an empty queue is plugged, and opened after 3 ms', () => {
    const { of } = run({ devices: disks(1), ...task(scattered(2), { sleep_ns: 20_000_000 }, WAIT) })
    const [plug] = of('plug', 'sda')
    const [unplug] = of('unplug', 'sda')
    expect(unplug!.timeNs - plug!.timeNs).toBe(3_000_000)
    expect(unplug!.size).toBe(2)
    expect(of('rq_issue', 'sda')[0]!.timeNs).toBeGreaterThanOrEqual(unplug!.timeNs)
  })

  it('2.6.28: the fourth waiting request opens the plug', () => {
    const { of } = run({ devices: disks(1), ...task(scattered(4), { sleep_ns: 20_000_000 }, WAIT) })
    const [unplug] = of('unplug', 'sda')
    expect(unplug!.size).toBe(4)
    expect(unplug!.timeNs - of('plug', 'sda')[0]!.timeNs).toBeLessThan(1_000_000)
  })

  it('2.6.28: a task that sleeps for its I/O opens the plug', () => {
    const { of } = run({ devices: disks(1), ...task({ io: 'sync', op: 'R', length: 4096 }) })
    expect(of('unplug', 'sda')[0]!.timeNs - of('plug', 'sda')[0]!.timeNs).toBeLessThan(1_000_000)
  })

  it('2.6.28: a flush is refused, not sent', () => {
    const { of } = run({ devices: disks(1), ...task({ io: 'fsync' }) })
    expect(of('bio_complete', 'dm-0').map(({ arg }) => arg)).toEqual([1]) // BLK_STS_NOTSUPP
    expect(of('bio_remap')).toEqual([])
  })

  it('2.6.28: bios are built to fit, nothing is cut', () => {
    const { of } = run({ devices: disks(1), ...task({ io: 'sync', op: 'W', length: 1_048_576 }) })
    expect(of('split')).toEqual([])
    expect(of('bio_queue', 'dm-0').map(({ size }) => size)).toEqual([1024, 1024]) // 512 KiB
  })

  it('2.6.28: status begins with the number of queued I/Os, and tables have no queue_mode', () => {
    const { result } = run({
      devices: disks(2),
      ...table('round-robin', ['1000', '1000'], '3 queue_if_no_path queue_mode {mode}'),
      ...task(
        { message: 'fail_path 8:0' },
        { message: 'fail_path 8:16' },
        { io: 'each', op: 'W', length: 4096, count: 3, stride: 65_536 },
        { sleep_ns: 10_000_000 },
        { status: true },
        { table: true },
        { message: 'reinstate_path 8:16' },
        WAIT,
      ),
    })
    expect(result.statusAlong[0]).toContain('multipath 2 3 0 0 1 1 E 0 2 0 8:0 F 1 8:16 F 1')
    expect(result.statusAlong[1]).toContain('multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 1 8:0 1000')
    expect(result).toMatchObject({ ok: 3, failed: 0 })
  })

  it('2.6.28: has no request-based multipath and says which kernels have', () => {
    expect(() => runEra('2.6.28', 'rq', { devices: disks(1), ...task(WAIT) })).toThrow(
      'kernel: 2.6.28 has no request-based multipath; use mode bio, or kernel 3.6, 4.3, 4.4,',
    )
  })

  it('2.6.28: knows round-robin alone', () => {
    const document = { devices: disks(1), ...table('queue-length', ['1']), ...task(WAIT) }
    expect(() => run(document)).toThrow('is not a path selector of kernel 2.6.28')
  })
})
