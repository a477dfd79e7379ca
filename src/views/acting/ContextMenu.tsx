/** What can be done to a thing, as a menu: pages, each entry with the command that it stands for. */
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react'
import { printStep, worldOf } from '../../commands/index.ts'
import type { Session } from '../../store/session.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import type { Theater } from '../theater.ts'
import type { Desk, Wish } from './desk.ts'
import { carryOut } from './do.ts'
import { EntryForm } from './EntryForm.tsx'
import { groundOf } from './ground.ts'
import type { Entry, Form, MenuPage } from './menu.ts'
import { Popup } from './Popup.tsx'
import { pageOf } from './thing-menu.ts'
import { useLiveTable } from './use-live-table.ts'

export interface ContextMenuProps {
  readonly session: Session
  readonly theater: Theater
  readonly desk: Desk
  readonly wish: Extract<Wish, { readonly open: 'menu' }>
  readonly onDeed: (deed: NonNullable<Entry['deed']>) => void
}

export function ContextMenu(props: ContextMenuProps): ReactElement | null {
  const { session, theater, desk, wish, onDeed } = props
  const table = useLiveTable(session, wish.lane)
  // Titles of the pages on the way to the one that is shown: the pages themselves are made anew when the table is known.
  const [way, setWay] = useState<readonly string[]>([])
  const [form, setForm] = useState<Form>()
  const show = useShow(theater, wish.lane)
  useHeldShow(session)
  const page = useMemo(() => {
    if (show.at === undefined) return undefined
    const ground = groundOf(show.at, wish.thing, table)
    return pageAt(pageOf(ground, wish.thing), way)
  }, [show, wish, table, way])
  const world = useMemo(
    () => (show.at === undefined ? undefined : worldOf(show.at.record.header, show.at.record.tables)),
    [show],
  )
  if (page === undefined) return null
  const close = (): void => desk.open(undefined)
  const act = (steps: NonNullable<Entry['steps']>): void => {
    close()
    void carryOut(session, desk, wish.lane, steps)
  }
  const choose = (entry: Entry): void => {
    if (entry.why !== undefined) return
    if (entry.page !== undefined) setWay([...way, entry.label])
    else if (entry.form !== undefined) setForm(entry.form)
    else if (entry.steps !== undefined) act(entry.steps)
    else if (entry.deed !== undefined) {
      close()
      onDeed(entry.deed)
    }
  }
  const commandOf = (entry: Entry): string =>
    (entry.steps ?? []).map((step) => printStep(step, world)).join('; ')
  return (
    <Popup
      spot={wish.spot}
      role={form === undefined ? 'menu' : 'dialog'}
      label={form?.title ?? `${page.title}: what can be done`}
      className={form === undefined ? 'context-menu' : 'entry-form'}
      onClose={close}
    >
      {form === undefined ? (
        <PageMenu
          key={way.join('/')}
          page={page}
          commandOf={commandOf}
          onChoose={choose}
          onClose={close}
          {...(way.length > 0 ? { onBack: () => setWay(way.slice(0, -1)) } : {})}
        />
      ) : (
        <EntryForm
          form={form}
          commandOf={(steps) => commandOf({ label: '', steps })}
          onDo={act}
          onClose={close}
        />
      )}
    </Popup>
  )
}

function pageAt(first: MenuPage, way: readonly string[]): MenuPage {
  return way.reduce<MenuPage>(
    (page, label) => page.sections.flat().find((entry) => entry.label === label)?.page ?? page,
    first,
  )
}

/** The show of a lane; anew when it shows another run, or has gone on to what was done. */
function useShow(
  theater: Theater,
  lane: number,
): { readonly at: LaneShow | undefined; readonly index: number } {
  const [now, setNow] = useState(() => read())
  function read(): { readonly at: LaneShow | undefined; readonly index: number } {
    const at = theater.show(lane)
    return { at, index: at?.index ?? -1 }
  }
  const look = useEffectEvent(() => {
    const next = read()
    if (next.at !== now.at || next.index !== now.index) setNow(next)
  })
  useEffect(() => theater.onArrivals(look), [theater])
  return now
}

/** The moment that was pointed at stays while the menu is open. */
function useHeldShow(session: Session): void {
  useEffect(() => {
    const { player } = session
    const played = player.playing
    if (played) player.pause()
    return () => {
      if (played) player.play()
    }
  }, [session])
}

interface PageMenuProps {
  readonly page: MenuPage
  readonly commandOf: (entry: Entry) => string
  readonly onChoose: (entry: Entry) => void
  readonly onBack?: () => void
  readonly onClose: () => void
}

const TYPED_FOR_MS = 700

function PageMenu({ page, commandOf, onChoose, onBack, onClose }: PageMenuProps): ReactElement {
  const list = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', atMs: -Infinity })
  const items = (): HTMLElement[] => [
    ...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? []),
  ]
  useLayoutEffect(() => {
    const [back, first = back] = list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? []
    ;(back?.dataset['back'] === undefined ? back : first)?.focus({ preventScroll: true })
  }, [])

  const keys = (event: KeyboardEvent<HTMLElement>): void => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const go = (to: number): void => all[(to + all.length) % all.length]?.focus()
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(all.length - 1),
      ArrowLeft: () => onBack?.(),
      ArrowRight: () => {
        if (all[at]?.getAttribute('aria-haspopup') !== null) all[at]?.click()
      },
      Tab: onClose,
    }
    const move = moves[event.key]
    if (move !== undefined) {
      event.preventDefault()
      move()
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const before = event.timeStamp - typed.current.atMs < TYPED_FOR_MS ? typed.current.text : ''
      const text = before + event.key.toLowerCase()
      typed.current = { text, atMs: event.timeStamp }
      const from = text.length > 1 ? at : at + 1
      const fits = [...all.slice(from), ...all.slice(0, from)].find((item) =>
        item.textContent.toLowerCase().startsWith(text),
      )
      fits?.focus()
      event.preventDefault()
    }
  }
  return (
    <div ref={list} role="none" onKeyDown={keys}>
      <div className="menu-head" role="presentation">
        <b>{page.title}</b> <span>{page.about}</span>
      </div>
      {onBack === undefined ? null : (
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          data-back=""
          className="menu-back"
          onClick={onBack}
        >
          ‹ back
        </button>
      )}
      {page.sections
        .filter((section) => section.length > 0)
        .map((section, i) => (
          <div key={i} role="group" aria-label={i === 0 ? page.title : `more for ${page.title}`}>
            {section.map((entry) => (
              <Item key={entry.label} entry={entry} command={commandOf(entry)} onChoose={onChoose} />
            ))}
          </div>
        ))}
    </div>
  )
}

function Item(props: {
  readonly entry: Entry
  readonly command: string
  readonly onChoose: (entry: Entry) => void
}): ReactElement {
  const { entry, command, onChoose } = props
  const { label, about, why, checked, tone } = entry
  const leads = entry.page !== undefined
  const opens = leads ? 'menu' : 'dialog'
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      tabIndex={-1}
      data-tone={tone}
      aria-disabled={why !== undefined}
      {...(checked === undefined ? {} : { 'aria-checked': checked })}
      {...(leads || entry.form !== undefined ? { 'aria-haspopup': opens } : {})}
      onClick={() => onChoose(entry)}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
    >
      <span className="item-label">
        {label}
        {entry.form === undefined ? '' : ' …'}
      </span>
      {leads ? (
        <span className="item-more" aria-hidden="true">
          ›
        </span>
      ) : null}
      {why === undefined ? null : <small className="item-why">{why}</small>}
      {why === undefined && command !== '' ? <code title={command}>{command}</code> : null}
      {why === undefined && command === '' && about !== undefined ? <small>{about}</small> : null}
    </button>
  )
}
