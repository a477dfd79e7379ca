/** 3.6 and 4.4, request-based only, and the request mode that 4.8 inherits (kernel-model 1.3, 3.9). */
import { describe, expect, it } from 'vitest'
import {
  disks,
  letters,
  runEra,
  scattered,
  table,
  task,
  WAIT,
  type EraEvent,
  type Document,
  type EraRun,
} from './run-era.ts'

const MEDIUM = { medium_error: { first_sector: 8, sectors: 8, commands: 'READ' } }
const NO_CONNECT = { device: 'sda', command: 'WRITE', host_byte: 1, sense_key: 14 }
const SIXTEEN = { io: 'batch', op: 'W', length: 4096, count: 16 }
const kinds = (events: readonly EraEvent[], dev: string, ...wanted: string[]): string[] =>
  events.filter((e) => e.dev === dev && wanted.includes(e.kind)).map((e) => e.kind)
const gapsNs = (events: readonly EraEvent[]): number[] =>
  events.slice(1).map((event, i) => event.timeNs - events[i]!.timeNs)

describe.each(['3.6', '4.4', '4.8'])('request mode of %s', (kernel) => {
  const rq = (document: Document): EraRun => runEra(kernel, 'rq', document)

  it(`${kernel}: bios merge on the dm queue, before the path is chosen`, () => {
    const { of, header } = rq({ devices: disks(2), ...task(SIXTEEN, WAIT) })
    expect(of('backmerge', 'dm-0')).toHaveLength(15)
    expect(of('rq_remap').map(({ size }) => size)).toEqual([128])
    expect(header.devices[0]).toMatchObject({ scheduler: 'cfq', nrRequests: 128 })
  })

  it(`${kernel}: each bio of a request has its own completion on dm`, () => {
    const { of } = rq({ devices: disks(2), ...task(SIXTEEN, WAIT) })
    expect(of('rq_complete', 'dm-0').filter(({ size }) => size > 0)).toHaveLength(16)
    const later = runEra('4.20', 'rq', { devices: disks(2), ...task(SIXTEEN, WAIT) })
    expect(later.of('rq_complete', 'dm-0').filter(({ size }) => size > 0)).toHaveLength(1)
  })

  it(`${kernel}: a clone is inserted at the back of the path's queue`, () => {
    const document = { devices: disks(1), ...task(scattered(3), WAIT) }
    expect(rq(document).of('rq_insert', 'sda')).toHaveLength(3)
    expect(runEra('4.20', 'rq', document).of('rq_insert', 'sda')).toEqual([])
  })

  it(`${kernel}: U comes after the insertions`, () => {
    const { events } = rq({ devices: disks(1), ...task(scattered(3), WAIT) })
    const order = kinds(events, 'dm-0', 'rq_insert', 'unplug')
    expect(order).toEqual(['rq_insert', 'rq_insert', 'rq_insert', 'unplug'])
  })

  it(`${kernel}: 128 requests per direction`, () => {
    const slow = { completion: { kind: 'timer', ns: 5_000_000 } }
    const { events } = rq({
      devices: disks(1, slow),
      ...task(scattered(200, 'R'), { io: 'batch', op: 'W', length: 4096, count: 5, stride: 65_536 }, WAIT),
    })
    let inUse = 0
    let most = 0
    for (const e of events.filter(({ dev }) => dev === 'dm-0')) {
      if (e.kind === 'getrq' && e.object !== 0) inUse++
      if (e.kind === 'rq_free') inUse--
      most = Math.max(most, inUse)
      if (e.kind === 'task_sleep' && e.arg === 2) break
    }
    expect(most).toBe(128)
  })
})

describe('3.6', () => {
  it('3.6: a busy target lets the queue rest 100 ms, and the request has its D already', () => {
    const slow = { queue_depth: 1, completion: { kind: 'timer', ns: 450_000_000 } }
    const { of } = runEra('3.6', 'rq', { devices: disks(2, slow), ...task(scattered(3), WAIT) })
    const busy = of('mpath_busy')
    expect(busy.length).toBeGreaterThan(3)
    for (const gap of gapsNs(busy.slice(0, 4))) expect(gap / 1e6).toBeCloseTo(100, 0)
    const third = busy[0]!.subject
    expect(of('rq_issue', 'dm-0').filter(({ subject }) => subject === third)).toHaveLength(1)
  })

  it('3.6: a request whose path failed waits 100 ms for its retry', () => {
    const document = {
      devices: disks(2),
      setup: [{ inject: NO_CONNECT }],
      ...task({ io: 'sync', op: 'W', length: 4096 }),
    }
    const waitNs = (kernel: string): number => {
      const { of } = runEra(kernel, 'rq', document)
      const [requeue] = of('rq_requeue', 'dm-0')
      return of('rq_issue', 'dm-0')[1]!.timeNs - requeue!.timeNs
    }
    expect(waitNs('3.6') / 1e6).toBeCloseTo(100, 0)
    expect(waitNs('4.4')).toBeLessThan(1_000_000)
  })

  it('3.6: the target keeps requests that have no path, and status counts them', () => {
    const { result, of } = runEra('3.6', 'rq', {
      devices: disks(2),
      ...table('round-robin', ['1', '1'], '3 queue_if_no_path queue_mode {mode}'),
      ...task(
        { message: 'fail_path 8:0' },
        { message: 'fail_path 8:16' },
        { io: 'each', op: 'W', length: 4096, count: 3, stride: 65_536 },
        { sleep_ns: 400_000_000 },
        { status: true },
        { message: 'reinstate_path 8:0' },
        WAIT,
      ),
    })
    expect(result.statusAlong[0]).toContain('multipath 2 3 0 0')
    expect(of('rq_requeue')).toEqual([])
    expect(result).toMatchObject({ ok: 3, failed: 0 })
  })

  it('3.6: requests are mapped in the task that runs the queue', () => {
    const { of } = runEra('3.6', 'rq', { devices: disks(1), ...task(scattered(3), WAIT) })
    expect(new Set(of('rq_remap').map(({ comm }) => comm))).toEqual(new Set(['iopat']))
  })

  it('3.6: a medium error goes up as an error of the target, and fails no path', () => {
    const { of } = runEra('3.6', 'rq', {
      devices: disks(2, MEDIUM),
      ...task({ io: 'sync', op: 'R', offset: 4096, length: 4096 }),
    })
    expect(of('fail_path')).toEqual([])
    expect(of('io_end').map(({ arg }) => arg)).toEqual([5]) // BLK_STS_TARGET, -EREMOTEIO
  })

  it('3.6: bios are built to fit the queue, nothing is cut; 4.4 cuts at 1280 KiB', () => {
    const document = { devices: disks(1), ...task({ io: 'sync', op: 'W', length: 1_048_576 }) }
    const old = runEra('3.6', 'rq', document)
    expect(old.of('split')).toEqual([])
    expect(old.of('bio_queue', 'dm-0').map(({ size }) => size)).toEqual([1024, 1024])
    expect(
      runEra('4.4', 'rq', document)
        .of('bio_queue', 'dm-0')
        .map(({ size }) => size),
    ).toEqual([2048])
  })

  it('3.6: has no bio-based multipath and says which kernels have', () => {
    expect(() => runEra('3.6', 'bio', { devices: disks(1), ...task(WAIT) })).toThrow(
      'kernel: 3.6 has no bio-based multipath; use mode rq, or kernel 2.6.28, 4.8,',
    )
  })

  it('3.6: does not know queue_mode', () => {
    const document = { devices: disks(1), ...table('round-robin', ['1'], '2 queue_mode rq'), ...task(WAIT) }
    expect(() => runEra('3.6', 'rq', document)).toThrow(
      /"queue_mode"\): is not a feature of multipath on kernel 3\.6; leave it out, or use kernel 4\.8,/,
    )
  })
})

describe('4.4', () => {
  it('4.4: every request is mapped in the thread kdmwork', () => {
    const { of } = runEra('4.4', 'rq', { devices: disks(1), ...task(scattered(3), WAIT) })
    expect(of('rq_remap').map(({ comm }) => comm)).toEqual(Array(3).fill('kdmwork-253:0'))
  })

  it('4.4: without a path the queue asks again every 10 ms', () => {
    const { of, result } = runEra('4.4', 'rq', {
      devices: disks(1),
      ...table('round-robin', ['1'], '3 queue_if_no_path queue_mode {mode}'),
      ...task(
        { message: 'fail_path 8:0' },
        { io: 'each', op: 'W', length: 4096 },
        { sleep_ns: 100_000_000 },
        { message: 'reinstate_path 8:0' },
        WAIT,
      ),
    })
    const busy = of('mpath_busy')
    expect(busy.length).toBeGreaterThan(5)
    for (const gap of gapsNs(busy)) expect(gap / 1e6).toBeCloseTo(10, 0)
    expect(result.ok).toBe(1)
  })
})

describe('repeat_count', () => {
  const eachAlone = { io: 'each', op: 'W', length: 4096, count: 8, stride: 65_536 }
  const document = (selector: string, args: string): Document => ({
    devices: disks(2),
    ...table(selector, [args, args]),
    ...task(eachAlone, WAIT),
  })
  const paths = (kernel: string, mode: 'bio' | 'rq', selector: string): string => {
    const { of } = runEra(kernel, mode, document(selector, '4'))
    return letters(of(mode === 'bio' ? 'bio_remap' : 'rq_remap'))
  }

  it('2.6.28: the target honours repeat_count', () => {
    expect(paths('2.6.28', 'bio', 'round-robin')).toBe('AAAABBBB')
  })

  it.each(['3.6', '4.4'])('%s: the target honours repeat_count of any selector', (kernel) => {
    expect(paths(kernel, 'rq', 'round-robin')).toBe('AAAABBBB')
    expect(paths(kernel, 'rq', 'queue-length').slice(0, 4)).toMatch(/^(.)\1{3}$/)
  })

  it('4.8: round-robin honours repeat_count, queue-length makes it 1', () => {
    expect(paths('4.8', 'bio', 'round-robin')).toBe('AAAABBBB')
    const { result } = runEra('4.8', 'bio', document('queue-length', '4'))
    expect(result.table).toContain('8:0 1 8:16 1')
  })

  it.each(['5.10', '6.12'])('%s: repeat_count 4 is taken and ignored', (kernel) => {
    expect(paths(kernel, 'bio', 'round-robin')).toBe('ABABABAB')
  })
})
