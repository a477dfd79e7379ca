/** Nothing that anybody hands in makes the reader throw, and what it accepts it accepts again unchanged. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GALLERY } from './gallery/index.ts'
import type { Problem } from './problems.ts'
import { readScenario, resolveScenario, type Resolved } from './resolve.ts'

const folder = new URL('../../tests/kernel-traces/scenarios/', import.meta.url)
const captured = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown,
)
const documents = [...captured, ...(GALLERY as readonly unknown[])]

type Path = readonly (string | number)[]

function placesIn(document: unknown): Path[] {
  const places: Path[] = [[]]
  for (const place of places) {
    const value = valueAt(document, place)
    if (typeof value !== 'object' || value === null) continue
    for (const key of Object.keys(value)) places.push([...place, Array.isArray(value) ? Number(key) : key])
  }
  return places
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], document)
}

/** A copy of the document with one change made at a place. */
function changed(
  document: unknown,
  path: Path,
  change: (parent: Record<string | number, unknown>, key: string | number) => void,
): unknown {
  const box = { document: structuredClone(document) }
  const whole: Path = ['document', ...path]
  const parent = valueAt(box, whole.slice(0, -1)) as Record<string | number, unknown>
  change(parent, whole[whole.length - 1]!)
  return box.document
}

const oddValues = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, '', -1, 1.5, 1e300, 2 ** 53, NaN, Infinity, [], {}, true, 'x'.repeat(5000)),
)

const edits = fc.record({
  document: fc.constantFrom(...documents),
  where: fc.nat(),
  kind: fc.constantFrom('replace', 'remove', 'add a field', 'misspell', 'double'),
  value: oddValues,
  name: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'length', 'io')),
})

function mutate({
  document,
  where,
  kind,
  value,
  name,
}: typeof edits extends fc.Arbitrary<infer T> ? T : never): unknown {
  const places = placesIn(document)
  return changed(document, places[where % places.length]!, (parent, key) => {
    const here = parent[key]
    if (kind === 'replace') parent[key] = value
    else if (kind === 'remove' && Array.isArray(parent)) parent.splice(Number(key), 1)
    else if (kind === 'remove') Reflect.deleteProperty(parent, key)
    else if (kind === 'double' && Array.isArray(parent)) parent.push(here)
    else if (kind === 'misspell' && typeof here === 'string') parent[key] = here.slice(1)
    else if (typeof here === 'object' && here !== null && !Array.isArray(here))
      Object.defineProperty(here, name, { value, enumerable: true, configurable: true, writable: true })
  })
}

function expectWellPut(problems: readonly Problem[]): void {
  expect(problems.length).toBeGreaterThan(0)
  for (const { where, what, remedy } of problems) {
    expect(where).not.toBe('')
    expect(what).not.toBe('')
    expect(remedy).not.toBe('')
    expect(`${where}${what}${remedy}`).not.toMatch(/undefined|\[object|NaN:|\n/)
    expect(`${where}: ${what}; ${remedy}`.length).toBeLessThan(2500)
  }
}

function expectStable(resolved: Extract<Resolved, { ok: true }>): void {
  const again = resolveScenario(JSON.parse(JSON.stringify(resolved.scenario)))
  if (!again.ok) throw new Error(JSON.stringify(again.problems))
  expect(again.scenario).toEqual(resolved.scenario)
  expect(again.defaulted).toEqual([])
}

describe('the reader of scenarios', () => {
  it('answers every damaged scenario with a scenario or with problems', () => {
    let refused = 0
    fc.assert(
      fc.property(edits, (edit) => {
        const document = mutate(edit)
        const resolved = resolveScenario(document)
        if (resolved.ok) expectStable(resolved)
        else {
          refused++
          expectWellPut(resolved.problems)
        }
      }),
      { numRuns: 3000 },
    )
    expect(refused).toBeGreaterThan(500)
  })

  it('answers every value there is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const resolved = resolveScenario(value)
        expect(resolved.ok).toBe(false)
        if (!resolved.ok) expectWellPut(resolved.problems)
      }),
      { numRuns: 1000 },
    )
  })

  it('answers every damaged text', () => {
    const text = JSON.stringify(GALLERY[0], null, 1)
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(20), fc.string(), (at, length, put) => {
        const resolved = readScenario(text.slice(0, at) + put + text.slice(at + length))
        if (resolved.ok) expectStable(resolved)
        else {
          for (const { line } of resolved.problems) expect(line).toBeGreaterThan(0)
          expectWellPut(resolved.problems)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it.each(documents.map((document) => [(document as { scenario: string }).scenario, document]))(
    'gives %s back unchanged when it is resolved twice',
    (_, document) => {
      const resolved = resolveScenario(document)
      if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
      expectStable(resolved)
    },
  )

  it('refuses what would exhaust it, at once', () => {
    let deep: unknown = {}
    for (let level = 0; level < 100_000; level++) deep = { repeat_until_done: 'main', do: [deep] }
    const nested = resolveScenario({ devices: [{}], tasks: [{ do: [deep] }] })
    expect(!nested.ok && nested.problems[0]?.what).toMatch(/nested deeper/)
    const wide = resolveScenario({ devices: [{}], tasks: new Array(1_000_000).fill(0) })
    expect(!wide.ok && wide.problems[0]?.what).toMatch(/more than 500000 values/)
    const long = readScenario(' '.repeat(5 * 1024 * 1024))
    expect(!long.ok && long.problems[0]?.what).toMatch(/characters/)
    const deepText = readScenario('['.repeat(200_000))
    expect(deepText.ok).toBe(false)
  })
})
