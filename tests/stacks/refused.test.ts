/** Stacks that cannot be: what, where, and what to do about it; in the kernel's own words where it has some. */
import { describe, expect, it } from 'vitest'
import { createRun, ScenarioError, type Scenario } from '../../src/engine/index.ts'
import type { QueueMode } from '../../src/engine/log/index.ts'
import { problemSentence, resolveScenario } from '../../src/scenario/index.ts'

const disk = { driver: 'scsi_debug' } as const
const MAP = '0 294912 multipath 2 queue_mode {mode} 0 1 1 round-robin 0 2 1 8:0 1 8:16 1'
const two = { devices: [disk, disk], dm: { name: 'mpatha', table: MAP }, tasks: [{ do: [{ io: 'wait' }] }] }
const pathsOf = (a: string, b: string): unknown => ({
  sectors: 1000,
  table: `0 1000 multipath 2 queue_mode {mode} 0 1 1 round-robin 0 2 1 ${a} 1 ${b} 1`,
})

/** The sentence of the file's reader, or of the engine in a mode that the file allows. */
function refusal(document: unknown, mode: QueueMode = 'bio'): string {
  const resolved = resolveScenario(document)
  if (!resolved.ok) return problemSentence(resolved.problems[0]!)
  try {
    createRun({ scenario: resolved.scenario, mode })
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  return 'nothing is refused'
}

const over = (...table: string[]): unknown => ({ ...two, stack: [{ name: 'lv', table }] })

describe('request-based multipath', () => {
  it.each([
    [
      'linear devices',
      [
        { dev: '253:1', table: '0 1000 linear 8:0 0' },
        { dev: '253:2', table: '0 1000 linear 8:16 0' },
      ],
      pathsOf('253:1', '253:2'),
    ],
    ['partitions', [{ partition_of: 'sda' }, { partition_of: 'sdb' }], pathsOf('259:0', '259:1')],
  ])('does not sit on %s', (_, stack, dm) => {
    expect(refusal({ ...two, dm, stack, modes: ['bio', 'rq'] })).toMatch(
      /^dm\.table: the kernel says: table load rejected: including non-request-stackable devices \(\S+\); use queue_mode bio/,
    )
    expect(refusal({ ...two, dm, stack, modes: ['bio'] })).toBe('nothing is refused')
  })
})

describe('a table of a volume', () => {
  it.each([
    [['0 64 linear 9:9 0'], 'stack[0].table, word 4 ("9:9"): is not a device that there is by then'],
    [
      ['0 64 linear 253:0 0', '65 64 linear 253:0 64'],
      'stack[0].table, line 2, word 1 ("65"): leaves a gap or an overlap; segments follow one another: write 64',
    ],
    [
      ['0 64 linear 253:0 294900'],
      'stack[0].table, word 5 ("294900"): ends at sector 294964 of 253:0, which has 294912',
    ],
    [['0 64 striped 2 8 253:0 0'], 'word 3 ("striped")'],
    [['0 64 linear 253:0 0 7'], 'word 6 ("7"): is left over'],
    [['0 64 linear'], 'next must come a device (major:minor)'],
    [['0 64 linear 253:0 0', MAP.replaceAll('{mode}', 'bio')], 'stack[0].table, line 2'],
    [[MAP], 'a second multipath map is not simulated'],
    [[MAP, '0 64 linear 253:0 0'], 'target type multipath must appear alone in table'],
  ])('%j', (table, words) => {
    expect(refusal(over(...table))).toContain(words)
  })
})

describe('a partition', () => {
  it('is not read from a device of device-mapper: what to write instead is said', () => {
    const stack = [{ name: 'p1', partition_of: 'mpatha', start_sector: 2048, sectors: 4096 }]
    expect(refusal({ ...two, stack })).toBe(
      'stack[0].partition_of: the kernel reads no partitions of a device of device-mapper; do as kpartx does: "table": ["0 4096 linear 253:0 2048"]',
    )
  })

  it.each([
    [{ partition_of: 'sdz' }, 'there is no disk "sdz"'],
    [
      { partition_of: 'sda', start_sector: 294_000, sectors: 2000 },
      'the partition ends at sector 296000 of sda, which has 294912',
    ],
  ])('%j', (partition, words) => {
    expect(refusal({ ...two, stack: [partition] })).toContain(words)
  })
})

describe('the stack as a whole', () => {
  const linear = (name: string, dev: string, on: string): unknown => ({
    name,
    dev,
    table: `0 64 linear ${on} 0`,
  })

  it.each([
    [
      { stack: [linear('mpatha', '253:1', '253:0')] },
      'stack[0].name: "mpatha" is the name of another device',
    ],
    [{ stack: [linear('lv', '8:0', '253:0')] }, 'stack[0].dev: 8:0 is the number of another device'],
    [
      { stack: [linear('lv', '253:1', '253:0')], io_on: 'vg' },
      'io_on: there is no device "vg"; use one of mpatha, lv',
    ],
    [{ stack: [linear('lv', '253:1', '253:1')] }, 'is not a device that there is by then'],
    [
      { stack: Array.from({ length: 9 }, (_, n) => linear(`l${n}`, `253:${n + 1}`, `253:${n}`)) },
      'it would be layer 9 of the stack; stack at most 8',
    ],
    [{ stack: [] }, 'stack'],
    [
      { stack: Array.from({ length: 33 }, (_, n) => linear(`l${n}`, `253:${n + 1}`, '8:0')) },
      'write at most 32 of them',
    ],
    [{ stack: [{ name: 'x', tabel: '0 64 linear 8:0 0' }] }, 'stack[0]: the field "table" is missing'],
  ])('%j', (wrong, words) => {
    expect(refusal({ ...two, ...wrong })).toContain(words)
  })

  it('is not longer at the map than its paths are', () => {
    const stack = [
      { dev: '253:1', table: '0 500 linear 8:0 0' },
      { dev: '253:2', table: '0 1000 linear 8:16 0' },
    ]
    expect(refusal({ ...two, modes: ['bio'], dm: pathsOf('253:1', '253:2'), stack })).toBe(
      'dm.table: the kernel says: 253:1 too small for target (500 sectors); write a length of at most 500',
    )
  })
})

describe('steps', () => {
  const step = (...steps: unknown[]): unknown => ({
    ...(over('0 64 linear 253:0 0') as object),
    tasks: [{ do: steps }],
  })

  it.each([
    [{ suspend: {}, map: 'mpathb' }, 'device-mapper has no device "mpathb"; did you mean "mpatha"?'],
    [
      { message: 'fail_path 8:0', map: 'lv' },
      'lv is a linear device, which takes no messages; send it to mpatha',
    ],
    [{ load: MAP.replaceAll('{mode}', 'bio'), map: 'lv' }, 'a second multipath map is not simulated'],
    [{ load: '0 32 linear 253:0 0', map: 'lv' }, 'the table has 32 sectors and lv has 64'],
    [{ load: '0 64 linear 253:1 0', map: 'lv' }, 'is not a device that there is by then'],
    [
      { ana: { device: 'sda', state: 'optimized' } },
      'sda is a device of scsi_debug, which has no ANA states',
    ],
  ])('%j', (wrong, words) => {
    expect(refusal(step(wrong))).toContain(words)
  })

  it('a map is no target for linear lines, once it is multipath', () => {
    const resolved = resolveScenario(two) as { readonly scenario: Scenario }
    const act = (load: string) => () =>
      createRun({ scenario: resolved.scenario, mode: 'bio', actions: [{ at_ns: 0, step: { load } }] })
    expect(act('0 294912 linear 8:0 0')).toThrow(
      "the kernel says: can't replace immutable target type multipath",
    )
  })
})

describe('modes', () => {
  it('native multipath leads to NVMe controllers alone', () => {
    expect(refusal(two, 'native')).toBe(
      'modes: native NVMe multipath leads to NVMe controllers alone, and sda is scsi_debug; use mode bio or rq, or make the paths nvme devices',
    )
  })

  it('native multipath came in 4.15, and is said to be in later ones', () => {
    const nvme = { devices: [{ driver: 'nvme' }, { driver: 'nvme' }], kernel: '4.8', tasks: two.tasks }
    expect(refusal(nvme, 'native')).toMatch(
      /^kernel: 4\.8 has no native NVMe multipath; use mode bio or rq, or kernel 4\.20/,
    )
  })

  it('a device alone is there always', () => {
    expect(refusal(two, 'single')).toBe('nothing is refused')
    expect(refusal({ ...two, kernel: '3.6' }, 'single')).toBe('nothing is refused')
    expect(refusal({ ...two, kernel: '2.6.28' }, 'single')).toBe('nothing is refused')
  })
})
