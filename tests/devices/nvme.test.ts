import { describe, expect, it } from 'vitest'
import { stepCosts } from '../../src/engine/kernel/costs.ts'
import { MODES, Ran, type Mode } from './run-file.ts'

const nvme = (main: readonly object[], over: object = {}): object => ({
  devices: [
    { driver: 'nvme', ...over },
    { driver: 'nvme', ...over },
  ],
  tasks: [{ name: 'main', do: main }],
})
const each = { io: 'each', op: 'R', length: 4096, count: 32, stride: 65_536 }
const lastEnd = (ran: Ran): number => Math.max(...ran.of('io_end').map(({ atNs }) => atNs / 1e9))

describe.each(MODES)('an nvme path, %s mode', (mode: Mode) => {
  it('is named and numbered as the kernel does', () => {
    const { header } = new Ran(nvme([each, { io: 'wait' }]), mode)
    expect(
      header.devices.slice(1).map(({ name, major, minor, driver }) => [name, major, minor, driver]),
    ).toEqual([
      ['nvme0n1', 259, 0, 'nvme'],
      ['nvme1n1', 259, 1, 'nvme'],
    ])
  })

  it('answers in the interrupt where it has several queues, by the softirq where it has one', () => {
    // A softirq takes the time of entering it, so the block layer hears of a command that much later.
    const between = (hwQueues: number): number => {
      const completion = { kind: 'timer', ns: 1_000_000 }
      const ran = new Ran(
        nvme([{ ...each, count: 1 }, { io: 'wait' }], { hw_queues: hwQueues, completion }),
        mode,
      )
      expect(ran.complaints()).toEqual([])
      return ran.of('rq_complete', 'nvme0n1')[0]!.atNs - ran.of('rq_issue', 'nvme0n1')[0]!.atNs
    }
    expect(between(1) - between(2)).toBe(stepCosts(1).softirqEntry)
  })

  it('has tags for each of its queues', () => {
    // Two tasks on two CPUs, eight commands each, on a drive of 4 tags a queue: 8 are out at once.
    const file = {
      devices: [
        { driver: 'nvme', queue_depth: 4, hw_queues: 2, completion: { kind: 'timer', ns: 1_000_000 } },
      ],
      tasks: [
        {
          name: 'main',
          cpu: 0,
          do: [{ start: 'other' }, { ...each, count: 8 }, { io: 'wait' }, { join: 'other' }],
        },
        { name: 'other', cpu: 1, do: [{ ...each, count: 8, offset: 1_048_576 }, { io: 'wait' }] },
      ],
      shell_step_ns: 0,
    }
    const ran = new Ran(file, mode)
    expect(ran.complaints()).toEqual([])
    let out = 0
    let most = 0
    for (const { kind, dev } of ran.seen) {
      if (dev !== 'nvme0n1') continue
      if (kind === 'rq_issue') most = Math.max(most, ++out)
      if (kind === 'rq_complete') out--
    }
    expect(most).toBe(8)
  })

  it('is not asked again by its driver: every error goes up at once', () => {
    const injected = (status: string): Ran =>
      new Ran(
        nvme([{ inject: { device: 'nvme0n1', status, count: 1 } }, { ...each, count: 2 }, { io: 'wait' }]),
        mode,
      )
    for (const [status, fails, path] of [
      ['HOST_PATH_ERROR', 0, 1],
      ['INTERNAL', 0, 1],
      ['READ_ERROR', 1, 0],
      ['LBA_RANGE', 1, 0],
      ['NS_NOT_READY', 1, 0],
      ['RESERVATION_CONFLICT', 1, 0],
    ] as const) {
      const ran = injected(status)
      expect(ran.complaints()).toEqual([])
      expect([status, ran.result.failed, ran.of('fail_path').length]).toEqual([status, fails, path])
      expect(ran.of('rq_issue', 'nvme0n1').length).toBe(1)
    }
  })

  it('that gives no answer has its command aborted after 30 s', () => {
    const ran = new Ran(nvme([{ hang: { device: 'nvme0n1' } }, { ...each, count: 2 }, { io: 'wait' }]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 2, failed: 0 })
    expect(ran.firstS('fail_path', 'nvme0n1')).toBeCloseTo(30, 2)
  })

  it('that heeds no abort is removed with its controller after 30 s more', () => {
    const dead = { hang: { device: 'nvme0n1', abort: 'fails' } }
    const ran = new Ran(nvme([dead, { ...each, count: 2 }, { io: 'wait' }]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 2, failed: 0 })
    expect(ran.states('nvme0n1').map(([, state]) => state)).toEqual(['deleted'])
    expect(lastEnd(ran)).toBeCloseTo(60, 1)
  })

  it('that is pulled out loses its commands at once, and is another when it is back', () => {
    const card = (up: boolean): object => ({ link: { device: 'nvme0n1', up } })
    const table = '0 2097152 multipath 2 queue_mode {mode} 0 1 1 round-robin 0 2 1 259:0 1 259:1 1'
    const more = { ...each, offset: 4_194_304 }
    const ran = new Ran(
      nvme([
        each,
        card(false),
        { io: 'wait' },
        card(true),
        { load: table },
        { suspend: {} },
        { resume: true },
        more,
      ]),
      mode,
    )
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 64, failed: 0 })
    expect(ran.states('nvme0n1').map(([, state]) => state)).toEqual(['deleted', 'running'])
    const after = ran.of('rq_issue', 'nvme0n1').filter(({ sector }) => sector >= 8192)
    expect(after.length).toBe(16)
  })
})
