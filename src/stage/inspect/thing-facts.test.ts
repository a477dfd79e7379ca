import { describe, expect, it } from 'vitest'
import { shapeOf } from '../lane-show.ts'
import { bioLane, factsOf, rqLane } from '../test-record.ts'
import { whyOf } from '../why/why.ts'
import { requestFacts } from './facts/of-request.ts'
import type { FactContext } from './facts/section.ts'
import { type InspectedThing, thingFacts } from './thing-facts.ts'
import type { RunRecord } from '../../record/run-record.ts'

function at(record: RunRecord, index: number): FactContext {
  const picture = record.pictureAt(index)
  return { picture, record, shape: shapeOf(record), timeNs: picture.timeNs }
}

function value(context: FactContext, thing: InspectedThing, label: string): string | undefined {
  return thingFacts(context, thing)
    .flatMap(({ rows }) => rows)
    .find((row) => row.label === label)?.value
}

const THINGS: readonly InspectedThing[] = [
  { kind: 'path', dev: 1 },
  { kind: 'queue', dev: 0 },
  { kind: 'queue', dev: 2 },
  { kind: 'band', band: 'split', dev: 0 },
  { kind: 'band', band: 'merge', dev: 0 },
  { kind: 'band', band: 'choose', dev: 0 },
  { kind: 'band', band: 'bypass', dev: 1 },
  { kind: 'map' },
  { kind: 'tasks' },
]

describe.each([
  ['bio', bioLane()],
  ['rq', rqLane()],
] as const)('facts of things, %s', (mode, record) => {
  it('have a value in every row at every moment, and an answer wherever they can be asked', () => {
    for (let index = -1; index < record.eventCount; index += 3)
      for (const thing of THINGS)
        for (const section of thingFacts(at(record, index), thing)) {
          expect(section.rows.length).toBeGreaterThan(0)
          if (section.why !== undefined) expect(whyOf(section.why, mode), section.why).toBeDefined()
          for (const row of section.rows) {
            expect(row.value).not.toBe('')
            expect(row.value).not.toMatch(/undefined|NaN/)
            if (row.why !== undefined && !row.why.startsWith('timer:'))
              expect(whyOf(row.why, mode), row.why).toBeDefined()
          }
        }
  })
})

it('counts what went to a path', () => {
  const bio = bioLane()
  const rq = rqLane()
  const end = at(bio, bio.eventCount - 1)
  expect(value(end, { kind: 'path', dev: 1 }, 'commands')).toBe('8')
  expect(value(end, { kind: 'path', dev: 1 }, 'times chosen')).toBe('8')
  expect(value(at(rq, rq.eventCount - 1), { kind: 'path', dev: 2 }, 'commands')).toBe('0')
})

it('lists the bios of a request in the order of their sectors, and its tags', () => {
  const rq = rqLane()
  const merged = 2 + 16 * 3
  const section = requestFacts(rq.pictureAt(merged), factsOf(rq), 4000)!
  const of = (label: string): string => section.rows.find((row) => row.label === label)!.value
  expect(of('bios in it')).toBe('16')
  expect(of('in order')).toMatch(/^bio 1, bio 2, .*bio 16$/)
  expect(of('scheduler tag')).toBe('0')
  expect(requestFacts(rq.pictureAt(merged), factsOf(rq), 1)).toBeUndefined()
})
