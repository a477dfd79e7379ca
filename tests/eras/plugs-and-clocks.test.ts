/** What changed between 5.10 and 6.19: plugs, clocks, merging, traces (kernel-model 1.6 to 1.8, 6.1, 6.2, 7.1). */
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

const batch = (count: number): Document => ({ devices: disks(1), ...task(scattered(count), WAIT) })
const sectors = (run: EraRun, kind: 'rq_issue' | 'rq_insert', dev: string): number[] =>
  run.of(kind, dev).map(({ sector }) => sector)
const UP = [0, 128, 256, 384]
const DOWN = [...UP].reverse()

describe('the plug', () => {
  it.each([
    ['5.10', UP],
    ['5.15', UP],
    ['6.1', DOWN],
    ['6.12', UP],
    ['6.19', UP],
  ])('%s issues plugged requests in this order: %j', (kernel, order) => {
    const run = runEra(kernel, 'bio', batch(4))
    expect(sectors(run, 'rq_issue', 'sda')).toEqual(order)
  })

  it('6.1 issues plugged requests newest first', () => {
    const run = runEra('6.1', 'bio', batch(4))
    expect(sectors(run, 'rq_issue', 'sda')).toEqual(DOWN)
  })

  it('6.1: in reverse order neighbours no longer merge on insertion', () => {
    const at = (offset: number): Document => ({ op: 'W', offset, length: 4096 })
    const items = [0, 65_536, 4096, 69_632].map(at)
    const document = { devices: disks(1), ...task({ io: 'list', items }, WAIT) }
    expect(runEra('6.1', 'rq', document).of('rq_merge')).toEqual([])
    expect(runEra('6.12', 'rq', document).of('rq_merge')).toHaveLength(2)
  })

  it('6.1 inserts plugged requests into a scheduler newest first', () => {
    expect(sectors(runEra('6.1', 'rq', batch(4)), 'rq_insert', 'dm-0')).toEqual(DOWN)
    expect(sectors(runEra('6.12', 'rq', batch(4)), 'rq_insert', 'dm-0')).toEqual(UP)
  })

  it('6.1: a plug that is issued directly shows P and no U', () => {
    const run = runEra('6.1', 'bio', batch(4))
    expect(run.of('plug')).toHaveLength(1)
    expect(run.of('unplug')).toEqual([])
    expect(runEra('6.12', 'bio', batch(4)).of('unplug')).toHaveLength(1)
  })

  it('6.12: a lone I/O has a plug of its own, in 6.1 it has none', () => {
    const lone = { devices: disks(1), ...task({ io: 'sync', op: 'W', length: 4096 }) }
    expect(
      runEra('6.12', 'bio', lone)
        .of('unplug')
        .map(({ size }) => size),
    ).toEqual([1])
    expect(runEra('6.1', 'bio', lone).of('plug')).toEqual([])
  })

  it.each([
    ['4.20', 16],
    ['5.15', 16],
    ['6.1', 32],
    ['6.12', 32],
  ])('%s: a plug of one queue takes %i requests', (kernel, most) => {
    const run = runEra(kernel, 'rq', batch(most + 1))
    expect(run.of('unplug', 'dm-0').map(({ size }) => size)).toEqual([most, 1])
  })

  it.each([
    ['5.10', 16],
    ['5.15', 64],
    ['6.12', 64],
  ])('%s: a plug of two queues takes %i requests of either', (kernel, most) => {
    const run = runEra(kernel, 'bio', { devices: disks(2), ...task(scattered(70), WAIT) })
    const first = run.events.findIndex(({ kind }) => kind === 'unplug')
    const plugged = run.events.slice(0, first).filter(({ kind }) => kind === 'plug_add')
    expect(plugged.filter(({ dev }) => kernel !== '5.10' || dev === 'sda')).toHaveLength(most)
  })

  it('5.15: every plugged request is tried for a merge, from 6.1 one', () => {
    const at = (offset: number): Document => ({ op: 'W', offset, length: 4096 })
    const items = [0, 65_536, 4096, 69_632].map(at)
    const document = { devices: disks(1), ...task({ io: 'list', items }, WAIT) }
    const inPlug = (kernel: string): number => {
      const { events } = runEra(kernel, 'rq', document)
      const end = events.findIndex(({ kind }) => kind === 'unplug')
      return events.slice(0, end).filter(({ kind }) => kind === 'backmerge').length
    }
    expect(inPlug('5.15')).toBe(2)
    expect(inPlug('6.1')).toBe(0)
  })

  it('5.10: where a device has several hardware queues, one request is held back at a time', () => {
    const device = { driver: 'null_blk', hw_queues: 2, completion: { kind: 'timer', ns: 100_000 } }
    const document = { cpus: 2, devices: [device], ...task(scattered(4), WAIT) }
    const unplugs = (kernel: string): number[] =>
      runEra(kernel, 'bio', document)
        .of('unplug')
        .map(({ size }) => size)
    expect(unplugs('5.10')).toEqual([1, 1, 1, 1])
    expect(unplugs('5.15')).toEqual([4])
  })
})

describe('historical-service-time', () => {
  const document = {
    devices: disks(2),
    ...table('historical-service-time', ['1', '1']),
    ...task({ io: 'loop', op: 'R', length: 4096, count: 20, depth: 1 }),
  }
  const startsOnJiffies = (kernel: string): boolean =>
    runEra(kernel, 'bio', document)
      .of('end_io')
      .every(({ timeNs, arg }) => (timeNs - arg) % 4_000_000 === 0)

  it('5.15: bio mode measures from the last jiffy, from 5.19 from the nanosecond', () => {
    expect(startsOnJiffies('5.10')).toBe(true)
    expect(startsOnJiffies('5.15')).toBe(true)
    expect(startsOnJiffies('6.1')).toBe(false)
  })

  it('5.10: there is no io-affinity yet', () => {
    const affine = { devices: disks(1), ...table('io-affinity', ['3']), ...task(WAIT) }
    expect(() => runEra('5.10', 'bio', affine)).toThrow('is not a path selector of kernel 5.10')
    expect(runEra('5.15', 'bio', affine).result.failed).toBe(0)
  })
})

describe('6.19', () => {
  it('6.19: an attached handler is kept without a word in the table', () => {
    const document = { devices: disks(1), ...task(WAIT) }
    expect(runEra('6.12', 'bio', document).result.table).toContain(
      '3 retain_attached_hw_handler queue_mode bio',
    )
    expect(runEra('6.19', 'bio', document).result.table).toContain('2 queue_mode bio')
  })

  it('6.19: limits stay when a request-based map is reloaded under a noflush suspend', () => {
    const reload = {
      devices: [...disks(1), ...disks(1, { queue: { max_sectors_kb: 64 } })],
      modes: ['rq'],
      dm: { table: '0 294912 multipath 0 0 1 1 round-robin 0 1 1 8:0 1' },
      ...task(
        { suspend: { noflush: true } },
        { load: '0 294912 multipath 0 0 1 1 round-robin 0 1 1 8:16 1' },
        { resume: true },
        { io: 'each', op: 'W', length: 262_144 },
        WAIT,
      ),
    }
    expect(runEra('6.12', 'rq', reload).of('split', 'dm-0')).toHaveLength(3)
    expect(runEra('6.19', 'rq', reload).of('split', 'dm-0')).toEqual([])
  })

  it.each([
    ['2.6.28', 'bio', 512],
    ['3.6', 'rq', 512],
    ['4.4', 'rq', 1280],
    ['6.12', 'rq', 1280],
    ['6.19', 'rq', 4096],
  ] as const)('%s: a disk takes %s requests of up to %i KiB by default', (kernel, mode, kb) => {
    const { header } = runEra(kernel, mode, { devices: disks(1), ...task(WAIT) })
    expect(header.devices[1]!.limits['max_sectors_kb']).toBe(kb)
  })
})

describe('trace text', () => {
  const zeroes = { devices: disks(1), ...task({ io: 'zeroout', length: 65_536 }) }
  const one = (offset: number): Document => ({ io: 'each', op: 'W', offset, length: 4096 })
  // two requests keep the device busy; the last write closes the gap between the two before it
  const joined = {
    devices: disks(1, { queue_depth: 1 }),
    ...task(one(1_048_576), one(2_097_152), one(0), one(8192), one(4096), WAIT),
  }
  const failing = {
    devices: disks(1),
    setup: [{ inject: { device: 'sda', command: 'WRITE', host_byte: 1, sense_key: 14 } }],
    ...task({ io: 'sync', op: 'W', length: 4096 }),
  }

  it('6.19 prints WZ for write zeroes, 6.12 prints N', () => {
    expect(runEra('6.19', 'bio', zeroes).ftrace).toMatch(/block_bio_queue: 253,0 WZS 0 \+ 128 /)
    expect(runEra('6.12', 'bio', zeroes).ftrace).toMatch(/block_bio_queue: 253,0 NS 0 \+ 128 /)
  })

  it('block_rq_merge from 5.10 on, not in 5.4', () => {
    expect(runEra('5.4', 'rq', joined).of('rq_merge')).toHaveLength(1)
    expect(runEra('5.10', 'rq', joined).ftrace).toContain('block_rq_merge')
    expect(runEra('5.4', 'rq', joined).ftrace).not.toContain('block_rq_merge')
  })

  it('block_rq_error from 5.18, I/O priority and block_io_start from 6.12', () => {
    const text = (kernel: string): string => runEra(kernel, 'bio', failing).ftrace
    expect(text('5.15')).not.toContain('block_rq_error')
    expect(text('6.1')).toContain('block_rq_error')
    expect(text('6.1')).not.toMatch(/block_io_start|be,0,4/)
    expect(text('6.12')).toMatch(/block_io_start: 8,0 WS 4096 \(\) 0 \+ 8 be,0,4/)
  })

  it('4.8 prints no lengths in bytes and no errno, 3.6 no number of bios', () => {
    expect(runEra('4.8', 'rq', failing).ftrace).toMatch(/block_rq_issue: 253,0 WS 0 \(\) 0 \+ 8 \[/)
    expect(runEra('4.8', 'bio', failing).ftrace).toMatch(/block_rq_complete: 8,0 WS \(\) 0 \+ 8 \[0\]/)
    expect(runEra('4.20', 'bio', failing).ftrace).toMatch(/block_rq_complete: 8,0 WS \(\) 0 \+ 8 \[-5\]/)
    expect(runEra('3.6', 'rq', failing).ftrace).toMatch(/block_rq_remap: 8,0 WS 0 \+ 8 <- \(253,0\) 0\n/)
    expect(runEra('4.4', 'rq', failing).ftrace).toMatch(/block_rq_remap: 8,0 WS 0 \+ 8 <- \(253,0\) 0 1\n/)
  })
})

it('5.10 and later: bio mode asks the selector for every bio', () => {
  for (const kernel of ['5.10', '5.15', '6.1', '6.12', '6.19']) {
    const { of } = runEra(kernel, 'bio', { devices: disks(2), ...task(scattered(4), WAIT) })
    expect(letters(of('bio_remap'))).toBe('ABAB')
  }
})
