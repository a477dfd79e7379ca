/**
 * The right drawer: an I/O that is followed, a thing that was clicked on, or the answer to a question; what asks is heard
 * here, too. Loaded after the first picture.
 */
import { useEffect, useRef, useState, useSyncExternalStore, type ReactElement, type ReactNode } from 'react'
import type { ObjectId } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { thingTitle } from '../../stage/inspect/thing-facts.ts'
import { thingName } from '../../stage/names.ts'
import { whyOf } from '../../stage/why/why.ts'
import { followsAnything } from '../../store/selection-store.ts'
import type { Session } from '../../store/session.ts'
import { laneLetter } from '../dock/panel.ts'
import { bandName } from '../stage/band-names.ts'
import type { Theater } from '../theater.ts'
import { type Asked, asking } from './asking.ts'
import { Compare } from './Compare.tsx'
import { FollowView } from './FollowView.tsx'
import { ThingView } from './ThingView.tsx'
import { useAsking } from './use-asking.ts'
import { WhyChip } from './WhyChip.tsx'
import { WhyView } from './WhyView.tsx'
import './inspector.css'

export interface InspectorLayerProps {
  readonly session: Session
  readonly theater: Theater
  readonly records: readonly (RunRecord | undefined)[]
  readonly followed: readonly (ObjectId | undefined)[]
  /** Lane of the I/O that was picked. */
  readonly inspected: number | undefined
  readonly onPick: (lane: number, id: ObjectId | undefined) => void
  readonly onGo: (lane: number, index: number) => void
}

export default function InspectorLayer(props: InspectorLayerProps): ReactElement {
  const { session, theater } = props
  useAsking(theater)
  const asked = useSyncExternalStore(asking.subscribe, asking.current)
  useEffect(
    () =>
      session.selection.subscribe((now, before) => {
        // Another I/O is followed, or nobody any more: what was asked before is over.
        if (now.followed !== before.followed) asking.close()
      }),
    [session],
  )
  return (
    <>
      {asked === undefined ? <Followed {...props} /> : <AskedDrawer {...props} asked={asked} />}
      <WhyChip theater={theater} />
    </>
  )
}

/** As in inspector.css. */
const BELOW_THE_LANES = '(max-width: 700px)'

interface DrawerProps {
  readonly title: ReactNode
  readonly view: 'io' | 'thing' | 'why'
  /** What it is about: it is brought into sight for each thing anew. */
  readonly about: unknown
  readonly wide?: boolean
  readonly onBack?: (() => void) | undefined
  readonly onClose: () => void
  readonly children: ReactNode
}

function Drawer({ title, view, about, wide = false, onBack, onClose, children }: DrawerProps): ReactElement {
  const drawer = useRef<HTMLElement>(null)
  useEffect(() => {
    if (matchMedia(BELOW_THE_LANES).matches) drawer.current?.scrollIntoView({ block: 'nearest' })
  }, [about])
  return (
    <aside ref={drawer} className="inspector" aria-label="inspector" data-view={view} data-wide={wide}>
      <header>
        {onBack === undefined ? null : (
          <button type="button" className="small-button" onClick={onBack} aria-label="back">
            ←
          </button>
        )}
        <h2>{title}</h2>
        <button type="button" className="small-button" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      {children}
    </aside>
  )
}

function AskedDrawer(props: InspectorLayerProps & { readonly asked: Asked }): ReactElement | null {
  const { session, theater, asked, followed, onPick } = props
  const lane = theater.show(asked.lane) === undefined ? 0 : asked.lane
  const show = theater.show(lane)
  if (show === undefined) return null
  const { header } = show.record
  const close = (): void => {
    asking.close()
    if (followsAnything({ followed })) onPick(lane, undefined)
  }
  const canGoBack = asking.canGoBack || followsAnything({ followed })
  const title =
    asked.kind === 'why'
      ? `Why? ${whyOf(asked.topic, header.mode)?.title ?? ''}`
      : thingTitle(header, asked.thing, (kind) => bandName(kind, header.mode))
  return (
    <Drawer
      view={asked.kind}
      about={asked}
      title={
        <>
          {title} <small>lane {laneLetter(lane)}</small>
        </>
      }
      onBack={canGoBack ? () => asking.back() : undefined}
      onClose={close}
    >
      {asked.kind === 'why' ? (
        <WhyView topic={asked.topic} header={header} />
      ) : (
        <ThingView session={session} theater={theater} lane={lane} show={show} thing={asked.thing} />
      )}
    </Drawer>
  )
}

function Followed(props: InspectorLayerProps): ReactElement | null {
  const { theater, records, followed, inspected, onPick, onGo } = props
  const [beside, setBeside] = useState(false)
  const lane = inspected
  const show = lane === undefined ? undefined : theater.show(lane)
  const id = lane === undefined ? undefined : followed[lane]
  if (lane === undefined || show === undefined || id === undefined) return null
  const { facts, record } = show
  const lanes = followed.flatMap((other, i) =>
    other === undefined || theater.show(i) === undefined ? [] : [i],
  )
  const compare = <Compare records={records} followed={followed} />
  const shown = beside && lanes.length > 1 ? lanes : [lane]
  return (
    <Drawer
      view="io"
      about={`${lane} ${id}`}
      wide={shown.length > 1}
      title={
        <>
          Follow: {thingName({ header: record.header, facts }, id)} <small>lane {laneLetter(lane)}</small>
        </>
      }
      onClose={() => onPick(lane, undefined)}
    >
      {lanes.length < 2 ? null : (
        <div className="lane-choice" role="group" aria-label="the same I/O in">
          {lanes.map((other) => (
            <button
              key={other}
              type="button"
              aria-pressed={shown.length === 1 && other === lane}
              onClick={() => {
                setBeside(false)
                onPick(other, followed[other])
              }}
            >
              lane {laneLetter(other)}
            </button>
          ))}
          <button type="button" aria-pressed={shown.length > 1} onClick={() => setBeside(!beside)}>
            side by side
          </button>
        </div>
      )}
      {shown.length > 1 ? compare : null}
      <div className="follow-lanes">
        {shown.map((one) => (
          <div key={one} className="follow-lane">
            {shown.length < 2 ? null : (
              <h3 className="follow-lane-name">
                {laneLetter(one)} {records[one]?.header.mode}
              </h3>
            )}
            <FollowView
              lane={one}
              show={theater.show(one)!}
              theater={theater}
              id={followed[one]!}
              onGo={onGo}
              onFollow={onPick}
            >
              {shown.length > 1 ? null : compare}
            </FollowView>
          </div>
        ))}
      </div>
    </Drawer>
  )
}
