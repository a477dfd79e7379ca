/**
 * What somebody looks for in the log, and the test of an event. A test is made once for each lane: what depends on a kind,
 * a device or a task alone is looked up in tables of 256, so that a million events take a fraction of a second.
 */
import { deviceAt, RWBS_TEXT, sectorAt, type EventChunk } from '../../engine/log/index.ts'
import { familyOf } from '../../record/family.ts'
import { objectId } from '../../record/places.ts'
import type { TimeRange } from '../../stats/range-summary.ts'
import { blktraceLetter, kernelName } from '../kernel-names.ts'
import { thingName } from '../names.ts'
import type { LogLane } from './log-row.ts'

export interface LogQuery {
  /** Name of a device, empty: all. */
  readonly dev: string
  /** Name of a kind as the log shows it. */
  readonly kind: string
  readonly task: string
  /** `4096`, `4096-8191`: sectors that an event must touch. */
  readonly sectors: string
  /** `bio 5`, `request 2`, `I/O 3`, `5`: its whole family. */
  readonly io: string
  /** Words, each of which must stand somewhere in the row or in its sentence. */
  readonly text: string
  readonly range: TimeRange | undefined
}

export const NO_QUERY: LogQuery = {
  dev: '',
  kind: '',
  task: '',
  sectors: '',
  io: '',
  text: '',
  range: undefined,
}

export function isEmpty(query: LogQuery): boolean {
  return query.range === undefined && Object.values({ ...query, range: '' }).every((value) => value === '')
}

/** What a text field holds that cannot be understood, as a sentence. */
export function complaintOf({ sectors, io }: LogQuery): string | undefined {
  if (sectors.trim() !== '' && sectorRange(sectors) === undefined)
    return `"${sectors}" is no range of sectors; write 4096 or 4096-8191.`
  if (io.trim() !== '' && ioNumber(io) === undefined)
    return `"${io}" names no I/O; write bio 5, request 2, I/O 3 or a number.`
  return undefined
}

export interface SectorRange {
  readonly first: number
  readonly last: number
}

export function sectorRange(text: string): SectorRange | undefined {
  const match = /^\s*(\d{1,15})\s*(?:(?:-|–|to)\s*(\d{1,15}))?\s*$/.exec(text)
  if (match === null) return undefined
  const first = Number(match[1])
  return { first, last: match[2] === undefined ? first : Math.max(first, Number(match[2])) }
}

/** Kind and running number of what a field names. */
export function ioNumber(text: string): { kind: 'bio' | 'request' | 'io'; number: number } | undefined {
  const match = /^\s*(bio|request|rq|i\/?o)?\s*#?(\d{1,9})\s*$/i.exec(text)
  if (match === null) return undefined
  const name = (match[1] ?? 'bio').toLowerCase()
  const number = Number(match[2])
  if (name === 'bio') return { kind: 'bio', number }
  return { kind: name.startsWith('r') ? 'request' : 'io', number }
}

/** Events of a lane that can match at all: from, to (not included), or the events of a family. */
export interface Candidates {
  readonly from: number
  /** Rises while the record grows. */
  readonly to: () => number
  /** Rising; undefined: all between the two. */
  readonly only: readonly number[] | undefined
  /** True of what is looked for; by index, in any order. */
  readonly matches: (index: number) => boolean
}

/** Sentence of an event, for a search in words; undefined while the words are not loaded. */
export type SentenceOf = (index: number) => string | undefined

export function candidatesOf(lane: LogLane, query: LogQuery, sentenceOf: SentenceOf): Candidates {
  const { record } = lane
  const { range } = query
  const from = range === undefined ? 0 : record.indexAtTime(range.fromNs - 1) + 1
  const to = (): number => (range === undefined ? record.eventCount : record.indexAtTime(range.toNs - 1) + 1)
  return { from, to, only: familyEvents(lane, query.io), matches: testOf(lane, query, sentenceOf) }
}

function familyEvents({ record, facts }: LogLane, text: string): readonly number[] | undefined {
  if (text.trim() === '') return undefined
  const wanted = ioNumber(text)
  if (wanted === undefined) return []
  const { kind, number } = wanted
  const id = {
    bio: () => facts.bioId(number),
    request: () => facts.requestId(number),
    io: () => ioId(facts, number),
  }[kind]()
  return id === 0 ? [] : (familyOf(record, objectId(id))?.events ?? [])
}

/** An I/O has its number with its first bio. */
function ioId(facts: LogLane['facts'], number: number): number {
  for (let bio = number; ; bio++) {
    const id = facts.bioId(bio)
    if (id === 0) return 0
    const io = facts.parentOf(id)
    if (facts.ordinalOf(io) === number) return io
    if (facts.ordinalOf(io) > number) return 0
  }
}

type Test = (chunk: EventChunk, row: number, index: number) => boolean

function testOf(lane: LogLane, query: LogQuery, sentenceOf: SentenceOf): (index: number) => boolean {
  const tests = [
    devTest(lane, query.dev),
    query.kind === '' ? undefined : tableTest('kind', (kind) => kernelName(kind) === query.kind),
    query.task === ''
      ? undefined
      : tableTest('task', (task) => lane.record.tables.tasks[task]?.comm === query.task),
    sectorTest(query.sectors),
    ...query.text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => wordTest(lane, word, sentenceOf)),
  ].filter((test) => test !== undefined)
  const { record } = lane
  return (index) => {
    const chunk = record.chunkOf(index)
    const row = record.rowOf(index)
    return tests.every((test) => test(chunk, row, index))
  }
}

function tableTest(column: 'kind' | 'dev' | 'task' | 'rwbs', test: (value: number) => boolean): Test {
  const table = Uint8Array.from({ length: 256 }, (_, value) => (test(value) ? 1 : 0))
  return (chunk, row) => table[chunk[column][row]!] === 1
}

function nameOf({ record }: LogLane, dev: number): string | undefined {
  return deviceAt(record.header, record.tables, dev)?.name
}

function devTest(lane: LogLane, name: string): Test | undefined {
  return name === '' ? undefined : tableTest('dev', (dev) => nameOf(lane, dev) === name)
}

function sectorTest(text: string): Test | undefined {
  if (text.trim() === '') return undefined
  const wanted = sectorRange(text)
  if (wanted === undefined) return () => false
  return (chunk, row) => {
    const sector = sectorAt(chunk, row)
    const size = chunk.size[row]!
    return size > 0 && sector <= wanted.last && sector + size > wanted.first
  }
}

/** In a column, else in the name of the thing, else in the sentence: the dearer ones are asked last. */
function wordTest(lane: LogLane, word: string, sentenceOf: SentenceOf): Test {
  const has = (text: string | undefined): boolean => text?.toLowerCase().includes(word) === true
  const columns = [
    tableTest('kind', (kind) => has(kernelName(kind)) || blktraceLetter(kind).toLowerCase() === word),
    tableTest('dev', (dev) => has(nameOf(lane, dev))),
    tableTest('task', (task) => has(lane.record.tables.tasks[task]?.comm)),
    tableTest('rwbs', (rwbs) => RWBS_TEXT[rwbs]?.toLowerCase() === word),
  ]
  const isNumber = /^\d+$/.test(word)
  const by = { header: lane.record.header, facts: lane.facts }
  return (chunk, row, index) =>
    columns.some((test) => test(chunk, row, index)) ||
    (isNumber && String(sectorAt(chunk, row)).includes(word)) ||
    has(thingName(by, chunk.subject[row]!)) ||
    has(sentenceOf(index))
}
