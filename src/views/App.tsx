/** Connects the page to one session: stores in, intents out. */
import { useCallback, useMemo, useState, useSyncExternalStore, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { Milestones } from '../record/milestones.ts'
import { objectId, type ObjectId } from '../record/places.ts'
import type { RunRecord } from '../record/run-record.ts'
import { marksOf, type Mark } from '../stage/marks.ts'
import { isAtEnd } from '../store/playback-store.ts'
import { firstProblem, totalEvents } from '../store/scenario-store.ts'
import type { Session } from '../store/session.ts'
import { THEMES } from '../store/settings-store.ts'
import { isOpen } from '../store/ui-store.ts'
import type { KeyAction } from './keys.ts'
import { LiveRegion } from './LiveRegion.tsx'
import { Page, type PageProps } from './Page.tsx'
import type { Theater } from './theater.ts'
import type { ThemeTokens } from './theme.ts'
import { useKeys } from './use-keys.ts'

export interface AppProps {
  readonly session: Session
  readonly theater: Theater
  readonly tokens: ThemeTokens
}

export function App({ session, theater, tokens }: AppProps): ReactElement {
  const scenario = useStore(session.scenario)
  // The playhead is in this store, too, and moves four times a second: only what the page shows is asked for.
  const playing = useStore(session.playback, (playback) => playback.playing)
  const pace = useStore(session.playback, (playback) => playback.pace)
  const speed = useStore(session.playback, (playback) => playback.speed)
  const atEnd = useStore(session.playback, isAtEnd)
  // Another length means another map of time, which the player holds.
  useStore(session.playback, (playback) => playback.totalShownMs)
  const selection = useStore(session.selection)
  const settings = useStore(session.settings)
  const ui = useStore(session.ui)
  const canvasTheme = useSyncExternalStore(tokens.subscribe, tokens.current)
  const [only, setOnly] = useState<number>()
  const [picked, setPicked] = useState(0)
  const records = session.records
  const events = totalEvents(scenario)
  const marks = useMemo(() => (events < 0 ? [] : marksOfLanes(records)), [records, events])

  const pick = useCallback(
    (lane: number, id: ObjectId | undefined) => {
      setPicked(lane)
      void followedIn(session.records, lane, id).then((followed) => {
        session.selection.getState().follow(followed)
      })
    },
    [session],
  )
  const act = useActions({ session, theater, only, setOnly, pick })
  useKeys(act)

  const followed = selection.followed
  const inspected = followed[picked] === undefined ? followed.findIndex((id) => id !== undefined) : picked
  const problem = firstProblem(scenario)
  const notices: PageProps['notices'] = [
    ...(scenario.notice === undefined ? [] : [{ text: scenario.notice, tone: 'notice' as const }]),
    ...(problem === undefined ? [] : [{ text: problem, tone: 'problem' as const }]),
  ]
  return (
    <>
      <Page
        header={{
          title: scenario.title,
          scenarios: scenario.gallery,
          scenario: scenario.source.kind === 'gallery' ? scenario.source.name : undefined,
          menuOpen: isOpen(ui, 'gallery'),
          onMenu: (open) => (open ? ui.open('gallery') : ui.close('gallery')),
          onScenario: (name) => {
            session.open({ kind: 'gallery', name })
          },
          lanes: scenario.lanes,
          only: only !== undefined && only < scenario.lanes.length ? only : undefined,
          onOnly: setOnly,
          theme: settings.theme,
          onTheme: () => act('theme'),
          onHelp: () => ui.open('help'),
        }}
        notices={notices}
        onDismiss={() => session.scenario.getState().notify(undefined)}
        records={records}
        control={session.player}
        theater={theater}
        canvasTheme={canvasTheme}
        playing={playing}
        atEnd={atEnd}
        pace={pace}
        speed={speed}
        marks={marks}
        followed={followed}
        inspected={inspected < 0 ? undefined : inspected}
        onPick={pick}
        onGo={(lane, index) => goTo(session, lane, index)}
        helpOpen={isOpen(ui, 'help')}
        onHelp={(open) => (open ? ui.open('help') : ui.close('help'))}
      />
      <LiveRegion theater={theater} lanes={scenario.lanes.length} playing={playing} />
    </>
  )
}

const milestonesOf = new WeakMap<RunRecord, Milestones>()

function marksOfLanes(records: readonly (RunRecord | undefined)[]): Mark[] {
  return marksOf(
    records.map((record) => {
      if (record === undefined) return []
      let found = milestonesOf.get(record)
      if (found === undefined) milestonesOf.set(record, (found = new Milestones(record)))
      return found.all()
    }),
  )
}

/** The same I/O of the same application is followed in the other lanes, too. */
async function followedIn(
  records: readonly (RunRecord | undefined)[],
  lane: number,
  id: ObjectId | undefined,
): Promise<(ObjectId | undefined)[]> {
  if (id === undefined) return []
  const { familyOf, sameIo } = await import('../record/family.ts')
  const from = records[lane]
  const io = from === undefined ? undefined : familyOf(from, id)?.io
  return records.map((record, i) => {
    if (i === lane) return id
    return from === undefined || io === undefined || record === undefined
      ? undefined
      : sameIo(from, io, record)
  })
}

function goTo(session: Session, lane: number, index: number): void {
  const record = session.records[lane]
  if (record === undefined) return
  session.player.pause()
  session.player.seekNs(record.timeAt(index))
}

interface Hands {
  readonly session: Session
  readonly theater: Theater
  readonly only: number | undefined
  readonly setOnly: (lane: number | undefined) => void
  readonly pick: (lane: number, id: ObjectId | undefined) => void
}

function useActions({ session, theater, only, setOnly, pick }: Hands): (action: KeyAction) => void {
  return useCallback(
    (action) => {
      const { player, ui } = session
      const table: Readonly<Record<KeyAction, () => void>> = {
        toggle: () => player.toggle(),
        step_forward: () => player.stepEvent(1),
        step_back: () => player.stepEvent(-1),
        mark_forward: () => player.stepMilestone(1),
        mark_back: () => player.stepMilestone(-1),
        to_start: () => player.toStart(),
        to_end: () => player.toEnd(),
        slower: () => player.setSpeed(player.speed / 2),
        faster: () => player.setSpeed(player.speed * 2),
        pace: () => player.setPace(player.pace === 'story' ? 'real' : 'story'),
        scenarios: () => ui.getState().toggle('gallery'),
        follow_next: () => followNext(session, theater, only ?? 0, 1, pick),
        follow_previous: () => followNext(session, theater, only ?? 0, -1, pick),
        own_event_back: () => void ownEvent(session, theater, -1),
        own_event_forward: () => void ownEvent(session, theater, 1),
        close: () => {
          ui.getState().close('gallery')
          ui.getState().close('help')
          pick(0, undefined)
        },
        theme: () => {
          const { theme, setTheme } = session.settings.getState()
          setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!)
        },
        lane_a: () => setOnly(0),
        lane_b: () => setOnly(session.scenario.getState().lanes.length > 1 ? 1 : 0),
        lanes_all: () => setOnly(undefined),
        help: () => ui.getState().toggle('help'),
      }
      table[action]()
    },
    [session, theater, only, setOnly, pick],
  )
}

/** The next original bio by number, beginning with the oldest that is on the stage. */
function followNext(
  session: Session,
  theater: Theater,
  lane: number,
  direction: 1 | -1,
  pick: Hands['pick'],
): void {
  const show = theater.show(lane)
  if (show === undefined) return
  const followed = session.selection.getState().followed[lane]
  const id = show.nextBio(followed ?? 0, direction)
  if (id !== 0) pick(lane, objectId(id))
}

/** To the event before or after the present one in which the followed I/O takes part. */
async function ownEvent(session: Session, theater: Theater, direction: 1 | -1): Promise<void> {
  const { followed } = session.selection.getState()
  const lane = followed.findIndex((id) => id !== undefined)
  const record = session.records[lane]
  const id = followed[lane]
  const show = theater.show(lane)
  if (record === undefined || id === undefined || show === undefined) return
  const { familyOf } = await import('../record/family.ts')
  const { events = [] } = familyOf(record, id) ?? {}
  const now = session.player.indexOf(lane)
  const to = direction === 1 ? events.find((index) => index > now) : events.findLast((index) => index < now)
  if (to !== undefined) goTo(session, lane, to)
}
