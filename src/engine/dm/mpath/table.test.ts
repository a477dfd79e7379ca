/** Table lines: what a good one means, and that every complaint names the word and its number. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../error.ts'
import { KERNELS } from '../../kernel/versions.ts'
import { parseMultipathTable, type MultipathTable } from './table.ts'

const PROFILE = KERNELS.get('6.12')!
const DEVS = ['8:0', '8:16', '8:32']
const GOOD =
  '0 2097152 multipath 5 queue_if_no_path queue_mode {mode} pg_init_retries 5 1 alua 2 1 service-time 0 2 2 8:0 1 1 8:16 1 4 round-robin 0 1 1 8:32 1'

const parse = (line: string): MultipathTable => parseMultipathTable(line, 'bio', PROFILE, DEVS, 'dm.table')

function complaint(line: string): ScenarioError {
  try {
    parse(line)
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
  throw new Error(`no complaint about: ${line}`)
}

it('reads features, handler, groups and paths', () => {
  expect(parse(GOOD)).toMatchObject({
    sizeSectors: 2_097_152,
    queueIfNoPath: true,
    retainAttachedHwHandler: false,
    pgInitRetries: 5,
    queueMode: 'bio',
    hwHandler: 'alua',
    initialGroup: 1,
    groups: [
      {
        selector: 'service-time',
        paths: [
          { dev: '8:0', args: ['1', '1'] },
          { dev: '8:16', args: ['1', '4'] },
        ],
      },
      { selector: 'round-robin', paths: [{ dev: '8:32', args: ['1'] }] },
    ],
  })
})

describe('a wrong word is named with its number', () => {
  it.each([
    [3, 'linear', 'the target is multipath'],
    [4, 'x', 'whole number'],
    [5, 'queue_if_no_paths', 'queue_if_no_path'],
    [7, 'sideways', 'bio, rq or mq'],
    [9, '51', '1 to 50'],
    [11, 'clairvoyant', 'alua'],
    [13, '3', '1 to 2'],
    [14, 'fastest', 'round-robin'],
    [18, '9:9', '8:0, 8:16, 8:32'],
    [20, '101', 'relative_throughput'],
  ])('word %i as "%s"', (number, word, remedy) => {
    const words = GOOD.split(' ')
    words[number - 1] = word
    const { where, message } = complaint(words.join(' '))
    expect(where).toBe(`dm.table, word ${number} ("${word}")`)
    expect(message).toContain(remedy)
  })

  it('whatever is put in whatever place: no complaint without a word and a number that are really there', () => {
    const garbage = fc.oneof(
      fc.constantFrom('-1', '0', '99999', 'x', '8:99', 'queue_mode', '1e3', '☃'),
      fc.stringMatching(/^\S{1,8}$/),
    )
    fc.assert(
      fc.property(fc.nat(GOOD.split(' ').length - 1), garbage, (at, word) => {
        const words = GOOD.split(' ')
        words[at] = word
        let found: ScenarioError
        try {
          parse(words.join(' '))
          return
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioError)
          found = error as ScenarioError
        }
        const number = Number(/word (\d+)/.exec(found.message)?.[1])
        const named = /word \d+ \("(.*?)"\)/.exec(found.where)?.[1]
        if (named !== undefined) expect(words[number - 1]?.replaceAll('{mode}', 'bio')).toBe(named)
        else expect(found.message).toContain(`the line ends after word ${words.length}`)
        expect(found.remedy.length).toBeGreaterThan(0)
      }),
      { numRuns: 500, seed: 6 },
    )
  })
})

it('says where a line ends too early, and what should come next', () => {
  const words = GOOD.split(' ')
  for (let count = 1; count < words.length; count++) {
    const { message } = complaint(words.slice(0, count).join(' '))
    expect(message).toContain(`the line ends after word ${count}`)
    expect(message).toMatch(/next must come .+/)
  }
  const long = complaint(`${GOOD} ${'x'.repeat(5000)}`)
  expect(long.message.length).toBeLessThan(300)
  expect(long.where).toContain(`("${'x'.repeat(60)}…")`)
  expect(complaint(`${GOOD} 7`).message).toContain(`word ${words.length + 1} ("7"): is left over`)
})
