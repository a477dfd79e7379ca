/** Path selectors: test vectors 5 to 8 of the kernel model, and what returning paths do. */
import { describe, expect, it } from 'vitest'
import { engineParts, pathsUnder, type Parts } from '../../../../tests/support/engine-parts.ts'
import type { PgPath } from '../mpath/pg-path.ts'
import { fixedPower } from './historical-service-time.ts'
import type { PathSelector } from './path-selector.ts'
import { compareLoad } from './service-time.ts'

const NAMES = 'ABCDEFGH'

interface Bench extends Parts {
  readonly selector: PathSelector
  readonly paths: readonly PgPath[]
  /** Names of the paths that so many selections give; each I/O stays in flight unless `ends`. */
  readonly select: (times: number, ends?: boolean, bytes?: number) => string
}

function bench(name: string, count: number, pathArgs?: readonly string[]): Bench {
  const parts = engineParts(pathsUnder(name, count, pathArgs), 'bio')
  const { selector, paths } = parts.stack.md.target.groups[0]!
  const one = (ends: boolean, bytes: number): string => {
    const path = selector.select(bytes, 0)
    if (path === undefined) return '-'
    selector.startIo(path, bytes)
    if (ends) selector.endIo(path, bytes, 0)
    return NAMES[paths.indexOf(path)]!
  }
  const select = (times: number, ends = false, bytes = 4096): string =>
    Array.from({ length: times }, () => one(ends, bytes)).join('')
  return { ...parts, selector, paths, select }
}

describe('round-robin (vector 5)', () => {
  it('takes turns, and a path that returns is the very next', () => {
    const { selector, paths, select } = bench('round-robin', 3)
    expect(select(5)).toBe('ABCAB')
    selector.failPath(paths[2]!)
    expect(select(2)).toBe('AB')
    selector.reinstatePath(paths[2]!)
    expect(select(3)).toBe('CAB')
  })

  it('has nothing to give when all paths have failed', () => {
    const { selector, paths, select } = bench('round-robin', 2)
    paths.forEach((path) => {
      selector.failPath(path)
    })
    expect(select(2)).toBe('--')
    expect(selector.nextInLine()).toBeUndefined()
  })
})

describe('queue-length (vector 6)', () => {
  it('goes round while nothing ends', () => {
    expect(bench('queue-length', 3).select(8)).toBe('ABCABCAB')
  })

  it('goes round as well when everything ends at once', () => {
    expect(bench('queue-length', 3).select(7, true)).toBe('ABCABCA')
  })

  it('takes the shortest queue, shows it, and puts a returning path last', () => {
    const { selector, paths, select } = bench('queue-length', 3)
    select(6)
    selector.endIo(paths[1]!, 4096, 0)
    expect(select(1)).toBe('B')
    expect(paths.map((path) => selector.infoOf(path))).toEqual(['2', '2', '2'])
    selector.failPath(paths[0]!)
    selector.reinstatePath(paths[0]!)
    expect(select(3)).toBe('CBA')
  })
})

describe('service-time (vector 7)', () => {
  const compare = (s1: number, w1: number, s2: number, w2: number, bytes: number): number =>
    compareLoad({ inFlightBytes: s1, throughput: w1 }, { inFlightBytes: s2, throughput: w2 }, bytes)

  it.each([
    [0, 1, 0, 4, 4096, 3],
    [4096, 1, 16384, 4, 4096, 12288],
    [4096, 1, 12288, 4, 4096, 16384],
    [0, 0, 999999, 1, 4096, 1],
    [8192, 1, 8191, 1, 1, 1],
  ])('compares %i/%i with %i/%i for %i more: %i', (s1, w1, s2, w2, bytes, result) => {
    expect(compare(s1, w1, s2, w2, bytes)).toBe(result)
  })

  it('with equal weights is least bytes in flight, whatever the size of the new I/O', () => {
    const { select } = bench('service-time', 2, ['1', '1'])
    expect(select(1, false, 65536) + select(3, false, 4096)).toBe('ABBB')
  })
})

describe('historical-service-time (vector 8)', () => {
  it('weighs by powers of its base in fixed point', () => {
    const weights = Array.from({ length: 63 }, (_, at) => Number(fixedPower(972n, at + 1)))
    expect(weights.slice(0, 8)).toEqual([972, 923, 876, 832, 790, 750, 712, 676])
    expect([weights[20], weights[40], weights[62]]).toEqual([344, 122, 39])
  })

  it('averages what it measured, one after another on a path, and ages it', () => {
    const { m, selector, paths } = bench('historical-service-time', 2)
    const path = paths[0]!
    const shown: string[] = []
    const end = (startNs: number, nowNs: number): void => {
      selector.startIo(path, 4096)
      m.clock.nowNs = nowNs
      selector.endIo(path, 4096, startNs)
      shown.push(selector.infoOf(path))
    }
    end(1000, 101_000)
    end(2000, 201_000)
    end(150_000, 60_000_000)
    end(60_000_000, 60_100_000)
    expect(shown).toEqual([
      '5200972 0 111158',
      '10136860 0 220798',
      '11489644199 0 82440710',
      '10911385705 0 81411300',
    ])
  })

  it('prints its weight and threshold', () => {
    expect(bench('historical-service-time', 1).selector.groupStatus()).toBe('2 972 0')
  })
})

describe('io-affinity', () => {
  it('keeps to the path of the CPU, and takes another of the node when that has failed', () => {
    const file = pathsUnder('io-affinity', 2, ['1']) as { dm: { table: string } }
    file.dm.table = file.dm.table.replace('8:16 1', '8:16 2')
    const { selector, paths } = engineParts(file, 'bio').stack.md.target.groups[0]!
    expect([0, 1, 0].map((cpu) => paths.indexOf(selector.select(4096, cpu)!))).toEqual([0, 1, 0])
    selector.failPath(paths[0]!)
    expect([0, 1].map((cpu) => paths.indexOf(selector.select(4096, cpu)!))).toEqual([1, 1])
    selector.failPath(paths[1]!)
    expect(selector.select(4096, 0)).toBeUndefined()
    selector.reinstatePath(paths[0]!)
    expect(selector.select(4096, 1)).toBe(paths[0])
    expect(selector.infoOf(paths[0]!)).toBe('0')
  })
})
