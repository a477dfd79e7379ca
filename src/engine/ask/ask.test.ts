import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseOf } from '../../../tests/laws/case.ts'
import { draftArb } from '../../../tests/laws/generator.ts'
import { resolveScenario } from '../../scenario/index.ts'
import { createRun } from '../run.ts'
import type { Action, Scenario } from '../scenario.ts'
import { AskedRun } from './asked-run.ts'

function scenarioOf(over: object = {}): Scenario {
  const resolved = resolveScenario({
    devices: [{}, {}],
    tasks: [
      {
        do: [
          { io: 'batch', op: 'W', length: 4096, count: 64 },
          { io: 'wait' },
          { io: 'batch', op: 'R', offset: 1_048_576, length: 8192, count: 32, stride: 65_536 },
          { io: 'wait' },
        ],
      },
    ],
    ...over,
  })
  if (!resolved.ok) throw new Error(resolved.problems[0]?.what)
  return resolved.scenario
}

interface Where {
  readonly mode?: 'bio' | 'rq' | 'single'
  readonly actions?: readonly Action[]
  readonly scenario?: Scenario
  readonly atNs?: number
}

function asked({ mode = 'rq', actions = [], scenario = scenarioOf(), atNs = 1e12 }: Where = {}): AskedRun {
  const run = new AskedRun({ scenario, mode, actions })
  while (run.advanceTo(atNs, 1000) === 'running');
  return run
}

const failed: Action = { at_ns: 1000, step: { message: 'fail_path 8:16' } }
const offline: Action = { at_ns: 1000, step: { sysfs: '/sys/block/sdb/device/state', value: 'offline' } }

describe('a run that is asked', () => {
  it('says at the end what a watched run says of its end', () => {
    const mode: fc.Arbitrary<'bio' | 'rq'> = fc.constantFrom('bio', 'rq')
    fc.assert(
      fc.property(draftArb, mode, fc.integer({ min: 1, max: 700 }), (draft, of, slice) => {
        const { scenario, actions } = caseOf(draft)
        const run = createRun({ scenario, actions, mode: of })
        if (run.advance(20_000) !== 'ended') return
        const other = new AskedRun({ scenario, actions, mode: of })
        // stops on the way change nothing
        for (let atNs = 1; atNs < run.timeNs; atNs = atNs * 3 + 777) other.advanceTo(atNs, slice)
        while (other.advanceTo(1e15, slice) === 'running');
        const { status, table } = run.result()
        expect(other.answer({ ask: 'dmsetup_status', map: scenario.dm.name })).toBe(status)
        expect(other.answer({ ask: 'dmsetup_table', map: scenario.dm.name })).toBe(table)
      }),
      { numRuns: 80, seed: 5 },
    )
  })

  it('stands exactly at the moment it is asked about', () => {
    const status = (atNs: number): string =>
      asked({ actions: [failed], atNs }).answer({ ask: 'dmsetup_status', map: 'mp' })
    expect(status(999)).toContain('8:16 A 0')
    expect(status(2_000_000)).toContain('8:16 F 1')
  })
})

describe('dmsetup', () => {
  it('puts the name in front where none was asked for', () => {
    const run = asked()
    expect(run.answer({ ask: 'dmsetup_table' })).toBe(
      `mp: ${run.answer({ ask: 'dmsetup_table', map: 'mp' })}`,
    )
    expect(run.answer({ ask: 'dmsetup_ls' })).toBe('mp\t(253:0)')
  })

  it('tells a suspended map and a table that waits', () => {
    const table = '0 294912 multipath 2 queue_mode rq 0 1 1 round-robin 0 1 1 8:0 1'
    const actions: Action[] = [
      { at_ns: 10, step: { load: table } },
      { at_ns: 10, step: { suspend: { noflush: false, nolockfs: false } } },
    ]
    const info = asked({ actions, atNs: 1e9 }).answer({ ask: 'dmsetup_info' }).split('\n')
    expect(info).toContain('State:             SUSPENDED')
    expect(info).toContain('Tables present:    LIVE & INACTIVE')
    expect(info).toContain('Major, minor:      253, 0')
  })
})

describe('multipathd', () => {
  const fc = { kind: 'fc', fast_io_fail_tmo_s: 5, dev_loss_tmo_s: 600 } as const
  const scenario = scenarioOf({
    devices: [{ transport: fc }, { transport: fc }],
    multipathd: { no_path_retry: 3, failback: 'immediate' },
    tasks: [{ do: [{ io: 'loop', op: 'R', length: 4096, count: 20_000, depth: 1 }] }],
  })
  const cut = ['sda', 'sdb'].map((device): Action => ({
    at_ns: 1_000_000,
    step: { link: { device, up: false } },
  }))
  const at = (seconds: number, actions = cut): AskedRun =>
    asked({ scenario, actions, atNs: seconds * 1e9, mode: 'bio' })

  it('tells its own opinion, which is as old as its last check', () => {
    const states = (run: AskedRun): string[] =>
      run
        .answer({ ask: 'multipathd_paths' })
        .split('\n')
        .slice(1)
        .map((row) => row.split(/ {1,}/)[5]!)
    // The cables are out, and nobody has looked yet.
    expect(states(at(0.002))).toEqual(['ready', 'ready'])
    const run = at(8)
    expect(states(run)).toEqual(['faulty', 'faulty'])
    expect(run.answer({ ask: 'multipath_ll' })).toContain('failed faulty')
    expect(run.answer({ ask: 'multipathd_paths' })).toMatch(/next_check\n.* [X.]{10} \d+\/\d+\n/)
  })

  it('counts down while no path is left', () => {
    expect(at(0.002).answer({ ask: 'multipathd_status' })).toMatch(/mp +immediate +3 chk +2 +active +rw$/)
    const seconds = [7, 9, 11].map((s) =>
      Number(/(\d+) sec/.exec(at(s).answer({ ask: 'multipathd_status' }))?.[1]),
    )
    expect(seconds[0]! - seconds[1]!).toBe(2)
    expect(seconds[1]! - seconds[2]!).toBe(2)
  })
})

describe('multipath', () => {
  it('draws the map with its groups and paths', () => {
    const table =
      '0 294912 multipath 3 queue_if_no_path queue_mode {mode} 0 2 1 service-time 0 1 2 8:0 1 1 round-robin 0 1 1 8:16 1'
    const scenario = scenarioOf({ dm: { table } })
    expect(
      asked({ scenario, mode: 'rq', actions: [failed, offline] })
        .answer({ ask: 'multipath_ll' })
        .split('\n'),
    ).toEqual([
      'mp dm-0 Linux,scsi_debug',
      "size=144M features='1 queue_if_no_path' hwhandler='0' wp=rw",
      "|-+- policy='service-time 0' prio=1 status=active",
      '| `- 0:0:0:0 sda 8:0  active ready running',
      "`-+- policy='round-robin 0' prio=0 status=enabled",
      '  `- 1:0:0:0 sdb 8:16 failed faulty offline',
    ])
  })

  it('lists paths and maps', () => {
    const run = asked({ actions: [failed] })
    expect(run.answer({ ask: 'multipathd_paths' }).split('\n')).toEqual([
      'hcil    dev dev_t pri dm_st  chk_st dev_st',
      '0:0:0:0 sda 8:0   1   active ready  running',
      '1:0:0:0 sdb 8:16  1   failed ready  running',
    ])
    expect(run.answer({ ask: 'multipathd_maps' })).toBe('name sysfs uuid\nmp   dm-0  mp')
    expect(
      asked({ mode: 'single', scenario: scenarioOf({ modes: ['single'] }) }).answer({ ask: 'multipath_ll' }),
    ).toBe('')
  })
})

describe('lsblk', () => {
  it('shows a map under every disk that it is made of', () => {
    expect(asked().answer({ ask: 'lsblk' }).split('\n')).toEqual([
      'NAME MAJ:MIN RM SIZE RO TYPE  MOUNTPOINTS',
      'sda    8:0    0 144M  0 disk',
      '└─mp 253:0    0 144M  0 mpath',
      'sdb    8:16   0 144M  0 disk',
      '└─mp 253:0    0 144M  0 mpath',
    ])
  })

  it('shows limits and schedulers as they are then', () => {
    const set: Action = { at_ns: 5, step: { sysfs: '/sys/block/sda/queue/scheduler', value: 'mq-deadline' } }
    const [head, sda, , sdb] = asked({ actions: [set] })
      .answer({ ask: 'lsblk_topology' })
      .split('\n')
    expect(head).toMatch(/^NAME +ALIGNMENT MIN-IO OPT-IO PHY-SEC LOG-SEC ROTA SCHED +RQ-SIZE +RA WSAME$/)
    expect(sda!.split(/\s+/)).toEqual([
      'sda',
      '0',
      '512',
      '524288',
      '512',
      '512',
      '0',
      'mq-deadline',
      '256',
      '1024',
      '0B',
    ])
    expect(sdb!.split(/\s+/).slice(7, 9)).toEqual(['none', '192'])
  })
})

describe('cat', () => {
  const cat = (path: string, where: Where = {}): string => asked(where).answer({ ask: 'cat', path })

  it('reads what was written', () => {
    const actions: Action[] = [
      { at_ns: 5, step: { sysfs: '/sys/block/sda/queue/max_sectors_kb', value: 64 } },
      { at_ns: 6, step: { sysfs: '/sys/block/sda/queue/nomerges', value: 2 } },
      offline,
    ]
    expect(cat('/sys/block/sda/queue/max_sectors_kb', { actions })).toBe('64')
    expect(cat('/sys/block/sda/queue/nomerges', { actions })).toBe('2')
    expect(cat('/sys/block/sdb/device/state', { actions })).toBe('offline')
  })

  it('brackets the scheduler in force', () => {
    expect(cat('/sys/block/sda/queue/scheduler')).toMatch(/^\[none\] .*mq-deadline/)
    expect(cat('/sys/block/dm-0/queue/scheduler', { mode: 'bio' })).toBe('none')
  })

  it('of what is not there says so as cat does', () => {
    for (const path of [
      '/sys/block/sdz/queue/nomerges',
      '/sys/block/sda/queue/wings',
      '/etc/passwd',
      '/sys/block/dm-0/device/state',
    ])
      expect(cat(path)).toBe(`cat: ${path}: No such file or directory`)
  })
})

describe('iostat', () => {
  interface Figures {
    readonly [column: string]: number
  }

  function figures(text: string): Record<string, Figures> {
    const [head, ...rows] = text.split('\n').map((line) => line.trim().split(/\s+/))
    return Object.fromEntries(
      rows.map(([name, ...cells]) => [
        name!,
        Object.fromEntries(cells.map((cell, at) => [head![at + 1]!, Number(cell)])),
      ]),
    )
  }

  it('counts every byte once, in both modes', () => {
    const atNs = 1e9
    for (const mode of ['bio', 'rq'] as const) {
      const at = figures(asked({ mode, atNs }).answer({ ask: 'iostat' }))
      const seconds = asked({ mode, atNs }).reachedNs / 1e9
      const kib = (name: string): number => (at[name]!['wkB/s']! + at[name]!['rkB/s']!) * seconds
      expect(kib('dm-0')).toBeCloseTo(64 * 4 + 32 * 8, 0)
      expect(kib('sda') + kib('sdb')).toBeCloseTo(64 * 4 + 32 * 8, 0)
    }
  })

  it('sees merges where they happen: below the map in bio mode, on it in request mode', () => {
    const merges = (mode: 'bio' | 'rq', name: string): number =>
      figures(asked({ mode, atNs: 1e6 }).answer({ ask: 'iostat' }))[name]!['wrqm/s']!
    expect(merges('rq', 'dm-0')).toBeGreaterThan(0)
    expect(merges('rq', 'sda') + merges('rq', 'sdb')).toBe(0)
    expect(merges('bio', 'dm-0')).toBe(0)
  })

  it('of an interval is what lies between two looks', () => {
    const run = asked({ atNs: 1 })
    const total = (atNs: number): number => {
      const whole = asked({ atNs })
      return figures(whole.answer({ ask: 'iostat' }))['dm-0']!['wkB/s']! * (whole.reachedNs / 1e9)
    }
    const [from, to] = [200_000, 900_000]
    while (run.advanceTo(from, 100) === 'running');
    run.mark()
    while (run.advanceTo(to, 100) === 'running');
    const between = figures(run.answer({ ask: 'iostat', interval_ns: to - from }))['dm-0']!
    expect(between['wkB/s']! * ((to - from) / 1e9)).toBeCloseTo(total(to) - total(from), 0)
    expect(between['%util']).toBeLessThanOrEqual(100)
  })
})
