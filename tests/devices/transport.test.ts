import { describe, expect, it } from 'vitest'
import { MODES, Ran, twoPaths, type Mode } from './run-file.ts'

/** Reads in flight on both paths when the cable of sda comes out, and more after it. */
const reads = { io: 'each', op: 'R', length: 4096, count: 8, stride: 65_536 }
const pulled = (rest: readonly object[]): object[] => [
  reads,
  { link: { device: 'sda', up: false } },
  { ...reads, offset: 1_048_576 },
  ...rest,
  { io: 'wait' },
]
const fc = (over: object): object => ({ transport: { kind: 'fc', ...over } })
const endings = (ran: Ran): number[] => ran.of('io_end').map(({ atNs }) => atNs / 1e9)

describe.each(MODES)('the cable of an FC path is pulled, %s mode', (mode: Mode) => {
  it('fails over fast_io_fail_tmo after the loss, not at the loss', () => {
    const ran = new Ran(twoPaths(fc({ fast_io_fail_tmo_s: 5, dev_loss_tmo_s: 600 }), pulled([])), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(ran.firstS('fail_path', 'sda')).toBeGreaterThan(4.999)
    expect(ran.firstS('fail_path', 'sda')).toBeLessThan(5.02)
    expect(Math.max(...endings(ran))).toBeLessThan(5.1)
    expect(ran.states('sda').map(([, state]) => state)).toEqual(['blocked', 'transport_offline'])
    expect(ran.states('sdb')).toEqual([])
  })

  it('waits for dev_loss_tmo without it, and the device is gone then', () => {
    const ran = new Ran(twoPaths(fc({ dev_loss_tmo_s: 60 }), pulled([])), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(ran.firstS('fail_path', 'sda')).toBeGreaterThan(59.999)
    expect(ran.firstS('fail_path', 'sda')).toBeLessThan(60.02)
    expect(ran.timers('sda')).toEqual(['dev_loss'])
    expect(ran.states('sda').map(([, state]) => state)).toEqual(['blocked', 'transport_offline', 'deleted'])
  })

  it('waits longer than a run without progress would last', () => {
    const ran = new Ran(twoPaths(fc({ dev_loss_tmo_s: 1800 }), pulled([])), mode)
    expect(ran.complaints()).toEqual([])
    expect(Math.max(...endings(ran))).toBeGreaterThan(1800)
  })

  it('goes on as if nothing had been when the cable is back in time', () => {
    const back = [{ sleep_ns: 2e9 }, { link: { device: 'sda', up: true } }]
    const ran = new Ran(twoPaths(fc({ fast_io_fail_tmo_s: 5, dev_loss_tmo_s: 60 }), pulled(back)), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(ran.of('fail_path')).toEqual([])
    expect(ran.timers('sda')).toEqual(['fast_io_fail cancelled', 'dev_loss cancelled'])
    expect(ran.states('sda').map(([, state]) => state)).toEqual(['blocked', 'running'])
    expect(Math.max(...endings(ran))).toBeGreaterThan(2)
    expect(Math.max(...endings(ran))).toBeLessThan(2.1)
  })

  it('takes what was in flight back into the blocked queue, where it waits', () => {
    const ran = new Ran(twoPaths(fc({ fast_io_fail_tmo_s: 5, dev_loss_tmo_s: 60 }), pulled([])), mode)
    const inFlight = new Set(
      ran
        .of('rq_issue', 'sda')
        .filter(({ atNs }) => atNs < 1e9)
        .map(({ subject }) => subject),
    )
    expect(inFlight.size).toBe(4)
    const requeued = ran.of('rq_requeue', 'sda').map(({ subject }) => subject)
    expect(new Set(requeued)).toEqual(inFlight)
    // None of them, nor any that came later, reaches the device again.
    expect(ran.of('rq_issue', 'sda').length).toBe(4)
  })

  it('is found again after it was removed, and used once a table is loaded', () => {
    const again = [
      { io: 'wait' },
      { link: { device: 'sda', up: true } },
      { ...reads, offset: 2_097_152 },
      { io: 'wait' },
      { load: 'the same table over the devices found by the rescan' },
      { suspend: {} },
      { resume: true },
      { ...reads, offset: 4_194_304 },
    ]
    const ran = new Ran(twoPaths(fc({ dev_loss_tmo_s: 10 }), pulled(again)), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 32, failed: 0 })
    // Its name is still that of the dead disk in the live table, so it gets the next one.
    expect(ran.of('rq_issue', 'sda').every(({ atNs }) => atNs < 5e9)).toBe(true)
    const after = ran.of('rq_issue', 'sdc')
    expect(after.length).toBe(4)
    expect(after.every(({ sector }) => sector >= 8192)).toBe(true)
  })
})

describe.each(MODES)('every path of a map is lost, %s mode', (mode: Mode) => {
  const both = [{ link: { device: 'sda', up: false } }, { link: { device: 'sdb', up: false } }]
  const timers = fc({ fast_io_fail_tmo_s: 5, dev_loss_tmo_s: 60 })

  it('fails what there is when nobody queues', () => {
    const ran = new Ran(twoPaths(timers, [reads, ...both, { io: 'wait' }]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 0, failed: 8 })
    expect(Math.max(...endings(ran))).toBeLessThan(5.2)
  })

  it('keeps it when somebody queues, until a path is reinstated', () => {
    const table =
      '0 294912 multipath 3 queue_if_no_path queue_mode {mode} 0 1 1 round-robin 0 2 1 8:0 1 8:16 1'
    const steps = [
      reads,
      ...both,
      { sleep_ns: 10e9 },
      { link: { device: 'sdb', up: true } },
      { message: 'reinstate_path 8:16' },
      { io: 'wait' },
    ]
    const ran = new Ran(twoPaths(timers, steps, { dm: { sectors: 294_912, table } }), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 8, failed: 0 })
    expect(Math.min(...endings(ran))).toBeGreaterThan(10)
    expect(Math.max(...endings(ran))).toBeLessThan(10.5)
  })
})

describe.each(MODES)('the cable of an iSCSI path is pulled, %s mode', (mode: Mode) => {
  const iscsi = { transport: { kind: 'iscsi', replacement_timeout_s: 20 } }

  it('is noticed by a ping that goes unanswered, and given up replacement_timeout later', () => {
    const ran = new Ran(twoPaths(iscsi, pulled([])), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(ran.timers('sda')).toEqual(['noop_out', 'command cancelled', 'replacement'])
    const [blocked, offline] = ran.states('sda')
    expect(blocked).toEqual([expect.closeTo(10, 1), 'blocked'])
    expect(offline).toEqual([expect.closeTo(30, 1), 'transport_offline'])
    expect(ran.firstS('fail_path', 'sda')).toBeCloseTo(30, 1)
  })

  it('costs only the time when the cable is back before the ping is given up', () => {
    const back = [{ sleep_ns: 3e9 }, { link: { device: 'sda', up: true } }]
    const ran = new Ran(twoPaths(iscsi, pulled(back)), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.of('rq_requeue', 'sda')).toEqual([])
    expect(ran.states('sda')).toEqual([])
    expect(Math.max(...endings(ran))).toBeCloseTo(3, 1)
  })

  it('logs in again after it was given up', () => {
    const back = [
      { io: 'wait' },
      { link: { device: 'sda', up: true } },
      { message: 'reinstate_path 8:0' },
      reads,
    ]
    const ran = new Ran(twoPaths(iscsi, pulled(back)), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 24, failed: 0 })
    expect(ran.states('sda').at(-1)?.[1]).toBe('running')
    expect(ran.of('rq_issue', 'sda').at(-1)!.atNs).toBeGreaterThan(30e9)
  })
})

describe.each(MODES)('timers of transports in sysfs, %s mode', (mode: Mode) => {
  const rport = (attribute: string, value: number | string): object => ({
    sysfs: `/sys/class/fc_remote_ports/rport-0:0-0/${attribute}`,
    value,
  })

  it('fast_io_fail_tmo and dev_loss_tmo of a remote port are in force from the next loss on', () => {
    const steps = [rport('fast_io_fail_tmo', 3), rport('dev_loss_tmo', 7), ...pulled([]), { sleep_ns: 10e9 }]
    const ran = new Ran(twoPaths(fc({ dev_loss_tmo_s: 60 }), steps, { shell_step_ns: 0 }), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.states('sda').map(([s, state]) => [Math.round(s), state])).toEqual([
      [0, 'blocked'],
      [3, 'transport_offline'],
      [7, 'deleted'],
    ])
  })

  it('a fast_io_fail_tmo that is not shorter than dev_loss_tmo is refused', () => {
    const steps = [rport('fast_io_fail_tmo', 60), ...pulled([])]
    const ran = new Ran(twoPaths(fc({ dev_loss_tmo_s: 20 }), steps, { shell_step_ns: 0 }), mode)
    expect(ran.states('sda').map(([s, state]) => [Math.round(s), state])[1]).toEqual([
      20,
      'transport_offline',
    ])
  })

  it('recovery_tmo of a session is its replacement_timeout', () => {
    const iscsi = { transport: { kind: 'iscsi', replacement_timeout_s: 120 } }
    const steps = [{ sysfs: '/sys/class/iscsi_session/session1/recovery_tmo', value: 5 }, ...pulled([])]
    const ran = new Ran(twoPaths(iscsi, steps, { shell_step_ns: 0 }), mode)
    expect(ran.states('sda').at(-1)).toEqual([expect.closeTo(15, 1), 'transport_offline'])
  })

  it('timeout and eh_timeout of a device are those of its commands and of the error handler', () => {
    const file = (attribute: string, value: number): object => ({
      sysfs: `/sys/block/sda/device/${attribute}`,
      value,
    })
    const hang = { hang: { device: 'sda', hung: true, abort: 'fails' } }
    const steps = [file('timeout', 10), file('eh_timeout', 2), hang, reads, { io: 'wait' }]
    const ran = new Ran(twoPaths({}, steps, { shell_step_ns: 0 }), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.states('sda').at(-1)).toEqual([expect.closeTo(10 + 4 * 2, 0), 'offline'])
  })
})

describe.each(MODES)('the cable of a SAS path is pulled, %s mode', (mode: Mode) => {
  const sas = { transport: { kind: 'sas' } }

  it('removes the device at once: there is no timer', () => {
    const ran = new Ran(twoPaths(sas, pulled([])), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(ran.states('sda').map(([, state]) => state)).toEqual(['deleted'])
    expect(ran.timers('sda')).toEqual([])
    expect(Math.max(...endings(ran))).toBeLessThan(0.5)
  })
})
