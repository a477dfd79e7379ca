/**
 * Whole event logs of a few small scenarios, kept as text: what changed in the engine shows as a diff, events without a
 * tracepoint included. README.md says when a log may be written anew (GOLDEN=write).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRun, type Run } from '../../src/engine/index.ts'
import { DEV_NONE, kindName, RWBS_TEXT, SECTOR_UNDEFINED } from '../../src/engine/log/index.ts'
import { expectationOf, PAIRS, scenarioTextOf, traceOf, type Pair } from '../conformance/data.ts'
import { compare } from '../conformance/compare.ts'
import { scenarioOf, simulatedTrace } from '../conformance/simulate.ts'
import { rowsOf, type Row } from '../laws/log-rows.ts'

const SCENARIOS = [
  'a2-write1m-limit-before',
  'b12-each16-qd1-dmdeadline',
  'b18-pairs-rr2',
  'c4-flush-fua',
  'e05-err-no_connect',
  'e18-suspend-noflush-queued',
]

/** Kinds whose `arg` is a place in a side table. */
const STRINGS: ReadonlySet<string> = new Set(['command', 'command_refused', 'queue_attr', 'inject'])

function lineOf(run: Run, e: Row): string {
  const kind = kindName(e.kind)
  const device = e.dev === DEV_NONE ? '-' : (run.header.devices[e.dev]?.name ?? '?')
  const sector = e.sector === SECTOR_UNDEFINED ? 'none' : String(e.sector)
  const arg = STRINGS.has(kind) ? JSON.stringify(run.tables.strings[e.arg]) : String(e.arg)
  const task = run.tables.tasks[e.task]?.comm ?? '?'
  return [
    e.timeNs,
    task,
    kind,
    device,
    RWBS_TEXT[e.rwbs],
    e.subject,
    e.object,
    `${sector}+${e.size}`,
    arg,
  ].join(' ')
}

function goldenText({ mode, ...pair }: Pair): string {
  const run = createRun({ scenario: scenarioOf(scenarioTextOf({ mode, ...pair })), mode })
  while (run.advance(100_000) === 'running');
  const lines = Array.from(rowsOf(run.takeChunks()), (row) => lineOf(run, row))
  const { status, table, ok, failed, stuck } = run.result()
  return [...lines, status, table, `ok ${ok} failed ${failed} stuck ${stuck}`, ''].join('\n')
}

const pairs = PAIRS.filter(({ scenario }) => SCENARIOS.includes(scenario))

it('keeps both modes of every scenario', () => {
  expect(pairs.length).toBe(2 * SCENARIOS.length)
})

describe('the log is the one that is kept', () => {
  it.each(pairs)('$id', (pair) => {
    const file = new URL(`${pair.id}.txt`, import.meta.url)
    const text = goldenText(pair)
    const writing = process.env['GOLDEN'] === 'write'
    if (writing) writeFileSync(file, text)
    expect(existsSync(file), `${pair.id}.txt is missing; see tests/golden/README.md`).toBe(true)
    expect(text).toBe(readFileSync(file, 'utf8'))
  })

  it.each(pairs)('$id is what the kernel did', (pair) => {
    const expected = expectationOf(pair)
    expect(expected.level).not.toBe('unjudged')
    const text = simulatedTrace(scenarioOf(scenarioTextOf(pair)), pair.mode)
    expect(compare(traceOf(pair), text, expected, { requireState: true }).differences).toEqual([])
  })
})
