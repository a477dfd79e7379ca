/** NVMe over fabrics: what becomes of I/O when the connection to a controller is lost (drivers/nvme/host/fabrics.c, tcp.c). */
import { describe, expect, it } from 'vitest'
import { BlkStatus, MODES, Ran, type Mode } from './run-file.ts'

const NOTICED_S = 7.5
const writes = { io: 'each', op: 'W', length: 4096, count: 8, stride: 65_536 }
const link = (up: boolean): object => ({ link: { device: 'nvme0n1', up } })
/** Writes in flight on both paths when the cable of the first comes out, and more after it. */
const pulled = (...rest: readonly object[]): object[] => [
  writes,
  link(false),
  { ...writes, offset: 1_048_576 },
  ...rest,
  { io: 'wait' },
]
const file = (over: object, main: readonly object[], count = 2): object => {
  const device = { driver: 'nvme', completion: { kind: 'timer', ns: 1_000_000 } }
  const tcp = { ...device, transport: { kind: 'nvme-tcp', ...over } }
  return { devices: [tcp, tcp].slice(0, count), tasks: [{ name: 'main', do: main }] }
}
const ends = (ran: Ran): number[] => ran.of('io_end').map(({ atNs }) => atNs / 1e9)
const HEAD_PATH = 'nvme0c0n1'
const statesOf = (ran: Ran): readonly string[] => ran.states(HEAD_PATH).map(([, state]) => state)

describe.each(MODES)('dm over controllers, %s mode', (mode: Mode) => {
  it('fails over when a keep-alive is missed: nothing that multipath sends may wait', () => {
    const ran = new Ran(file({ ctrl_loss_tmo_s: 30 }, pulled()), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(ran.firstS('fail_path', 'nvme0n1')).toBeCloseTo(NOTICED_S, 2)
    expect(Math.max(...ends(ran))).toBeLessThan(NOTICED_S + 0.2)
    // HOST_ABORTED_CMD is an I/O error for whoever asked not to retry
    const given = ran.of('bio_endio', 'nvme0n1').filter(({ atNs }) => atNs / 1e9 > NOTICED_S - 0.01)
    expect(new Set(given.map(({ arg }) => arg))).toEqual(new Set([BlkStatus.IOERR]))
  })

  it('fails what is sent while it connects again at once, without a D', () => {
    const late = { ...writes, offset: 2_097_152 }
    const again = { message: 'reinstate_path 259:0' }
    const ran = new Ran(file({}, pulled({ sleep_ns: 9e9 }, again, late)), mode)
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 24, failed: 0 })
    expect(ran.of('fail_path', 'nvme0n1')).toHaveLength(2)
    const issued = ran.of('rq_issue', 'nvme0n1').map(({ atNs }) => atNs / 1e9)
    expect(Math.max(...issued)).toBeLessThan(1)
  })
})

describe('a head over controllers', () => {
  const native = (over: object, main: readonly object[], count?: number): Ran => {
    const ran = new Ran({ ...file(over, main, count), modes: ['native'] }, 'native')
    expect(ran.complaints()).toEqual([])
    return ran
  }

  it('takes the bios of a lost connection back and sends them by the other', () => {
    const ran = native({}, pulled())
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(ran.firstS('head_requeue')).toBeCloseTo(NOTICED_S, 2)
    expect(Math.max(...ends(ran))).toBeLessThan(NOTICED_S + 0.01)
  })

  it('holds I/O while its only controller connects again, and goes on where it left off', () => {
    const ran = native({}, pulled({ sleep_ns: 20e9 }, link(true)), 1)
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(statesOf(ran)).toEqual(['connecting', 'running'])
    // attempts 10 s apart: the second finds the cable in
    expect(Math.max(...ends(ran))).toBeCloseTo(NOTICED_S + 20, 1)
    expect(ran.timers(HEAD_PATH).filter((name) => name.startsWith('reconnect'))).toHaveLength(2)
  })

  it('lets it fail fast_io_fail_tmo after the loss', () => {
    const ran = native({ fast_io_fail_tmo_s: 5 }, pulled(), 1)
    expect(ran.result).toMatchObject({ ok: 0, failed: 16 })
    expect(Math.min(...ends(ran))).toBeCloseTo(NOTICED_S + 5, 2)
  })

  it('gives up with the controller, after ctrl_loss_tmo / reconnect_delay attempts', () => {
    const ran = native({ ctrl_loss_tmo_s: 25, reconnect_delay_s: 10 }, pulled(), 1)
    expect(ran.result).toMatchObject({ ok: 0, failed: 16 })
    expect(statesOf(ran)).toEqual(['connecting', 'deleted'])
    expect(Math.max(...ends(ran))).toBeCloseTo(NOTICED_S + 30, 1)
  })

  it('waits for ever with ctrl_loss_tmo -1, which sysfs may change', () => {
    const path = '/sys/class/nvme/nvme0/ctrl_loss_tmo'
    const ran = native({ ctrl_loss_tmo_s: -1 }, pulled({ sleep_ns: 100e9 }, { sysfs: path, value: 20 }), 1)
    expect(ran.result).toMatchObject({ ok: 0, failed: 16 })
    expect(Math.max(...ends(ran))).toBeGreaterThan(100)
    expect(Math.max(...ends(ran))).toBeLessThan(115)
  })

  it('has a deleted controller again only when somebody connects to it', () => {
    const main = [writes, link(false), { io: 'wait' }, link(true), { sleep_ns: 60e9 }, writes, { io: 'wait' }]
    const gone = native({ ctrl_loss_tmo_s: 10 }, main, 1)
    expect(gone.result).toMatchObject({ ok: 0, failed: 16 })
    const rescanned = main.flatMap((step) => ('sleep_ns' in step ? [step, { rescan: true }] : [step]))
    expect(native({ ctrl_loss_tmo_s: 10 }, rescanned, 1).result).toMatchObject({ ok: 8, failed: 8 })
  })

  it('notices nothing of a cable that is back before a keep-alive is missed', () => {
    const ran = native({}, pulled({ sleep_ns: 5e9 }, link(true)), 1)
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(statesOf(ran)).toEqual([])
    expect(ran.timers(HEAD_PATH)).toContain('keep_alive cancelled')
  })

  it('loses the connection of a controller that gives no answer when a command times out', () => {
    const ran = native({}, [{ hang: { device: 'nvme0n1' } }, writes, { io: 'wait' }])
    expect(ran.result).toMatchObject({ ok: 8, failed: 0 })
    expect(statesOf(ran)[0]).toBe('connecting')
    expect(Math.max(...ends(ran))).toBeCloseTo(30, 1)
  })
})

describe('a namespace without multipath', () => {
  it('holds I/O that may be tried again until the connection is back', () => {
    const main = pulled({ sleep_ns: 3e9 }, link(true))
    const over = { reconnect_delay_s: 1, keep_alive_tmo_s: 1 }
    const ran = new Ran({ ...file(over, main, 1), modes: ['single'] }, 'single')
    expect(ran.complaints()).toEqual([])
    expect(ran.result).toMatchObject({ ok: 16, failed: 0 })
    expect(Math.max(...ends(ran))).toBeCloseTo(3.5, 1)
  })
})
