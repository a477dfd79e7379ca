/** Pictures folded from real runs of the engine: nothing kept is contradicted, everything ends, the story has its length. */
import { describe, expect, it } from 'vitest'
import { readdirSync, readFileSync } from 'node:fs'
import { createRun, ScenarioError } from '../src/engine/index.ts'
import { kindName, QUEUE_MODES, type QueueMode } from '../src/engine/log/index.ts'
import { Counter } from '../src/record/counters.ts'
import { Place } from '../src/record/places.ts'
import { RunRecord } from '../src/record/run-record.ts'
import { storyTime } from '../src/record/story-time.ts'
import { GALLERY, resolveScenario } from '../src/scenario/index.ts'
import { disagreements } from './support/check-picture.ts'

function recordOf(document: unknown, mode: QueueMode): RunRecord {
  const resolved = resolveScenario(document)
  if (!resolved.ok) throw new Error(resolved.problems[0]?.what)
  const run = createRun({ scenario: resolved.scenario, mode })
  const record = new RunRecord(run.header)
  while (run.advance(50_000) === 'running');
  const { tasks, strings, origins } = run.tables
  record.append(run.takeChunks(), { tasks, strings, origins })
  record.result = run.result()
  return record
}

interface Document {
  readonly scenario: string
  readonly modes?: readonly string[]
}

const folder = new URL('./kernel-traces/scenarios/', import.meta.url)
const traced = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Document,
)

/** What the engine does not model yet it says itself; there is nothing to fold then. */
const runs = [...GALLERY, ...traced].flatMap((document) =>
  QUEUE_MODES.flatMap((mode) => {
    const isAsked = document.modes ?? ['bio', 'rq']
    if (!isAsked.includes(mode)) return []
    try {
      return [{ name: document.scenario, mode, record: recordOf(document, mode) }]
    } catch (error) {
      if (error instanceof ScenarioError) return []
      throw error
    }
  }),
)

it('has runs to fold', () => {
  expect(runs.length).toBeGreaterThan(60)
})

describe.each(runs)('$name, $mode', ({ record }) => {
  it('is folded without a contradiction', () => {
    const stride = record.eventCount > 500 ? 7 : 1
    for (let i = 0; i < record.eventCount; i += stride) {
      const faults = disagreements(record.pictureAt(i))
      if (faults.length > 0) expect([kindName(record.kindAt(i)), ...faults]).toEqual([])
    }
  })

  it('ends with nothing left in any queue', () => {
    const end = record.pictureAt(record.eventCount - 1)
    const left: string[] = []
    for (let slot = 0; slot < end.slots.count; slot++) {
      const place = end.slots.place[slot]!
      if (place !== Place.ended && place !== Place.none)
        left.push(`${end.slots.type[slot]!} ${end.slots.id[slot]!} at ${place}`)
    }
    expect(left).toEqual([])
    expect(Array.from(end.devices.driverTagsInUse)).toEqual(Array.from(end.devices.driverTagsInUse, () => 0))
    expect(Array.from(end.devices.schedTagsInUse)).toEqual(Array.from(end.devices.schedTagsInUse, () => 0))
    expect(Array.from(end.devices.inFlightIos)).toEqual(Array.from(end.devices.inFlightIos, () => 0))
    const { ok, failed } = record.result!
    // A buffered read or write is an I/O of the application that never reaches the block layer as one.
    expect(end.total(Counter.ios_completed)).toBe(end.total(Counter.ios_submitted))
    expect(end.total(Counter.ios_completed)).toBeLessThanOrEqual(ok + failed)
    expect(end.total(Counter.ios_failed)).toBe(failed)
  })
})

describe('the first scenario', () => {
  it('plays in twenty to twenty-five seconds at story pace', () => {
    const map = storyTime((['bio', 'rq'] as const).map((mode) => recordOf(GALLERY[0], mode)))
    expect(map.totalShownMs).toBeGreaterThan(20_000)
    expect(map.totalShownMs).toBeLessThan(25_000)
  })
})
