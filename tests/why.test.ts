/** Everything that can be seen can be asked about, and no answer names a version that the engine does not know. */
import { describe, expect, it } from 'vitest'
import { KERNELS } from '../src/engine/index.ts'
import { EventKind, QUEUE_MODES, SplitLimit, TimerKind } from '../src/engine/log/index.ts'
import { CHARTS } from '../src/stage/charts/charts.ts'
import { limitName } from '../src/stage/limits.ts'
import { SCORE_ROWS } from '../src/stage/scoreboard.ts'
import { SIMPLIFIED } from '../src/stage/simplifications.ts'
import { KERNEL_NAMES } from '../src/stage/why/answer.ts'
import { allTopics, answersOf, eventTopic, functionsOf, whyOf } from '../src/stage/why/why.ts'

const LISTS = [
  ...['plug', 'sorted', 'fifo', 'queue', 'dispatch', 'requeue', 'queued_bios', 'deferred'],
  ...['flush', 'waiting', 'issued', 'device'],
]
const THINGS = [
  'tags',
  'path',
  'map',
  'queue',
  'task',
  'request',
  'group',
  'pg_init',
  'multipathd',
  'dispatch_busy',
]

const seen: readonly (readonly [what: string, topics: readonly string[]])[] = [
  ['row of the scoreboard', SCORE_ROWS.map(({ key }) => `score:${key}`)],
  ['band', ['split', 'merge', 'choose', 'bypass'].map((kind) => `band:${kind}`)],
  ['list or pocket', LISTS.map((name) => `list:${name}`)],
  ['limit', Object.values(SplitLimit).map((limit) => `limit:${limitName(limit)}`)],
  ['chart', CHARTS.map(({ id }) => `chart:${id}`)],
  [
    'kind of event',
    Object.values(EventKind)
      .filter((kind) => kind !== EventKind.none)
      .map(eventTopic),
  ],
  ['kernel', [...KERNELS.keys()].map((kernel) => `era:${kernel}`)],
  [
    'selector',
    [...new Set([...KERNELS.values()].flatMap(({ selectors }) => selectors))].map(
      (name) => `selector:${name}`,
    ),
  ],
  [
    'policy of a head',
    [...new Set([...KERNELS.values()].flatMap(({ ioPolicies }) => ioPolicies))].map(
      (name) => `selector:${name}`,
    ),
  ],
  ['mode', QUEUE_MODES.map((mode) => `mode:${mode}`)],
  ['timer of a retry', [TimerKind.requeue, TimerKind.command].map((kind) => `timer:${kind}`)],
  ['thing', THINGS],
]

describe.each(seen)('every %s', (_, topics) => {
  it.each(topics)('%s has an answer in every mode', (topic) => {
    for (const mode of QUEUE_MODES) expect(whyOf(topic, mode)).toBeDefined()
  })
})

it('knows the kernels of the engine, in their order', () => {
  expect(KERNEL_NAMES).toEqual([...KERNELS.keys()])
})

it('has answers in full: one or two sentences, versions in order, simplifications that exist', () => {
  const keys = new Set(SIMPLIFIED.map(({ key }) => key))
  for (const topic of allTopics())
    for (const answer of answersOf(topic)) {
      expect(answer.rule).toMatch(/^[\p{L}\d].*\.$/u)
      expect(answer.rule.split(/[.:;] /).length).toBeLessThanOrEqual(7)
      expect(answer.title.length).toBeGreaterThan(0)
      expect(answer.section).toMatch(/^\d+(\.\d+)?(, \d+(\.\d+)?)*$/)
      for (const { name, file, from, to } of answer.where) {
        expect(name).toMatch(/^\w+$/)
        expect(file).toMatch(/\.[ch]$/)
        expect(file).toContain('/')
        expect(KERNEL_NAMES.indexOf(from)).toBeGreaterThanOrEqual(0)
        expect(KERNEL_NAMES.indexOf(to)).toBeGreaterThanOrEqual(KERNEL_NAMES.indexOf(from))
      }
      for (const key of answer.simplified ?? []) expect(keys).toContain(key)
      if (answer.published !== undefined) expect(answer.published.source.length).toBeGreaterThan(0)
    }
})

it('leads to every simplification from somewhere', () => {
  const led = new Set(
    allTopics().flatMap((topic) => answersOf(topic).flatMap(({ simplified }) => simplified ?? [])),
  )
  for (const { key } of SIMPLIFIED) expect(led, key).toContain(key)
})

it('has no answer for what nobody knows', () => {
  for (const topic of [
    '',
    ':',
    'score:',
    'score:toString',
    'event:none',
    'event:constructor',
    'nothing',
    'timer:999',
  ])
    expect(answersOf(topic)).toEqual([])
})

it('puts the functions that were read in the kernel of the lane first', () => {
  expect(functionsOf(EventKind.bio_queue, '6.1')[0]!.name).toBe('submit_bio_noacct')
  expect(functionsOf(EventKind.bio_queue, '3.6')[0]!.name).toBe('generic_make_request')
})
