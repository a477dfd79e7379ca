import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findCycles, graphOf, reachable, type Graph } from './walls/cycles.ts'
import { bannedNames } from './walls/engine-text.ts'
import { brokenWalls, roomOf } from './walls/judge.ts'
import { isTest, parseSource, readSources, type Source } from './walls/sources.ts'

const src = fileURLToPath(new URL('../src', import.meta.url))
const exists = (path: string): boolean => existsSync(join(src, path))
const everything = readSources(src)
const product = everything.filter((source) => !isTest(source.path))

/** Type-only imports vanish when compiled, so they close no circle. */
function graphOfFiles(sources: readonly Source[]): Graph {
  const pairs = sources.flatMap((source) =>
    source.edges
      .filter((edge) => edge.target !== undefined && !edge.typeOnly)
      .map((edge) => [source.path, edge.target ?? ''] as const),
  )
  return graphOf(pairs)
}

const files = graphOfFiles(product)

describe('the walls of src', () => {
  it('are kept by every import', () => {
    expect(brokenWalls(everything, exists)).toEqual([])
  })

  it('leave no circle between rooms', () => {
    const pairs = [...files].flatMap(([from, targets]) =>
      [...targets].map((to) => [roomOf(from), roomOf(to)] as const),
    )
    expect(findCycles(graphOf(pairs)).map((cycle) => cycle.join(' -> '))).toEqual([])
  })

  it('leave no circle between files', () => {
    expect(findCycles(files).map((cycle) => cycle.join(' -> '))).toEqual([])
  })

  it('keep time, chance and the outside out of the engine and all it imports', () => {
    const inEngine = product.map((source) => source.path).filter((path) => roomOf(path) === 'engine')
    const reached = reachable(files, inEngine)
    expect(product.filter((source) => reached.has(source.path)).flatMap(bannedNames)).toEqual([])
  })

  it('have a README.md in every room', () => {
    const rooms = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const silent = rooms.map((room) => `${room.name}/README.md`).filter((path) => !exists(path))
    expect(silent.map((path) => `src/${path} is missing; say in ten lines what lives there`)).toEqual([])
  })
})

describe('the watchman', () => {
  const judge = (path: string, text: string): string[] => brokenWalls([parseSource(path, text)], () => true)

  it.each([
    ['views/Lane.tsx', "import { run } from '../engine/clock.ts'", 'not a door'],
    ['views/Lane.tsx', "import { run } from '../engine/index.ts'", 'not a door'],
    ['views/Form.tsx', "import { check } from '../scenario/edit/facts.ts'", 'import type'],
    ['stage/layout.ts', "import { check } from '../scenario/check.ts'", 'import type'],
    ['stage/layout.ts', "import { zoom } from 'd3-zoom'", 'package'],
    ['engine/clock.ts', "import { state } from '../record/state.ts'", 'may not import record'],
    ['engine/clock.ts', "import { readFileSync } from 'node:fs'", 'package'],
    ['store/url.ts', "export { Lane } from '../views/Lane.tsx'", 'may not import views'],
    ['lib/heap.ts', "const late = import('../engine/index.ts')", 'may not import the engine'],
    ['store/thread.ts', "new Worker(new URL('../engine/run.ts', import.meta.url))", 'not a door'],
    ['attic/old.ts', 'export {}', 'not in tests/walls/table.ts'],
    ['lib/heap.ts', "import { x } from '../../tests/helper.ts'", 'outside src'],
  ])('sees %s doing %s', (path, text, complaint) => {
    expect(judge(path, text)[0]).toContain(complaint)
  })

  it('lets honest imports pass', () => {
    expect(judge('views/Lane.tsx', "import { Kind } from '../engine/log/index.ts'")).toEqual([])
    expect(judge('stage/layout.ts', "import type { Scenario } from '../scenario/form.ts'")).toEqual([])
    expect(judge('worker/host.ts', "import { run } from '../engine/index.ts'")).toEqual([])
    expect(judge('views/Form.tsx', "import { readTable } from '../scenario/edit/index.ts'")).toEqual([])
  })

  it('asks for the extension in relative imports', () => {
    const source = parseSource('engine/clock.ts', "import { x } from './heap'")
    expect(brokenWalls([source], () => false)[0]).toContain('with its extension')
  })

  it('sees chance and time in the text of the engine, but not in comments or keys', () => {
    const at = (text: string): number => bannedNames(parseSource('engine/x.ts', text)).length
    expect(at('const a = Math.random()')).toBe(1)
    expect(at('const a = Date.now() + performance.now()')).toBe(2)
    expect(at('/* Math.random */ const a = { performance: 1 }; a.performance')).toBe(0)
  })

  it('finds a circle', () => {
    expect(
      findCycles(
        graphOf([
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'a'],
          ['c', 'd'],
        ]),
      ),
    ).toEqual([['a', 'b', 'c', 'a']])
  })
})
