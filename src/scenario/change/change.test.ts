import { describe, expect, it } from 'vitest'
import type { LaneChanges } from '../changes.ts'
import { GALLERY } from '../gallery/index.ts'
import { problemSentence } from '../problems.ts'
import { resolveScenario } from '../resolve.ts'
import { tableLine, tableParts } from './table-words.ts'

const two = { devices: [{}, {}], tasks: [{ do: [{ io: 'batch', op: 'R', length: 4096 }] }] }
const table =
  '0 65536 multipath 3 queue_if_no_path queue_mode {mode} 1 alua 2 1 service-time 0 2 2 8:0 1 1 8:16 1 1 round-robin 0 1 1 8:32 1'
const grouped = {
  devices: [
    { sectors: 65_536 },
    { sectors: 65_536 },
    { sectors: 65_536, completion: { kind: 'timer', ns: 5 } },
  ],
  dm: { table },
  tasks: two.tasks,
}

function changed(file: unknown, changes: LaneChanges, kernel?: string): ReturnType<typeof resolveScenario> {
  return resolveScenario(file, kernel, changes)
}

function scenario(file: unknown, changes: LaneChanges, kernel?: string) {
  const resolved = changed(file, changes, kernel)
  if (!resolved.ok) throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
  return resolved.scenario
}

describe('what-ifs of a lane', () => {
  it('change nothing where they say nothing', () => {
    for (const file of [two, grouped, ...GALLERY]) {
      const plain = resolveScenario(file)
      expect(plain.ok && plain.scenario).toEqual(scenario(file, {}))
    }
  })

  it('give more paths as copies, each with a name of its own', () => {
    const { devices, dm } = scenario(two, { paths: 4 })
    expect(devices.map(({ name, dev }) => `${name} ${dev}`)).toEqual([
      'sda 8:0',
      'sdb 8:16',
      'sdc 8:32',
      'sdd 8:48',
    ])
    expect(dm.table).toContain('1 1 round-robin 0 4 1 8:0 1 8:16 1 8:32 1 8:48 1')
    const spread = scenario(grouped, { paths: 5 })
    expect(spread.dm.table).toContain(
      'service-time 0 3 2 8:0 1 1 8:16 1 1 8:48 1 1 round-robin 0 2 1 8:32 1 8:64 1',
    )
    expect(spread.devices[4]!.completion).toEqual({ kind: 'timer', ns: 5 })
  })

  it('take the last paths away, and groups that are empty then', () => {
    const { devices, dm } = scenario(grouped, { paths: 1 })
    expect(devices.map(({ name }) => name)).toEqual(['sda'])
    expect(dm.table).toBe(
      '0 65536 multipath 3 queue_if_no_path queue_mode {mode} 1 alua 1 1 service-time 0 1 2 8:0 1 1',
    )
  })

  it('change the selector of every group, with its usual arguments', () => {
    expect(scenario(grouped, { selector: 'queue-length' }).dm.table).toContain(
      'queue-length 0 2 1 8:0 1 8:16 1 queue-length 0 1 1 8:32 1',
    )
    expect(scenario(grouped, { selector: 'round-robin', queue_if_no_path: false }).dm.table).toBe(
      '0 65536 multipath 2 queue_mode {mode} 1 alua 2 1 round-robin 0 2 1 8:0 1 8:16 1 round-robin 0 1 1 8:32 1',
    )
    expect(scenario(two, { selector: 'io-affinity' }).dm.table).toContain('io-affinity 0 2 1 8:0 1 8:16 2')
  })

  it('let defaults follow what they change', () => {
    expect(scenario(two, {}).devices[0]!.queue).toMatchObject({ scheduler: 'none', nr_requests: 192 })
    const { devices } = scenario(two, { path_queue: { scheduler: 'mq-deadline', max_sectors_kb: 64 } })
    expect(devices[1]!.queue).toMatchObject({
      scheduler: 'mq-deadline',
      nr_requests: 256,
      max_sectors_kb: 64,
    })
    expect(scenario(two, {}, '4.4').devices[0]!.queue['scheduler']).toBe('cfq')
  })

  it('write the dm queue before the run, its scheduler first', () => {
    const { setup, devices } = scenario(two, {
      dm_queue: { nr_requests: 8, scheduler: 'none' },
      queue_depth: 2,
    })
    expect(setup).toEqual([
      { sysfs: '/sys/block/dm-0/queue/scheduler', value: 'none' },
      { sysfs: '/sys/block/dm-0/queue/nr_requests', value: 8 },
    ])
    expect(devices.map((device) => device.queue_depth)).toEqual([2, 2])
  })

  it.each([
    [{ paths: 0 }, 'changes.paths'],
    [{ paths: 1.5 }, 'changes.paths'],
    [{ queue_depth: 0 }, 'devices[0].queue_depth'],
    [{ path_queue: { scheduler: 'fast' } }, 'scheduler'],
    [{ path_queue: { wings: 2 } }, 'wings'],
  ])('are refused with a place: %j', (changes, place) => {
    const resolved = changed(two, changes)
    expect(resolved.ok).toBe(false)
    if (!resolved.ok) expect(problemSentence(resolved.problems[0]!)).toContain(place)
  })
})

describe('the parts of a table line', () => {
  it('make the same line again, for every table of the gallery', () => {
    const lines = GALLERY.map((file) => scenario(file, {}).dm.table)
    for (const line of [...lines, table]) {
      const parts = tableParts(line)
      if (parts !== undefined) expect(tableLine(parts)).toBe(line.trim().replaceAll(/\s+/g, ' '))
    }
    expect(tableParts(table)?.groups).toHaveLength(2)
  })

  it('are not guessed from a line that does not come out even', () => {
    for (const line of ['', '0 1 multipath', `${table} more`, '0 8 linear 8:0 0', '0 1 multipath x 0 1 1'])
      expect(tableParts(line)).toBeUndefined()
  })
})
