/**
 * Every recorded scenario that is judged, simulated and compared with what the kernel did, final state included. The
 * table of scenario, mode, level and verdict is printed at the end; f, re-enacted mptest, is not judged by traces.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { compare } from './compare.ts'
import { expectationOf, PAIRS, scenarioTextOf, traceOf } from './data.ts'
import { scenarioOf, simulatedTrace } from './simulate.ts'

const judged = PAIRS.filter(({ group }) => group !== 'f')
const table: string[] = []

describe('the simulation does what the kernel did', () => {
  it.each(judged)('in $id', (pair) => {
    const expectation = expectationOf(pair)
    const row = `${pair.id.padEnd(38)} ${expectation.level.padEnd(8)}`
    table.push(`${row} fails`)
    const text = simulatedTrace(scenarioOf(scenarioTextOf(pair)), pair.mode)
    const verdict = compare(traceOf(pair), text, expectation, { requireState: true })
    expect(verdict.differences).toEqual([])
    table[table.length - 1] = `${row} conforms`
  })

  it('in all 125 pairs that are judged', () => {
    expect(judged).toHaveLength(125)
  })
})

afterAll(() => {
  console.log(['scenario.mode                          level    verdict', ...table].join('\n'))
})
