import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INJECTABLE, type FioJob, WRITABLE_QUEUE_ATTRIBUTES } from '../engine/index.ts'
import { parseFioFile } from '../scenario/fio/parse.ts'
import { complete } from './complete.ts'
import type { ActStep } from './parsed.ts'
import { parseCommand } from './parse.ts'
import { printStep } from './print.ts'
import { COMMANDS } from './table.ts'
import { splitCommands, splitWords } from './words.ts'
import type { World } from './world.ts'

const world: World = {
  map: 'mp',
  sizeSectors: 65_536,
  groups: 2,
  devices: [
    { name: 'dm-0', dev: '253:0', driver: 'dm', role: 'dm' },
    { name: 'sda', dev: '8:0', driver: 'scsi_debug', role: 'path' },
    { name: 'sdb', dev: '8:16', driver: 'scsi_debug', role: 'path' },
    { name: 'nullb2', dev: '252:2', driver: 'null_blk', role: 'path' },
  ],
}

function steps(typed: string): readonly ActStep[] {
  const parsed = parseCommand(typed, world)
  if (parsed.kind !== 'acts') throw new Error(`${typed}: ${JSON.stringify(parsed)}`)
  return parsed.steps
}

function sentence(typed: string): string {
  const parsed = parseCommand(typed, world)
  return parsed.kind === 'wrong' ? parsed.sentence : `taken: ${JSON.stringify(parsed)}`
}

const disk = fc.constantFrom('sda', 'sdb')
const bytes = fc.integer({ min: 0, max: 255 })
const noBytes = { host_byte: 0, driver_byte: 0, status_byte: 0, sense_key: 0, asc: 0, ascq: 0 }
const target = fc.record(
  {
    first_sector: fc.integer({ min: 0, max: 2 ** 40 }),
    sectors: fc.integer({ min: 1, max: 4096 }),
  },
  { noNullPrototype: true },
)
const sparse = { noNullPrototype: true, requiredKeys: [] }
const inject: fc.Arbitrary<ActStep> = fc
  .tuple(
    disk,
    fc.constantFrom('READ' as const, 'WRITE' as const, 'ANY' as const),
    fc.integer({ min: 1, max: 1e6 }),
    fc.oneof(
      fc.constantFrom(...INJECTABLE.scsi_debug).map((status) => ({ status, ...noBytes })),
      fc.record(
        {
          host_byte: bytes,
          driver_byte: bytes,
          status_byte: bytes,
          sense_key: bytes,
          asc: bytes,
          ascq: bytes,
        },
        { noNullPrototype: true },
      ),
    ),
    fc.option(target, { nil: {} }),
    fc.record({ probability: fc.constantFrom(0.5, 0.01, 1), seed: fc.nat() }, sparse),
  )
  .map(([device, command, count, error, where, how]) => ({
    inject: { device, command, count, ...error, ...where, ...how },
  }))
const message = fc.oneof(
  fc.constantFrom(
    'queue_if_no_path',
    'fail_if_no_path',
    'switch_group 2',
    'disable_group 1',
    'enable_group 1',
  ),
  fc.constantFrom('fail_path 8:16', 'reinstate_path 8:0', 'fail_path sdb', 'fail_path /dev/sda'),
)
const numeric = [...WRITABLE_QUEUE_ATTRIBUTES].filter((name) => name !== 'scheduler')
const sysfs: fc.Arbitrary<ActStep> = fc.oneof(
  fc.record({
    sysfs: fc.constantFrom(...numeric).map((name) => `/sys/block/sda/queue/${name}`),
    value: fc.integer({ min: 0, max: 99_999 }),
  }),
  fc.record({
    sysfs: fc.constant('/sys/block/sd*/queue/scheduler'),
    value: fc.constantFrom('none', 'mq-deadline'),
  }),
  fc.record({
    sysfs: fc.constant('/sys/block/sdb/device/state'),
    value: fc.constantFrom('offline', 'running'),
  }),
  fc.constant({ sysfs: '/sys/block/sdb/device/delete', value: 1 }),
)
const job: fc.Arbitrary<FioJob> = fc
  .record(
    {
      rw: fc.constantFrom('read', 'randwrite', 'randrw'),
      bs: fc.constantFrom('4k', '4k,8k', '1m'),
      bssplit: fc.constantFrom('4k/60:64k/40'),
      iodepth: fc.integer({ min: 1, max: 64 }).map(String),
      rate: fc.constantFrom('1m', '1m,2m', ',5m'),
      thinktime: fc.constantFrom('20ms', '3', '1us'),
      runtime: fc.constantFrom('2', '10ms'),
      size: fc.constantFrom('50%', '1m'),
      direct: fc.constantFrom('1', '0'),
      time_based: fc.constant(''),
      verify: fc.constantFrom('crc32c'),
      numjobs: fc.constantFrom('1', '3'),
    },
    sparse,
  )
  .map((options) =>
    Object.entries(options).map(([name, value]) => (value === '' ? name : `${name}=${value}`)),
  )
  .map((lines) => parseFioFile(`[job a]\n${lines.join('\n')}`, world.sizeSectors * 512))
  .filter((parsed) => parsed.ok)
  .map((parsed) => parsed.jobs[0]!)
const act: fc.Arbitrary<ActStep> = fc.oneof(
  message.map((text) => ({ message: text })),
  sysfs,
  inject,
  fc.record({ device: disk, up: fc.boolean() }).map((link) => ({ link })),
  fc.record({ device: disk, factor: fc.constantFrom(0.5, 1, 10, 100_000) }).map((service) => ({ service })),
  fc
    .record({ device: disk, hung: fc.boolean(), abort: fc.constantFrom('ok' as const, 'fails' as const) })
    .map((hang) => ({ hang })),
  fc.record({ noflush: fc.boolean(), nolockfs: fc.boolean() }).map((suspend) => ({ suspend })),
  fc.constantFrom<ActStep>(
    { resume: true },
    { rescan: true },
    { load: '0 65536 multipath 2 queue_mode bio 0 1 1 queue-length 0 1 1 8:0 1' },
  ),
  fc.array(job, { minLength: 1, maxLength: 3 }).map((jobs) => ({ fio_jobs: jobs })),
)

describe('a command', () => {
  it('that a step is printed as means that step again', () => {
    fc.assert(
      fc.property(act, (step) => {
        expect(steps(printStep(step, world))).toEqual([step])
        const again = parseCommand(printStep(step, world), world)
        expect(again.kind === 'acts' && again.command).toBe(printStep(step, world))
      }),
      { numRuns: 1000 },
    )
  })

  it('needs no names of a lane to be read from a link', () => {
    fc.assert(
      fc.property(
        fc.array(
          act.filter((step) => !('fio_jobs' in step)),
          { minLength: 1, maxLength: 4 },
        ),
        (list) => {
          const parsed = parseCommand(list.map((step) => printStep(step, world)).join('\n'))
          expect(parsed.kind === 'acts' && parsed.steps).toEqual(list)
        },
      ),
    )
  })

  it.each([
    ['multipathd fail path sdb', { message: 'fail_path 8:16' }],
    ['multipathd -k"reinstate path sdb"', { message: 'reinstate_path 8:16' }],
    ['multipathd disablequeueing map mp', { message: 'fail_if_no_path' }],
    ['multipathd restorequeueing maps', { message: 'queue_if_no_path' }],
    ['multipathd switch map mp group 2', { message: 'switch_group 2' }],
    ['sudo dmsetup message /dev/mapper/mp 0 fail_path 8:0', { message: 'fail_path 8:0' }],
    ['dmsetup load mp --table "0 65536 multipath 0 0 1 1 x"', { load: '0 65536 multipath 0 0 1 1 x' }],
    [
      'echo 64 >/sys/block/sda/queue/max_sectors_kb',
      { sysfs: '/sys/block/sda/queue/max_sectors_kb', value: 64 },
    ],
    [
      'echo 2 > /sys/class/fc_remote_ports/rport-0:0-0/fast_io_fail_tmo',
      { sysfs: '/sys/class/fc_remote_ports/rport-0:0-0/fast_io_fail_tmo', value: 2 },
    ],
    [
      'echo infinity > /sys/class/fc_remote_ports/rport-*/dev_loss_tmo',
      { sysfs: '/sys/class/fc_remote_ports/rport-*/dev_loss_tmo', value: 'infinity' },
    ],
    [
      'echo -1 > /sys/class/nvme/nvme0/fast_io_fail_tmo',
      { sysfs: '/sys/class/nvme/nvme0/fast_io_fail_tmo', value: '-1' },
    ],
    [
      'echo 120 > /sys/class/iscsi_session/session1/recovery_tmo',
      { sysfs: '/sys/class/iscsi_session/session1/recovery_tmo', value: 120 },
    ],
    ["echo '- - -' > /sys/class/scsi_host/host3/scan", { rescan: true }],
    ['hang sdb', { hang: { device: 'sdb', hung: true, abort: 'ok' } }],
    ['inject sdb medium_error 1000 8', undefined],
  ])('of the field: %s', (typed, step) => {
    const [found] = steps(typed)
    if (step !== undefined) expect(found).toEqual(step)
    else expect(found).toMatchObject({ inject: { first_sector: 1000, sectors: 8, count: 1 } })
  })

  it.each([
    ['multipath -ll', { ask: 'multipath_ll' }],
    ['multipathd show paths', { ask: 'multipathd_paths' }],
    ['multipathd show maps status', { ask: 'multipathd_status' }],
    ['dmsetup status', { ask: 'dmsetup_status' }],
    ['dmsetup table mp', { ask: 'dmsetup_table', map: 'mp' }],
    ['iostat -x', { ask: 'iostat' }],
    ['iostat -xk 0.5', { ask: 'iostat', interval_ns: 5e8 }],
    ['lsblk -t', { ask: 'lsblk_topology' }],
    ['cat /sys/block/dm-0/queue/scheduler', { ask: 'cat', path: '/sys/block/dm-0/queue/scheduler' }],
  ])('that asks: %s', (typed, question) => {
    expect(parseCommand(typed, world)).toEqual({ kind: 'asks', question })
  })

  it('of several parts is one script', () => {
    const table = '0 65536 multipath 2 queue_mode rq 0 1 1 queue-length 0 1 1 8:0 1'
    expect(steps(`dmsetup reload mp --table '${table}'; dmsetup suspend mp && dmsetup resume mp`)).toEqual([
      { load: table },
      { suspend: { noflush: false, nolockfs: false } },
      { resume: true },
    ])
    expect(sentence('multipath -ll; dmsetup resume mp')).toContain('stand alone')
  })

  it('of fio takes options, or a job file below it or alone', () => {
    const file = '[global]\nrw=randread\nbs=4k\n[a]\n[b]\niodepth=4\nioengine=libaio'
    const [asFile] = steps(`fio jobs.fio\n${file}`)
    expect(asFile).toEqual(steps(file)[0])
    expect(steps('fio --rw=randread --bs=4k --name=a --name=b --iodepth=4 --ioengine=libaio')[0]).toEqual(
      asFile,
    )
    expect(sentence('fio --name=a --rw=sideways')).toContain('rw=sideways does not fit')
    expect(sentence('[a]\nrw=read\nwings=2')).toMatch(/^Line 3/)
  })

  it.each([
    ['dmsteup ls', '"dmsteup" is no command here; did you mean "dmsetup".'],
    ['dmsetup mesage mp 0 fail_path 8:0', 'did you mean "message"'],
    ['dmsetup message mp 0 fail_pth 8:0', 'did you mean "fail_path"'],
    ['dmsetup message mp 0 fail_path 8:17', 'There is no path 8:17; did you mean "8:1'],
    ['dmsetup message other 0 queue_if_no_path', 'There is no map "other"; write mp.'],
    ['dmsetup message mp 0 switch_group 3', 'write 1 to 2'],
    ['dmsetup suspend --force mp', '--force is no option'],
    ['echo 64 > /sys/block/sdx/queue/nomerges', 'There is no device "sdx"; did you mean "sda".'],
    ['echo 64 > /sys/block/sda/queue/max_segments', 'max_segments cannot be written there'],
    ['echo fast > /sys/block/sda/queue/scheduler', '"fast" is no value of scheduler'],
    ['echo many > /sys/block/sda/queue/nr_requests', '"many" is no number'],
    ['echo 0 > /sys/block/sda/device/timeout', '"0" is no value of timeout; write'],
    [
      'echo never > /sys/class/fc_remote_ports/rport-0:0-0/dev_loss_tmo',
      '"never" is no time of dev_loss_tmo; write whole seconds, or infinity.',
    ],
    [
      'echo off > /sys/class/iscsi_session/session1/recovery_tmo',
      '"off" is no time of recovery_tmo; write whole seconds.',
    ],
    ['echo 5 > /sys/class/fc_remote_ports/rport-0:0-0/fast_tmo', 'does not exist here'],
    ['echo 1', 'echo writes nowhere'],
    ['link nullb2 down', 'nullb2 is null_blk'],
    ['link sdc down', 'There is no disk "sdc"; did you mean "sda".'],
    ['slow sda 0', 'write slow sda 10'],
    ['inject sda meduim_error', 'did you mean'],
    ['inject sda medium_error 5', '"5" is not understood'],
    ['dmsetup message mp 0 "fail_path 8:0', 'A quote is never closed; close it.'],
    ['rm -rf /', '"rm" is no command here; help lists those there are.'],
    ['', 'There is nothing to do'],
  ])('that is wrong is answered in one sentence: %s', (typed, words) => {
    expect(sentence(typed)).toContain(words)
    expect(sentence(typed)).toMatch(/^["A-Z0-9a-z-].*\.$/s)
  })

  it('may be anything and never throws', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            'dmsetup',
            'message',
            'mp',
            '0',
            'echo',
            '>',
            '"',
            "'",
            '\\',
            ';',
            'fio',
            '--rw=',
            '[a]',
            '__proto__',
            'constructor',
            'inject',
            'sda',
            'toString',
            '\n',
            '99999999999999999999',
          ),
          { maxLength: 12 },
        )
        .map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(hostile, fc.nat(200), (typed, cursor) => {
        expect(['acts', 'asks', 'tells', 'wrong']).toContain(parseCommand(typed, world).kind)
        expect(complete(typed, cursor, world).words.length).toBeLessThanOrEqual(100)
      }),
      { numRuns: 2000 },
    )
    expect(sentence('x'.repeat(200_000))).toContain('200000 characters')
    expect(sentence('link sda down;'.repeat(50))).toContain('more than 32')
  })
})

describe('help', () => {
  it('names every command, and those that begin with a word', () => {
    const all = parseCommand('help', world)
    for (const { syntax } of COMMANDS) expect(all.kind === 'tells' && all.text).toContain(syntax)
    const some = parseCommand('help dmsetup', world)
    expect(some.kind === 'tells' && some.text).not.toContain('multipathd')
  })
})

describe('words', () => {
  it('are split as a shell splits them', () => {
    const texts = (typed: string): string[] => splitWords(typed).words.map(({ text }) => text)
    expect(texts('echo "- - -" >/sys/x')).toEqual(['echo', '- - -', '>', '/sys/x'])
    expect(texts('a\\ b\'c d\'"e"')).toEqual(['a bc de'])
    expect(splitCommands('a "x;y" ; b && c\n# note\nd')).toEqual(['a "x;y"', 'b', 'c', 'd'])
  })
})

describe('completion', () => {
  const at = (typed: string): string[] => complete(typed, typed.length, world).words.map(({ text }) => text)

  it('offers what the table has at that place', () => {
    expect(at('dms')).toEqual(['dmsetup'])
    expect(at('dmsetup s')).toEqual(['suspend', 'status'])
    expect(at('dmsetup status ')).toEqual(['mp'])
    expect(at('dmsetup message mp 0 "fail_p')).toEqual([
      '"fail_path 8:0"',
      '"fail_path 8:16"',
      '"fail_path 252:2"',
    ])
    expect(at('multipathd switch map mp group ')).toEqual(['1', '2'])
    expect(at('multipathd fail path s')).toEqual(['sda', 'sdb'])
    expect(at('echo 64 > /sys/block/sdb/queue/max_s')).toEqual(['/sys/block/sdb/queue/max_sectors_kb'])
    expect(at('echo 5 > /sys/class/fc_remote_ports/rport-1:0-0/f')).toEqual([
      '/sys/class/fc_remote_ports/rport-1:0-0/fast_io_fail_tmo',
    ])
    expect(at('echo in')).toEqual(['infinity'])
    expect(at('inject sda medium')).not.toEqual([])
    expect(at('link sda down; slow s')).toEqual(['sda', 'sdb'])
    expect(at('fio --rw=randread --iod')).toContain('--iodepth=')
    expect(at('rm ')).toEqual([])
  })

  it('replaces the word that is being typed', () => {
    expect(complete('dmsetup sta', 11, world)).toMatchObject({ from: 8, to: 11 })
    expect(complete('link  down', 5, world)).toMatchObject({ from: 5, to: 5 })
  })

  it('leads from the first letter of every command to words that are understood', () => {
    for (const { syntax, slots } of COMMANDS) {
      const first = slots[0]
      if (typeof first === 'string') expect(at(first.slice(0, 2)), syntax).toContain(first)
    }
  })
})
