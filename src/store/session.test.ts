import { describe, expect, it, vi } from 'vitest'
import { simNs } from '../lib/brands.ts'
import { memoryStorage } from '../lib/safe-storage.ts'
import { objectId } from '../record/places.ts'
import { FakeClient } from '../../tests/support/fake-client.ts'
import { GALLERY, type ScenarioSource } from '../scenario/index.ts'
import { type AddressBar, connectAddressBar } from './address-bar.ts'
import { type LinkState, plainLink } from './link-state.ts'
import { allRunsOver, firstProblem } from './scenario-store.ts'
import { Session } from './session.ts'
import { readLink } from './url.ts'

const first: ScenarioSource = { kind: 'gallery', name: GALLERY[0]!.scenario }
const second: ScenarioSource = { kind: 'gallery', name: GALLERY[1]!.scenario }

function visit(link: LinkState = plainLink(first)): { session: Session; client: FakeClient } {
  const client = new FakeClient()
  const session = new Session({ engine: client, storage: memoryStorage(), prefersLight: false, link })
  return { session, client }
}

describe('a session', () => {
  it('starts a run for each mode of the scenario and plays', () => {
    const { session, client } = visit()
    expect(client.started.map(({ setup }) => setup.mode)).toEqual(['bio', 'rq'])
    expect(session.playback.getState().playing).toBe(true)
    client.finishAll()
    expect(allRunsOver(session.scenario.getState())).toBe(true)
    expect(session.getRecord(0)!.eventCount).toBeGreaterThan(0)
    expect(session.player.map.totalShownMs).toBeGreaterThan(0)
  })

  it('guesses its runs before it knows the scenario', () => {
    const { client } = visit()
    expect(client.started.map(({ setup }) => setup)).toEqual(client.likely)
    const lanes = [{ mode: 'rq', kernel: '6.1', seed: 3 }] as const
    const other = visit({ ...plainLink(second), lanes }).client
    expect(other.started.map(({ setup }) => setup)).toEqual(other.likely)
  })

  it('tells of every growth of a record', () => {
    const { session, client } = visit()
    const heard: number[] = []
    const end = session.subscribeRecords((lane) => heard.push(lane))
    client.finishAll()
    expect(heard).toEqual([0, 0, 0, 1, 1, 1])
    end()
    session.open(second)
    client.finishAll()
    expect(heard).toHaveLength(6)
  })

  it('stops the runs of the scenario before when another is opened', () => {
    const { session, client } = visit()
    client.finishAll()
    session.player.toEnd()
    session.open(second)
    expect(session.scenario.getState().source).toEqual(second)
    expect(client.stopped).toHaveLength(2)
    expect(session.player.timeNs()).toBe(0)
    expect(session.getRecord(0)).toBeUndefined()
  })

  it('starts only the lane anew that was changed, and keeps the time', () => {
    const { session, client } = visit()
    client.finishAll()
    session.player.seekNs(5000)
    const other = session.getRecord(1)
    session.scenario.getState().setLane(0, { seed: 99 })
    expect(client.started.map(({ setup }) => setup.seed)).toEqual([99])
    client.finishAll()
    expect(session.getRecord(1)).toBe(other)
    expect(session.getRecord(0)!.header.seed).toBe(99)
    expect(session.player.timeNs()).toBe(5000)
    expect(session.player.indexOf(0)).toBe(session.getRecord(0)!.indexAtTime(5000))
  })

  it('keeps what runs and explains when a text is no scenario', () => {
    const { session, client } = visit()
    client.finishAll()
    const record = session.getRecord(0)
    session.open({ kind: 'custom', text: '{ not json' })
    expect(session.getRecord(0)).toBe(record)
    expect(session.scenario.getState().notice).toContain('not JSON')
  })

  it('opens the first scenario and explains when a link names one that there is not', () => {
    const { session } = visit(plainLink({ kind: 'gallery', name: 'no-such' }))
    expect(session.scenario.getState().source).toEqual(first)
    expect(session.scenario.getState().notice).toContain('no-such')
  })

  it('shows a problem of a lane as one sentence and goes on with the other', () => {
    const { session, client } = visit()
    const [bio, rq] = client.started
    bio!.listener.problem({ kind: 'scenario', where: 'dm.table', what: 'no path', remedy: 'add one' })
    client.finish(rq!.setup, rq!.listener, 4)
    expect(firstProblem(session.scenario.getState())).toBe('dm.table: no path; add one.')
    expect(session.getRecord(1)!.eventCount).toBeGreaterThan(0)
  })
})

describe('while the worker has not answered', () => {
  function waiting(link: LinkState = plainLink(first)): { session: Session; client: FakeClient } {
    const client = new FakeClient()
    client.waiting = []
    const session = new Session({ engine: client, storage: memoryStorage(), prefersLight: false, link })
    return { session, client }
  }

  it('there is no lane and nothing is over', () => {
    const { session, client } = waiting()
    for (let i = 0; i < 100; i++) session.player.tick(100)
    expect(session.scenario.getState().lanes).toEqual([])
    expect(session.player.playing).toBe(true)
    expect(session.arriving).toBe(true)
    client.answerAll()
    expect(client.started).toHaveLength(2)
    expect(session.arriving).toBe(false)
    expect(session.player.timeNs()).toBe(0)
  })

  it('the theme of a link is there already', () => {
    const { session } = waiting({ ...plainLink(first), theme: 'projector' })
    expect(session.settings.getState().theme).toBe('projector')
  })

  it('the last of two wishes counts', () => {
    const { session, client } = waiting()
    client.answerAll()
    session.open(second)
    session.open(first)
    client.answerAll()
    expect(session.scenario.getState().source).toEqual(first)
    expect(client.started).toHaveLength(4)
    session.openLink(plainLink(second))
    session.open({ kind: 'custom', text: '?' })
    client.answerAll()
    expect(session.scenario.getState().source).toEqual(first)
    expect(session.arriving).toBe(false)
  })

  it('an unknown name leads to the first scenario in a second question', () => {
    const { session, client } = waiting(plainLink({ kind: 'gallery', name: 'no-such' }))
    client.answerAll()
    expect(session.scenario.getState().source).toEqual(first)
    expect(session.scenario.getState().notice).toContain('no-such')
  })

  it('the address stays as it came', () => {
    const { session, client } = waiting()
    const written: string[] = []
    const note = (hash: string): void => {
      written.push(hash)
    }
    const bar = {
      read: () => '',
      nowMs: () => 0,
      onNavigate: () => () => undefined,
      after: () => () => undefined,
      replace: note,
      push: note,
    }
    connectAddressBar(session, bar, first)
    session.settings.getState().setTheme('light')
    client.answerAll()
    expect(written).toEqual([])
    session.player.pause()
    expect(written).toHaveLength(1)
  })
})

describe('a link to a moment', () => {
  it('waits for the runs and stands there, paused', () => {
    const link = { ...plainLink(first), timeNs: simNs(20_000) }
    const { session, client } = visit(link)
    expect(session.playback.getState().playing).toBe(false)
    expect(session.destination.timeNs).toBe(20_000)
    client.finishAll()
    expect(session.player.timeNs()).toBe(20_000)
    expect(session.player.indexOf(0)).toBe(session.getRecord(0)!.indexAtTime(20_000))
  })

  it('does not wait for a lane that cannot be run', () => {
    const { session, client } = visit({ ...plainLink(first), timeNs: simNs(20_000) })
    const [bio, rq] = client.started
    bio!.listener.problem({ kind: 'scenario', where: 'kernel', what: 'no bio', remedy: 'use 4.8' })
    expect(session.player.timeNs()).toBe(0)
    client.finish(rq!.setup, rq!.listener, 8)
    expect(session.player.timeNs()).toBe(20_000)
  })

  it('brings back the same picture, stepped between events of one nanosecond', () => {
    const one = visit()
    one.client.finishAll()
    one.session.player.seekNs(30_000)
    for (let i = 0; i < 7; i++) {
      one.session.player.stepEvent(1)
      const two = visit({ ...plainLink(first), ...one.session.destination })
      two.client.finishAll()
      expect(two.session.player.playhead).toEqual(one.session.player.playhead)
    }
  })
})

describe('playing', () => {
  it('goes through the whole show and stops at its end', () => {
    const { session, client } = visit()
    client.finishAll()
    const { player } = session
    let frames = 0
    let last = -1
    while (player.playing && frames++ < 20_000) {
      player.tick(16)
      expect(player.timeNs()).toBeGreaterThanOrEqual(last)
      last = player.timeNs()
    }
    expect(player.timeNs()).toBe(player.map.endNs)
    expect(player.indexOf(0)).toBe(session.getRecord(0)!.eventCount - 1)
    player.toggle()
    expect(player.timeNs()).toBe(0)
    expect(player.playing).toBe(true)
  })

  it('takes nothing back when it goes on from any event', () => {
    const { session, client } = visit()
    client.finishAll()
    const { player } = session
    const record = session.getRecord(0)!
    for (let i = 0; i < record.eventCount; i++) {
      player.seekNs(record.timeAt(i))
      const before = player.indexOf(0)
      player.tick(0)
      expect(player.indexOf(0)).toBe(before)
      player.play()
      player.tick(0)
      expect(player.indexOf(0)).toBe(before)
    }
  })

  it('tells the store four times a second, not every frame', () => {
    const { session, client } = visit()
    client.finishAll()
    let told = 0
    session.playback.subscribe(() => told++)
    for (let ms = 0; ms < 2000; ms += 10) session.player.tick(10)
    expect(told).toBeGreaterThanOrEqual(7)
    expect(told).toBeLessThanOrEqual(9)
  })

  it('waits at the end of what is logged while a run goes on', () => {
    const { session, client } = visit()
    const [bio, rq] = client.started
    client.finish(bio!.setup, bio!.listener, 4)
    session.player.tick(200)
    for (let i = 0; i < 1000; i++) session.player.tick(200)
    expect(session.player.playing).toBe(true)
    const waitedAt = session.player.timeNs()
    client.finish(rq!.setup, rq!.listener, 40)
    for (let i = 0; i < 5; i++) session.player.tick(200)
    expect(session.player.timeNs()).toBeGreaterThan(waitedAt)
  })

  it('loops a range', () => {
    const { session, client } = visit()
    client.finishAll()
    const { player } = session
    const [fromNs, toNs] = [player.map.toSim(500), player.map.toSim(900)]
    player.seekNs(fromNs)
    player.setLoop({ fromNs, toNs })
    for (let ms = 0; ms < 5000; ms += 16) {
      player.tick(16)
      expect(player.timeNs()).toBeGreaterThanOrEqual(fromNs)
      expect(player.timeNs()).toBeLessThanOrEqual(toNs)
    }
    expect(player.playing).toBe(true)
  })

  it('keeps the moment when the pace changes', () => {
    const { session, client } = visit()
    client.finishAll()
    session.player.seekNs(12_345)
    session.player.setPace('real')
    expect(session.player.timeNs()).toBe(12_345)
    expect(session.player.shownMs()).toBe(session.player.map.toShown(12_345))
  })

  it('steps through milestones to the end and back to the start', () => {
    const { session, client } = visit()
    client.finishAll()
    const { player } = session
    player.pause()
    player.toStart()
    const times: number[] = []
    for (let i = 0; i < 500 && player.timeNs() < player.map.endNs; i++) {
      player.stepMilestone(1)
      times.push(player.timeNs())
    }
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
    for (let i = 0; i < 500; i++) player.stepMilestone(-1)
    expect(player.timeNs()).toBe(0)
  })
})

describe('the address bar', () => {
  class FakeBar implements AddressBar {
    hash = ''
    clockMs = 0
    entries: string[] = ['']
    writes = 0
    private navigated: () => void = () => undefined
    private timers: { readonly atMs: number; readonly what: () => void }[] = []
    read = (): string => this.hash
    nowMs = (): number => this.clockMs
    replace(hash: string): void {
      this.writes++
      this.hash = hash
      this.entries[this.entries.length - 1] = hash
    }
    push(hash: string): void {
      this.hash = hash
      this.entries.push(hash)
    }
    onNavigate(listener: () => void): () => void {
      this.navigated = listener
      return () => undefined
    }
    after(ms: number, what: () => void): () => void {
      const timer = { atMs: this.clockMs + ms, what }
      this.timers.push(timer)
      return () => (this.timers = this.timers.filter((one) => one !== timer))
    }
    advance(ms: number): void {
      this.clockMs += ms
      const due = this.timers.filter(({ atMs }) => atMs <= this.clockMs)
      this.timers = this.timers.filter(({ atMs }) => atMs > this.clockMs)
      for (const { what } of due) what()
    }
    goTo(hash: string): void {
      this.hash = hash
      this.navigated()
    }
  }

  function connected(): { session: Session; client: FakeClient; bar: FakeBar } {
    const { session, client } = visit()
    const bar = new FakeBar()
    connectAddressBar(session, bar, first)
    client.finishAll()
    return { session, client, bar }
  }

  it('says where a paused show stands', () => {
    const { session, bar } = connected()
    session.player.pause()
    session.player.seekNs(4321)
    session.selection.getState().follow([objectId(2), undefined])
    session.selection.getState().selectRange({ fromNs: 700.4, toNs: 90 })
    bar.advance(1000)
    const link = readLink(bar.hash, first)
    expect(link).toMatchObject({ source: first, timeNs: 4321, followed: [2, undefined] })
    expect(link.range).toEqual({ fromNs: 90, toNs: 700 })
    const other = visit(link)
    other.client.finishAll()
    expect(other.session.selection.getState().range).toEqual(link.range)
  })

  it('is rewritten a few times a second while somebody drags, at once first, and ends where the drag ended', () => {
    const { session, bar } = connected()
    session.player.pause()
    bar.advance(5000)
    bar.advance(5000)
    bar.writes = 0
    session.player.seekNs(1)
    expect(bar.writes).toBe(1)
    for (let ns = 2; ns <= 1000; ns++) {
      session.player.seekNs(ns)
      bar.advance(2)
    }
    expect(bar.writes).toBeLessThanOrEqual(6)
    bar.advance(1000)
    expect(readLink(bar.hash, first).timeNs).toBe(1000)
    const { writes } = bar
    bar.advance(60_000)
    expect(bar.writes).toBe(writes)
  })

  it('writes nothing of a moment before into an entry that somebody has gone to', () => {
    const { session, client, bar } = connected()
    session.player.pause()
    session.player.seekNs(4321)
    session.open(second)
    client.finishAll()
    session.player.seekNs(77)
    bar.goTo(bar.entries[0]!)
    client.finishAll()
    bar.advance(5000)
    expect(readLink(bar.hash, first)).toMatchObject({ source: first, timeNs: 4321 })
  })

  it('is rewritten once a second while playing, however many frames there are', () => {
    const { session, bar } = connected()
    bar.writes = 0
    for (let ms = 0; ms < 3000; ms += 10) {
      bar.advance(10)
      session.player.tick(10)
    }
    expect(bar.writes).toBeGreaterThanOrEqual(2)
    expect(bar.writes).toBeLessThanOrEqual(4)
  })

  it('makes a step in history for a branch, goes back to where it forked, and forward again', async () => {
    const { session, client, bar } = connected()
    session.player.pause()
    session.player.seekNs(4321)
    await session.doing.act('link sdb down')
    client.finishAll()
    session.player.seekNs(9000)
    bar.advance(1000)
    expect(bar.entries).toHaveLength(2)
    const forked = bar.entries[1]!
    bar.goTo(bar.entries[0]!)
    expect(session.player.timeNs()).toBe(4321)
    expect(session.branches.getState().current).toBe(0)
    bar.goTo(forked)
    await vi.dynamicImportSettled()
    expect(session.branches.getState().current).toBe(1)
    expect(session.player.timeNs()).toBe(9000)
    expect(client.started).toEqual([])
    expect(bar.entries).toHaveLength(2)
  })

  it('makes a step in history for another scenario or lane, and goes back', () => {
    const { session, client, bar } = connected()
    session.player.pause()
    session.player.seekNs(4321)
    session.open(second)
    client.finishAll()
    session.scenario.getState().setLane(1, { seed: 5 })
    client.finishAll()
    expect(bar.entries).toHaveLength(3)
    expect(readLink(bar.entries[2]!, first).lanes?.[1]?.seed).toBe(5)
    bar.goTo(bar.entries[0]!)
    client.finishAll()
    expect(session.scenario.getState().source).toEqual(first)
    expect(session.player.timeNs()).toBe(4321)
    expect(bar.entries).toHaveLength(3)
  })
})
