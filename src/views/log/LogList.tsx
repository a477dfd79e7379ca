/**
 * The list itself: a window on millions of rows. It follows the playhead until somebody scrolls or walks in it; Enter or a
 * click goes to an event, with shift also follows what it is about.
 */
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react'
import { EventKind } from '../../engine/log/index.ts'
import { objectId, type ObjectId } from '../../record/places.ts'
import { logRow } from '../../stage/log/log-row.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import type { MergedOrder } from '../../stats/merged-order.ts'
import type { Control } from '../control.ts'
import { laneLetter } from '../dock/panel.ts'
import { useRoom } from '../stage/use-room.ts'
import type { Theater } from '../theater.ts'
import { laneTeller } from './lane-teller.ts'
import { LOG_COLUMNS, type ShownRow } from './log-rows.ts'
import { ListWindow, spacePx } from './list-window.ts'

export interface LogListProps {
  readonly order: MergedOrder
  readonly version: number
  readonly shows: readonly (LaneShow | undefined)[]
  readonly control: Control
  readonly theater: Theater
  readonly following: boolean
  readonly onFollowing: (following: boolean) => void
  readonly onGo: (lane: number, index: number) => void
  /** Follows what an event is about. */
  readonly onPick: (lane: number, id: ObjectId) => void
  /** Takes the sentence of the row that is pointed at, or else of the one the keyboard is on. */
  readonly onSay: (sentence: string) => void
}

const ROW_UNITS = 18
/** The present event stands this far down in the window. */
const NOW_AT = 0.6

export function LogList(props: LogListProps): ReactElement {
  const { order, version, shows, control, theater, following, onFollowing, onGo, onPick, onSay } = props
  const scroller = useRef<HTMLDivElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const pointed = useRef<number>(undefined)
  const room = useRoom(scroller)
  const [list] = useState(() => new ListWindow())
  const rowPx = Math.round(ROW_UNITS * (room?.unitPx ?? 1))
  // The row of names stays above the others.
  const heightPx = Math.max(0, (room?.heightPx ?? 0) - rowPx)
  const total = version < 0 ? 0 : order.length

  const follow = (wanted: boolean): void => {
    list.follow(wanted)
    onFollowing(wanted)
  }

  const paint = useCallback(() => {
    if (host.current === null || heightPx === 0) return
    const rows = list.rowsIn(host.current)
    const now = order.countUpTo(shows.map((_, lane) => control.indexOf(lane))) - 1
    if (list.following) list.lookAt(now, order.length, heightPx / rowPx, NOW_AT)
    const first = Math.floor(list.first)
    const shown: ShownRow[] = []
    for (let rank = first; rank < Math.min(order.length, first + Math.ceil(heightPx / rowPx) + 1); rank++) {
      const row = shownRow(order, shows, rank, now, list.active ?? now)
      if (row !== undefined) shown.push(row)
    }
    rows.paint(shown, rowPx, (list.first - first) * rowPx)
    const active = rows.idOf(list.active ?? now)
    if (active === undefined) scroller.current?.removeAttribute('aria-activedescendant')
    else scroller.current?.setAttribute('aria-activedescendant', active)
    if (scroller.current !== null) list.moveBar(scroller.current, order.length, rowPx, heightPx)
    onSay(sentenceOf(order, shows, pointed.current ?? list.active ?? now))
  }, [order, shows, control, list, rowPx, heightPx, onSay])

  useLayoutEffect(() => {
    list.follow(following)
    paint()
  }, [list, following, paint, total, version])
  useEffect(() => theater.onWords(paint), [theater, paint])
  useEffect(() => () => list.forgetRows(), [list])
  useWheelRows(scroller, (rows) => {
    list.scrollBy(rows, order.length, heightPx / rowPx)
    follow(false)
    paint()
  })

  const activate = (rank: number): void => {
    const wanted = Math.min(order.length - 1, Math.max(0, rank))
    list.activate(wanted)
    list.reveal(wanted, heightPx / rowPx)
    follow(false)
    paint()
  }
  const go = (rank: number): void => {
    const row = order.at(rank)
    if (row === undefined) return
    list.activate(undefined)
    onGo(row.lane, row.index)
    follow(true)
  }
  const pick = (rank: number): void => {
    const row = order.at(rank)
    const record = row === undefined ? undefined : shows[row.lane]?.record
    if (row === undefined || record === undefined) return
    // A plug is about no one but the request that opened it.
    const about = record.subjectAt(row.index)
    const id = about === 0 && record.kindAt(row.index) === EventKind.plug ? record.objectAt(row.index) : about
    if (id !== 0) onPick(row.lane, objectId(id))
  }
  const press = (event: KeyboardEvent): void => {
    const now = list.active ?? order.countUpTo(shows.map((_, lane) => control.indexOf(lane))) - 1
    const page = Math.max(1, Math.floor(heightPx / rowPx) - 1)
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => activate(now + 1),
      ArrowUp: () => activate(now - 1),
      PageDown: () => activate(now + page),
      PageUp: () => activate(now - page),
      Home: () => activate(0),
      End: () => activate(order.length - 1),
      Enter: () => {
        go(now)
        if (event.shiftKey) pick(now)
      },
    }
    const act = keys[event.key]
    const shifted = event.shiftKey && event.key !== 'Enter'
    if (act === undefined || event.ctrlKey || event.altKey || event.metaKey || shifted) return
    event.preventDefault()
    act()
  }
  return (
    <div
      ref={scroller}
      className="log-grid"
      role="grid"
      aria-label="events of the run"
      aria-rowcount={total + 1}
      aria-colcount={LOG_COLUMNS.length}
      tabIndex={0}
      data-focus="panel"
      onKeyDown={press}
      onScroll={(event) => {
        if (!list.barMoved(event.currentTarget.scrollTop, order.length, rowPx, heightPx)) return
        follow(false)
        paint()
      }}
      onClick={(event) => {
        const rank = rankUnder(event.target)
        if (rank === undefined) return
        go(rank)
        if (event.shiftKey) pick(rank)
      }}
      onPointerMove={(event) => {
        pointed.current = rankUnder(event.target)
        onSay(sentenceOf(order, shows, pointed.current))
      }}
      onPointerLeave={() => {
        pointed.current = undefined
        paint()
      }}
    >
      <div className="log-row log-names" role="row" aria-rowindex={1}>
        {LOG_COLUMNS.map(([key, name]) => (
          <span key={key} role="columnheader" className={`log-${key}`}>
            {name}
          </span>
        ))}
      </div>
      <div ref={host} className="log-window" role="presentation" />
      {total === 0 ? <p className="log-none">No event matches.</p> : null}
      <div className="log-space" style={{ height: Math.max(0, spacePx(total, rowPx)) }} />
    </div>
  )
}

function rankUnder(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-rank]') : null
  return row === null ? undefined : Number(row.dataset['rank'])
}

function sentenceOf(
  order: MergedOrder,
  shows: readonly (LaneShow | undefined)[],
  rank: number | undefined,
): string {
  const at = rank === undefined ? undefined : order.at(rank)
  const show = at === undefined ? undefined : shows[at.lane]
  if (at === undefined || show === undefined) return ''
  return `${laneLetter(at.lane)}: ${laneTeller(show)(at.index) ?? ''}`
}

function shownRow(
  order: MergedOrder,
  shows: readonly (LaneShow | undefined)[],
  rank: number,
  now: number,
  active: number,
): ShownRow | undefined {
  const at = order.at(rank)
  const show = at === undefined ? undefined : shows[at.lane]
  if (at === undefined || show === undefined) return undefined
  const when = rank < now ? 'past' : 'future'
  return {
    ...logRow(show, at.index),
    rank,
    lane: laneLetter(at.lane),
    sentence: laneTeller(show)(at.index) ?? '',
    when: rank === now ? 'now' : when,
    active: rank === active,
  }
}

/** The wheel moves by rows, also where a pixel of the scroll bar stands for many of them. */
function useWheelRows(
  scroller: { readonly current: HTMLElement | null },
  move: (rows: number) => void,
): void {
  useEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const wheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0) return
      event.preventDefault()
      move(event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / ROW_UNITS)
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  })
}
