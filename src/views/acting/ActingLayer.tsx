/**
 * Everything for acting on what is seen: right click, long press and keys that open a menu, the panels that the desk wishes
 * for, and what is said about the last thing done. Loaded after the first picture.
 */
import { lazy, Suspense, useEffect, useSyncExternalStore, type ReactElement } from 'react'
import type { ObjectId } from '../../record/places.ts'
import { sizeText } from '../../stage/words.ts'
import { capital, thingName } from '../../stage/names.ts'
import type { Session } from '../../store/session.ts'
import type { Theater } from '../theater.ts'
import { cutFocused } from './cut.ts'
import { type Desk, spotOf, type Wish } from './desk.ts'
import { rangeOf } from './ground.ts'
import { Toast } from './Toast.tsx'
import { thingFocused } from './thing-at.ts'
import { useGestures } from './use-gestures.ts'
import './acting.css'

const ContextMenu = lazy(() => import('./ContextMenu.tsx').then((m) => ({ default: m.ContextMenu })))

const BranchPanel = lazy(() => import('../branches/BranchPanel.tsx'))
const UntilPanel = lazy(() => import('../transport/UntilPanel.tsx'))
const LanePanel = lazy(() => import('../lanes/LanePanel.tsx'))

export interface ActingLayerProps {
  readonly session: Session
  readonly theater: Theater
  readonly desk: Desk
  /** Lane that is shown alone, undefined = all. */
  readonly only: number | undefined
  readonly onOnly: (lane: number | undefined) => void
  readonly onPick: (lane: number, id: ObjectId) => void
}

export default function ActingLayer(props: ActingLayerProps): ReactElement {
  const { session, theater, desk, only } = props
  useGestures(theater, desk)
  const wish = useSyncExternalStore(desk.subscribe, desk.wish)
  useEffect(() => {
    const lane = only ?? 0
    if (wish?.open === 'focused') {
      const at = thingFocused(theater) ?? { lane, thing: { kind: 'paths' }, spot: spotOf(breakButton()) }
      desk.open({ open: 'menu', ...at })
    } else if (wish?.open === 'cut') {
      desk.open(undefined)
      cutFocused(session, theater, desk, { lane, spot: spotOf(breakButton()) })
    }
  }, [wish, session, theater, desk, only])
  return (
    <>
      <Suspense fallback={null}>{wish === undefined ? null : <Wished {...props} wish={wish} />}</Suspense>
      <Toast desk={desk} />
    </>
  )
}

function breakButton(): Element | null {
  return document.querySelector('.break-path')
}

function Wished(props: ActingLayerProps & { readonly wish: Wish }): ReactElement | null {
  const { session, theater, desk, wish, only, onOnly, onPick } = props
  switch (wish.open) {
    case 'menu':
      return (
        <ContextMenu
          key={JSON.stringify(wish)}
          session={session}
          theater={theater}
          desk={desk}
          wish={wish}
          onDeed={(deed) => pageDeed(deed, wish, theater, desk, onPick)}
        />
      )
    case 'branches':
      return <BranchPanel session={session} spot={wish.spot} onClose={() => desk.open(undefined)} />
    case 'lane':
      return (
        <LanePanel
          session={session}
          desk={desk}
          lane={wish.lane}
          spot={wish.spot}
          only={only}
          onOnly={onOnly}
        />
      )
    case 'until':
      return <UntilPanel session={session} spot={wish.spot} onClose={() => desk.open(undefined)} />
    default:
      return null
  }
}

type MenuWish = Extract<Wish, { readonly open: 'menu' }>

function pageDeed(
  deed: 'follow' | 'zoom' | 'copy' | 'lane',
  { lane, thing, spot }: MenuWish,
  theater: Theater,
  desk: Desk,
  onPick: ActingLayerProps['onPick'],
): void {
  const show = theater.show(lane)
  const of = thing.kind === 'io' && deed === 'zoom' ? thing.under : thing
  if (deed === 'lane') desk.open({ open: 'lane', lane, spot })
  else if (deed === 'zoom' && show !== undefined) {
    const dev =
      of?.kind === 'path' ? show.layout.paths.find((path) => path.dev === of.dev)?.disk : show.layout.map
    if (dev !== undefined) theater.stage.zoom({ lane, dev })
  } else if (thing.kind === 'io' && deed === 'follow') onPick(lane, thing.id)
  else if (thing.kind === 'io' && deed === 'copy' && show !== undefined) {
    const range = rangeOf(show.picture, show.facts, thing)
    const name = capital(thingName({ header: show.record.header, facts: show.facts }, thing.id))
    const text = `${name}: ${range.write ? 'write' : 'read'} ${range.sector} + ${range.sizeSectors} (${sizeText(range.sizeSectors)})`
    navigator.clipboard.writeText(text).then(
      () => desk.say({ text: `Copied: ${text}.` }),
      () => desk.say({ text: `The browser does not let this page copy; it is: ${text}.` }),
    )
  }
}
