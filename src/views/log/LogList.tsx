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
import type { LaneShow } from '../../stage/lane-show.ts'
import type { MergedOrder } from '../../stats/merged-order.ts'
import type { Control } from '../control.ts'
import { useRoom } from '../stage/use-room.ts'
import type { Theater } from '../theater.ts'
import { ListWords } from './list-words.ts'
import { ListWindow, spacePx } from './list-window.ts'
import { LOG_COLUMNS } from './log-rows.ts'
import { useWheelRows } from './use-wheel-rows.ts'

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
  const [words] = useState(() => new ListWords(() => performance.now()))
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
    const active = list.active ?? now
    words.begin()
    const inSight = Math.ceil(heightPx / rowPx) + 1
    rows.paint(words.rows(order, shows, first, inSight, { now, active }), rowPx, (list.first - first) * rowPx)
    const activeId = rows.idOf(active)
    if (activeId === undefined) scroller.current?.removeAttribute('aria-activedescendant')
    else scroller.current?.setAttribute('aria-activedescendant', activeId)
    if (scroller.current !== null) list.moveBar(scroller.current, order.length, rowPx, heightPx)
    const said = words.sentence(order, shows, pointed.current ?? active)
    if (said !== undefined) onSay(said)
  }, [order, shows, control, list, words, rowPx, heightPx, onSay])

  useLayoutEffect(() => {
    list.follow(following)
    paint()
  }, [list, following, paint, total, version])
  useEffect(() => {
    const silences = [
      theater.onWords(paint),
      theater.onFrame(() => {
        if (words.owing) paint()
      }),
    ]
    return () => {
      for (const silence of silences) silence()
    }
  }, [theater, words, paint])
  useEffect(() => () => list.forgetRows(), [list])
  useWheelRows(scroller, ROW_UNITS, (rows) => {
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
        const rank = rankUnder(event.target)
        if (rank === pointed.current) return
        pointed.current = rank
        paint()
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
      {total === 0 ? <p className="log-none">No event matches: clear a filter or the search.</p> : null}
      <div className="log-space" style={{ height: Math.max(0, spacePx(total, rowPx)) }} />
    </div>
  )
}

function rankUnder(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-rank]') : null
  return row === null ? undefined : Number(row.dataset['rank'])
}
