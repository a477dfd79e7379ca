/** multipathd 0.14.3 as an outside agent: when it looks, what it makes of the answers, what it sends. */
import { describe, expect, it } from 'vitest'
import { CheckerState } from '../../src/engine/log/index.ts'
import { MODES, Ran, S, type Mode } from './run-file.ts'

const disk = { completion: { kind: 'timer', ns: 100_000 } }
const wait = { io: 'wait' }
const reads = { io: 'each', op: 'R', length: 4096, count: 4, stride: 65_536 }
const link = (device: string, up: boolean): object => ({ link: { device, up } })
const sleep = (seconds: number): object => ({ sleep_ns: seconds * S })

const ONE_GROUP = '1 1 round-robin 0 2 1 8:0 1 8:16 1'
const TWO_GROUPS = '2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1'

interface Setting {
  readonly steps: readonly object[]
  readonly conf?: object
  readonly groups?: string
  readonly devices?: readonly object[]
  readonly features?: string
}

function run(
  mode: Mode,
  { steps, conf = {}, groups = ONE_GROUP, devices = [], features = '' }: Setting,
): Ran {
  const words = [...features.split(' ').filter(Boolean), 'queue_mode', '{mode}']
  return new Ran(
    {
      devices: [0, 1].map((at) => ({ ...disk, ...devices[at] })),
      dm: { sectors: 294_912, table: `0 294912 multipath ${words.length} ${words.join(' ')} 0 ${groups}` },
      shell_step_ns: 0,
      multipathd: conf,
      tasks: [{ name: 'main', do: steps }],
    },
    mode,
  )
}

/** What the daemon has sent, and the second in which it did. */
const sent = (ran: Ran): readonly (readonly [number, string])[] =>
  ran.commands
    .filter(({ task }) => task === 'multipathd')
    .map(({ atNs, text }) => [Math.round(atNs / S), text.replace(/^dmsetup (message mp 0 )?/, '')])
const checks = (ran: Ran, dev: string): number[] =>
  ran
    .of('checker', dev)
    .filter(({ arg }) => arg !== CheckerState.pending)
    .map(({ atNs }) => Math.round(atNs / S))

describe.each(MODES)('the checker, %s mode', (mode: Mode) => {
  it('looks after a second, then at twice the distance each time, up to max_polling_interval', () => {
    const ran = run(mode, { steps: [sleep(100), reads, wait] })
    expect(checks(ran, 'sda')).toEqual([1, 11, 31, 51, 71, 91])
    expect(sent(ran)).toEqual([])
  })

  it('leaves healthy paths alone, and a run without it has none of its events', () => {
    const ran = run(mode, { steps: [reads, wait] })
    expect(ran.of('checker').map(({ atNs }) => atNs)).toEqual([])
    expect(ran.result).toMatchObject({ ok: 4, failed: 0 })
  })

  it('fails a path that an administrator took offline, though no I/O has met it', () => {
    const ran = run(mode, {
      steps: [sleep(2), { sysfs: '/sys/block/sda/device/state', value: 'offline' }, sleep(20)],
    })
    expect(sent(ran)).toEqual([[11, 'fail_path 8:0']])
  })

  it('reinstates a path within polling_interval after the kernel has failed it', () => {
    const steps = [
      sleep(2),
      { inject: { device: 'sda', count: 1, status: 'NO_CONNECT' } },
      { ...reads, count: 1 },
      wait,
      sleep(20),
    ]
    const ran = run(mode, { steps })
    expect(ran.firstS('fail_path', 'sda')).toBeCloseTo(2, 1)
    expect(sent(ran)).toEqual([[7, 'reinstate_path 8:0']])
  })

  it('takes a path without an answer for down after checker_timeout, and looks again every polling_interval', () => {
    const hang = (hung: boolean): object => ({ hang: { device: 'sda', hung } })
    const ran = run(mode, { steps: [sleep(2), hang(true), sleep(60), hang(false), sleep(40)] })
    // asked at 11 s, given up 30 s later
    expect(sent(ran)[0]).toEqual([41, 'fail_path 8:0'])
    expect(ran.of('checker', 'sda').map(({ arg }) => arg)).toContain(CheckerState.timeout)
    expect(sent(ran)[1]?.[1]).toBe('reinstate_path 8:0')
    expect(sent(ran)[1]![0]).toBeGreaterThanOrEqual(62)
  })

  it('waits while the transport has the device blocked (PATH_PENDING), and fails it with fast_io_fail_tmo', () => {
    const fc = { transport: { kind: 'fc' } }
    const ran = run(mode, { devices: [fc, fc], steps: [sleep(10), link('sda', false), sleep(30)] })
    expect(ran.states('sda').map(([s, state]) => [Math.round(s), state])).toEqual([
      [10, 'blocked'],
      [15, 'transport_offline'],
    ])
    const [first] = sent(ran)
    expect(first?.[1]).toBe('fail_path 8:0')
    expect(first![0]).toBeGreaterThanOrEqual(15)
    expect(first![0]).toBeLessThanOrEqual(20)
  })

  it('finds a standby port usable as a ghost', () => {
    const ran = run(mode, {
      devices: [{ access_state: 'standby' }],
      steps: [{ message: 'fail_path 8:0' }, sleep(12)],
    })
    expect(ran.of('checker', 'sda').map(({ arg }) => arg)).toContain(CheckerState.ghost)
    expect(sent(ran).map(([, text]) => text)).toContain('reinstate_path 8:0')
  })

  it('has a path that relapses pass delay_wait_checks before it is reinstated', () => {
    const fail = { message: 'fail_path 8:0' }
    const conf = { delay_watch_checks: 10, delay_wait_checks: 3 }
    const ran = run(mode, { conf, steps: [sleep(2), fail, sleep(9), fail, sleep(60)] })
    const times = sent(ran)
      .filter(([, text]) => text === 'reinstate_path 8:0')
      .map(([s]) => s)
    expect(times.length).toBe(2)
    expect(times[0]).toBe(7)
    // failed at 11 s: three good checks are missing, and the fourth counts
    expect(times[1]! - 11).toBeGreaterThanOrEqual(15)
  })
})

describe.each(MODES)('no_path_retry, %s mode', (mode: Mode) => {
  const allGone = [sleep(2), { message: 'fail_path 8:0' }, { message: 'fail_path 8:16' }]
  const offline = ['sda', 'sdb'].map((name) => ({
    sysfs: `/sys/block/${name}/device/state`,
    value: 'offline',
  }))

  it('N queues for N checks after the last path is lost, then fails what waits', () => {
    const ran = run(mode, { conf: { no_path_retry: 3 }, steps: [sleep(2), ...offline, reads, wait] })
    expect(sent(ran)[0]).toEqual([0, 'queue_if_no_path'])
    expect(ran.result).toMatchObject({ ok: 0, failed: 4 })
    expect(ran.timers('dm-0')).toContain('no_path_retry')
    const end = ran.of('io_end').at(-1)!.atNs / S
    expect(end).toBeGreaterThan(2 + 3 * 5)
    expect(end).toBeLessThan(2 + 3 * 5 + 2)
  })

  it('N stops counting when a path is back in time', () => {
    const ran = run(mode, { conf: { no_path_retry: 4 }, steps: [...allGone, reads, wait] })
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 4, failed: 0 })
    expect(ran.timers('dm-0')).toContain('no_path_retry cancelled')
    expect(sent(ran).map(([, text]) => text)).not.toContain('fail_if_no_path')
  })

  it('N queues again once a path is back after the time was up', () => {
    const back = ['sda', 'sdb'].map((name) => ({
      sysfs: `/sys/block/${name}/device/state`,
      value: 'running',
    }))
    const ran = run(mode, {
      conf: { no_path_retry: 2 },
      steps: [sleep(2), ...offline, reads, wait, ...back, sleep(10), reads, wait],
    })
    expect(ran.result).toMatchObject({ ok: 4, failed: 4 })
    const texts = sent(ran).map(([, text]) => text)
    expect(texts.indexOf('fail_if_no_path')).toBeLessThan(texts.lastIndexOf('queue_if_no_path'))
  })

  it('fail ends what has no path at once, queue never', () => {
    const fails = run(mode, {
      conf: { no_path_retry: 'fail' },
      features: 'queue_if_no_path',
      steps: [...offline, reads, wait],
    })
    expect(sent(fails)[0]).toEqual([0, 'fail_if_no_path'])
    expect(fails.result).toMatchObject({ ok: 0, failed: 4 })
    const queues = run(mode, { conf: { no_path_retry: 'queue' }, steps: [sleep(1), ...offline, reads, wait] })
    expect(queues.result).toMatchObject({ ok: 0, failed: 0, stuck: 4 })
  })
})

describe.each(MODES)('failback, %s mode', (mode: Mode) => {
  const away = [sleep(2), { message: 'fail_path 8:0' }, reads, wait, sleep(40), reads, wait]
  const lastPath = (ran: Ran): string | undefined => ran.of('start_io').at(-1)?.dev

  it('manual stays on the second group', () => {
    const ran = run(mode, { groups: TWO_GROUPS, steps: away })
    expect(sent(ran).map(([, text]) => text)).toEqual(['reinstate_path 8:0'])
    expect(lastPath(ran)).toBe('sdb')
  })

  it.each(['immediate', 'followover'])('%s goes back with the path', (failback) => {
    const ran = run(mode, { groups: TWO_GROUPS, conf: { failback }, steps: away })
    expect(sent(ran).map(([, text]) => text)).toEqual(['reinstate_path 8:0', 'switch_group 1'])
    expect(lastPath(ran)).toBe('sda')
  })

  it('N waits for N seconds first', () => {
    const ran = run(mode, { groups: TWO_GROUPS, conf: { failback: 20 }, steps: away })
    const [[back], [switched]] = sent(ran) as [[number, string], [number, string]]
    expect(switched - back).toBe(21)
    expect(ran.timers('dm-0')).toContain('failback')
  })
})

describe.each(MODES)('priorities and found disks, %s mode', (mode: Mode) => {
  it('an ALUA array that moves its ports gets new groups, reloaded without losing anything', () => {
    const port = { hw_handler_attached: 'alua' }
    const change = (device: string, state: string): object => ({ access_state: { device, state } })
    const ran = run(mode, {
      devices: [port, { ...port, access_state: 'active/non-optimized' }],
      conf: { path_grouping_policy: 'group_by_prio', failback: 'immediate' },
      groups: TWO_GROUPS,
      steps: [
        sleep(2),
        change('sda', 'active/non-optimized'),
        change('sdb', 'active/optimized'),
        { io: 'loop', op: 'R', length: 4096, count: 2000, depth: 1 },
        sleep(30),
        reads,
        wait,
      ],
    })
    expect(ran.complaints()).toEqual([])
    expect(ran.result.failed).toBe(0)
    const texts = sent(ran).map(([, text]) => text)
    expect(texts.filter((text) => text.startsWith('load'))).toHaveLength(1)
    expect(texts).toContain('suspend --noflush --nolockfs mp')
    expect(ran.result.table).toMatch(/round-robin 0 1 1 8:16 1 round-robin 0 1 1 8:0 1$/)
    expect(ran.of('start_io').at(-1)?.dev).toBe('sdb')
  })

  it('a disk that was removed and found again is taken into the map', () => {
    const sas = { transport: { kind: 'sas' } }
    const ran = run(mode, {
      devices: [sas, sas],
      steps: [
        sleep(2),
        link('sda', false),
        reads,
        wait,
        sleep(10),
        link('sda', true),
        sleep(20),
        reads,
        wait,
      ],
    })
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 8, failed: 0 })
    expect(ran.result.table).toContain('8:32')
    expect(ran.of('start_io', 'sdc').length).toBeGreaterThan(0)
  })
})
