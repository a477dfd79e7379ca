/** The whole way without a browser: engine, host, a real message channel, client, records, story, player, link. */
import { describe, expect, it, vi } from 'vitest'
import { AskedRun, createRun } from '../src/engine/index.ts'
import { EventKind } from '../src/engine/log/index.ts'
import { simNs } from '../src/lib/brands.ts'
import { memoryStorage } from '../src/lib/safe-storage.ts'
import { KindIndex } from '../src/record/kind-index.ts'
import { PictureCursor } from '../src/record/picture-cursor.ts'
import { GALLERY_ENTRIES, resolveSource } from '../src/scenario/index.ts'
import { linkOf } from '../src/store/address-bar.ts'
import type { LinkState } from '../src/store/link-state.ts'
import { allRunsOver } from '../src/store/scenario-store.ts'
import { Session } from '../src/store/session.ts'
import { FIRST as first } from '../src/store/present.ts'
import { readLink, writeLink } from '../src/store/url.ts'
import { EngineClient } from '../src/worker/client.ts'
import { serve } from '../src/worker/host.ts'
import type { FromWorker, ToWorker } from '../src/worker/protocol.ts'
import { soon } from '../src/worker/soon.ts'
import { portWire } from '../src/worker/wire.ts'
import { contents } from './support/check-picture.ts'

async function visit(link: LinkState, look: (session: Session) => void | Promise<void>): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  serve(portWire<ToWorker, FromWorker>(port2), {
    createRun,
    createAsked: (input) => new AskedRun(input),
    nowMs: () => performance.now(),
    resolveSource,
    gallery: GALLERY_ENTRIES,
    defer: soon(),
  })
  const engine = new EngineClient(portWire(port1))
  const session = new Session({ engine, storage: memoryStorage(), prefersLight: false, link })
  await over(session)
  await look(session)
  port1.close()
  port2.close()
}

/** When every lane has ended, seen first in the next news of one. */
function over(session: Session): Promise<void> {
  return new Promise<void>((resolve) => {
    const end = session.subscribeRecords(() => {
      if (!allRunsOver(session.scenario.getState())) return
      end()
      resolve()
    })
  })
}

function pictures(session: Session): unknown[] {
  return session.records.map((record, lane) =>
    contents(new PictureCursor(record!).at(session.player.indexOf(lane))),
  )
}

it('shows the same picture from the same link, stepped anywhere', async () => {
  let hash = ''
  let seen: unknown[] = []
  await visit(readLink('', first), (session) => {
    session.player.seekShown(session.player.map.totalShownMs * 0.4)
    for (let i = 0; i < 5; i++) session.player.stepEvent(1)
    hash = writeLink(linkOf(session))
    seen = pictures(session)
  })
  await visit(readLink(`#${hash}`, first), (session) => {
    expect(session.scenario.getState().notice).toBeUndefined()
    expect(pictures(session)).toEqual(seen)
    expect(writeLink(linkOf(session))).toBe(hash)
  })
})

it('runs a scenario that came inside a link', async () => {
  const text = JSON.stringify({
    scenario: 'mine',
    about: 'four reads',
    devices: [{ driver: 'null_blk' }],
    tasks: [{ do: [{ io: 'batch', op: 'R', length: 4096, count: 4 }, { io: 'wait' }] }],
  })
  const hash = writeLink({ ...readLink('', first), source: { kind: 'custom', text } })
  await visit(readLink(hash, first), (session) => {
    expect(session.scenario.getState().notice).toBeUndefined()
    expect(session.getRecord(1)!.header.scenario).toBe('mine')
    expect(session.getRecord(1)!.result?.ok).toBe(4)
  })
})

/** Everything before a time, as rows of text. */
function past(session: Session, untilNs: number): string[] {
  return session.records.flatMap((record) =>
    Array.from({ length: record!.indexAtTime(untilNs) + 1 }, (_, at) => JSON.stringify(record!.eventAt(at))),
  )
}

it('forks where somebody acts, keeps the past, goes on to the deed, and brings both back from a link', async () => {
  let hash = ''
  let seen: unknown[] = []
  await visit(readLink('', first), async (session) => {
    session.player.pause()
    session.player.seekShown(session.player.map.totalShownMs * 0.5)
    const nowNs = session.player.timeNs()
    const before = past(session, nowNs)
    const events = session.records.map((record) => record!.eventCount)
    const forked = over(session)
    expect(await session.doing.act('multipathd fail path sdb')).toMatchObject({
      ok: true,
      command: 'dmsetup message mp 0 "fail_path 8:16"',
    })
    expect(session.records.map((record) => record!.eventCount)).toEqual(events)
    await forked
    expect(session.player.timeNs()).toBe(Math.floor(nowNs) + 1)
    expect(past(session, nowNs)).toEqual(before)
    expect(session.records.map((record) => record!.eventCount)).not.toEqual(events)
    session.branches.getState().undo()
    expect(session.records.map((record) => record!.eventCount)).toEqual(events)
    session.branches.getState().redo()
    session.player.toEnd()
    hash = writeLink(linkOf(session))
    seen = pictures(session)
  })
  expect(hash).toContain('fail_path')
  await visit(readLink(`#${hash}`, first), (session) => {
    expect(session.scenario.getState().notice).toBeUndefined()
    expect(session.branches.getState().branches).toHaveLength(2)
    expect(pictures(session)).toEqual(seen)
    expect(writeLink(linkOf(session))).toBe(hash)
  })
})

it('answers in the console from the machine of a lane, at the playhead', async () => {
  await visit(readLink('', first), async (session) => {
    const texts = async (line: string): Promise<string> => {
      await session.doing.enter(line, 1)
      const { store } = await session.doing.openConsole()
      return new Promise((resolve) => {
        const look = (): void => {
          const entry = store.getState().entries.at(-1)!
          if (entry.state !== 'waiting') resolve(`${entry.state}: ${entry.text}`)
        }
        store.subscribe(look)
        look()
      })
    }
    session.player.pause()
    session.player.toEnd()
    expect(await texts('dmsetup ls')).toBe('answered: mp\t(253:0)')
    expect(await texts('multipathd fail path sdb')).toBe('acted: ')
    await over(session)
    session.player.toEnd()
    expect(await texts('dmsetup status mp')).toMatch(/^answered: 0 \d+ multipath 2 0 .* 8:16 F 1/)
    expect(await texts('cat /sys/block/sda/queue/max_sectors_kb')).toMatch(/^answered: \d+$/)
    expect(await texts('dmsteup ls')).toBe('refused: "dmsteup" is no command here; did you mean "dmsetup".')
    expect((await session.doing.openConsole()).store.getState().history).toHaveLength(5)
  })
})

describe('what the machine refuses', () => {
  const nowhere = [
    ['echo 3 > /sys/block/dm-0/queue/nr_requests', 'bash: echo: write error: Invalid argument'],
    ['echo bfq > /sys/block/dm-0/queue/scheduler', 'lane A: bash: echo: write error: Invalid argument'],
    [
      'dmsetup suspend mp; dmsetup message mp 0 "fail_path 8:16"',
      'device-mapper: message ioctl on mp failed: Device or resource busy\nCommand failed.',
    ],
  ] as const

  it.each(nowhere)('is said as the tool says it: %s', async (line, text) => {
    await visit(readLink('', first), async (session) => {
      session.player.pause()
      session.player.seekNs(50_000)
      await session.doing.enter(line, 0)
      const { store } = await session.doing.openConsole()
      await vi.waitFor(() =>
        expect(store.getState().entries.at(-1)).toMatchObject({ state: 'refused', text }),
      )
      // What was typed was typed: it is in the log of its branch.
      expect(session.branches.getState().branches).toHaveLength(2)
    })
  })

  it.each([
    'echo 64 > /sys/block/sda/queue/max_sectors_kb',
    'echo bfq > /sys/block/sda/queue/scheduler',
    'multipathd fail path sdb',
    'dmsetup suspend mp; dmsetup resume mp; multipathd fail path sdb',
    'link sda down',
    'inject sda medium_error',
  ])('is not what it takes: %s', async (line) => {
    await visit(readLink('', first), async (session) => {
      session.player.pause()
      session.player.seekNs(50_000)
      const acted = await session.doing.act(line)
      expect(acted.ok && (await acted.verdict)).toEqual({ refusal: undefined, impossible: false })
    })
  })

  it('tells of a timer whether the disk has such a transport', async () => {
    const line = 'echo 2 > /sys/class/fc_remote_ports/rport-0:0-0/fast_io_fail_tmo'
    await visit(readLink('cable-pulled', first), async (session) => {
      const acted = await session.doing.act(line, simNs(1000))
      expect(acted.ok && (await acted.verdict)).toEqual({ refusal: undefined, impossible: false })
    })
    await visit(readLink('', first), async (session) => {
      const acted = await session.doing.act(line, simNs(1000))
      const verdict = acted.ok ? await acted.verdict : undefined
      expect(verdict).toMatchObject({ impossible: true })
      expect(verdict?.refusal).toContain('give a device')
    })
  })

  const ofTransport = [
    [
      'echo 900 > /sys/class/fc_remote_ports/rport-0:0-0/fast_io_fail_tmo',
      'bash: echo: write error: Invalid argument',
    ],
    [
      'link sda down; echo running > /sys/block/sda/device/state',
      'bash: echo: write error: Invalid argument',
    ],
  ] as const

  it.each(ofTransport)('is said of disks and their transports, too: %s', async (line, text) => {
    await visit(readLink('cable-pulled', first), async (session) => {
      session.player.pause()
      session.player.seekNs(1000)
      const acted = await session.doing.act(line)
      expect(acted.ok && (await acted.verdict)).toEqual({ refusal: text, impossible: false })
    })
  })

  it('leaves no branch where no lane can run with it', async () => {
    await visit(readLink('', first), async (session) => {
      session.player.pause()
      session.player.seekNs(50_000)
      const { records } = session
      const line = 'dmsetup reload mp --table "0 9 multipath 0 0 1 1 rund-robin 0 1 1 8:16 1000"'
      const acted = await session.doing.act(line)
      const verdict = acted.ok ? await acted.verdict : undefined
      expect(verdict?.impossible).toBe(true)
      expect(verdict?.refusal).toMatch(/^device-mapper: reload ioctl failed: .*\n.*\n.*"?rund-robin/s)
      expect(session.branches.getState().branches).toHaveLength(1)
      expect(session.records).toEqual(records)
      expect(session.player.timeNs()).toBe(50_000)
    })
  })
})

it('stands at the moment that both futures share when a deed is undone at its very nanosecond', async () => {
  await visit(readLink('', first), async (session) => {
    session.player.pause()
    session.player.seekNs(50_000)
    const acted = await session.doing.act('multipathd fail path sdb')
    if (acted.ok) await acted.verdict
    const [record] = session.records
    const at = KindIndex.of(record!).next([EventKind.command], 0, 1)
    const heads = []
    session.player.seekNs(record!.timeAt(at) - 1)
    while (session.player.timeNs() <= record!.timeAt(at)) {
      heads.push(session.player.playhead)
      session.player.stepEvent(1)
    }
    expect(heads.length).toBeGreaterThan(2)
    for (const head of heads) {
      session.player.seekPlayhead(head)
      const deeds = (): number[] =>
        session.records.map((one, lane) => {
          const names = Array.from({ length: session.player.indexOf(lane) + 1 }, (_, i) => one!.kindAt(i))
          return names.filter((kind) => kind !== EventKind.command && kind !== EventKind.fail_path).length
        })
      const before = deeds()
      session.branches.getState().undo()
      expect(session.player.timeNs()).toBe(head.timeNs)
      expect(deeds()).toEqual(before)
      session.branches.getState().redo()
      expect(session.player.timeNs()).toBe(head.timeNs)
    }
  })
})

describe('what is done while the show stands', () => {
  /** Whether dm-multipath uses sda, as each lane shows it at the playhead. */
  const usesSda = (session: Session): (number | undefined)[] =>
    session.records.map((record, lane) => {
      const { devices } = record!.pictureAt(session.player.indexOf(lane))
      return devices.pathActive[devices.row(record!.header.devices.findIndex(({ name }) => name === 'sda'))]
    })
  const do_ = async (session: Session, line: string): Promise<void> => {
    const acted = await session.doing.act(line)
    expect(acted.ok && (await acted.verdict)).toEqual({ refusal: undefined, impossible: false })
  }

  it('is seen at once: the show goes on to it, a nanosecond each time', async () => {
    await visit(readLink('', first), async (session) => {
      session.player.pause()
      session.player.seekNs(60_000)
      await do_(session, 'multipathd fail path sda')
      expect([session.player.timeNs(), ...usesSda(session)]).toEqual([60_001, 0, 0])
      await do_(session, 'multipathd reinstate path sda')
      expect([session.player.timeNs(), ...usesSda(session)]).toEqual([60_002, 1, 1])
      for (const undone of [0, 1]) {
        session.branches.getState().undo()
        await vi.waitFor(() => expect(usesSda(session)).toEqual([undone, undone]))
      }
      expect(session.player.timeNs()).toBe(60_002)
    })
  })

  it.each([
    'link sda down',
    'slow sdb 10',
    'hang sda',
    'inject sda medium_error 0 8',
    'echo offline > /sys/block/sda/device/state',
    'dmsetup suspend mp',
    'echo "- - -" > /sys/class/scsi_host/host0/scan',
    'fio --name=more --rw=read --bs=4k --size=64k',
  ])('begins at that very moment, whatever it is: %s', async (line) => {
    await visit(readLink('', first), async (session) => {
      session.player.pause()
      session.player.seekNs(60_000)
      const acted = await session.doing.act(line)
      expect(acted.ok).toBe(true)
      await vi.waitFor(() => expect(session.player.timeNs()).toBe(60_001))
      for (const record of session.records) {
        const at = KindIndex.of(record!).next([EventKind.command], 0, 1)
        expect([record!.timeAt(at), record!.eventAt(at).sizeSectors]).toEqual([60_001, 1])
      }
    })
  })

  it('leaves the playhead alone where it has been sent elsewhere, or plays', async () => {
    await visit(readLink('', first), async (session) => {
      session.player.pause()
      session.player.seekNs(60_000)
      const acted = session.doing.act('link sda down')
      session.player.seekNs(70_000)
      const done = await acted
      if (done.ok) await done.verdict
      expect(session.player.timeNs()).toBe(70_000)
      session.player.play()
      await do_(session, 'link sdb down')
      expect(session.player.timeNs()).toBe(70_000)
      expect(session.player.playing).toBe(true)
    })
  })
})
