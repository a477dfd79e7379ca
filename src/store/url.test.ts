import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simNs } from '../lib/brands.ts'
import { objectId } from '../record/places.ts'
import { QUEUE_MODES } from '../engine/log/index.ts'
import type { LaneChanges } from '../scenario/index.ts'
import { MAX_NAME } from './branch-edits.ts'
import type { BranchId } from './branches.ts'
import { type LinkBranch, type LinkState, plainLink } from './link-state.ts'
import { MAX_SCENARIO_TEXT } from './link-schema.ts'
import type { ScenarioSource } from '../scenario/index.ts'
import type { LaneSetup } from './state.ts'
import { fitsLink, LINK_VERSION, readLink, writeLink } from './url.ts'

const first: ScenarioSource = { kind: 'gallery', name: 'first' }

const sources: fc.Arbitrary<ScenarioSource> = fc.oneof(
  fc.record({ kind: fc.constant('gallery' as const), name: fc.stringMatching(/^[\w.-]{1,80}$/) }),
  fc.record({
    kind: fc.constant('custom' as const),
    text: fc.string({ unit: 'grapheme', minLength: 2, maxLength: 300 }),
  }),
)
const maybeKeys = { noNullPrototype: true, requiredKeys: [] }
const queue = fc.dictionary(
  fc.constantFrom('scheduler', 'max_sectors_kb', 'nr_requests'),
  fc.oneof(fc.constantFrom('none', 'mq-deadline'), fc.integer({ min: 0, max: 9_999_999 })),
  { minKeys: 1, noNullPrototype: true },
)
const changes: fc.Arbitrary<LaneChanges> = fc
  .record(
    {
      paths: fc.integer({ min: 1, max: 16 }),
      selector: fc.constantFrom('round-robin', 'io-affinity'),
      queue_if_no_path: fc.boolean(),
      path_queue: queue,
      dm_queue: queue,
      queue_depth: fc.integer({ min: 1, max: 4096 }),
    },
    maybeKeys,
  )
  .filter((one) => Object.keys(one).length > 0)
const lane: fc.Arbitrary<LaneSetup> = fc.record(
  {
    mode: fc.constantFrom(...QUEUE_MODES),
    kernel: fc.constantFrom('6.1', '6.12', '2.6.28'),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    changes,
    pin: fc.integer({ min: 0, max: 9 }).map((row) => row as BranchId),
  },
  { noNullPrototype: true, requiredKeys: ['mode', 'kernel', 'seed'] },
)
const branches: fc.Arbitrary<LinkBranch[]> = fc
  .array(
    fc.record(
      {
        parent: fc.nat(),
        atNs: fc.integer({ min: 0, max: 86_400_000_000_000 }).map(simNs),
        command: fc.oneof(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
          fc.constantFrom('dmsetup message mp 0 "fail_path 8:16"', '[job]\nrw=read', 'a\\nb\\\\\nc'),
        ),
        name: fc
          .stringMatching(/^[^\s][^\r\n\u2028\u2029]{0,70}$/u)
          .filter((name) => name.length <= MAX_NAME),
      },
      { noNullPrototype: true, requiredKeys: ['parent', 'atNs', 'command'] },
    ),
    { maxLength: 6 },
  )
  .map((rows) => rows.map((row, at) => ({ ...row, parent: row.parent % (at + 1) })))
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
const links: fc.Arbitrary<LinkState> = fc.record({
  source: sources,
  lanes: maybe(fc.array(lane, { minLength: 1, maxLength: 3 })),
  branches,
  branch: fc.integer({ min: 0, max: 64 }),
  timeNs: maybe(fc.integer({ min: 0, max: 86_400_000_000_000 }).map(simNs)),
  indices: maybe(fc.array(fc.integer({ min: -1, max: 10_000_000 }), { minLength: 1, maxLength: 3 })),
  pace: fc.constantFrom('story' as const, 'real' as const),
  followed: fc.oneof(
    fc.constant([]),
    fc.tuple(
      maybe(fc.integer({ min: 1, max: 2 ** 32 - 1 }).map(objectId)),
      fc.integer({ min: 1, max: 99 }).map(objectId),
    ),
  ),
  range: maybe(
    fc
      .tuple(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 1, max: 10 ** 12 }))
      .map(([fromNs, lengthNs]) => ({ fromNs, toNs: fromNs + lengthNs })),
  ),
  theme: maybe(fc.constantFrom('dark' as const, 'light' as const, 'projector' as const)),
  notice: fc.constant(undefined),
})

describe('a link', () => {
  it('says what was put into it', () => {
    fc.assert(
      fc.property(links, (link) => {
        expect(readLink(`#${writeLink(link)}`, first)).toEqual(link)
      }),
    )
  })

  it('survives an address bar that escapes what it pleases', () => {
    fc.assert(
      fc.property(links, (link) => {
        const escaped = new URL(`https://example.test/#${writeLink(link)}`).hash
        expect(readLink(escaped, first)).toEqual(link)
      }),
    )
  })

  it('is written though a name ends within a letter of two halves', () => {
    const branches = [{ parent: 0, atNs: simNs(5), command: 'link sdb down', name: 'x\uD83D' }]
    const hash = writeLink({ ...plainLink(first), branches })
    expect(readLink(hash, first).branches[0]!.name).toBe('x\uFFFD')
  })

  it('is read whatever it is, and always names something to open', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => `#v1;${text}`),
        ),
        (hash) => {
          const link = readLink(hash, first)
          expect(['gallery', 'custom']).toContain(link.source.kind)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is read though one of its letters was changed', () => {
    fc.assert(
      fc.property(links, fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }), (link, at, damage) => {
        const good = writeLink(link)
        const place = at % good.length
        expect(() => readLink(good.slice(0, place) + damage + good.slice(place + 1), first)).not.toThrow()
      }),
      { numRuns: 500 },
    )
  })

  it('opens the first scenario when it says nothing', () => {
    expect(readLink('', first)).toEqual(plainLink(first))
    expect(readLink('#', first)).toEqual(plainLink(first))
    expect(readLink('#v1;', first)).toEqual(plainLink(first))
  })

  it('ignores fields that it does not know', () => {
    expect(readLink('#v1;s=busy&zoom=3&t=5', first)).toEqual(readLink('#v1;s=busy&t=5', first))
  })

  it('keeps what can be read and names what cannot', () => {
    const link = readLink('#v1;s=busy&t=soon&l=bio:6.12:1|quick&p=real', first)
    expect(link.source).toEqual({ kind: 'gallery', name: 'busy' })
    expect([link.timeNs, link.lanes, link.pace]).toEqual([undefined, undefined, 'real'])
    expect(link.notice).toBe('The link is damaged: its lanes and its time could not be read.')
  })

  it('has limits', () => {
    const notice = (hash: string): string | undefined => readLink(hash, first).notice
    expect(notice(`#v1;l=${Array(4).fill('bio:6.12:1').join('|')}`)).toContain('its lanes')
    expect(notice('#v1;l=bio:6.12:99999999999')).toContain('its lanes')
    expect(notice('#v1;l=turbo:6.12:1')).toContain('its lanes')
    expect(notice(`#v1;l=bio:6.12:1:${Array(30).fill('paths=2').join(',')}`)).toContain('its lanes')
    expect(notice(`#v1;a=${Array(65).fill('0@1 x').join('%0A')}`)).toContain('what was done in it')
    expect(notice(`#v1;a=0@1 ${'x'.repeat(4001)}`)).toContain('what was done in it')
    expect(notice('#v1;a=1@5 link sdb down')).toContain('what was done in it')
    expect(notice(`#v1;a=0@5 x&n=1 ${'y'.repeat(MAX_NAME + 1)}`)).toContain('the names of its branches')
    expect(notice('#v1;r=5-5')).toContain('the time that is selected')
    expect(notice('#v1;r=5-6-7')).toContain('the time that is selected')
    expect(notice('#v1;r=5-99999999999999999')).toContain('the time that is selected')
    expect(notice('#v1;t=99999999999999999')).toContain('its time')
    expect(notice(`#v1;x=${'A'.repeat(80_000)}`)).toContain('the scenario inside it')
    expect(notice(`#v1;${'z'.repeat(200_000)}`)).toContain('too long')
    expect(fitsLink({ kind: 'custom', text: 'x'.repeat(MAX_SCENARIO_TEXT + 1) })).toBe(false)
  })

  it('of a newer version is explained', () => {
    const link = readLink(`#v${LINK_VERSION + 1};s=busy`, first)
    expect(link.source).toEqual(first)
    expect(link.notice).toContain('newer bioscope')
  })
})

/** Links as they were given away; a new version adds lines and takes none. */
describe('links of every version still open', () => {
  const two = [
    { mode: 'bio', kernel: '6.12', seed: 1 },
    { mode: 'rq', kernel: '6.1', seed: 7 },
  ]
  it.each([
    ['sequential-writes', { source: { kind: 'gallery', name: 'sequential-writes' } }],
    ['v1;s=sequential-writes', { source: { kind: 'gallery', name: 'sequential-writes' } }],
    [
      'v1;s=busy-paths&l=bio:6.12:1|rq:6.1:7&t=84215&i=12.-1&p=real&f=.17&th=projector',
      {
        source: { kind: 'gallery', name: 'busy-paths' },
        lanes: two,
        timeNs: 84_215,
        indices: [12, -1],
        pace: 'real',
        followed: [undefined, 17],
        theme: 'projector',
      },
    ],
    [
      'v1;s=a&l=rq:6.12:1:selector=queue-length,path.scheduler=none,pin=1|bio:6.12:2:paths=4&a=0@500%20link%20sdb%20down%0A1@900%20link%20sdb%20up&b=2',
      {
        source: { kind: 'gallery', name: 'a' },
        lanes: [
          {
            ...{ mode: 'rq', kernel: '6.12', seed: 1, pin: 1 },
            changes: { selector: 'queue-length', path_queue: { scheduler: 'none' } },
          },
          { mode: 'bio', kernel: '6.12', seed: 2, changes: { paths: 4 } },
        ],
        branches: [
          { parent: 0, atNs: 500, command: 'link sdb down' },
          { parent: 1, atNs: 900, command: 'link sdb up' },
        ],
        branch: 2,
      },
    ],
    [
      'v1;s=a&a=0@500%20link%20sdb%20down%0A1@900%20link%20sdb%20up&b=2&r=40-90&n=2%20and%20back%0A7%20nobody',
      {
        source: { kind: 'gallery', name: 'a' },
        branches: [
          { parent: 0, atNs: 500, command: 'link sdb down' },
          { parent: 1, atNs: 900, command: 'link sdb up', name: 'and back' },
        ],
        branch: 2,
        range: { fromNs: 40, toNs: 90 },
      },
    ],
    ['v1;x=eyJhIjoxfQ&t=5', { source: { kind: 'custom', text: '{"a":1}' }, timeNs: 5 }],
  ])('%s', (hash, says) => {
    expect(readLink(`#${hash}`, first)).toEqual({ ...plainLink(first), ...says })
  })
})
