import { describe, expect, it } from 'vitest'
import { INJECTABLE } from '../engine/index.ts'
import { problemSentence } from './problems.ts'
import { resolveScenario } from './resolve.ts'

const io = { io: 'batch', op: 'R', length: 4096 }
const withDevice = (device: object, step: object = io): unknown => ({
  devices: [device, {}],
  tasks: [{ do: [step] }],
})

function sentences(document: unknown): string[] {
  const resolved = resolveScenario(document)
  return resolved.ok ? [] : resolved.problems.map((one) => problemSentence(one))
}

describe('a device that says how it serves', () => {
  it.each([
    [{ kind: 'linear', per_io_ns: 279_000, bytes_per_s: 43_700_000 }, []],
    [{ kind: 'disk', rpm: 15_000 }, ['track_to_track_ns', 'full_stroke_ns', 'bytes_per_s']],
    [{ kind: 'nvme', width: 8 }, ['read_ns', 'write_ns', 'bytes_per_s']],
    [
      { kind: 'array', hit_ratio: 1, queue_limit: 64 },
      ['link_latency_ns', 'link_bytes_per_s', 'hit_ns', 'miss_ns', 'write_ns', 'width'],
    ],
  ])('may leave to the preset what it does not care about: %o', (completion, filled) => {
    const resolved = resolveScenario(withDevice({ completion }))
    if (!resolved.ok) throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
    expect(resolved.scenario.devices[0]?.completion).toMatchObject(completion)
    const paths = resolved.defaulted.map(({ path }) => path)
    const mine = paths.filter((path) => path.startsWith('devices[0].completion'))
    expect(mine).toEqual(filled.map((name) => `devices[0].completion.${name}`))
  })

  it('has the timers of the kernel where its transport leaves them out: fast_io_fail_tmo is off', () => {
    const resolved = resolveScenario(withDevice({ transport: { kind: 'fc' } }))
    expect(resolved.ok && resolved.scenario.devices[0]?.transport).toEqual({ kind: 'fc', dev_loss_tmo_s: 60 })
    const iscsi = resolveScenario(withDevice({ transport: { kind: 'iscsi' } }))
    expect(iscsi.ok && iscsi.scenario.devices[0]?.transport).toEqual({
      kind: 'iscsi',
      replacement_timeout_s: 120,
      noop_interval_s: 5,
      noop_timeout_s: 5,
    })
  })

  it('gets queues, limits and a service time of its kind when it is an nvme', () => {
    const resolved = resolveScenario({
      devices: [{ driver: 'nvme' }, { name: 'nvme5n1' }],
      tasks: [{ do: [io] }],
    })
    if (!resolved.ok) throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
    expect(resolved.scenario.devices.map(({ name, dev, driver }) => `${name} ${dev} ${driver}`)).toEqual([
      'nvme0n1 259:0 nvme',
      'nvme5n1 259:5 nvme',
    ])
    expect(resolved.scenario.devices[0]).toMatchObject({
      hw_queues: 2,
      completion: { kind: 'nvme' },
      queue: { virt_boundary_mask: 4095, nr_requests: 1023, scheduler: 'none' },
    })
  })
})

describe('what is wrong with it', () => {
  const two = (a: object, b: object): unknown => ({
    devices: [
      { lun: 'x', completion: { kind: 'array', ...a } },
      { lun: 'x', completion: { kind: 'array', ...b } },
    ],
    tasks: [{ do: [io] }],
  })
  it.each([
    [
      withDevice({ completion: { kind: 'dsik' } }),
      'devices[0].completion.kind: "dsik" does not fit; did you mean "disk"?',
    ],
    [
      withDevice({ completion: { kind: 'linear', per_io_ns: 1 } }),
      /^devices\[0\]\.completion: the field "bytes_per_s" is missing; /,
    ],
    [
      withDevice({ completion: { kind: 'nvme', widht: 3 } }),
      'devices[0].completion: "widht" is not a field here; did you mean "width"?',
    ],
    [
      withDevice({ completion: { kind: 'array', hit_ratio: 2 } }),
      'devices[0].completion.hit_ratio: 2 does not fit; write a number from 0 to 1',
    ],
    [
      two({}, { miss_ns: 5 }),
      'devices[1].completion.miss_ns: sdb and sda lead to the same LUN and differ here; write 4000000, or name another lun',
    ],
    [
      withDevice({ transport: { kind: 'fc', fast_io_fail_tmo_s: 60 } }),
      'devices[0].transport.fast_io_fail_tmo_s: 60 s is not shorter than dev_loss_tmo_s, which is 60 s; the kernel refuses that: make it shorter',
    ],
    [
      withDevice({ driver: 'null_blk', transport: { kind: 'fc' } }),
      'devices[0].transport: nullb0 is a device of null_blk, which has no transport fc; take it out',
    ],
    [
      withDevice({ transport: { kind: 'iscsi', noop_timeout_s: 25 } }),
      /^devices\[0\]\.transport\.noop_timeout_s: with the interval, 30 s pass before a ping is given up, more/,
    ],
    [
      { ...(withDevice({}) as object), multipathd: { no_path_retries: 5 } },
      'multipathd: "no_path_retries" is not a field here; did you mean "no_path_retry"?',
    ],
    [
      { ...(withDevice({}) as object), multipathd: { marginal_path_err_rate: 5 } },
      /^multipathd: "marginal_path_err_rate" is not a field here; take it out; the fields here are polling_interval, /,
    ],
    [
      { ...(withDevice({}) as object), multipathd: { failback: 'later' } },
      'multipathd.failback: "later" does not fit; write "manual", "immediate", "followover" or a whole number from 1 to 3600',
    ],
    [
      withDevice({}, { sysfs: '/sys/class/fc_remote_ports/rport-0:0-0/dev_loss_tmo', value: 5 }),
      /^tasks\[0\]\.do\[0\]\.sysfs: .* does not exist here; give a device "transport": /,
    ],
    [
      withDevice({ completion: { kind: 'disk', full_stroke_ns: 5 } }),
      'devices[0].completion.full_stroke_ns: 5 ns over the whole disk is less than over one track; write at least 600000',
    ],
    [
      withDevice({ driver: 'null_blk' }, { link: { device: 'nullb0', up: false } }),
      'tasks[0].do[0].link.device: nullb0 is a null_blk, which has no cable; use a scsi_debug or an nvme device',
    ],
    [
      withDevice({}, { hang: { device: 'sdx' } }),
      /^tasks\[0\]\.do\[0\]\.hang\.device: there is no device "sdx"; did you mean "sd[ab]"\?$/,
    ],
    [
      withDevice({}, { service: { device: 'sda', factor: 0 } }),
      'tasks[0].do[0].service.factor: 0 does not fit; write a number from 0.001 to 100000',
    ],
    [
      withDevice({}, { inject: { device: 'sda', status: 'BUSSY' } }),
      'tasks[0].do[0].inject.status: "BUSSY" is no status of scsi_debug; did you mean "BUSY"?',
    ],
    [
      withDevice({}, { inject: { device: 'sda', status: 'BUSY', host_byte: 1 } }),
      'tasks[0].do[0].inject.status: it and host_byte say the same thing twice; give one of the two',
    ],
    [
      withDevice({}, { inject: { device: 'sda', status: 'BUSY', sectors: 1 } }),
      'tasks[0].do[0].inject: a range of sectors needs first_sector as well; give both, or neither',
    ],
    [
      withDevice({ driver: 'nvme' }, { inject: { device: 'nvme0n1', command: 'READ', host_byte: 1 } }),
      /^tasks\[0\]\.do\[0\]\.inject: a device of nvme gives no SCSI answers; add "status": one of CAP_EXCEEDED, /,
    ],
  ])('%#: is said in one sentence', (document, sentence) => {
    const found = sentences(document)
    if (typeof sentence === 'string') expect(found).toContain(sentence)
    else expect(found.join('\n')).toMatch(sentence)
  })

  it('is nothing for any error that can be injected by name', () => {
    for (const [driver, device] of [
      ['scsi_debug', 'sda'],
      ['nvme', 'nvme0n1'],
    ] as const)
      for (const status of INJECTABLE[driver])
        expect(sentences(withDevice({ driver }, { inject: { device, status } }))).toEqual([])
  })
})
