import { describe, expect, it, vi } from 'vitest'
import { FakeClient } from '../../tests/support/fake-client.ts'
import { simNs } from '../lib/brands.ts'
import { memoryStorage } from '../lib/safe-storage.ts'
import { GALLERY, type ScenarioSource } from '../scenario/index.ts'
import type { RunSetup } from '../worker/protocol.ts'
import { linkOf } from './address-bar.ts'
import { pruned, renamed } from './branch-edits.ts'
import { actionsOf, ROOT } from './branches.ts'
import { type LinkState, plainLink } from './link-state.ts'
import { shareDone } from './scenario-store.ts'
import { Session } from './session.ts'
import { readLink, writeLink } from './url.ts'

const first: ScenarioSource = { kind: 'gallery', name: GALLERY[0]!.scenario }

function visit(link: LinkState = plainLink(first)): { session: Session; client: FakeClient } {
  const client = new FakeClient()
  const session = new Session({ engine: client, storage: memoryStorage(), prefersLight: false, link })
  return { session, client }
}

/** A visit whose first runs have ended, paused in the middle. */
function ended(): { session: Session; client: FakeClient } {
  const { session, client } = visit()
  client.finishAll()
  session.player.pause()
  session.player.seekNs(20_000)
  return { session, client }
}

const messages = (setup: RunSetup): string[] =>
  setup.actions.map(({ at_ns, step }) => `${at_ns} ${'message' in step ? step.message : '?'}`)

describe('acting', () => {
  it('forks right after what is shown, in every lane, and says the command', async () => {
    const { session, client } = ended()
    const acted = await session.doing.act({ message: 'fail_path 8:16' })
    expect(acted).toMatchObject({ ok: true, command: 'dmsetup message mp 0 "fail_path 8:16"' })
    expect(client.started.map(({ setup }) => messages(setup))).toEqual([
      ['20001 fail_path 8:16'],
      ['20001 fail_path 8:16'],
    ])
    expect(session.player.timeNs()).toBe(20_000)
  })

  it('shows the old record until the new one has come to the playhead, and plays on', async () => {
    const { session, client } = ended()
    session.player.play()
    const old = session.getRecord(0)!
    const heard: number[] = []
    session.subscribeRecords((lane) => heard.push(lane))
    await session.doing.act('link sdb down')
    const [lane] = client.started
    expect(session.getRecord(0)).toBe(old)
    lane!.listener.header(old.header)
    lane!.listener.batch([], { tasks: [], strings: [], origins: [] })
    expect(session.getRecord(0)).toBe(old)
    expect(session.playback.getState().playing).toBe(true)
    expect(heard).toEqual([])
    const { status } = session.scenario.getState()
    expect([status[0]!.kind, shareDone(status[0]!), shareDone(status[1]!)]).toEqual(['running', 0, undefined])
    client.finishAll()
    expect(session.getRecord(0)).not.toBe(old)
    expect(session.player.timeNs()).toBe(20_000)
    expect(session.player.indexOf(0)).toBe(session.getRecord(0)!.indexAtTime(20_000))
  })

  it('refuses what is wrong in a sentence and changes nothing', async () => {
    const { session, client } = ended()
    expect(await session.doing.act('link sdx down')).toEqual({
      ok: false,
      sentence: 'There is no disk "sdx"; did you mean "sda".',
    })
    expect(await session.doing.act('multipath -ll')).toMatchObject({ ok: false })
    expect(client.started).toEqual([])
    expect(session.branches.getState().branches).toHaveLength(1)
  })

  it('takes at most 64 actions a branch', async () => {
    const { session } = ended()
    for (let at = 0; at < 64; at++)
      await session.doing.act({ link: { device: 'sdb', up: at % 2 === 0 } }, simNs(at + 1))
    expect(await session.doing.act({ resume: true }, simNs(99))).toMatchObject({ ok: false })
    expect(await session.doing.act({ resume: true }, simNs(40))).toMatchObject({ ok: true })
  })

  it('is undone and done again without computing twice', async () => {
    const { session, client } = ended()
    const before = session.records
    await session.doing.act('link sdb down')
    client.finishAll()
    const after = session.records
    session.branches.getState().undo()
    expect(session.records).toEqual(before)
    session.branches.getState().redo()
    expect(session.records).toEqual(after)
    expect(client.started).toEqual([])
    expect(session.scenario.getState().status.map(({ kind }) => kind)).toEqual(['ended', 'ended'])
  })

  it('leaves a pinned lane in its branch, for comparing', async () => {
    const { session, client } = ended()
    const old = session.getRecord(1)
    session.scenario.getState().setLane(1, { pin: ROOT })
    await session.doing.act('link sdb down')
    expect(client.started.map(({ setup }) => [setup.mode, setup.actions.length])).toEqual([['bio', 1]])
    client.finishAll()
    expect(session.getRecord(1)).toBe(old)
    const { current } = session.branches.getState()
    session.scenario.getState().setLane(1, { pin: current })
    session.branches.getState().undo()
    expect(client.started.map(({ setup }) => [setup.mode, setup.actions.length])).toEqual([['rq', 1]])
    session.branches.setState((tree) => pruned(tree, current))
    client.finishAll()
    expect(session.getRecord(1)!.header.mode).toBe('rq')
    expect(session.getRecord(1)).toBe(old)
  })

  it('in a pinned lane grows its own branch, which it alone follows, and is undone there', async () => {
    const { session, client } = ended()
    const { scenario, branches } = session
    await session.doing.act('link sdb down', simNs(7))
    const { current } = branches.getState()
    branches.getState().undo()
    scenario.getState().setLane(1, { pin: current })
    client.finishAll()
    const [left] = session.records
    const acted = await session.doing.act('slow sda 10', simNs(9), 1)
    expect(acted).toMatchObject({ ok: true, alone: 1 })
    expect(client.started.map(({ setup }) => [setup.mode, setup.actions.map(({ at_ns }) => at_ns)])).toEqual([
      ['rq', [7, 9]],
    ])
    client.finishAll()
    expect(branches.getState().current).toBe(ROOT)
    expect(session.records[0]).toBe(left)
    if (acted.ok) acted.undo()
    expect(scenario.getState().lanes[1]!.pin).toBe(current)
    if (acted.ok) acted.undo()
    expect(scenario.getState().lanes[1]!.pin).toBe(current)
    expect(branches.getState().branches).toHaveLength(3)
  })

  it('begins anew with another scenario', async () => {
    const { session, client } = ended()
    await session.doing.act('link sdb down')
    session.open({ kind: 'gallery', name: GALLERY[1]!.scenario })
    expect(session.branches.getState().branches).toHaveLength(1)
    expect(client.started.at(-1)!.setup.actions).toEqual([])
  })
})

describe('a lane', () => {
  it('takes what is changed in it to the worker and keeps its record meanwhile', () => {
    const { session, client } = ended()
    const old = session.getRecord(0)
    session.scenario.getState().setLane(0, { changes: { selector: 'queue-length' } })
    expect(client.started.map(({ setup }) => setup.changes)).toEqual([{ selector: 'queue-length' }])
    expect(session.getRecord(0)).toBe(old)
  })

  it('that is added or taken away leaves the others as they are', () => {
    const { session, client } = ended()
    const [bio, rq] = session.records
    session.scenario.getState().addLane({ mode: 'rq', kernel: '6.1', seed: 1 })
    expect(client.started).toHaveLength(1)
    client.finishAll()
    const third = session.getRecord(2)
    expect(session.records).toEqual([bio, rq, third])
    session.scenario.getState().removeLane(0)
    expect(session.records).toEqual([rq, third])
    expect(client.started).toEqual([])
    expect(session.scenario.getState().status).toHaveLength(2)
    expect(session.player.timeNs()).toBe(20_000)
  })

  it('that cannot run shows its problem while the others play', () => {
    const { session, client } = ended()
    session.scenario.getState().setLane(0, { kernel: '4.4' })
    client.started[0]!.listener.problem({
      kind: 'scenario',
      where: 'kernel',
      what: 'no bio',
      remedy: 'use 4.8',
    })
    expect(session.scenario.getState().status[0]).toMatchObject({ kind: 'problem' })
    expect(session.getRecord(0)).toBeUndefined()
    expect(session.getRecord(1)!.eventCount).toBeGreaterThan(0)
  })

  it('that is cancelled keeps what it has', async () => {
    const { session, client } = ended()
    await session.doing.act('link sdb down')
    const [lane] = client.started
    lane!.listener.header(session.getRecord(0)!.header)
    session.cancel(0)
    expect(client.stopped).toContain(lane!.run)
    expect(session.scenario.getState().status.map(({ kind }) => kind)).toEqual(['stopped', 'loading'])
    session.cancel()
    expect(session.scenario.getState().status.map(({ kind }) => kind)).toEqual(['stopped', 'stopped'])
  })
})

describe('a link with branches', () => {
  it('brings back branches, current one, pins and changes', async () => {
    const { session, client } = ended()
    await session.doing.act('link sdb down')
    const { current } = session.branches.getState()
    session.branches.setState((tree) => renamed(tree, current, 'without\n  sdb'))
    session.scenario.getState().setLane(0, { pin: current, changes: { paths: 3 } })
    session.branches.getState().undo()
    await session.doing.act('slow sda 10', simNs(5))
    client.finishAll()
    const hash = writeLink(linkOf(session))
    const other = visit(readLink(hash, first))
    await vi.dynamicImportSettled()
    other.client.finishAll()
    const tree = other.session.branches.getState()
    expect(actionsOf(tree, tree.current)).toEqual([
      { at_ns: 5, step: { service: { device: 'sda', factor: 10 } } },
    ])
    expect(other.session.scenario.getState().lanes[0]).toMatchObject({ changes: { paths: 3 } })
    expect(tree.branches.map(({ label }) => label)).toContain('without sdb')
    expect(writeLink(linkOf(other.session))).toBe(hash)
  })

  it('says which command it could not read, and opens without it', async () => {
    const { session, client } = visit(readLink('#v1;a=0@5 link sdb sideways%0A1@9 link sdb down&b=2', first))
    await vi.dynamicImportSettled()
    client.finishAll()
    expect(session.scenario.getState().notice).toContain('link sdb sideways')
    const tree = session.branches.getState()
    expect(actionsOf(tree, tree.current).map(({ at_ns }) => at_ns)).toEqual([9])
  })

  it('to the present scenario keeps what runs and the branches that were made', async () => {
    const { session, client } = ended()
    const before = writeLink(linkOf(session))
    const records = session.records
    await session.doing.act('link sdb down')
    client.finishAll()
    session.openLink(readLink(before, first))
    expect(session.branches.getState()).toMatchObject({ current: ROOT })
    expect(session.branches.getState().branches).toHaveLength(2)
    expect(session.records).toEqual(records)
    expect(client.started).toEqual([])
    expect(session.player.timeNs()).toBe(20_000)
  })
})

describe('the console', () => {
  it('asks the machine of a lane at the playhead, with what was done in its branch', async () => {
    const { session, client } = ended()
    await session.doing.act('link sdb down', simNs(7))
    await session.doing.enter('multipath -ll', 1)
    const [{ asked, listener }] = client.asked as [(typeof client.asked)[0]]
    expect(asked).toMatchObject({ at_ns: 20_000, question: { ask: 'multipath_ll' } })
    expect(asked.setup).toMatchObject({ mode: 'rq', actions: [{ at_ns: 7 }] })
    expect((await session.doing.openConsole()).store.getState().entries[0]).toMatchObject({
      state: 'waiting',
      lane: 1,
    })
    listener({ ok: true, text: 'mp dm-0' })
    expect((await session.doing.openConsole()).store.getState().entries[0]).toMatchObject({
      state: 'answered',
      text: 'mp dm-0',
    })
  })

  it('stops waiting, acts, tells and refuses', async () => {
    const { session, client } = ended()
    await session.doing.enter('iostat -x', 0)
    const opened = await session.doing.openConsole()
    opened.cancel(opened.store.getState().entries[0]!.id)
    expect(client.asked).toEqual([])
    await session.doing.enter('link sdb down', 0)
    await session.doing.enter('help link', 0)
    await session.doing.enter('lnik', 0)
    const { entries, history } = (await session.doing.openConsole()).store.getState()
    expect(entries.map(({ state }) => state)).toEqual(['cancelled', 'acted', 'answered', 'refused'])
    expect(history).toEqual(['iostat -x', 'link sdb down', 'help link', 'lnik'])
    opened.clear()
    expect((await session.doing.openConsole()).store.getState().entries).toEqual([])
  })

  it('keeps its history from visit to visit, as far as it makes sense', async () => {
    const storage = memoryStorage()
    const begin = (): Session =>
      new Session({ engine: new FakeClient(), storage, prefersLight: false, link: plainLink(first) })
    const session = begin()
    for (const line of ['help', 'help', ' ', 'x'.repeat(5000), 'multipath -ll'])
      await session.doing.enter(line, 0)
    expect((await begin().doing.openConsole()).store.getState().history).toEqual(['help', 'multipath -ll'])
    for (const kept of ['{', '{"a":1}', '[1,"help",null]']) {
      storage.write('bioscope.console', kept)
      expect((await begin().doing.openConsole()).store.getState().history.length).toBeLessThan(2)
    }
  })
})
