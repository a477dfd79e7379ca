/** A table line as it is typed: nothing of it is lost, good lines have no mark, a wrong word has it. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KERNELS } from '../../engine/index.ts'
import { GALLERY } from '../gallery/index.ts'
import { resolveScenario } from '../resolve.ts'
import { readTable, tableProblem, tokenAt, type TableContext } from './table-words.ts'

const kernel = KERNELS.get('6.12')!
const two: TableContext = {
  kernel,
  devices: [
    { name: 'sda', dev: '8:0' },
    { name: 'sdb', dev: '8:16' },
    { name: 'sdc', dev: '8:32' },
  ],
}
const LONG =
  '0 2097152 multipath 5 queue_if_no_path queue_mode {mode} pg_init_retries 5 1 alua 2 1 service-time 0 2 2 8:0 1 1 8:16 1 4 historical-service-time 2 972 3 1 1 8:32 1'

const folder = new URL('../../../tests/kernel-traces/scenarios/', import.meta.url)
const files: unknown[] = [
  ...readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown),
  ...GALLERY,
]
const known = files.flatMap((file) => {
  const resolved = resolveScenario(file)
  if (!resolved.ok) throw new Error(resolved.problems[0]?.what)
  const { scenario } = resolved
  return [
    {
      table: scenario.dm.table,
      context: { kernel: KERNELS.get(scenario.kernel)!, devices: scenario.devices },
    },
  ]
})

it.each(known)('has nothing against $table', ({ table, context }) => {
  const reading = readTable(table, context)
  expect(reading.fault).toBeUndefined()
  for (const { role, meaning, text } of reading.tokens)
    expect(role === 'gap' ? meaning === '' : meaning.length > 3 && role !== 'unread', text).toBe(true)
})

it('has nothing against any of them on any kernel, unless it lacks a word or a mode', () => {
  for (const { table, context } of known)
    for (const other of KERNELS.values()) {
      const { fault } = readTable(table, { ...context, kernel: other })
      if (fault !== undefined) expect(fault.what).toMatch(/of kernel|on kernel/)
    }
})

describe('whatever is typed', () => {
  const words = fc.constantFrom(
    ...new Set(known.flatMap(({ table }) => table.split(' '))),
    'linear',
    '8:99',
    '-1',
    '',
  )
  const typed = fc.oneof(
    fc.string(),
    fc
      .array(fc.tuple(words, fc.constantFrom(' ', '  ', '\t', '\n')), { maxLength: 40 })
      .map((all) => all.flat().join('')),
  )

  it('the tokens one after the other are the line, and a mark is on a word or at the end', () => {
    fc.assert(
      fc.property(typed, (line) => {
        const { tokens, fault } = readTable(line, two)
        expect(tokens.map(({ text }) => text).join('')).toBe(line)
        let at = 0
        for (const { start, text } of tokens) {
          expect(start).toBe(at)
          at += text.length
        }
        if (fault !== undefined && fault.token < tokens.length)
          expect(tokens[fault.token]?.word).toBeDefined()
        expect(fault?.token ?? 0).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 2000 },
    )
  })
})

it('marks a word that was replaced by nonsense, whichever it is', () => {
  const count = LONG.split(' ').length
  fc.assert(
    fc.property(fc.nat(count - 1), fc.constantFrom('?', 'x1', '-', '9:9'), (at, nonsense) => {
      const words = LONG.split(' ')
      // The mode is filled in before anybody reads it.
      words[at] = nonsense
      const { tokens, fault } = readTable(words.join(' '), two)
      expect(tokens[fault?.token ?? -1]?.word).toBe(at + 1)
      expect(fault?.what).toContain(`"${nonsense}"`)
      expect(fault?.remedy).toBeTruthy()
    }),
  )
})

it('marks the end of a line that stops before it is complete', () => {
  const words = LONG.split(' ')
  for (let length = 0; length < words.length; length++) {
    const { tokens, fault } = readTable(words.slice(0, length).join(' '), two)
    expect(fault?.token).toBe(tokens.length)
    expect(fault?.remedy).toBeTruthy()
  }
})

it('explains the word at the caret', () => {
  const reading = readTable(LONG, two)
  const at = (text: string): string | undefined => tokenAt(reading, LONG.indexOf(text) + 1)?.meaning
  expect(at('8:16')).toBe('path 2 of group 1: sdb')
  expect(at('2097152')).toBe('length: 2,097,152 sectors of 512 bytes, 1 GiB')
  expect(at('{mode}')).toBe('each lane puts its own mode here: bio or rq')
  expect(at('972')).toContain('base weight')
  expect(tokenAt(readTable('  ', two), 1)).toBeUndefined()
})

it('doubts a count when the words behind it run on', () => {
  const { fault } = readTable('0 100 multipath 3 queue_mode bio 0 1 1 round-robin 0 1 0 8:0', two)
  expect(fault?.what).toContain('"0" is not a feature')
  expect(fault?.remedy).toContain('is the count before it, word 4, wrong?')
})

it('puts the mark on the same word for a kernel that never sees queue_mode {mode}', () => {
  const old = { ...two, kernel: KERNELS.get('3.6')! }
  const line = '0 100 multipath 2 queue_mode {mode} 0 1 1 round-rabbit 0 1 0 8:0'
  const { tokens, fault } = readTable(line, old)
  expect(tokens[fault?.token ?? -1]?.text).toBe('round-rabbit')
})

describe('a linear line', () => {
  it('is explained', () => {
    const { tokens, fault } = readTable('0 100 linear 8:16 2048', two)
    expect(fault).toBeUndefined()
    expect(tokens.at(-3)?.meaning).toBe('the device below: sdb')
  })
  it.each([
    ['x 100 linear 8:16 0', 1],
    ['0 0 linear 8:16 0', 2],
    ['0 100 lineal 8:16 0', 3],
    ['0 100 linear 8:99 0', 4],
    ['0 100 linear 8:16 -5', 5],
    ['0 100 linear 8:16 0 9', 6],
    ['0 100 linear 8:16', undefined],
    ['0 100 linear', undefined],
  ])('%s is marked at word %s', (line, word) => {
    const { tokens, fault } = readTable(line, two)
    expect(fault).toBeDefined()
    expect(tokens[fault!.token]?.word).toBe(word)
  })
})

it('is a problem of the document that holds it', () => {
  const document = { devices: [{}, {}], dm: { table: LONG.replace('service-time', 'service-thyme') } }
  expect(tableProblem(document, two)).toMatchObject({
    path: ['dm', 'table'],
    where: 'dm.table, word 14 ("service-thyme")',
  })
  expect(tableProblem({ dm: { table: LONG } }, two)).toBeUndefined()
  expect(tableProblem({}, two)).toBeUndefined()
})
