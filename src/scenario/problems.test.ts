import { describe, expect, it } from 'vitest'
import { KERNELS } from '../engine/index.ts'
import { problemSentence } from './problems.ts'
import { readScenario, resolveScenario } from './resolve.ts'

const pair = { devices: [{}, {}], tasks: [{ do: [{ io: 'batch', op: 'W', length: 4096, count: 16 }] }] }

function sentences(document: unknown): string[] {
  const resolved = resolveScenario(document)
  return resolved.ok ? [] : resolved.problems.map((one) => problemSentence(one))
}

const withStep = (step: unknown): unknown => ({ ...pair, tasks: [{ do: [step] }] })
const withDm = (dm: unknown): unknown => ({ ...pair, dm })
const table = (paths: string, length = 294_912): string =>
  `0 ${length} multipath 2 queue_mode {mode} 0 1 1 round-robin 0 2 1 ${paths}`

describe('a scenario for people', () => {
  it('fits two paths in fifteen lines', () => {
    const text = `{
  "devices": [
    { "driver": "scsi_debug" },
    { "driver": "scsi_debug", "queue": { "max_sectors_kb": 64 } }
  ],
  "tasks": [
    { "do": [{ "io": "batch", "op": "W", "length": 4096, "count": 16 }, { "io": "wait" }] }
  ]
}`
    expect(text.split('\n').length).toBeLessThanOrEqual(15)
    const resolved = readScenario(text)
    if (!resolved.ok) throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
    const { scenario, defaulted } = resolved
    expect(scenario.devices.map(({ name, dev }) => [name, dev])).toEqual([
      ['sda', '8:0'],
      ['sdb', '8:16'],
    ])
    expect(scenario.dm.table).toBe(table('8:0 1 8:16 1'))
    expect(scenario.tasks[0]).toMatchObject({
      name: 'main',
      do: [{ offset: 0, stride: 4096 }, { io: 'wait' }],
    })
    expect(scenario).toMatchObject({ kernel: '6.12', cpus: 2, modes: ['bio', 'rq'], seed: 1, setup: [] })
    const source = 'preset scsi_debug, kernel 6.12'
    expect(defaulted).toContainEqual({ path: 'devices[0].queue.max_sectors_kb', value: 1280, source })
    expect(defaulted.map(({ path }) => path)).not.toContain('devices[1].queue.max_sectors_kb')
  })

  it('names and numbers disks as the kernel does, around those that are named', () => {
    const devices = [{}, { name: 'sdc' }, { dev: '8:16' }, { driver: 'null_blk' }, { name: 'nullb7' }, {}]
    const resolved = resolveScenario({ ...pair, devices })
    expect(
      resolved.ok && resolved.scenario.devices.map(({ name, dev, driver }) => `${name} ${dev} ${driver}`),
    ).toEqual([
      'sda 8:0 scsi_debug',
      'sdc 8:32 scsi_debug',
      'sdb 8:16 scsi_debug',
      'nullb0 252:0 null_blk',
      'nullb7 252:7 null_blk',
      'sdd 8:48 scsi_debug',
    ])
    const many = resolveScenario({ ...pair, devices: Array.from({ length: 64 }, () => ({})) })
    const last = many.ok ? many.scenario.devices : []
    expect([last[15]?.name, last[16]?.name, last[16]?.dev, last[26]?.name]).toEqual([
      'sdp',
      'sdq',
      '65:0',
      'sdaa',
    ])
    expect(new Set(last.map((device) => device.dev)).size).toBe(64)
  })

  it('keeps attributes that belong together together', () => {
    const queues = (devices: unknown): unknown => {
      const resolved = resolveScenario({ ...pair, devices })
      return resolved.ok ? resolved.scenario.devices.map((device) => device.queue) : resolved.problems
    }
    expect(queues([{ queue: { scheduler: 'mq-deadline' } }])).toMatchObject([{ nr_requests: 256 }])
    expect(queues([{ host_tags: 32 }])).toMatchObject([{ nr_requests: 32 }])
    expect(queues([{ driver: 'null_blk', queue: { max_sectors: 101 } }])).toMatchObject([
      { max_sectors_kb: 50 },
    ])
    expect(queues([{ driver: 'null_blk', queue: { max_sectors_kb: 64 } }])).not.toMatchObject([
      { max_sectors: 255 },
    ])
    expect(queues([{ queue: { logical_block_size: 4096 } }])).toMatchObject([
      { physical_block_size: 4096, minimum_io_size: 4096 },
    ])
    expect(queues([{ driver: 'null_blk', queue: { virt_boundary_mask: 4095 } }])).toMatchObject([
      { max_segment_size: 4_294_967_295 },
    ])
  })

  it('takes the modes from a table that fixes them', () => {
    const fixed = '0 294912 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1'
    const resolved = resolveScenario(withDm({ table: fixed }))
    expect(resolved.ok && resolved.scenario.modes).toEqual(['rq'])
  })
})

describe('what is wrong', () => {
  it.each<[string, unknown, string]>([
    [
      'no devices',
      { tasks: [] },
      'the scenario: the field "devices" is missing; write a list in square brackets there',
    ],
    [
      'an unknown field',
      { ...pair, devcies: [] },
      'the scenario: "devcies" is not a field here; did you mean "devices"?',
    ],
    [
      'a misspelt field of a step',
      withStep({ io: 'batch', op: 'W', lenght: 4096 }),
      'tasks[0].do[0]: the field "length" is missing; write a whole number from 1 to 67108864 there',
    ],
    [
      'a misspelt step',
      withStep({ io: 'bacth' }),
      'tasks[0].do[0].io: "bacth" does not fit; did you mean "batch"?',
    ],
    [
      'a step of no kind',
      withStep({ slepe_ns: 5 }),
      'tasks[0].do[0]: an object does not fit; did you mean "sleep_ns"?',
    ],
    ['a list for an object', withDm([]), 'dm: an empty list does not fit; write an object in curly brackets'],
    [
      'several maps',
      withDm([{}, {}]),
      'dm: a list of 2 does not fit; write one object in curly brackets: a scenario has one multipath map, and what is over or under it goes into "stack"',
    ],
    [
      'a driver',
      { ...pair, devices: [{ driver: 'scsi_debgu' }] },
      'devices[0].driver: "scsi_debgu" does not fit; did you mean "scsi_debug"?',
    ],
    [
      'an attribute',
      { ...pair, devices: [{ queue: { max_sector_kb: 64 } }] },
      'devices[0].queue.max_sector_kb: "max_sector_kb" does not fit; did you mean "max_sectors_kb"?',
    ],
    [
      'a kernel',
      { ...pair, kernel: '6.13' },
      `kernel: "6.13" is not modelled; use one of ${[...KERNELS.keys()].join(', ')}`,
    ],
    [
      'a name used twice',
      { ...pair, devices: [{ name: 'sda' }, { name: 'sda', dev: '8:16' }] },
      'devices[1].name: "sda" is already devices[0]; give every device a name of its own',
    ],
    [
      'a number used twice',
      {
        ...pair,
        devices: [
          { name: 'x', dev: '8:0' },
          { name: 'y', dev: '8:0' },
        ],
      },
      'devices[1].dev: "8:0" is already devices[0]; give every device a dev of its own',
    ],
    [
      'a table with a strange device',
      withDm({ table: table('8:0 1 8:32 1') }),
      'dm.table, word 16 ("8:32"): there is no such device; the devices are 8:0 (sda), 8:16 (sdb)',
    ],
    [
      'a table with names',
      withDm({ table: table('8:0 1 /dev/sdb 1') }),
      'dm.table, word 16 ("/dev/sdb"): a device is named by its number here; write 8:16',
    ],
    [
      'a table of another target',
      withDm({ table: '0 294912 multipaht 0' }),
      'dm.table, word 3 ("multipaht"): the target "multipaht" is not simulated; did you mean "multipath"?',
    ],
    [
      'a table of another length',
      withDm({ sectors: 1000, table: table('8:0 1 8:16 1') }),
      'dm.table, word 2 ("294912"): the dm device has 1000 sectors; write 1000, or change dm.sectors',
    ],
    ['no mode', { ...pair, modes: [] }, 'modes: an empty list does not fit; write at least 1 of them'],
    [
      'a mode the table excludes',
      { ...(withDm({ table: table('8:0 1 8:16 1').replace('{mode}', 'bio') }) as object), modes: ['rq'] },
      'dm.table: it fixes queue_mode bio, but modes also asks for "rq"; write "queue_mode {mode}" in it, or "modes": ["bio"]',
    ],
    [
      'too many devices',
      { ...pair, devices: Array.from({ length: 65 }, () => ({})) },
      'devices: a list of 65 does not fit; write at most 64 of them',
    ],
    [
      'too many I/Os',
      withStep({ io: 'batch', op: 'W', length: 4096, count: 100_001 }),
      'tasks[0].do[0].count: 100001 does not fit; write a whole number from 1 to 100000',
    ],
    [
      'an I/O beyond the end',
      withStep({ io: 'batch', op: 'R', offset: 150_994_944, length: 512 }),
      'tasks[0].do[0]: the I/O ends at byte 150995456, but the dm device ends at 150994944; move it towards the start, make it smaller, or make the devices larger',
    ],
    [
      'a crooked length',
      withStep({ io: 'sync', op: 'R', length: 700 }),
      'tasks[0].do[0].length: 700 is not a multiple of the logical block, 512 bytes; write 512 or another multiple',
    ],
    [
      'a task that is not there',
      withStep({ start: 'io1' }),
      'tasks[0].do[0].start: there is no task "io1"; write "main"',
    ],
    [
      'a join without a start',
      { ...pair, tasks: [{ do: [{ join: 'io1' }] }, { name: 'io1', do: [] }] },
      'tasks[0].do[0].join: nobody starts the task "io1", so its end never comes; add {"start": "io1"}',
    ],
    [
      'an error on a device that is not there',
      withStep({ inject: { device: 'sdz', command: 'READ' } }),
      'tasks[0].do[0].inject.device: there is no device "sdz"; did you mean "sda"?',
    ],
    [
      'a message',
      withStep({ message: 'fail_pth 8:0' }),
      'tasks[0].do[0].message: multipath knows no message "fail_pth"; did you mean "fail_path"?',
    ],
    [
      'a message about nobody',
      withStep({ message: 'fail_path 8:64' }),
      'tasks[0].do[0].message: there is no device "8:64"; the devices are 8:0 (sda), 8:16 (sdb)',
    ],
    [
      'a sysfs path',
      withStep({ sysfs: '/sys/block/sda/queue/shceduler', value: 'none' }),
      'tasks[0].do[0].sysfs: a queue has no attribute "shceduler"; did you mean "scheduler"?',
    ],
    [
      'a scheduler',
      withStep({ sysfs: '/sys/block/dm-0/queue/scheduler', value: 'elevator' }),
      'tasks[0].do[0].value: "elevator" is not a value of this attribute; write "none", "mq-deadline", "bfq", "kyber", "noop", "deadline" or "cfq"',
    ],
    [
      'a CPU',
      withStep({ cpu: 2 }),
      'tasks[0].do[0].cpu: there is no CPU 2, the machine has 2; write 0 to 1, or raise cpus',
    ],
    [
      'a stop at an event of no kind',
      { ...pair, story: { title: 't', stops: [{ at: { event: 'back_merge' }, title: 't' }] } },
      'story.stops[0].at.event: "back_merge" does not fit; did you mean "backmerge"?',
    ],
  ])('is said about %s', (_, document, sentence) => {
    expect(sentences(document)[0]).toBe(sentence)
  })

  it('is said about more I/Os than anybody could wait for', () => {
    const step = { io: 'batch', op: 'W', length: 512, count: 100_000, stride: 0 }
    const steps = Array.from({ length: 21 }, () => step)
    expect(sentences({ ...pair, tasks: [{ do: steps }] })).toEqual([
      'tasks: they ask for 2100000 I/Os; ask for at most 2000000',
    ])
  })

  it('is said with the line where there is a text', () => {
    const text = JSON.stringify({ ...pair, devices: [{}, { driver: 'scsi' }] }, null, 2)
    const resolved = readScenario(text)
    const first = resolved.ok ? undefined : resolved.problems[0]
    expect(text.split('\n')[(first?.line ?? 0) - 1]).toContain('"driver": "scsi"')
    expect(first && problemSentence(first, 'pair.json')).toMatch(
      /^pair\.json, line \d+: devices\[1\]\.driver: /,
    )
  })

  it('is said about a text that is no JSON', () => {
    const resolved = readScenario('{\n "devices": [,]\n}')
    expect(resolved.ok ? '' : problemSentence(resolved.problems[0]!, 'x.json')).toBe(
      'x.json, line 2: the scenario: it is not JSON: a value is expected, "," is there; look at column 14 of that line',
    )
  })

  it('is said about several places at once', () => {
    expect(sentences({ ...pair, cpus: 0, seed: -1, kernel: 5 })).toHaveLength(3)
  })
})
