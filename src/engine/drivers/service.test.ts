import { describe, expect, it } from 'vitest'
import type { Request } from '../block/request.ts'
import { Op, packRwbs } from '../log/index.ts'
import type { ArrayCompletion, Completion } from '../scenario.ts'
import { EventQueue } from '../sim/event-queue.ts'
import { Rng } from '../sim/rng.ts'
import { ArrayBackEnd } from './array-back-end.ts'
import { Command, type Pace, type Service } from './command.ts'
import { createService } from './service.ts'

interface Sent {
  readonly sector?: number
  readonly sectors?: number
  readonly write?: boolean
  readonly queue?: number
}

/** A device of its own with a clock, and when each command ended. */
class Bench {
  readonly clock: EventQueue
  readonly pace: Pace = { factor: 1 }
  readonly ended: { name: string; atNs: number; refused: boolean }[] = []
  private readonly service: Service

  constructor(completion: Completion, clock = new EventQueue(), backEnd?: ArrayBackEnd) {
    this.clock = clock
    const rng = new Rng(1, 'bench')
    this.service = createService(completion, { clock, pace: this.pace, sectors: 2_000_000, rng, backEnd })
  }

  send(name: string, { sector = 0, sectors = 8, write = false, queue = 0 }: Sent = {}): number {
    const rwbs = packRwbs(write ? Op.WRITE : Op.READ)
    const hctx = { number: queue }
    const rq = { sector, sizeSectors: sectors, endSector: sector + sectors, rwbs, hctx } as unknown as Request
    const owner = {
      commandDone: (command: Command): void => {
        this.ended.push({ name, atNs: this.clock.nowNs, refused: command.refused })
      },
    }
    return this.service.begin(new Command(owner, rq))
  }

  run(): void {
    while (this.clock.fireNext());
  }

  get times(): Record<string, number> {
    return Object.fromEntries(this.ended.map(({ name, atNs }) => [name, atNs]))
  }
}

describe('a timer per command', () => {
  it('lets commands pass each other when the pace changes', () => {
    const bench = new Bench({ kind: 'timer', ns: 1000 })
    bench.pace.factor = 3
    expect(bench.send('slow')).toBe(3000)
    bench.pace.factor = 1
    bench.send('fast')
    bench.run()
    expect(bench.times).toEqual({ fast: 1000, slow: 3000 })
  })
})

describe('immediate', () => {
  it('ends before it has begun to wait', () => {
    const bench = new Bench({ kind: 'immediate' })
    bench.send('a')
    expect(bench.times).toEqual({ a: 0 })
  })
})

describe('f + size / b', () => {
  it('is the published pair of B1: 4 KiB at 11 MB/s, 128 KiB at 40 MB/s on one path', () => {
    for (const [kib, publishedMBs] of [
      [4, 11],
      [128, 40],
    ] as const) {
      const bench = new Bench({ kind: 'linear', per_io_ns: 279_000, bytes_per_s: 43_700_000 })
      for (let i = 0; i < 50; i++) bench.send(String(i), { sectors: kib * 2 })
      bench.run()
      const MBs = (50 * kib * 1024 * 1000) / bench.clock.nowNs
      expect(Math.abs(MBs / publishedMBs - 1)).toBeLessThan(0.02)
    }
  })

  it('does one after another', () => {
    const bench = new Bench({ kind: 'linear', per_io_ns: 100, bytes_per_s: 512e9 })
    bench.send('a', { sectors: 50 })
    bench.send('b', { sectors: 10 })
    bench.run()
    expect(bench.times).toEqual({ a: 150, b: 260 })
  })
})

describe('a disk', () => {
  // 6000 turns a minute are 10 ms each; 51.2 MB/s are 1000 sectors of 512 bytes a turn.
  const disk = {
    kind: 'disk',
    rpm: 6000,
    track_to_track_ns: 1e6,
    full_stroke_ns: 9e6,
    bytes_per_s: 51_200_000,
  } as const

  it('waits for the sector to come round', () => {
    const bench = new Bench(disk)
    bench.send('quarter', { sector: 250, sectors: 100 })
    bench.run()
    expect(bench.times['quarter']).toBe(2.5e6 + 1e6)
  })

  it('goes on without a wait when the next command follows the last one', () => {
    const bench = new Bench(disk)
    bench.send('a', { sector: 0, sectors: 100 })
    bench.send('b', { sector: 100, sectors: 100 })
    bench.run()
    expect(bench.times).toEqual({ a: 1e6, b: 2e6 })
  })

  it('takes longer the farther the arm goes, up to the full stroke', () => {
    const seek = (sector: number): number => {
      const bench = new Bench(disk)
      bench.send('far', { sector, sectors: 0 + 1 })
      bench.run()
      return bench.times['far']!
    }
    // Sectors at angle 0 of their track: the end is the seek rounded up to a whole turn, and one sector's transfer.
    expect(seek(1000)).toBe(10e6 + 10_000)
    expect(seek(1_999_000)).toBe(10e6 + 10_000)
    const turn = (distance: number): number => 1e6 + 8e6 * Math.sqrt((distance - 1) / 1999)
    // At an angle that the arm just reaches, the wait is what is left of the turn.
    for (const distance of [1, 10, 500, 1999]) {
      const angle = Math.ceil(turn(distance) / 10_000) + 1
      expect(Math.abs(seek(distance * 1000 + angle) - (angle * 10_000 + 10_000))).toBeLessThan(2)
    }
  })
})

describe('flash behind NVMe', () => {
  const nvme = { kind: 'nvme', read_ns: 1000, write_ns: 100, width: 2, bytes_per_s: 4096e9 } as const

  it('works on as many commands as it is wide', () => {
    const bench = new Bench(nvme)
    for (const name of ['a', 'b', 'c', 'd', 'e']) bench.send(name, { sectors: 0 })
    bench.run()
    expect(bench.times).toEqual({ a: 1000, b: 1000, c: 2000, d: 2000, e: 3000 })
  })

  it('takes from its queues in turn, however full one of them is', () => {
    const bench = new Bench({ ...nvme, width: 1 })
    for (const name of ['a1', 'a2', 'a3', 'a4']) bench.send(name, { queue: 0, sectors: 0 })
    bench.send('b1', { queue: 1, sectors: 0 })
    bench.send('b2', { queue: 1, sectors: 0 })
    bench.run()
    expect(bench.ended.map(({ name }) => name)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4'])
  })

  it('shares one bus', () => {
    const bench = new Bench({ ...nvme, read_ns: 1, bytes_per_s: 512e9 })
    bench.send('a', { sectors: 1000 })
    bench.send('b', { sectors: 1000 })
    bench.run()
    expect(bench.times).toEqual({ a: 1001, b: 2000 })
  })
})

describe('an array behind links', () => {
  const array: ArrayCompletion = {
    kind: 'array',
    link_latency_ns: 10,
    link_bytes_per_s: 512e9,
    hit_ns: 100,
    miss_ns: 1000,
    write_ns: 50,
    hit_ratio: 1,
    width: 1,
  }
  const twoPaths = (spec: ArrayCompletion): [Bench, Bench] => {
    const clock = new EventQueue()
    const backEnd = new ArrayBackEnd(clock, new Rng(1, 'lun'), spec)
    return [new Bench(spec, clock, backEnd), new Bench(spec, clock, backEnd)]
  }

  it('sends a command, works, and sends the data back', () => {
    const [a] = twoPaths(array)
    a.send('read', { sectors: 30 })
    a.run()
    a.send('write', { sectors: 30, write: true })
    a.run()
    expect(a.times).toEqual({ read: 10 + 100 + 30 + 10, write: 150 + 30 + 10 + 50 + 10 })
  })

  it('makes the paths of a LUN wait for each other in the back end, not on the links', () => {
    const [a, b] = twoPaths(array)
    a.send('a', { sectors: 70 })
    b.send('b', { sectors: 70 })
    a.run()
    expect(a.times['a']).toBe(10 + 100 + 70 + 10)
    expect(b.times['b']).toBe(10 + 200 + 70 + 10)
    const [c] = twoPaths({ ...array, width: 2 })
    c.send('c', { sectors: 70 })
    c.send('d', { sectors: 70 })
    c.run()
    expect(c.times).toEqual({ c: 190, d: 260 })
  })

  it('misses as often as it is told, and the same ones for the same seed', () => {
    const latencies = (hitRatio: number): number[] => {
      const [a] = twoPaths({ ...array, hit_ratio: hitRatio, width: 1000 })
      for (let i = 0; i < 1000; i++) a.send(String(i), { sectors: 0 })
      a.run()
      return a.ended.map(({ atNs }) => atNs)
    }
    const misses = latencies(0.7).filter((ns) => ns > 1000).length
    expect(Math.abs(misses - 300)).toBeLessThan(6 * Math.sqrt(1000 * 0.21))
    expect(latencies(0.7)).toEqual(latencies(0.7))
    expect(new Set(latencies(1))).toEqual(new Set([120]))
    expect(new Set(latencies(0))).toEqual(new Set([1020]))
  })

  it('refuses what it has no room for, whichever path it comes by', () => {
    const [a, b] = twoPaths({ ...array, queue_limit: 2 })
    a.send('a1')
    b.send('b1')
    a.send('a2')
    a.run()
    const refused = [...a.ended, ...b.ended].filter((end) => end.refused).map(({ name }) => name)
    expect(refused).toEqual(['a2'])
  })
})
