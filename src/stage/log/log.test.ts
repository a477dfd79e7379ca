import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testHeader } from '../../../tests/support/log-writer.ts'
import { randomLog } from '../../../tests/support/random-log.ts'
import { bioLane, factsOf, rqLane } from '../test-record.ts'
import { FilterRun } from './filter-run.ts'
import { logRow, type LogLane } from './log-row.ts'
import { complaintOf, ioNumber, isEmpty, NO_QUERY, sectorRange, type LogQuery } from './query.ts'

const record = randomLog({ mode: 'bio', seed: 11, ios: 80, paths: 2 }).record(testHeader('bio'))
const lane: LogLane = { record, facts: factsOf(record) }
const sentenceOf = (index: number): string => `it is event ${index} that happens here.`

function found(query: Partial<LogQuery>, step = Infinity, of: LogLane = lane): number[] {
  const run = new FilterRun(of, { ...NO_QUERY, ...query }, sentenceOf)
  while (run.advance(step));
  return Array.from({ length: run.length }, (_, row) => run.indexAt(row))
}

/** Every row as text, read one by one. */
function naive({ dev = '', kind = '', sectors = '', text = '', range }: Partial<LogQuery>): number[] {
  const wanted = sectorRange(sectors)
  return Array.from({ length: record.eventCount }, (_, i) => i).filter((index) => {
    const row = logRow(lane, index)
    const { sector, sizeSectors, timeNs } = record.eventAt(index)
    const all = [row.dev, row.name, row.task, row.subject, sentenceOf(index)].join('\n').toLowerCase()
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    const exact = [row.letter.toLowerCase(), row.rwbs.toLowerCase()]
    return (
      (dev === '' || row.dev === dev) &&
      (kind === '' || row.name === kind) &&
      (wanted === undefined ||
        (sizeSectors > 0 && sector <= wanted.last && sector + sizeSectors - 1 >= wanted.first)) &&
      (range === undefined || (range.fromNs <= timeNs && timeNs < range.toNs)) &&
      words.every(
        (word) =>
          all.includes(word) || exact.includes(word) || (/^\d+$/.test(word) && String(sector).includes(word)),
      )
    )
  })
}

describe('a search in the log', () => {
  it('finds what reading every row finds', () => {
    const query = fc.record({
      dev: fc.constantFrom('', '', 'dm-0', 'sda', 'nothing'),
      kind: fc.constantFrom('', '', 'block_bio_queue', 'block_rq_issue', 'choose_pgpath'),
      sectors: fc.constantFrom('', '', '64', '100-400', '0 to 63'),
      text: fc.constantFrom('', '', 'sdb', 'clone', 'BIO_QUEUE happens', '128', 'event 77', 'q', 'zebra'),
      range: fc.option(
        fc
          .tuple(fc.nat({ max: record.endNs }), fc.nat({ max: record.endNs }))
          .map(([a, b]) => ({ fromNs: a, toNs: b })),
        { nil: undefined },
      ),
    })
    fc.assert(
      fc.property(query, (one) => {
        expect(found(one)).toEqual(naive(one))
      }),
      { numRuns: 150 },
    )
  })

  it('finds the same in bits, and says how far it is', () => {
    expect(found({ text: 'clone' }, 13)).toEqual(found({ text: 'clone' }))
    const run = new FilterRun(lane, { ...NO_QUERY, dev: 'sda' }, sentenceOf)
    expect(run.share).toBe(0)
    run.advance(Math.floor(record.eventCount / 2))
    expect(run.share).toBeCloseTo(0.5, 1)
    run.advance(Infinity)
    expect([run.share, run.over]).toEqual([1, true])
  })

  it('finds the family of an I/O, by any of its names', () => {
    const hand = bioLane()
    const byHand: LogLane = { record: hand, facts: factsOf(hand) }
    const third = found({ io: 'bio 3' }, Infinity, byHand)
    expect(third.length).toBeGreaterThan(8)
    expect(found({ io: '3' }, Infinity, byHand)).toEqual(third)
    expect(found({ io: 'I/O 3' }, Infinity, byHand)).toEqual(third)
    expect(found({ io: 'request 3' }, Infinity, byHand)).toEqual(third)
    expect(found({ io: 'bio 99' }, Infinity, byHand)).toEqual([])
    expect(found({ io: 'bio 3', kind: 'block_rq_issue' }, Infinity, byHand)).toHaveLength(1)
  })

  it('says what it cannot understand', () => {
    expect(complaintOf({ ...NO_QUERY, sectors: '12-' })).toContain('4096-8191')
    expect(complaintOf({ ...NO_QUERY, io: 'sda' })).toContain('bio 5')
    expect(complaintOf({ ...NO_QUERY, sectors: '7', io: 'rq 4' })).toBeUndefined()
    expect(ioNumber('rq 4')).toEqual({ kind: 'request', number: 4 })
    expect([isEmpty(NO_QUERY), isEmpty({ ...NO_QUERY, text: 'x' })]).toEqual([true, false])
  })
})

describe('a row of the log', () => {
  it('says what the kernel’s tools say', () => {
    const hand = rqLane()
    const byHand: LogLane = { record: hand, facts: factsOf(hand) }
    const issue = found({ kind: 'block_rq_issue', dev: 'sda' }, Infinity, byHand)
    expect(logRow(byHand, issue[0]!)).toMatchObject({
      dev: 'sda',
      letter: 'D',
      rwbs: 'WS',
      where: '0 + 128',
      task: 'iopat',
      subject: 'the clone of request 1',
    })
  })
})
