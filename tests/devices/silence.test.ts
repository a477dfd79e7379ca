import { describe, expect, it } from 'vitest'
import { BlkStatus, MODES, Ran, twoPaths, type Mode } from './run-file.ts'

const read = { io: 'each', op: 'R', length: 4096, count: 2, stride: 65_536 }
const hang = (rest: object = {}): object => ({ hang: { device: 'sda', ...rest } })
const again = hang({ hung: false })
const lastEnd = (ran: Ran): number => Math.max(...ran.of('io_end').map(({ atNs }) => atNs / 1e9))

describe.each(MODES)('a path that gives no answer, %s mode', (mode: Mode) => {
  it('has its command aborted after 30 s, again and again, and is failed after 180 s', () => {
    const ran = new Ran(twoPaths({}, [hang(), read, { io: 'wait' }]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 2, failed: 0 })
    const issues = ran.of('rq_issue', 'sda').map(({ atNs }) => atNs / 1e9)
    expect(issues.length).toBe(6)
    issues.forEach((s, i) => {
      expect(s).toBeCloseTo(i * 30, 0)
    })
    expect(ran.firstS('fail_path', 'sda')).toBeGreaterThan(180)
    expect(ran.firstS('fail_path', 'sda')).toBeLessThan(180.2)
    expect(ran.timers('sda')).toEqual(new Array(6).fill('command'))
    expect(lastEnd(ran)).toBeLessThan(180.3)
  })

  it('costs one timeout when it answers again meanwhile', () => {
    const ran = new Ran(twoPaths({}, [hang(), read, { sleep_ns: 40e9 }, again, { io: 'wait' }]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.of('fail_path')).toEqual([])
    expect(ran.of('rq_issue', 'sda').length).toBe(2)
    expect(lastEnd(ran)).toBeCloseTo(40, 1)
  })

  it('costs only the time when it answers before the timeout', () => {
    const ran = new Ran(twoPaths({}, [hang(), read, { sleep_ns: 20e9 }, again, { io: 'wait' }]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.of('rq_requeue')).toEqual([])
    expect(ran.states('sda')).toEqual([])
    expect(ran.of('silent', 'sda').map(({ arg }) => arg)).toEqual([1, 0])
    expect(lastEnd(ran)).toBeCloseTo(20, 1)
  })

  it('that heeds no abort stops its host, and is offline after four resets', () => {
    const steps = [
      hang({ abort: 'fails' }),
      read,
      { sleep_ns: 35e9 },
      { ...read, offset: 1_048_576 },
      { io: 'wait' },
    ]
    const ran = new Ran(twoPaths({}, steps), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 4, failed: 0 })
    expect(ran.timers('sda')).toEqual(['command', ...new Array<string>(4).fill('error_handler')])
    expect(ran.states('sda')).toEqual([[expect.closeTo(70, 0), 'offline']])
    expect(ran.firstS('fail_path', 'sda')).toBeCloseTo(70, 0)
    // The host takes nothing while it recovers.
    expect(ran.of('rq_issue', 'sda').length).toBe(1)
  })

  it('that heeds no abort is saved by a reset when it answers by then', () => {
    const steps = [hang({ abort: 'fails' }), read, { sleep_ns: 45e9 }, again, { io: 'wait' }]
    const ran = new Ran(twoPaths({}, steps), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.of('fail_path')).toEqual([])
    expect(ran.states('sda')).toEqual([])
    expect(ran.of('rq_issue', 'sda').length).toBe(2)
    expect(lastEnd(ran)).toBeCloseTo(50, 0)
  })
})

describe.each(MODES)('a cable that nobody watches is pulled, %s mode', (mode: Mode) => {
  it('loses what it carried, and the path after the timeout and the resets', () => {
    const steps = [read, { link: { device: 'sda', up: false } }, { io: 'wait' }]
    const ran = new Ran(twoPaths({}, steps), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 2, failed: 0 })
    expect(ran.firstS('fail_path', 'sda')).toBeCloseTo(70, 0)
  })

  it('that is plugged in again has lost its commands: they time out and are tried again', () => {
    const cable = (up: boolean): object => ({ link: { device: 'sda', up } })
    const ran = new Ran(
      twoPaths({}, [read, cable(false), { sleep_ns: 1e9 }, cable(true), { io: 'wait' }]),
      mode,
    )
    expect(ran.complaints()).toEqual([])
    expect(ran.of('fail_path')).toEqual([])
    expect(lastEnd(ran)).toBeCloseTo(30, 0)
  })
})

describe.each(MODES)('a map without a path, %s mode', (mode: Mode) => {
  it('fails what it has queued after queue_if_no_path_timeout_secs, however long that is', () => {
    const fail = ['8:0', '8:16'].map((dev) => ({ message: `fail_path ${dev}` }))
    const steps = [{ message: 'queue_if_no_path' }, ...fail, read, { io: 'wait' }]
    const parameters = { 'dm_multipath.queue_if_no_path_timeout_secs': 600 }
    const ran = new Ran(twoPaths({}, steps, { module_parameters: parameters }), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 0, failed: 2 })
    expect(lastEnd(ran)).toBeCloseTo(600, 0)
  })
})

const answers = (status: string, count: number, over: object = {}): object => ({
  inject: { device: 'sda', status, count, ...over },
})

describe.each(MODES)('a path that says it is busy, %s mode', (mode: Mode) => {
  const each = { io: 'each', op: 'R', length: 4096, count: 8, stride: 65_536 }

  it('gets the command again, however FAILFAST it is, and is used again when it is ready', () => {
    const ran = new Ran(twoPaths({}, [answers('BUSY', 20), each, { io: 'wait' }]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 8, failed: 0 })
    expect(ran.of('fail_path')).toEqual([])
    expect(ran.of('inject', 'sda').length).toBe(20)
  })

  it('is left alone after a busy answer until it has drained and been refused', () => {
    const ran = new Ran(twoPaths({}, [answers('BUSY', 1), { ...each, count: 1 }, { io: 'wait' }]), mode)
    const [first, second] = ran.of('rq_issue', 'sda').map(({ atNs }) => atNs)
    // Two tries are refused, 3 ms apart, after the millisecond of the first command.
    expect((second! - first!) / 1e6).toBeGreaterThan(1 + 3)
    expect((second! - first!) / 1e6).toBeLessThan(1 + 3 * 3 + 0.1)
  })

  it('is failed after 180 s of it', () => {
    const ran = new Ran(twoPaths({}, [answers('BUSY', 100_000), { ...each, count: 2 }, { io: 'wait' }]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 2, failed: 0 })
    expect(ran.firstS('fail_path', 'sda')).toBeGreaterThan(180)
    expect(ran.firstS('fail_path', 'sda')).toBeLessThan(180.1)
  })

  it('is sent fewer commands after more than ten times TASK SET FULL', () => {
    const loop = { io: 'loop', op: 'R', length: 4096, count: 64, depth: 64 }
    const ran = new Ran(twoPaths({ queue_depth: 16 }, [answers('TASK_SET_FULL', 4000), loop]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.of('queue_depth', 'sda').map(({ arg }) => arg)[0]).toBe(15)
  })
})

describe.each(MODES)('answers that mean "later", %s mode', (mode: Mode) => {
  const one = { io: 'each', op: 'R', length: 4096, count: 1 }
  const gaps = (status: string, times: number): number[] => {
    const ran = new Ran(twoPaths({}, [answers(status, times), one, { io: 'wait' }]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.of('fail_path')).toEqual([])
    const issuedNs = ran.of('rq_issue', 'sda').map(({ atNs }) => atNs)
    return issuedNs.slice(1).map((atNs, i) => (atNs - issuedNs[i]!) / 1e6)
  }
  const gap = (status: string): number => gaps(status, 1)[0]!

  it('a port in transition is asked again after a second', () => {
    expect(gap('ALUA_TRANSITION')).toBeGreaterThan(1000)
    expect(gap('ALUA_TRANSITION')).toBeLessThan(1002)
  })

  it('a unit attention is tried again at once', () => {
    for (const gapMs of gaps('UNIT_ATTENTION', 8)) expect(gapMs).toBeLessThan(1.1)
  })

  it('a command that the adapter gives back leaves the device alone, as a busy answer does', () => {
    expect(gap('REQUEUE')).toBeGreaterThan(4)
    expect(gap('REQUEUE')).toBeLessThan(11)
  })

  it('a device that becomes ready has its five retries at once, then others after a while, without end', () => {
    const all = gaps('BECOMING_READY', 9)
    for (const gapMs of all.slice(0, 5)) expect(gapMs).toBeLessThan(1.1)
    for (const gapMs of all.slice(5)) expect(gapMs).toBeGreaterThan(4)
    expect(all).toHaveLength(9)
  })

  it('a disk that does not know READ(10) is sent READ(6) from then on', () => {
    const raw = { host_byte: 0, driver_byte: 0, status_byte: 2, sense_key: 5, asc: 0x20, ascq: 0 }
    const unknown = { inject: { device: 'sda', command: 'READ', count: 8, ...raw } }
    const one = { io: 'loop', op: 'R', length: 4096, count: 4, depth: 1 }
    const ran = new Ran(twoPaths({}, [unknown, one]), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 4, failed: 0 })
    expect(ran.of('rq_requeue', 'sda')).toHaveLength(1)
  })

  it('a command that is prepared anew comes back through the scheduler', () => {
    const scheduler = { queue: { scheduler: 'mq-deadline' } }
    const ran = new Ran(twoPaths(scheduler, [answers('ALUA_TRANSITION', 1), one, { io: 'wait' }]), mode)
    const afterRequeue = ran
      .of('rq_insert', 'sda')
      .filter(({ atNs }) => atNs > ran.of('rq_requeue', 'sda')[0]!.atNs)
    expect(afterRequeue).toHaveLength(1)
  })
})

describe.each(MODES)('an injected error, %s mode', (mode: Mode) => {
  const each = { io: 'each', op: 'R', length: 4096, count: 32, stride: 65_536 }
  const failedAt = (ran: Ran): number[] => ran.result.failedIos.map(({ offsetBytes }) => offsetBytes / 65_536)

  it('meets the sectors it is for, whichever command touches them', () => {
    const range = { first_sector: 128 * 4, sectors: 1 }
    const both = ['sda', 'sdb'].map((device) => ({
      inject: { device, status: 'MEDIUM_ERROR', count: 1, ...range },
    }))
    const ran = new Ran(twoPaths({}, [...both, each, { io: 'wait' }]), mode)
    expect(failedAt(ran)).toEqual([4])
    expect(ran.of('fail_path')).toEqual([])
  })

  it('lets through what lies before a bad sector', () => {
    const bad = answers('MEDIUM_ERROR', 1, { first_sector: 4, sectors: 1 })
    const ran = new Ran(twoPaths({}, [bad, { ...each, count: 1 }, { io: 'wait' }]), mode)
    expect(ran.of('rq_complete', 'sda').map(({ size, arg }) => [size, arg])).toEqual([
      [4, BlkStatus.OK],
      [4, BlkStatus.MEDIUM],
    ])
  })

  it('keeps to its direction', () => {
    const steps = [answers('NO_SPACE', 100, { command: 'WRITE' }), each, { io: 'wait' }]
    expect(new Ran(twoPaths({}, steps), mode).result.failed).toBe(0)
    const writes = [answers('NO_SPACE', 100, { command: 'WRITE' }), { ...each, op: 'W' }, { io: 'wait' }]
    expect(new Ran(twoPaths({}, writes), mode).result.failed).toBe(16)
  })

  it('comes by chance, and the same way for the same seed', () => {
    const steps = (over: object): object[] => [
      answers('NO_SPACE', 1000, { probability: 0.5, ...over }),
      { ...each, count: 400 },
      { io: 'wait' },
    ]
    const first = new Ran(twoPaths({}, steps({})), mode)
    // Half of the 200 reads that come by sda, within six standard deviations.
    expect(Math.abs(first.result.failed - 100)).toBeLessThan(6 * Math.sqrt(50))
    expect(failedAt(new Ran(twoPaths({}, steps({})), mode))).toEqual(failedAt(first))
    expect(failedAt(new Ran(twoPaths({}, steps({ seed: 99 })), mode))).not.toEqual(failedAt(first))
    expect(new Ran(twoPaths({}, steps({ probability: 0 })), mode).result.failed).toBe(0)
  })
})

describe.each(MODES)('a path that becomes slow, %s mode', (mode: Mode) => {
  it('takes its factor longer from then on', () => {
    const one = { io: 'sync', op: 'R', offset: 0, length: 4096 }
    const slow = (factor: number): object[] =>
      ['sda', 'sdb'].map((device) => ({ service: { device, factor } }))
    const ran = new Ran(twoPaths({}, [one, ...slow(10), one, ...slow(1), one]), mode)
    const ms = ran
      .of('rq_issue')
      .filter(({ dev }) => dev !== 'dm-0')
      .map((issue) => {
        const end = ran.of('rq_complete', issue.dev).find(({ subject }) => subject === issue.subject)!
        return (end.atNs - issue.atNs) / 1e6
      })
    expect(ms).toEqual([expect.closeTo(1, 1), expect.closeTo(10, 1), expect.closeTo(1, 1)])
  })
})
