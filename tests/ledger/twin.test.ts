/**
 * The ledger against a slow twin that reads the log with its own words: any range of random runs, the books of single
 * I/Os against those of the whole, and a range whose end moves against one read at once.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COST_TABLE, kindName, OBJECT_SIZES, type QueueMode } from '../../src/engine/log/index.ts'
import { ledgerOfIo } from '../../src/record/ledger/io-ledger.ts'
import { type Ledger, ledgerOf, ledgerOfPicture, LedgerRange } from '../../src/record/ledger/ledger.ts'
import { objectId } from '../../src/record/places.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import { PAIRS, scenarioTextOf } from '../conformance/data.ts'
import { scenarioOf } from '../conformance/simulate.ts'
import { caseOf } from '../laws/case.ts'
import { draftArb } from '../laws/generator.ts'
import { recordOf } from './record-of.ts'

const NS: Readonly<Record<string, number>> = Object.fromEntries(COST_TABLE.map(({ step, ns }) => [step, ns]))
const modeArb = fc.constantFrom<QueueMode>('bio', 'rq')

/** Steps of one event, by name. */
function stepsAt(record: RunRecord, index: number): string[] {
  const e = record.eventAt(index)
  const role = record.header.devices[e.dev]?.role
  const pages = Array.from({ length: Math.ceil(e.sizeSectors / 8) }, () => 'page')
  switch (kindName(e.kind)) {
    case 'io_submit':
      return ['ioSubmit', ...(e.object ? ['systemCall'] : [])]
    case 'cached_io':
      return ['systemCall', ...pages]
    case 'io_reap':
      return Array.from({ length: e.arg }, () => 'reap')
    case 'task_wake':
      return [1, 2, 6, 7].includes(e.arg) ? ['contextSwitch'] : []
    case 'bio_queue':
      return ['bioQueue', ...Array.from({ length: e.arg }, () => 'page')]
    case 'bio_clone':
      if (e.arg === 1) return ['cloneBio']
      return role === 'dm' ? ['dmClone', 'choosePath'] : ['dmClone']
    case 'bio_retry':
    case 'map_result':
      return ['choosePath']
    case 'split':
      return record.header.copiesSplits ? ['split', 'copyVectors'] : ['split']
    case 'dm_split':
      return ['split']
    case 'getrq':
      return ['mergeAttempt', 'getRequest']
    case 'backmerge':
    case 'frontmerge':
      return ['mergeAttempt']
    case 'plug_add':
      return ['plugAdd']
    case 'rq_insert':
      return e.object === 1 && e.arg === 0 ? ['insert'] : []
    case 'rq_issue':
      return role === 'dm' ? ['dispatch'] : ['dispatch', 'driverQueue']
    case 'mpath_busy':
      return ['dispatch']
    case 'rq_clone':
      return ['requestClone', 'choosePath']
    case 'rq_complete':
    case 'rq_requeue': {
      if (e.object === 0) return []
      const extra = [[], [], [], ['softirqEntry'], ['interrupt'], ['interrupt', 'softirqEntry']][
        e.object % 8
      ]!
      const ends = Array.from({ length: Math.floor(e.object / 8) }, () => 'endBio')
      return ['completeRequest', ...extra, ...ends]
    }
    default:
      return []
  }
}

function naiveNs(record: RunRecord, from: number, to: number): Record<string, number> {
  const sums: Record<string, number> = {}
  for (let index = from + 1; index <= to; index++)
    for (const step of stepsAt(record, index)) sums[step] = (sums[step] ?? 0) + NS[step]!
  return sums
}

function nsBySteps({ steps }: Ledger): Record<string, number> {
  return Object.fromEntries(steps.flatMap(({ step, ns }) => (ns > 0 ? [[step, ns]] : [])))
}

/** Objects alive after each event of a range, counted in the pictures one by one. */
function naivePeak(record: RunRecord, from: number, to: number): { live: number[]; peakBytes: number } {
  let peakBytes = 0
  let live: number[] = []
  for (let index = from; index <= to; index++) {
    const { slots } = record.pictureAt(index)
    live = OBJECT_SIZES.map(() => 0)
    for (let slot = 0; slot < slots.count; slot++) {
      const at = OBJECT_SIZES.findIndex(({ objectClass }) => objectClass === slots.objectClass[slot])
      if (at >= 0 && slots.type[slot] !== 0 && slots.place[slot] !== 16) live[at]!++
    }
    const bytes = live.reduce((sum, count, at) => sum + count * OBJECT_SIZES[at]!.slabBytes, 0)
    peakBytes = Math.max(peakBytes, bytes)
  }
  return { live, peakBytes }
}

function randomRecord(draft: Parameters<typeof caseOf>[0], mode: QueueMode): RunRecord {
  return recordOf(caseOf(draft).scenario, mode, 20_000)
}

describe('any range of a random run', () => {
  it('is what the twin adds up', () => {
    fc.assert(
      fc.property(draftArb, modeArb, fc.nat(), fc.nat(), (draft, mode, a, b) => {
        const record = randomRecord(draft, mode)
        const [from, to] = [a % (record.eventCount + 1), b % (record.eventCount + 1)].sort((x, y) => x - y)
        expect(nsBySteps(ledgerOf(record, from! - 1, to! - 1))).toEqual(naiveNs(record, from! - 1, to! - 1))
      }),
      { numRuns: 80, seed: 5 },
    )
  }, 120_000)

  it('has the objects that the pictures have, and their peak', () => {
    fc.assert(
      fc.property(draftArb, modeArb, fc.nat(), (draft, mode, a) => {
        const record = randomRecord(draft, mode)
        const from = a % record.eventCount
        const to = Math.min(record.eventCount - 1, from + 300)
        const ledger = ledgerOf(record, from, to)
        const { live, peakBytes } = naivePeak(record, from, to)
        expect(ledger.objects.map((line) => line.live)).toEqual(live)
        expect(ledger.bytesPeak).toBe(peakBytes)
      }),
      { numRuns: 40, seed: 6 },
    )
  }, 120_000)

  it('is the same whether its end moves or not, and a picture has the whole', () => {
    fc.assert(
      fc.property(draftArb, modeArb, fc.nat(), (draft, mode, a) => {
        const record = randomRecord(draft, mode)
        const last = record.eventCount - 1
        const from = (a % record.eventCount) - 1
        const moving = new LedgerRange(record, from)
        for (let to = from; to < last; to += 97) moving.upTo(to)
        expect(moving.upTo(last)).toEqual(ledgerOf(record, from, last))
        const whole = ledgerOfPicture(record.pictureAt(last), record.tables.tasks)
        expect(whole).toEqual(ledgerOf(record, -1, last))
      }),
      { numRuns: 40, seed: 7 },
    )
  }, 120_000)
})

describe('what single I/Os cost adds up to the whole', () => {
  /** Belong to no single I/O. */
  const UNDIVIDED = ['reap', 'contextSwitch']
  const ids = ['a1-read4k', 'b01-seq16-rr2', 'b18-pairs-rr2', 'a2-write1m-limit-before', 'e05-err-no_connect']
  const pairs = PAIRS.filter(({ scenario }) => ids.includes(scenario))

  it.each(pairs)('$id', (pair) => {
    const record = recordOf(scenarioOf(scenarioTextOf(pair)), pair.mode)
    const sums: Record<string, number> = {}
    for (let index = 0; index < record.eventCount; index++) {
      if (kindName(record.kindAt(index)) !== 'io_submit') continue
      for (const { step, ns } of ledgerOfIo(record, objectId(record.subjectAt(index)))!.steps)
        sums[step] = (sums[step] ?? 0) + ns
    }
    const whole = nsBySteps(ledgerOf(record, -1, record.eventCount - 1))
    const divided = Object.entries(whole).filter(([step]) => !UNDIVIDED.includes(step))
    expect(Object.keys(sums).sort()).toEqual(divided.map(([step]) => step).sort())
    for (const [step, ns] of divided) expect(sums[step]).toBeCloseTo(ns, 3)
  })
})
