/** Stacks as a kernel lays them: what its trace would show at every layer, and what dmsetup would print. */
import { describe, expect, it } from 'vitest'
import type { EventKindName, QueueMode } from '../../src/engine/log/index.ts'
import { stateLines } from '../../src/export/index.ts'
import { runEra, type Document, type EraRun } from '../eras/run-era.ts'

const disk = { driver: 'scsi_debug', completion: { kind: 'timer', ns: 100_000 } } as const
const MAP = '0 294912 multipath 2 queue_mode {mode} 0 1 1 round-robin 0 2 1 8:0 1 8:16 1'
/** 32 KiB of the map, 32 KiB of another disk, and the map again. */
const VOLUME = ['0 64 linear 253:0 2048', '64 64 linear 8:32 0', '128 64 linear 253:0 4096']
const volumeOver: Document = {
  devices: [disk, disk, disk],
  dm: { name: 'mpatha', table: MAP },
  stack: [{ name: 'vg-lv', table: VOLUME }],
}

const write = (offset: number, length: number): unknown => ({ io: 'sync', op: 'W', offset, length })

function run(mode: QueueMode, document: Document, steps: readonly unknown[], kernel = '6.12'): EraRun {
  return runEra(kernel, mode, { ...document, modes: [mode === 'rq' ? 'rq' : 'bio'], tasks: [{ do: steps }] })
}

/** `Q dm-1 0+64` and so on, of the kinds asked for. */
function told({ events }: EraRun, kinds: Partial<Record<EventKindName, string>>): string[] {
  return events
    .filter(({ kind }) => kinds[kind] !== undefined)
    .map(({ kind, dev, sector, size }) => `${kinds[kind]!} ${dev} ${sector}+${size}`)
}

const BIOS = { bio_queue: 'Q', bio_remap: 'A', dm_split: 'X', bio_complete: 'C' } as const

describe('a logical volume over the map', () => {
  it('is described from the top to the disks', () => {
    const { header } = run('bio', volumeOver, [write(0, 4096)])
    expect(header.devices.map(({ name, role, below }) => [name, role, below])).toEqual([
      ['dm-0', 'dm', [1, 2]],
      ['sda', 'path', []],
      ['sdb', 'path', []],
      ['sdc', 'path', []],
      ['dm-1', 'linear', [0, 3]],
    ])
    expect(header).toMatchObject({ top: 4, dmName: 'mpatha' })
    expect(header.devices[4]!.mapName).toBe('vg-lv')
  })

  it('cuts a bio at the end of a segment: first part down to the disk, then the rest (6.12)', () => {
    expect(told(run('bio', volumeOver, [write(0, 65_536)]), BIOS)).toEqual([
      'Q dm-1 0+128',
      'A dm-0 2048+64',
      'Q dm-0 2048+64',
      'X dm-1 64+64',
      'A sda 2048+64',
      'Q sda 2048+64',
      'A sdc 0+64',
      'Q sdc 0+64',
      'C dm-0 2048+64',
      'C dm-1 64+64',
    ])
  })

  it('is bio-based over a request-based map: its clones merge in the map, and report no end of their own', () => {
    const writes = { io: 'batch', op: 'W', length: 4096, count: 4 }
    const ran = run('rq', volumeOver, [writes, { io: 'wait' }])
    expect(ran.of('bio_clone', 'dm-1')).toHaveLength(4)
    expect(ran.of('backmerge', 'dm-0')).toHaveLength(3)
    expect(ran.of('rq_remap').map(({ size }) => size)).toEqual([32])
    expect(ran.of('bio_complete').map(({ dev }) => dev)).toEqual(['dm-1', 'dm-1', 'dm-1', 'dm-1'])
  })

  it.each([
    ['6.12', 'block_split: 253,1 WS 64 / 64'],
    ['6.1', 'block_split: 253,1 WS 64 / 64'],
    ['5.15', 'block_split: 253,1 WS 0 / 64'],
    ['5.4', 'block_split: 253,1 WS 0 / 64'],
    ['4.20', undefined],
    ['4.8', undefined],
  ])('%s traces that cut as %s', (kernel, line) => {
    const { ftrace, of } = run('bio', volumeOver, [write(0, 65_536)], kernel)
    const found = /block_split: 253,1 WS \d+ \/ \d+/.exec(ftrace)?.[0]
    expect(found).toBe(line)
    expect(of('bio_clone', 'dm-1').map(({ sector, size }) => [sector, size])).toEqual([
      [0, 64],
      [64, 64],
    ])
  })

  it('sends a flush once to each device, the one opened last first (6.12), or through each segment (6.1)', () => {
    const flushed = (kernel: string): string[] =>
      run('bio', volumeOver, [{ io: 'fsync' }], kernel)
        .of('bio_remap')
        .filter(({ dev }) => dev === 'dm-0' || dev === 'sdc')
        .map(({ dev }) => dev)
    expect(flushed('6.12')).toEqual(['sdc', 'dm-0'])
    expect(flushed('6.1')).toEqual(['dm-0', 'sdc', 'dm-0'])
  })

  it('prints status and table as dmsetup does', () => {
    const { result } = run('bio', volumeOver, [
      write(0, 4096),
      { status: true, map: 'vg-lv' },
      { table: true, map: 'vg-lv' },
    ])
    const status = '0 64 linear\n64 64 linear\n128 64 linear'
    expect(result.maps).toEqual([{ name: 'vg-lv', status, table: VOLUME.join('\n') }])
    expect(result.statusAlong).toEqual([status, VOLUME.join('\n')])
    expect(stateLines(result)).toContain('# map vg-lv table 64 64 linear 8:32 0\n')
  })

  it.each(['mpatha', 'vg-lv'])('waits as a whole while %s is suspended, and goes on', (map) => {
    const ran = run('bio', volumeOver, [
      { suspend: { noflush: true }, map },
      { io: 'batch', op: 'W', length: 4096, count: 2 },
      { sleep_ns: 1_000_000 },
      { resume: true, map },
      { io: 'wait' },
    ])
    const resumed = ran.of('dm_state').findLast(({ arg }) => arg === 4)!
    expect(ran.result).toMatchObject({ ok: 2, failed: 0, stuck: 0 })
    expect(ran.of('bio_defer', map === 'mpatha' ? 'dm-0' : 'dm-1')).toHaveLength(2)
    expect(ran.of('rq_issue').every(({ timeNs }) => timeNs > resumed.timeNs)).toBe(true)
  })

  it('goes where its new table says', () => {
    const ran = run('bio', volumeOver, [
      write(0, 4096),
      { load: '0 192 linear 8:32 8192', map: 'vg-lv' },
      { suspend: {}, map: 'vg-lv' },
      { resume: true, map: 'vg-lv' },
      write(0, 4096),
    ])
    expect(ran.of('rq_issue').map(({ dev, sector }) => [dev, sector])).toEqual([
      ['sda', 2048],
      ['sdc', 8192],
    ])
    expect(ran.result.maps![0]!.table).toBe('0 192 linear 8:32 8192')
  })
})

describe('paths that are no disks, in bio mode', () => {
  it('linear devices: each path adds its layer and its clone', () => {
    const ran = run(
      'bio',
      {
        devices: [disk, disk],
        dm: {
          sectors: 100_000,
          table: '0 100000 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 253:1 1 253:2 1',
        },
        stack: [
          { dev: '253:1', table: '0 100000 linear 8:0 64' },
          { dev: '253:2', table: '0 100000 linear 8:16 64' },
        ],
      },
      [write(0, 4096), write(4096, 4096)],
    )
    expect(told(ran, BIOS)).toEqual([
      ...['Q dm-0 0+8', 'A dm-1 0+8', 'Q dm-1 0+8', 'A sda 64+8', 'Q sda 64+8', 'C dm-1 0+8', 'C dm-0 0+8'],
      ...['Q dm-0 8+8', 'A dm-2 8+8', 'Q dm-2 8+8', 'A sdb 72+8', 'Q sdb 72+8', 'C dm-2 8+8', 'C dm-0 8+8'],
    ])
    expect(ran.result.status).toContain('253:1 A 0 253:2 A 0')
  })

  it('partitions: an A from the partition to its disk, no Q of its own; a retry passes it again', () => {
    const ran = run(
      'bio',
      {
        devices: [disk, disk],
        dm: {
          sectors: 100_000,
          table: '0 100000 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 259:0 1 259:1 1',
        },
        stack: [{ partition_of: 'sda' }, { partition_of: 'sdb' }],
        setup: [{ inject: { device: 'sda', command: 'WRITE', host_byte: 1 } }],
      },
      [write(0, 4096)],
    )
    expect(told(ran, BIOS)).toEqual([
      ...['Q dm-0 0+8', 'A sda1 0+8', 'A sda 2048+8', 'Q sda 2048+8'],
      ...['A sdb 2048+8', 'Q sdb 2048+8', 'C dm-0 0+8'],
    ])
    expect(ran.ftrace).toContain('block_bio_remap: 8,0 WS 2048 + 8 <- (259,0) 0')
    expect(ran.of('fail_path').map(({ dev }) => dev)).toEqual(['sda1'])
    expect(ran.result).toMatchObject({ ok: 1, failed: 0 })
  })
})

describe('limits', () => {
  it('are the smallest of all devices at every level', () => {
    const small = { ...disk, queue: { max_sectors_kb: 64, max_segments: 7 } }
    const { header } = run('bio', { ...volumeOver, devices: [disk, disk, small] }, [write(0, 4096)])
    const limitsOf = (dev: number): unknown => header.devices[dev]!.limits['max_segments']
    expect(limitsOf(0)).toBe(2048)
    expect(limitsOf(4)).toBe(7)
    expect(header.devices[4]!.limits['max_sectors_kb']).toBe(64)
  })
})

describe('a device alone', () => {
  it('has no map: its first path is the top, and commands for the map find no device', () => {
    const ran = run('single', { devices: [disk, disk] }, [{ message: 'fail_path 8:0' }, write(0, 4096)])
    expect(ran.header).toMatchObject({ top: 0, dmName: '', paths: [{ dev: 0, group: 1 }] })
    expect(told(ran, BIOS)).toEqual(['Q sda 0+8'])
    expect(ran.result).toMatchObject({ ok: 1, status: '', table: '' })
  })

  it('carries what would be over the map, a partition of the kernel too', () => {
    const volume = run('single', volumeOver, [write(0, 4096)])
    expect(told(volume, BIOS)).toEqual(['Q dm-1 0+8', 'A sda 2048+8', 'Q sda 2048+8', 'C dm-1 0+8'])
    const partition = { devices: [disk], stack: [{ partition_of: 'sda' }], io_on: 'sda1' }
    const ran = run('single', partition, [write(0, 4096)])
    expect(told(ran, BIOS)).toEqual(['A sda 2048+8', 'Q sda 2048+8'])
    expect(ran.header.devices[ran.header.top]).toMatchObject({ name: 'sda1', role: 'partition' })
  })
})
