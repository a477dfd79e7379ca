/** Connects the page to one session: stores in, intents out. */
import {
  lazy,
  Suspense,
  useCallback,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactElement,
} from 'react'
import { useStore } from 'zustand'
import type { ObjectId } from '../record/places.ts'
import { isAtEnd } from '../store/playback-store.ts'
import { firstProblem, totalEvents } from '../store/scenario-store.ts'
import type { DockStore } from '../store/dock-store.ts'
import type { Session } from '../store/session.ts'
import { isOpen } from '../store/ui-store.ts'
import { Desk } from './acting/desk.ts'
import type { Faults } from './faults.ts'
import { followedIn, goTo } from './following.ts'
import { marksOfLanes } from './lane-marks.ts'
import { PanelBoundary } from './panels/PanelBoundary.tsx'
import { Page, type PageProps } from './Page.tsx'
import type { Workbench } from './panels/workbench.ts'
import type { Theater } from './theater.ts'
import type { ThemeTokens } from './theme.ts'
import { useActions } from './use-actions.ts'
import { useDroppedFiles } from './use-dropped-files.ts'
import { useKeys } from './use-keys.ts'

const LiveRegion = lazy(() => import('./LiveRegion.tsx'))
const BranchStrip = lazy(() => import('./branches/BranchStrip.tsx'))
const ActingLayer = lazy(() => import('./acting/ActingLayer.tsx'))
const Panels = lazy(() => import('./panels/Panels.tsx'))
const LAZY_PANELS = ['editor', 'settings', 'palette'] as const

export interface AppProps {
  readonly session: Session
  readonly dock: DockStore
  readonly bench: Workbench
  readonly theater: Theater
  readonly tokens: ThemeTokens
  readonly faults: Faults
}

export function App({ session, dock, bench, theater, tokens, faults }: AppProps): ReactElement {
  const fault = useSyncExternalStore(faults.subscribe, faults.current)
  if (fault !== undefined) throw fault
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
  const branched = useStore(session.branches, ({ branches }) => branches.length > 1)
  const [desk] = useState(() => new Desk())
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
  const act = useActions({ session, dock, theater, desk, only, setOnly, pick })
  useKeys(act)
  useDroppedFiles(
    bench,
    useCallback(() => session.ui.getState().open('editor'), [session]),
  )

  const followed = selection.followed
  const inspected = followed[picked] === undefined ? followed.findIndex((id) => id !== undefined) : picked
  const problem = firstProblem(scenario)
  // Beside the editor there is room for one lane.
  const wanted = only ?? (isOpen(ui, 'editor') ? 0 : undefined)
  const laneAlone = wanted !== undefined && wanted < scenario.lanes.length ? wanted : undefined
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
          only: laneAlone,
          onAct: act,
          branches: branched ? (
            <Suspense fallback={null}>
              <BranchStrip session={session} desk={desk} />
            </Suspense>
          ) : null,
          onLane: (lane, spot) => desk.toggle({ open: 'lane', lane, spot }),
          theme: settings.theme,
          onTheme: () => act('theme'),
          onHelp: () => ui.open('help'),
        }}
        notices={notices}
        onDismiss={() => session.scenario.getState().notify(undefined)}
        records={records}
        broken={scenario.status.map(({ kind }) => kind === 'problem')}
        control={session.player}
        session={session}
        theater={theater}
        desk={desk}
        dock={dock}
        selection={session.selection}
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
        panels={
          LAZY_PANELS.some((panel) => isOpen(ui, panel)) ? (
            <Panels bench={bench} session={session} act={act} setOnly={setOnly} />
          ) : null
        }
      />
      <PanelBoundary name="acting" onClose={() => desk.open(undefined)}>
        <Suspense fallback={null}>
          <ActingLayer
            session={session}
            theater={theater}
            desk={desk}
            only={only}
            onOnly={setOnly}
            onPick={pick}
          />
        </Suspense>
      </PanelBoundary>
      <Suspense fallback={null}>
        <LiveRegion theater={theater} lanes={scenario.lanes.length} playing={playing} />
      </Suspense>
    </>
  )
}
