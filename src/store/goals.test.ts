import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClient } from '../../tests/support/fake-client.ts'
import { LogWriter, testHeader } from '../../tests/support/log-writer.ts'
import type { EventKindName } from '../engine/log/index.ts'
import { simNs } from '../lib/brands.ts'
import { memoryStorage } from '../lib/safe-storage.ts'
import type { RunRecord } from '../record/run-record.ts'
import { GALLERY } from '../scenario/index.ts'
import { findBefore, findGoal, type Goal } from './goals.ts'
import { plainLink } from './link-state.ts'
import { playheadAt } from './playhead.ts'
import { Session } from './session.ts'

type Logged = readonly (readonly [timeNs: number, kind: EventKindName, arg?: number])[]

function lane(events: Logged): RunRecord {
  const log = new LogWriter()
  for (const [timeNs, kind, arg = 0] of events) {
    log.timeNs = timeNs
    log.add(kind, { dev: timeNs % 2, subject: 1, arg })
  }
  return log.record(testHeader('bio'))
}

const a = lane([
  [10, 'io_end'],
  [20, 'backmerge'],
  [30, 'io_end'],
  [40, 'io_end', 5],
  [50, 'fail_path', 1],
])
const b = lane([
  [15, 'io_end'],
  [25, 'io_end'],
  [28, 'io_end'],
  [60, 'rq_merge'],
])

function find(goal: Goal, fromNs = 0, untilNs = Infinity): string {
  const found = findGoal({ lanes: [a, b], untilNs }, playheadAt([a, b], simNs(fromNs)), goal)
  return typeof found === 'string'
    ? found
    : `${found.timeNs}${found.lane === undefined ? '' : ` in ${found.lane}`}`
}

describe('a goal', () => {
  it.each([
    [{ to: 'failure' }, '40 in 0'],
    [{ to: 'merge' }, '20 in 0'],
    [{ to: 'completions', count: 3 }, '28 in 1'],
    [{ to: 'completions', count: 4 }, 'none'],
    [{ to: 'event', kinds: ['rq_merge', 'split'] }, '60 in 1'],
    [{ to: 'event', kinds: ['io_end'], device: 'sda' }, '15 in 1'],
    [{ to: 'event', kinds: ['io_end'], device: 'nobody' }, 'none'],
    [{ to: 'end' }, '60'],
    [{ to: 'time', timeNs: simNs(33) }, '33'],
  ] satisfies [Goal, string][])('%j leads to %s', (goal, place) => {
    expect(find(goal)).toBe(place)
  })

  it('lies after the playhead', () => {
    expect(find({ to: 'merge' }, 20)).toBe('60 in 1')
    expect(find({ to: 'failure' }, 40)).toBe('50 in 0')
    expect(find({ to: 'failure' }, 50)).toBe('none')
  })

  it('is waited for while a lane may still log something earlier', () => {
    expect(find({ to: 'merge' }, 0, 21)).toBe('20 in 0')
    expect(find({ to: 'merge' }, 0, 20)).toBe('wait')
    expect(find({ to: 'end' }, 0, 60)).toBe('wait')
    expect(find({ to: 'time', timeNs: simNs(50) }, 0, 50)).toBe('wait')
  })

  it('behind is the last one before', () => {
    const before = (ns: number, kinds: readonly EventKindName[]): unknown =>
      findBefore([a, b], playheadAt([a, b], simNs(ns)), kinds)
    expect(before(30, ['io_end'])).toMatchObject({ timeNs: 25, lane: 1 })
    expect(before(30, ['rq_merge'])).toBe('none')
  })
})

function playing(): { session: Session; client: FakeClient } {
  const client = new FakeClient()
  const link = plainLink({ kind: 'gallery', name: GALLERY[0]!.scenario })
  const session = new Session({ engine: client, storage: memoryStorage(), prefersLight: false, link })
  return { session, client }
}

describe('going to a goal', () => {
  it('jumps when it is computed, and stands right after the event', async () => {
    const { session, client } = playing()
    await session.doing.seek({ to: 'merge' })
    expect(session.playback.getState().seeking?.how).toBe('jump')
    client.finishAll(40)
    const { player } = session
    expect(session.playback.getState()).toMatchObject({ seeking: undefined, playing: false })
    const reached = session.records.map((record, at) => record!.kindAt(Math.max(0, player.indexOf(at))))
    expect(reached.some((kind) => kind === 31 || kind === 32 || kind === 33)).toBe(true)
  })

  it('plays until there and pauses exactly', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 5, max: 900 }),
        async (ns, frameMs) => {
          const { session, client } = playing()
          client.finishAll()
          const { player } = session
          const untilNs = Math.min(ns, player.map.endNs)
          await session.doing.seek({ to: 'time', timeNs: simNs(untilNs) }, 'play')
          expect(session.playback.getState().untilNs).toBe(untilNs)
          for (let frame = 0; player.playing && frame < 20_000; frame++) player.tick(frameMs)
          expect(player.timeNs()).toBe(untilNs)
          expect(session.playback.getState().untilNs).toBeUndefined()
        },
      ),
      { numRuns: 20 },
    )
  })

  it('says so when there is nothing, and can be given up', async () => {
    const { session, client } = playing()
    await session.doing.seek({ to: 'event', kinds: ['flush_kick'], device: 'nobody' })
    client.finishAll()
    expect(session.scenario.getState().notice).toContain('no such event')
    await session.doing.seek({ to: 'completions', count: 1e9 }, 'play')
    expect(session.scenario.getState().notice).toContain('Fewer than')
    const other = playing().session
    await other.doing.seek({ to: 'end' })
    ;(await other.doing.openSeeker()).giveUp()
    expect(other.playback.getState().seeking).toBeUndefined()
  })

  it('to the end computes everything first', async () => {
    const { session, client } = playing()
    await session.doing.seek({ to: 'end' })
    const [bio, rq] = client.started
    client.finish(bio!.setup, bio!.listener, 30)
    expect(session.playback.getState().seeking).toBeDefined()
    client.finish(rq!.setup, rq!.listener, 30)
    expect(session.player.timeNs()).toBe(session.player.map.endNs)
  })
})

describe('the last wish', () => {
  it('counts while what seeks is still loading', async () => {
    const { session, client } = playing()
    client.finishAll()
    session.player.toEnd()
    const sought = session.doing.seek({ to: 'end' })
    session.player.toStart()
    await sought
    expect(session.player.timeNs()).toBe(0)
  })

  it('counts where two are sought before anything seeks', async () => {
    const { session, client } = playing()
    client.finishAll()
    const times = [30_000, 10_000].map((ns) => ({ to: 'time', timeNs: simNs(ns) }) as const)
    await Promise.all(times.map((goal) => session.doing.seek(goal)))
    expect(session.player.timeNs()).toBe(10_000)
  })

  it.each([
    ['a seek', ({ player }: Session) => player.seekNs(0), 0],
    ['a step', ({ player }: Session) => player.stepEvent(-1), 0],
    ['pausing', ({ player }: Session) => player.pause(), 0],
  ])('is %s: the end is not gone to when it is computed', async (_, wish, stands) => {
    for (const how of ['jump', 'play'] as const) {
      const { session, client } = playing()
      await session.doing.seek({ to: 'end' }, how)
      wish(session)
      expect(session.playback.getState().seeking).toBeUndefined()
      client.finishAll(30)
      expect(session.player.timeNs()).toBe(stands)
      expect(session.playback.getState().untilNs).toBeUndefined()
    }
  })

  it('takes the place of the moment to pause at', async () => {
    const { session, client } = playing()
    client.finishAll(40)
    const { player } = session
    await session.doing.seek({ to: 'time', timeNs: simNs(5000) }, 'play')
    player.seekNs(20_000)
    player.tick(16)
    expect(player.timeNs()).toBeGreaterThanOrEqual(20_000)
    expect(session.playback.getState()).toMatchObject({ playing: true, untilNs: undefined })
  })

  it('takes the place of what a link wanted', () => {
    const client = new FakeClient()
    const source = { kind: 'gallery', name: GALLERY[0]!.scenario } as const
    const link = { ...plainLink(source), timeNs: simNs(20_000) }
    const session = new Session({ engine: client, storage: memoryStorage(), prefersLight: false, link })
    session.player.toStart()
    client.finishAll()
    expect(session.player.timeNs()).toBe(0)
  })
})
