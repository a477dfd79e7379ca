/** The whole way without a browser: engine, host, a real message channel, client, records, story, player, link. */
import { expect, it } from 'vitest'
import { createRun } from '../src/engine/index.ts'
import { memoryStorage } from '../src/lib/safe-storage.ts'
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

async function visit(link: LinkState, look: (session: Session) => void): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  serve(portWire<ToWorker, FromWorker>(port2), {
    createRun,
    resolveSource,
    gallery: GALLERY_ENTRIES,
    defer: soon(),
  })
  const engine = new EngineClient(portWire(port1))
  const session = new Session({ engine, storage: memoryStorage(), prefersLight: false, link })
  await new Promise<void>((resolve) => {
    session.subscribeRecords(() => {
      if (allRunsOver(session.scenario.getState())) resolve()
    })
  })
  look(session)
  port1.close()
  port2.close()
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
