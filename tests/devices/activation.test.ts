/**
 * Activation of priority groups (pg_init) by hardware handlers, each test named after what the kernel does:
 * drivers/md/dm-mpath.c:pg_init_done, pg_init_limit_reached, __pg_init_all_paths; scsi_dh_alua.c.
 */
import { describe, expect, it } from 'vitest'
import { MpathFlag, ScsiDh } from '../../src/engine/log/index.ts'
import { MODES, Ran, S, type Mode } from './run-file.ts'

const alua = { hw_handler_attached: 'alua', completion: { kind: 'timer', ns: 100_000 } }
const read = { io: 'each', op: 'R', length: 4096, count: 1 }
const wait = { io: 'wait' }

interface Setting {
  readonly features?: string
  readonly steps?: readonly object[]
  readonly devices?: readonly object[]
  readonly kernel?: string
  readonly groups?: string
}

const TWO_GROUPS = '2 1 round-robin 0 2 1 8:0 1 8:16 1 round-robin 0 2 1 8:32 1 8:48 1'

/** Two groups of two paths with the alua handler kept, one read and what else is asked for. */
function run(
  mode: Mode,
  { features = '', steps = [read, wait], devices = [], kernel = '6.12', groups = TWO_GROUPS }: Setting,
): Ran {
  const words = ['retain_attached_hw_handler', 'queue_mode', '{mode}', ...features.split(' ').filter(Boolean)]
  return new Ran(
    {
      kernel,
      devices: [0, 1, 2, 3].map((at) => ({ ...alua, ...devices[at] })),
      dm: { sectors: 294_912, table: `0 294912 multipath ${words.length} ${words.join(' ')} 0 ${groups}` },
      shell_step_ns: 0,
      tasks: [{ name: 'main', do: steps }],
    },
    mode,
  )
}

const answer = (device: string, result: string, count = 1): object => ({
  activation: { device, result, count },
})
const results = (ran: Ran, dev?: string): number[] => ran.of('pg_init_done', dev).map(({ arg }) => arg)
const failed = (ran: Ran): string[] => ran.of('fail_path').map(({ dev }) => dev)

describe.each(MODES)('pg_init_done, %s mode', (mode: Mode) => {
  it('SCSI_DH_OK from every path of the group lets the queued I/O go', () => {
    const ran = run(mode, {})
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 1, failed: 0 })
    expect(ran.of('pg_init').map(({ dev }) => dev)).toEqual(['sda', 'sdb'])
    expect(results(ran)).toEqual([ScsiDh.OK, ScsiDh.OK])
    expect(ran.of('pg_init_done').map(({ object }) => object)).toEqual([1, 0])
    const held = ran.of('mpath_flags').map(({ arg }) => arg & MpathFlag.queue_io)
    expect(held.at(-1)).toBe(0)
    expect(ran.of('start_io')[0]!.atNs).toBeGreaterThanOrEqual(ran.of('pg_init_done').at(-1)!.atNs)
  })

  it('SCSI_DH_DEV_TEMP_BUSY bypasses the group, and the other one is tried', () => {
    const ran = run(mode, {
      steps: [answer('sda', 'DEV_TEMP_BUSY'), answer('sdb', 'DEV_TEMP_BUSY'), read, wait],
    })
    expect(ran.complaints()).toEqual([])
    expect(failed(ran)).toEqual([])
    expect(ran.of('bypass_pg').map(({ object, arg }) => [object, arg])[0]).toEqual([1, 1])
    expect(ran.of('start_io').map(({ dev }) => dev)).toEqual(['sdd'])
  })

  it.each(['DEV_OFFLINED', 'NOMEM', 'IO', 'TIMED_OUT', 'NOTCONN', 'NOSYS', 'DEV_FAILED'])(
    'SCSI_DH_%s fails the path',
    (result) => {
      const ran = run(mode, { steps: [answer('sda', result), read, wait] })
      expect(ran.complaints()).toEqual([])
      expect(failed(ran)).toEqual(['sda'])
      expect(ran.result).toMatchObject({ ok: 1, failed: 0 })
    },
  )

  it.each(['RETRY', 'IMM_RETRY', 'RES_TEMP_UNAVAIL'])(
    'SCSI_DH_%s fails the path at once without pg_init_retries (pg_init_limit_reached: 1 <= 0)',
    (result) => {
      const ran = run(mode, { steps: [answer('sda', result), read, wait] })
      expect(failed(ran)).toEqual(['sda'])
      expect(results(ran, 'sda')).toEqual([ScsiDh[result as keyof typeof ScsiDh]])
    },
  )

  it.each(['IMM_RETRY', 'RES_TEMP_UNAVAIL'])(
    'SCSI_DH_%s begins another round at once as long as pg_init_retries allows',
    (result) => {
      const ran = run(mode, {
        features: 'pg_init_retries 3',
        steps: [answer('sda', result, 3), read, wait],
      })
      expect(ran.complaints()).toEqual([])
      expect(failed(ran)).toEqual([])
      expect(results(ran, 'sda').at(-1)).toBe(ScsiDh.OK)
      expect(results(ran, 'sda').length).toBe(4)
      // the whole group is asked again, not only the path that wants it
      expect(results(ran, 'sdb').length).toBe(4)
      expect(ran.firstS('start_io')).toBeLessThan(1)
    },
  )

  it('fails the path when its retries are used up', () => {
    const ran = run(mode, {
      features: 'pg_init_retries 2',
      steps: [answer('sda', 'IMM_RETRY', 9), read, wait],
    })
    expect(failed(ran)).toEqual(['sda'])
    expect(results(ran, 'sda').length).toBe(3)
    expect(ran.result).toMatchObject({ ok: 1, failed: 0 })
  })

  it('SCSI_DH_RETRY from the last path waits 2 s before the next round (DM_PG_INIT_DELAY_MSECS)', () => {
    const ran = run(mode, { features: 'pg_init_retries 3', steps: [answer('sdb', 'RETRY'), read, wait] })
    expect(ran.complaints()).toEqual([])
    expect(failed(ran)).toEqual([])
    expect(ran.timers('sda')).toContain('pg_init_delay')
    expect(ran.firstS('start_io')).toBeGreaterThan(2)
    expect(ran.firstS('start_io')).toBeLessThan(2.2)
  })

  it('pg_init_delay_msecs has no effect from 4.20 to 6.19, and is not printed', () => {
    const ran = run(mode, {
      features: 'pg_init_retries 3 pg_init_delay_msecs 500',
      steps: [answer('sdb', 'RETRY'), read, wait],
    })
    expect(ran.firstS('start_io')).toBeGreaterThan(2)
    expect(ran.result.table).not.toContain('pg_init_delay_msecs')
  })

  it('pg_init_delay_msecs is the wait on 4.8, and is printed', () => {
    const ran = run(mode, {
      kernel: '4.8',
      features: 'pg_init_retries 3 pg_init_delay_msecs 500',
      steps: [answer('sdb', 'RETRY'), read, wait],
    })
    expect(ran.complaints()).toEqual([])
    expect(ran.firstS('start_io')).toBeGreaterThan(0.5)
    expect(ran.firstS('start_io')).toBeLessThan(0.8)
    expect(ran.result.table).toContain('pg_init_delay_msecs 500')
  })

  it('asks only the active paths of the group (__pg_init_all_paths)', () => {
    const ran = run(mode, { steps: [{ message: 'fail_path 8:0' }, read, wait] })
    expect(ran.of('pg_init').map(({ dev }) => dev)).toEqual(['sdb'])
  })

  it('a reinstated path of the group in use is activated again (reinstate_path)', () => {
    const ran = run(mode, {
      steps: [read, wait, { message: 'fail_path 8:0' }, { message: 'reinstate_path 8:0' }, { sleep_ns: S }],
    })
    expect(ran.of('pg_init').map(({ dev }) => dev)).toEqual(['sda', 'sdb', 'sda'])
  })

  it('a suspend waits for activations that run (flush_multipath_work)', () => {
    const slow = { completion: { kind: 'timer', ns: 300_000_000 } }
    const ran = run(mode, {
      devices: [slow, slow],
      steps: [read, { suspend: { noflush: true } }, { resume: true }, wait],
    })
    expect(ran.complaints()).toEqual([])
    const suspended = ran.of('dm_state').find(({ arg }) => arg === 3)!.atNs
    const [, lastDone] = ran.of('pg_init_done')
    expect(suspended).toBeGreaterThanOrEqual(lastDone!.atNs)
  })
})

describe.each(MODES)('scsi_dh_activate, %s mode', (mode: Mode) => {
  it('answers DEV_OFFLINED for a disk that an administrator took offline', () => {
    const ran = run(mode, { steps: [{ sysfs: '/sys/block/sda/device/state', value: 'offline' }, read, wait] })
    expect(results(ran, 'sda')).toEqual([ScsiDh.DEV_OFFLINED])
    expect(failed(ran)).toEqual(['sda'])
  })
})

describe.each(MODES)('scsi_dh_alua, %s mode', (mode: Mode) => {
  const seen = (ran: Ran, dev: string): number[] => ran.of('access_state', dev).map(({ arg }) => arg)

  it('asks an implicit port twice and an explicit one that is optimized once (alua_stpg)', () => {
    const ms = (tpgs: string): number => {
      const device = { tpgs, completion: { kind: 'timer', ns: 50_000_000 } }
      const ran = run(mode, { devices: [device, device], groups: '1 1 round-robin 0 1 1 8:0 1' })
      expect(ran.complaints()).toEqual([])
      return (ran.of('pg_init_done')[0]!.atNs - ran.of('pg_init')[0]!.atNs) / 1e6
    }
    expect(ms('implicit')).toBeCloseTo(5 + 2 * 50, 0)
    expect(ms('explicit')).toBeCloseTo(5 + 50, 0)
  })

  it('sets an explicit standby port active and asks it again', () => {
    const standby = { access_state: 'standby', tpgs: 'explicit' }
    const ran = run(mode, { devices: [standby, standby] })
    expect(ran.complaints()).toEqual([])
    expect(seen(ran, 'sda')).toEqual([0])
    expect(failed(ran)).toEqual([])
    expect(ran.of('start_io').map(({ dev }) => dev)).toEqual(['sdb'])
  })

  it('leaves an implicit standby port as it is: I/O to it is refused before it is sent (alua_prep_fn)', () => {
    const standby = { access_state: 'standby' }
    const ran = run(mode, { devices: [standby, standby] })
    expect(ran.complaints()).toEqual([])
    expect(failed(ran).toSorted()).toEqual(['sda', 'sdb'])
    expect(ran.of('rq_issue', 'sda')).toEqual([])
    expect(ran.of('rq_error').filter(({ dev }) => dev === 'sda')).toEqual([])
    expect(ran.result).toMatchObject({ ok: 1, failed: 0 })
  })

  it('asks a port in transition every 2 s until it has arrived (ALUA_RTPG_RETRY_DELAY)', () => {
    const moving = { access_state_reported: 'transitioning' }
    const arrives = ['sda', 'sdb'].map((device) => ({ access_state: { device, state: 'active/optimized' } }))
    const ran = run(mode, { devices: [moving, moving], steps: [read, { sleep_ns: 5e9 }, ...arrives, wait] })
    expect(ran.complaints()).toEqual([])
    expect(results(ran)).toEqual([ScsiDh.OK, ScsiDh.OK])
    expect(ran.firstS('start_io')).toBeGreaterThan(5)
    expect(ran.firstS('start_io')).toBeLessThan(7.2)
  })

  it('takes a transition of more than 60 s for standby and fails the path (ALUA_FAILOVER_TIMEOUT)', () => {
    const moving = { access_state_reported: 'transitioning' }
    const ran = run(mode, { devices: [moving, moving] })
    expect(ran.complaints()).toEqual([])
    expect(results(ran).slice(0, 2)).toEqual([ScsiDh.IO, ScsiDh.IO])
    expect(seen(ran, 'sda')).toEqual([15, 2])
    expect(ran.firstS('fail_path')).toBeGreaterThan(60)
    expect(ran.firstS('fail_path')).toBeLessThan(62.2)
  })

  it('hears of a change by UNIT ATTENTION 2A/06, asks, and refuses from then on (alua_check_sense)', () => {
    const ran = run(mode, {
      steps: [
        read,
        wait,
        { access_state: { device: 'sda', state: 'standby' } },
        { ...read, count: 6 },
        wait,
        { sleep_ns: S },
      ],
    })
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 7, failed: 0 })
    expect(seen(ran, 'sda')).toEqual([2])
    expect(failed(ran)).toEqual(['sda'])
  })

  /** A port that is in transition for 3 s while two reads are on their way. */
  const inTransition = (kernel: string): Ran => {
    const change = (state: string): object => ({ access_state: { device: 'sda', state } })
    const two = { ...read, count: 2, stride: 65_536 }
    return run(mode, {
      kernel,
      steps: [read, wait, change('transitioning'), two, { sleep_ns: 3e9 }, change('active/optimized'), wait],
    })
  }
  const lastEnd = (ran: Ran): number => ran.of('io_end').at(-1)!.atNs / S

  it('lets I/O to a port in transition through from 5.19 on, where it is asked again every second', () => {
    const ran = inTransition('6.12')
    expect(ran.complaints()).toEqual([])
    expect(failed(ran)).toEqual([])
    expect(ran.of('rq_issue', 'sda').length).toBeGreaterThanOrEqual(4)
    expect(lastEnd(ran)).toBeGreaterThan(3)
  })

  it('fails the path of a port in transition on 5.15: BLK_STS_AGAIN is a path error', () => {
    const ran = inTransition('5.15')
    expect(ran.complaints()).toEqual([])
    expect(failed(ran)).toEqual(['sda'])
    expect(ran.result).toMatchObject({ ok: 3, failed: 0 })
    expect(lastEnd(ran)).toBeLessThan(2)
  })

  it('has I/O to a port in transition wait in the queue on 5.10 (BLK_STS_RESOURCE)', () => {
    const ran = inTransition('5.10')
    expect(ran.complaints()).toEqual([])
    expect(failed(ran)).toEqual([])
    expect(lastEnd(ran)).toBeGreaterThan(3)
    expect(lastEnd(ran)).toBeLessThan(7.2)
  })
})

describe.each(MODES)('%s mode: rdac, emc and hp_sw', (mode: Mode) => {
  it.each(['rdac', 'emc', 'hp_sw'])(
    '%s moves a LUN to the controller of the path that is activated',
    (name) => {
      const passive = { hw_handler_attached: name, access_state: 'standby' }
      const ran = run(mode, { devices: [passive, passive, passive, passive] })
      expect(ran.complaints()).toEqual([])
      expect(failed(ran)).toEqual([])
      expect(ran.of('access_state').map(({ dev, arg }) => [dev, arg])).toEqual([
        ['sda', 0],
        ['sdb', 0],
      ])
      expect(ran.result.table).toContain(` 1 ${name} `)
    },
  )
})
