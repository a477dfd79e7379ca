/** What the inspector says of I/Os, held against the log of real runs. */
import { describe, expect, it } from 'vitest'
import { BlkStatus, EventKind, QUEUE_MODES } from '../src/engine/log/index.ts'
import { ScenarioError } from '../src/engine/index.ts'
import { familyOf, type Family } from '../src/record/family.ts'
import { objectId, ObjectType, Place } from '../src/record/places.ts'
import type { RunRecord } from '../src/record/run-record.ts'
import { GALLERY } from '../src/scenario/index.ts'
import { causeOf, effectOf } from '../src/stage/inspect/causes.ts'
import { allNodes, turnAt } from '../src/stage/inspect/outline.ts'
import { sentFor } from '../src/stage/inspect/sent.ts'
import { stageSpans } from '../src/stage/inspect/stages.ts'
import { IoThread } from '../src/stage/inspect/thread.ts'
import { familyTree } from '../src/stage/inspect/tree.ts'
import { engineRecord, galleryRecord } from './support/engine-record.ts'

const MOST_IOS = 12

interface Case {
  readonly name: string
  readonly mode: string
  readonly record: RunRecord
}

const cases: Case[] = GALLERY.flatMap((document) =>
  QUEUE_MODES.flatMap((mode) => {
    try {
      return [{ name: document.scenario, mode, record: engineRecord(document, mode) }]
    } catch (error) {
      if (error instanceof ScenarioError) return []
      throw error
    }
  }),
)

/** Some I/Os of a run: the first ones, the last, and every one that met an error. */
function familiesOf(record: RunRecord): Family[] {
  const ios: number[] = []
  const bad = new Set<number>()
  for (let i = 0; i < record.eventCount; i++) {
    if (record.kindAt(i) === EventKind.io_submit) ios.push(record.subjectAt(i))
    if (record.kindAt(i) === EventKind.bio_retry || record.kindAt(i) === EventKind.rq_error)
      bad.add(record.subjectAt(i))
  }
  const of = (id: number): Family[] => {
    const family = familyOf(record, objectId(id))
    return family === undefined ? [] : [family]
  }
  const some = [...ios.slice(0, MOST_IOS), ...ios.slice(-2)]
  return [...some, ...[...bad].slice(0, MOST_IOS)].flatMap(of)
}

it('has runs of every mode', () => {
  expect(new Set(cases.map(({ mode }) => mode)).size).toBe(QUEUE_MODES.length)
  expect(cases.length).toBeGreaterThan(35)
})

describe.each(cases)('$name, $mode', ({ record }) => {
  const families = familiesOf(record)

  it('has stage times that add up to the latency of each I/O', () => {
    for (const family of families) {
      const thread = new IoThread(record, family)
      const { end } = thread
      if (end === undefined) continue
      const way = thread.way(end)
      expect(way[0]).toBe(family.events[0])
      expect(record.kindAt(way[0]!)).toBe(EventKind.io_submit)
      for (let i = 1; i < way.length; i++) expect(way[i]).toBeGreaterThan(way[i - 1]!)
      const spans = stageSpans(thread)
      const sum = spans.reduce((total, { ns }) => total + ns, 0)
      expect(sum).toBe(record.timeAt(end) - record.timeAt(family.events[0]!))
      for (const { ns } of spans) expect(ns).toBeGreaterThanOrEqual(0)
    }
  })

  it('names causes that come before, and effects that come after', () => {
    for (const family of families) {
      const thread = new IoThread(record, family)
      for (const event of family.events.slice(0, 300)) {
        const cause = causeOf(record, event, thread)
        if (event !== family.events[0]) expect(cause).toBeDefined()
        if (cause === undefined) continue
        expect(cause.index).toBeLessThan(event)
        expect(record.timeAt(cause.index)).toBeLessThanOrEqual(record.timeAt(event))
        const effect = effectOf(record, event, thread)
        if (effect !== undefined) expect(effect).toBeGreaterThan(event)
        else expect(event).toBe(family.events.at(-1))
      }
    }
  })

  it('has a node for every member, and an attempt for every path that was given the clone', () => {
    for (const family of families) {
      const nodes = allNodes(familyTree(record, family))
      const ids = new Set(nodes.map(({ id }) => id))
      expect([...ids].sort((a, b) => a - b)).toEqual(family.members.map(({ id }) => id).sort((a, b) => a - b))
      expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length)
      const members = new Set<number>(ids)
      const started: string[] = []
      let issued = 0
      for (const event of family.events) {
        const { kind, subject, dev } = record.eventAt(event)
        if (kind === EventKind.start_io && members.has(subject)) started.push(`${subject} on ${dev}`)
        if (kind === EventKind.rq_issue && members.has(subject)) issued++
      }
      const attempts = nodes.map(({ id, dev }) => `${id} on ${dev}`)
      for (const start of started) expect(attempts).toContain(start)
      expect(nodes.reduce((sum, node) => sum + node.issued, 0)).toBe(issued)
    }
  })

  it('tells of each node what it was at any moment, of a request as large as the picture has it', () => {
    for (const family of families.slice(0, 6)) {
      const nodes = allNodes(familyTree(record, family))
      for (const node of nodes) {
        const { outcome, sizeSectors, bios, issued } = node
        expect(node.turns[0]?.index).toBe(node.since)
        expect(node.turns.at(-1)).toMatchObject({ outcome, sizeSectors, bios, issued })
        expect(turnAt(node, node.since - 1)).toBeUndefined()
      }
      for (const event of family.events.slice(0, 60)) {
        const picture = record.pictureAt(event)
        for (const node of nodes) {
          const turn = turnAt(node, event)
          const slot = picture.find(node.id)
          if (node.type !== ObjectType.request || turn?.outcome.kind !== 'running' || slot < 0) continue
          if (turn.issued > 0 || picture.slots.place[slot] === Place.ended) continue
          expect(turn.sizeSectors).toBe(picture.slots.sizeSectors[slot])
        }
      }
    }
  })

  it('agrees with the log about how each member ended', () => {
    for (const family of families) {
      for (const node of allNodes(familyTree(record, family))) {
        if (node.outcome.kind === 'running' || node.outcome.kind === 'no_path') continue
        const { index } = node.outcome
        expect(record.subjectAt(index)).toBe(node.id)
        if (node.outcome.kind === 'failed') expect(record.argAt(index)).not.toBe(BlkStatus.OK)
        expect(index).toBeGreaterThanOrEqual(node.since)
      }
    }
  })

  it('has sent at least what was asked where the I/O ended well', () => {
    for (const family of families) {
      const end = new IoThread(record, family).end
      if (end === undefined || record.argAt(end) !== BlkStatus.OK) continue
      const { askedSectors, sentSectors, commands } = sentFor(record, family, record.eventCount)
      if (commands > 0) expect(sentSectors).toBeGreaterThanOrEqual(Math.min(askedSectors, 1))
      if (commands > 0 && askedSectors > 0) expect(sentSectors).toBeGreaterThanOrEqual(askedSectors)
    }
  })
})

describe('one MiB of which a fragment fails', () => {
  const familyIn = (mode: 'bio' | 'rq'): { record: RunRecord; family: Family } => {
    const record = galleryRecord('broken-fragment', mode)
    return { record, family: familyOf(record, objectId(1))! }
  }

  it('is sent twice by bios, and only the lost piece again by requests', () => {
    const bio = familyIn('bio')
    const rq = familyIn('rq')
    expect(sentFor(bio.record, bio.family, bio.record.eventCount)).toEqual({
      askedSectors: 2048,
      sentSectors: 4096,
      commands: 32,
    })
    expect(sentFor(rq.record, rq.family, rq.record.eventCount)).toEqual({
      askedSectors: 2048,
      sentSectors: 2048 + 128,
      commands: 17,
    })
  })

  it('has two attempts of the clone, the first with a fragment that failed', () => {
    const { record, family } = familyIn('bio')
    const original = familyTree(record, family).children[0]!
    expect(original.children.map(({ attempt, outcome }) => [attempt, outcome.kind])).toEqual([
      [1, 'failed'],
      [2, 'ok'],
    ])
    const failed = (at: number): number =>
      original.children[at]!.children.filter(({ outcome }) => outcome.kind === 'failed').length
    expect([failed(0), failed(1)]).toEqual([1, 0])
  })

  it('pinned its pages, waited for the retry worker, then started again', () => {
    const { record, family } = familyIn('bio')
    const spans = stageSpans(new IoThread(record, family))
    expect(spans.map(({ name, attempt }) => `${name} ${attempt}`)).toEqual([
      'S2Q 1',
      'Q2G 1',
      'G2D 1',
      'D2C 1',
      'queued_bios 1',
      'Q2G 2',
      'G2D 2',
      'D2C 2',
    ])
  })
})

it('finds what came from outside: the unplug, the timer, the room that another one made', () => {
  const kinds = new Set<string>()
  for (const { record } of cases)
    for (const family of familiesOf(record)) {
      const thread = new IoThread(record, family)
      for (const event of family.events.slice(0, 300)) {
        const cause = causeOf(record, event, thread)
        if (cause !== undefined) kinds.add(cause.kind)
      }
    }
  expect([...kinds].sort()).toEqual(
    expect.arrayContaining(['before', 'error', 'freed', 'partner', 'path', 'timer', 'unplug', 'woken']),
  )
})
