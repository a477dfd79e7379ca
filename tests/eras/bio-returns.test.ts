/** 4.8, where bio mode returns, and 4.20 and 5.4, where it keeps to one path (kernel-model 1.4, 1.5). */
import { describe, expect, it } from 'vitest'
import { disks, letters, runEra, scattered, table, task, WAIT, type Document } from './run-era.ts'

const RESERVATION = { device: 'sda', command: 'WRITE', status_byte: 0x18 }
const alone = (count: number): Document => ({ io: 'each', op: 'W', length: 4096, count, stride: 65_536 })

describe('4.8', () => {
  it('4.8: the remainder of a split is queued again, Q', () => {
    const document = {
      devices: disks(1, { queue: { max_sectors_kb: 256 } }),
      ...task({ io: 'sync', op: 'W', length: 1_048_576 }),
    }
    const queued = (kernel: string): number => runEra(kernel, 'bio', document).of('bio_queue', 'sda').length
    expect(queued('4.8')).toBe(4)
    expect(queued('5.10')).toBe(1)
  })

  it('4.8: submissions are taken breadth first, from 4.12 depth first', () => {
    const document = {
      devices: disks(1, { queue: { discard_max_bytes: 1_048_576, discard_max_hw_bytes: 1_048_576 } }),
      ...task({ io: 'discard', length: 4_194_304 }),
    }
    const remapsBeforeRequest = (kernel: string): number => {
      const { events } = runEra(kernel, 'bio', document)
      const first = events.findIndex(({ kind, dev }) => kind === 'getrq' && dev === 'sda')
      return events.slice(0, first).filter(({ kind }) => kind === 'bio_remap').length
    }
    expect(remapsBeforeRequest('4.8')).toBeGreaterThan(1)
    expect(remapsBeforeRequest('5.10')).toBe(1)
  })

  it('4.8: a reservation conflict fails the path; later it goes up', () => {
    const document = {
      devices: disks(2),
      setup: [{ inject: RESERVATION }],
      ...task({ io: 'sync', op: 'W', length: 4096 }),
    }
    const old = runEra('4.8', 'bio', document)
    expect(letters(old.of('fail_path'))).toBe('A')
    expect(old.result).toMatchObject({ ok: 1, failed: 0 })
    const later = runEra('5.10', 'bio', document)
    expect(later.of('fail_path')).toEqual([])
    expect(later.of('io_end').map(({ arg }) => arg)).toEqual([6]) // BLK_STS_RESV_CONFLICT, -EBADE
  })

  it('4.8: a large request does not flush the plug, from 4.12 128 KiB do', () => {
    const large = { io: 'batch', op: 'W', length: 131_072, count: 4, stride: 1_048_576 }
    const document = { devices: disks(1), ...task(large, WAIT) }
    const unplugs = (kernel: string): number[] =>
      runEra(kernel, 'rq', document)
        .of('unplug', 'dm-0')
        .map(({ size }) => size)
    expect(unplugs('4.8')).toEqual([4])
    expect(unplugs('4.20')).toEqual([1, 1, 1, 1])
  })

  it('4.8: queue_mode rq maps in a thread, queue_mode mq does not, and prints itself', () => {
    const document = (mode: string): Document => ({
      devices: disks(1),
      module_parameters: { 'scsi_mod.use_blk_mq': 1 },
      modes: ['rq'],
      ...table('round-robin', ['1'], `2 queue_mode ${mode}`),
      ...task(scattered(2), WAIT),
    })
    const rq = runEra('4.8', 'rq', document('rq'))
    expect(rq.of('rq_remap')[0]!.comm).toBe('kdmwork-253:0')
    const mq = runEra('4.8', 'rq', document('mq'))
    expect(mq.of('rq_remap')[0]!.comm).not.toContain('kdmwork')
    expect(mq.result.table).toContain('2 queue_mode mq')
    expect(mq.header.devices[0]).toMatchObject({ scheduler: 'none', nrRequests: 2048 })
    expect(runEra('4.20', 'rq', document('mq')).result.table).not.toContain('queue_mode')
  })

  it('4.8: queue_mode mq refuses paths that are not on blk-mq', () => {
    const document = {
      devices: disks(1),
      modes: ['rq'],
      ...table('round-robin', ['1'], '2 queue_mode mq'),
      ...task(WAIT),
    }
    expect(() => runEra('4.8', 'rq', document)).toThrow('queue_mode mq needs paths on blk-mq')
  })

  it('4.8: ties of queue-length go round by the head, so the second path is first', () => {
    const document = {
      devices: disks(2),
      ...table('queue-length', ['1', '1']),
      ...task(alone(1), WAIT),
    }
    expect(letters(runEra('4.8', 'bio', document).of('bio_remap'))).toBe('B')
    expect(letters(runEra('4.20', 'bio', document).of('bio_remap'))).toBe('A')
  })
})

describe.each(['4.20', '5.4'])('bio mode of %s', (kernel) => {
  const failed = {
    devices: disks(3),
    setup: [],
    ...task(
      alone(9),
      WAIT,
      { message: 'fail_path 8:0' },
      { io: 'each', op: 'W', offset: 1_048_576, length: 4096, count: 4, stride: 65_536 },
      WAIT,
    ),
  }

  it(`${kernel}: bio mode keeps to one path until it fails`, () => {
    const paths = letters(runEra(kernel, 'bio', failed).of('bio_remap'))
    expect(paths.slice(0, 9)).toBe('AAAAAAAAA')
    // current_pgpath stays empty from then on, so that the selector is asked for every bio
    expect(paths.slice(9)).toBe('BCBC')
  })

  it(`${kernel}: request mode balances all the same`, () => {
    const paths = letters(runEra(kernel, 'rq', failed).of('rq_remap'))
    expect(paths.slice(0, 9)).toBe('ABCABCABC')
  })

  it(`${kernel}: DM cuts ordinary bios by its own limits`, () => {
    const [large, small] = [...disks(1), ...disks(1, { queue: { max_sectors_kb: 64 } })]
    const document = {
      devices: [large, small],
      ...task({ io: 'sync', op: 'W', length: 262_144 }),
    }
    expect(runEra(kernel, 'bio', document).of('split', 'dm-0')).toHaveLength(3)
    const later = runEra('5.10', 'bio', document)
    expect(later.of('split', 'dm-0')).toEqual([])
  })

  it(`${kernel}: has no historical-service-time and no timeout for missing paths`, () => {
    const selector = { devices: disks(1), ...table('historical-service-time', ['1']), ...task(WAIT) }
    expect(() => runEra(kernel, 'bio', selector)).toThrow(`is not a path selector of kernel ${kernel}`)
    const name = 'dm_multipath.queue_if_no_path_timeout_secs'
    const timeout = { devices: disks(1), module_parameters: { [name]: 5 }, ...task(WAIT) }
    expect(() => runEra(kernel, 'bio', timeout)).toThrow(`kernel ${kernel} has no such parameter`)
  })
})

it('4.20: a selector is not told of a clone that its path refused; 5.4 tells it', () => {
  const slow = { queue_depth: 1, completion: { kind: 'timer', ns: 2_000_000 } }
  const document = {
    devices: [...disks(1, slow), ...disks(1)],
    ...table('queue-length', ['1', '1']),
    ...task(scattered(12, 'R'), WAIT, { status: true }),
  }
  const leaked = (kernel: string): string => runEra(kernel, 'rq', document).result.statusAlong[0]!
  expect(leaked('5.4')).toMatch(/8:0 A 0 0 8:16 A 0 0$/)
  expect(leaked('4.20')).not.toMatch(/8:0 A 0 0 /)
})
