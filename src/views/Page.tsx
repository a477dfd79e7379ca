/** The whole page from plain properties; App.tsx connects it to the stores. */
import { lazy, Suspense, useMemo, type ReactElement, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ObjectId } from '../record/places.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Mark } from '../stage/marks.ts'
import type { Pace } from '../store/state.ts'
import type { DockStore } from '../store/dock-store.ts'
import type { Session } from '../store/session.ts'
import type { SelectionStore } from '../store/selection-store.ts'
import type { Desk } from './acting/desk.ts'
import type { Control } from './control.ts'
import { Header, type HeaderProps } from './header/Header.tsx'
import { Banner } from './panels/Banner.tsx'
import { PanelBoundary } from './panels/PanelBoundary.tsx'
import type { CanvasTheme } from './stage/canvas-painter.ts'
import { LaneView } from './stage/LaneView.tsx'
import { Scoreboard } from './stage/Scoreboard.tsx'
import type { Theater } from './theater.ts'
import { Transport } from './transport/Transport.tsx'

const Dock = lazy(() => import('./dock/Dock.tsx'))
const Help = lazy(() => import('./panels/Help.tsx'))
const InspectorLayer = lazy(() => import('./inspector/InspectorLayer.tsx'))

export interface PageProps {
  readonly header: HeaderProps
  readonly notices: readonly { readonly text: string; readonly tone: 'notice' | 'problem' }[]
  readonly onDismiss: () => void
  /** One per lane; undefined while nothing has arrived. */
  readonly records: readonly (RunRecord | undefined)[]
  /** Lanes that could not be run, or not to their end. */
  readonly broken: readonly boolean[]
  readonly control: Control
  readonly session: Session
  readonly theater: Theater
  readonly desk: Desk
  readonly dock: DockStore
  readonly selection: SelectionStore
  readonly canvasTheme: CanvasTheme
  readonly playing: boolean
  readonly atEnd: boolean
  readonly pace: Pace
  readonly speed: number
  readonly marks: readonly Mark[]
  readonly followed: readonly (ObjectId | undefined)[]
  readonly inspected: number | undefined
  readonly onPick: (lane: number, id: ObjectId | undefined) => void
  readonly onGo: (lane: number, index: number) => void
  readonly helpOpen: boolean
  readonly onHelp: (open: boolean) => void
  /** What opens over or beside the stage. */
  readonly panels: ReactNode
}

export function Page(props: PageProps): ReactElement {
  const { control, theater, canvasTheme, records, header, onPick } = props
  const lanes = useMemo(
    () =>
      header.only === undefined ? Array.from({ length: records.length }, (_, lane) => lane) : [header.only],
    [header.only, records.length],
  )
  return (
    <div className="app">
      <Header {...header} />
      <div className="banners">
        {props.notices.map(({ text, tone }) => (
          <Banner
            key={text}
            text={text}
            tone={tone}
            {...(tone === 'notice' ? { onClose: props.onDismiss } : {})}
          />
        ))}
      </div>
      <main className="stage" data-lanes={lanes.length} aria-label="stage">
        {lanes.map((lane, place) => (
          <LaneSlot key={lane} {...props} lane={lane} place={place} lanes={lanes} />
        ))}
        <PanelBoundary name="inspector">
          <Suspense fallback={null}>
            <InspectorLayer
              session={props.session}
              theater={theater}
              records={records}
              followed={props.followed}
              inspected={props.inspected}
              onPick={onPick}
              onGo={props.onGo}
            />
          </Suspense>
        </PanelBoundary>
      </main>
      <PanelBoundary name="dock">
        <Suspense fallback={<div className="dock" />}>
          <Dock
            session={props.session}
            control={control}
            theater={theater}
            theme={canvasTheme}
            dock={props.dock}
            selection={props.selection}
            lanes={lanes}
            records={records}
            marks={props.marks}
            onPick={onPick}
            onGo={props.onGo}
          />
        </Suspense>
      </PanelBoundary>
      <Transport
        control={control}
        theater={theater}
        session={props.session}
        desk={props.desk}
        lanes={records.length}
        lane={header.only ?? 0}
        playing={props.playing}
        atEnd={props.atEnd}
        pace={props.pace}
        speed={props.speed}
        marks={props.marks}
      />
      <Suspense fallback={null}>
        {props.helpOpen ? (
          <PanelBoundary name="help" onClose={() => props.onHelp(false)}>
            <Help onClose={() => props.onHelp(false)} />
          </PanelBoundary>
        ) : null}
      </Suspense>
      <Suspense fallback={null}>{props.panels}</Suspense>
    </div>
  )
}

/** A lane, with the scoreboard behind the first. */
function LaneSlot(
  props: PageProps & { readonly lane: number; readonly place: number; readonly lanes: readonly number[] },
): ReactElement {
  const { lane, place, lanes, theater } = props
  const record = props.records[lane]
  const range = useStore(props.selection, (state) => state.range)
  return (
    <>
      {record === undefined ? (
        <section className="lane lane-problem">
          {props.broken[lane] === true
            ? 'This lane could not be run; the line above says why.'
            : 'the first events are being computed'}
        </section>
      ) : (
        <LaneView
          lane={lane}
          record={record}
          theater={theater}
          theme={props.canvasTheme}
          followed={props.followed[lane]}
          range={range}
          onPick={props.onPick}
        />
      )}
      {place === 0 ? <Scoreboard theater={theater} control={props.control} lanes={lanes} /> : null}
    </>
  )
}
