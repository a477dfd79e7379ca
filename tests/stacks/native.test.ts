/** Native NVMe multipath: what the head of a namespace does with bios, as drivers/nvme/host/multipath.c has it. */
import { describe, expect, it } from 'vitest'
import type { EventKindName } from '../../src/engine/log/index.ts'
import { runEra, type Document, type EraRun } from '../eras/run-era.ts'

const controller = { driver: 'nvme', completion: { kind: 'timer', ns: 80_000 }, hw_queues: 1 } as const
const two: Document = { devices: [controller, controller] }
const POLICY = '/sys/class/nvme-subsystem/nvme-subsys0/iopolicy'
const policy = (value: string): Document => ({ sysfs: POLICY, value })
const each = (count: number, offset = 0): Document => ({
  io: 'each',
  op: 'W',
  offset,
  length: 4096,
  count,
  stride: 65_536,
})
const WAIT: Document = { io: 'wait' }

function native(document: Document, steps: readonly Document[], kernel = '6.12'): EraRun {
  return runEra(kernel, 'native', { ...document, tasks: [{ do: steps }] })
}

const to = (ran: EraRun): string =>
  ran
    .of('bio_remap')
    .map(({ dev }) => dev[5])
    .join('')

const counted = (ran: EraRun, kind: EventKindName): number => ran.of(kind).length

describe('the stack', () => {
  it('has a head over the controllers, under the names that the kernel gives them', () => {
    const { header } = native(two, [each(1), WAIT])
    expect(header.devices.map(({ name, role, below }) => [name, role, below])).toEqual([
      ['nvme0n1', 'head', [1, 2]],
      ['nvme0c0n1', 'path', []],
      ['nvme0c1n1', 'path', []],
    ])
    expect(header).toMatchObject({ mode: 'native', top: 0, dmName: '', selectors: ['numa'] })
  })

  it('sends a bio on as it is: no clone, no Q on the path, a C traced ahead of the request (5.4+)', () => {
    const line = (ran: EraRun): string[] =>
      [...ran.ftrace.matchAll(/block_(\w+): (259,\d)/g)].map(([, event, dev]) => `${event!} ${dev!}`)
    const usual = ['bio_queue 259,2', 'bio_remap 259,0', 'getrq 259,0', 'io_start 259,0', 'rq_issue 259,0']
    expect(line(native(two, [each(1), WAIT]))).toEqual([
      ...usual,
      'bio_complete 259,0',
      'rq_complete 259,0',
      'io_done 259,0',
    ])
    const before = line(native(two, [each(1), WAIT], '4.20'))
    expect(before).toContain('rq_complete 259,0')
    expect(before).not.toContain('bio_complete 259,0')
  })

  it('cuts a bio by the limits of the head before it chooses: each part finds a path of its own', () => {
    const small = { ...controller, queue: { max_sectors_kb: 64 } }
    const ran = native({ devices: [small, controller] }, [
      policy('round-robin'),
      { io: 'sync', op: 'W', length: 262_144 },
    ])
    expect(ran.of('split').map(({ dev, size }) => [dev, size])).toEqual([
      ['nvme0n1', 128],
      ['nvme0n1', 128],
      ['nvme0n1', 128],
    ])
    expect(ran.of('rq_issue').map(({ dev, size }) => [dev, size])).toEqual(
      ['nvme0c0n1', 'nvme0c1n1', 'nvme0c0n1', 'nvme0c1n1'].map((dev) => [dev, 128]),
    )
    expect(counted(ran, 'bio_clone')).toBe(0)
  })
})

describe('a policy', () => {
  it('numa stays with the first optimized path', () => {
    expect(to(native(two, [each(6), WAIT]))).toBe('cccccc')
    expect(
      new Set(
        native(two, [each(6), WAIT])
          .of('bio_remap')
          .map(({ dev }) => dev),
      ),
    ).toEqual(new Set(['nvme0c0n1']))
  })

  it('round-robin takes the next optimized one', () => {
    const paths = native(two, [policy('round-robin'), each(5), WAIT])
      .of('bio_remap')
      .map(({ dev }) => dev[6])
    expect(paths.join('')).toBe('01010')
  })

  it('queue-depth takes the one with fewer commands: a path that is ten times as slow gets far less', () => {
    const slow = { ...controller, completion: { kind: 'timer', ns: 800_000 } }
    const load = { io: 'loop', op: 'W', length: 4096, count: 200, depth: 8 }
    const ran = native({ devices: [controller, slow] }, [policy('queue-depth'), load])
    const share = ran.of('bio_remap').filter(({ dev }) => dev === 'nvme0c1n1').length / 200
    expect(share).toBeLessThan(0.3)
    const even = native({ devices: [controller, slow] }, [policy('round-robin'), load])
    expect(even.of('bio_remap').filter(({ dev }) => dev === 'nvme0c1n1')).toHaveLength(100)
  })

  it('that the kernel has not is refused with those it has', () => {
    expect(() => native(two, [policy('queue-depth')], '6.1')).toThrow(
      'kernel 6.1 has no policy "queue-depth" for native NVMe multipath; use numa or round-robin',
    )
    expect(() => native(two, [policy('round-robin')], '4.20')).toThrow('use numa')
  })
})

describe('asymmetric access', () => {
  const state = (of: string): Document => ({ ...controller, ana_state: of })

  it('prefers what is optimized, and takes what is not where there is nothing better', () => {
    const mixed = { devices: [state('non_optimized'), state('optimized')] }
    expect(
      new Set(
        native(mixed, [policy('round-robin'), each(4), WAIT])
          .of('bio_remap')
          .map(({ dev }) => dev),
      ),
    ).toEqual(new Set(['nvme0c1n1']))
    const worse = { devices: [state('non_optimized'), state('inaccessible')] }
    expect(
      new Set(
        native(worse, [each(4), WAIT])
          .of('bio_remap')
          .map(({ dev }) => dev),
      ),
    ).toEqual(new Set(['nvme0c0n1']))
  })

  it('a path that becomes inaccessible fails over what it had, and is asked again what it is', () => {
    const ran = native(two, [
      each(4),
      { ana: { device: 'nvme0n1', state: 'inaccessible' } },
      each(4, 1_048_576),
      WAIT,
      { sleep_ns: 1_000_000 },
      each(1, 4_194_304),
      WAIT,
    ])
    expect(counted(ran, 'head_requeue')).toBeGreaterThan(0)
    expect(counted(ran, 'head_resubmit')).toBe(counted(ran, 'head_requeue'))
    expect(ran.of('ana_state').map(({ dev, arg }) => [dev, arg])).toEqual([['nvme0c0n1', 3]])
    expect(ran.of('bio_remap').at(-1)!.dev).toBe('nvme0c1n1')
    expect(ran.result).toMatchObject({ ok: 9, failed: 0, stuck: 0 })
  })

  it('holds I/O while no path can be used, until one can', () => {
    const ran = native({ devices: [state('inaccessible'), state('change')] }, [
      each(2),
      { sleep_ns: 500_000 },
      { ana: { device: 'nvme1n1', state: 'optimized' } },
      WAIT,
    ])
    expect(ran.of('head_requeue').map(({ object }) => object)).toEqual([0, 0])
    expect(ran.result).toMatchObject({ ok: 2, failed: 0 })
  })
})

describe('a path error', () => {
  const inject = (status: string): Document => ({ inject: { device: 'nvme0n1', command: 'WRITE', status } })

  it.each(['HOST_PATH_ERROR', 'HOST_ABORTED_CMD', 'ANA_TRANSITION'])(
    '%s takes the bios to another path',
    (status) => {
      const ran = native(two, [inject(status), each(1), WAIT])
      expect(ran.of('bio_remap').map(({ dev }) => dev)).toEqual([
        'nvme0c0n1',
        status === 'ANA_TRANSITION' ? 'nvme0c1n1' : 'nvme0c0n1',
      ])
      expect(ran.of('rq_complete').map(({ size, arg }) => [size, arg])).toEqual([
        [0, 0],
        [8, 0],
      ])
      expect(counted(ran, 'bio_queue')).toBe(1)
      expect(ran.result).toMatchObject({ ok: 1, failed: 0 })
    },
  )

  it('an error of the medium is retried on its path and then goes up', () => {
    const medium = { inject: { device: 'nvme0n1', command: 'WRITE', status: 'WRITE_FAULT', count: 100 } }
    const ran = native(two, [medium, each(1), WAIT])
    expect(counted(ran, 'head_requeue')).toBe(0)
    expect(counted(ran, 'rq_requeue')).toBe(5)
    expect(ran.result).toMatchObject({ ok: 0, failed: 1 })
  })

  it('takes all bios of a merged request', () => {
    const batch = { io: 'batch', op: 'W', length: 4096, count: 4 }
    const ran = native(two, [inject('HOST_PATH_ERROR'), batch, WAIT])
    expect(ran.of('rq_issue').map(({ size }) => size)).toEqual([32, 8, 8, 8, 8])
    expect(counted(ran, 'head_requeue')).toBe(4)
    expect(ran.result).toMatchObject({ ok: 4, failed: 0 })
  })
})

describe('a controller that goes away', () => {
  const pull = (device: string, up = false): Document => ({ link: { device, up } })

  it('gives its commands to the other one', () => {
    const ran = native(two, [policy('round-robin'), each(4), pull('nvme1n1'), WAIT, each(2, 1_048_576), WAIT])
    expect(counted(ran, 'head_requeue')).toBe(2)
    expect(
      ran
        .of('bio_remap')
        .slice(-2)
        .map(({ dev }) => dev),
    ).toEqual(['nvme0c0n1', 'nvme0c0n1'])
    expect(ran.result).toMatchObject({ ok: 6, failed: 0, stuck: 0 })
  })

  it('takes the head with it when it was the last; both are back with the first', () => {
    const ran = native(two, [
      ...[each(2), pull('nvme0n1'), pull('nvme1n1'), WAIT],
      ...[each(1), WAIT, pull('nvme1n1', true), each(1), WAIT],
    ])
    expect(ran.result).toMatchObject({ ok: 1, failed: 3, stuck: 0 })
    expect(ran.of('bio_remap').at(-1)!.dev).toBe('nvme0c1n1')
  })
})

describe('every write is where it was meant to be', () => {
  it('under failing paths and controllers that come and go', () => {
    const ran = runEra('6.12', 'native', {
      ...two,
      shell_step_ns: 0,
      tasks: [
        { name: 'main', do: [policy('round-robin'), { start: 'admin' }, { fio_file: FIO }] },
        {
          name: 'admin',
          do: Array.from({ length: 12 }, (_, n) => [
            { sleep_ns: 300_000 },
            n % 3 === 0
              ? {
                  inject: { device: `nvme${n % 2}n1`, command: 'WRITE', status: 'HOST_PATH_ERROR', count: 3 },
                }
              : { link: { device: 'nvme1n1', up: n % 3 === 2 } },
          ]).flat(),
        },
      ],
    })
    expect(counted(ran, 'head_requeue')).toBeGreaterThan(3)
    expect(ran.result.jobs![0]!.verify).toMatchObject({ errors: 0 })
    expect(ran.result.jobs![0]!.verify!.checkedSectors).toBe(8192)
  })

  it('with a volume between, sector for sector', () => {
    const ran = runEra('6.12', 'native', {
      ...two,
      stack: [{ name: 'lv', table: ['0 4008 linear 253:0 0', '4008 12376 linear 253:0 4008'] }],
      tasks: [{ do: [{ fio_file: FIO }] }],
    })
    expect(counted(ran, 'dm_split')).toBeGreaterThan(0)
    expect(ran.result.jobs![0]!.verify).toMatchObject({ errors: 0, checkedSectors: 8192 })
  })
})

const FIO = `[v]
rw=randwrite
bs=16k
size=4m
iodepth=8
direct=1
verify=crc32c
`
