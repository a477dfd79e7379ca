/** The whole run, and the part that the time axes show as a box to drag; its ends can be dragged, too. */
import {
  useLayoutEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
} from 'react'
import { useStore } from 'zustand'
import { drawMinimap } from '../../stage/timeline/minimap.ts'
import {
  msOf,
  panned,
  partBetween,
  shownPart,
  xOf,
  zoomed,
  type TimelineView,
} from '../../stage/timeline/view.ts'
import type { PanelProps } from '../dock/panel.ts'
import { useStats } from '../dock/use-stats.ts'
import { useRoom } from '../stage/use-room.ts'
import PartingMark from '../transport/PartingMark.tsx'
import { sizedPainter } from './TimelineLane.tsx'

/** So near its end a drag takes the end, not the box. */
const GRAB_PX = 6
const STEP_SHARE = 0.02

export default function Minimap(props: PanelProps): ReactElement {
  const { control, theme, dock, lanes } = props
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const grip = useRef<{ part: 'from' | 'to' | 'box'; ms: number }>(undefined)
  const room = useRoom(host)
  const { map } = control
  const { window, look } = useStore(dock)
  const { stats, version } = useStats(props)
  const view = useMemo<TimelineView | undefined>(
    () => (room === undefined ? undefined : { map, ...room, ...shownPart(map, undefined) }),
    [room, map],
  )
  useLayoutEffect(() => {
    if (view === undefined || canvas.current === null || version < 0) return
    drawMinimap(
      sizedPainter(canvas.current, view, theme),
      lanes.map((lane) => stats[lane]),
      view,
    )
  }, [view, theme, lanes, stats, version])

  const { fromMs, toMs } = shownPart(map, window)
  const left = view === undefined ? 0 : xOf(view, fromMs)
  const width = view === undefined ? 0 : Math.max(3, xOf(view, toMs) - left)
  const momentAt = (event: PointerEvent<HTMLElement>): number =>
    view === undefined ? 0 : msOf(view, event.clientX - event.currentTarget.getBoundingClientRect().left)
  const take = (event: PointerEvent<HTMLElement>): void => {
    if (view === undefined) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const ms = momentAt(event)
    const x = xOf(view, ms)
    const isIn = x > left - GRAB_PX && x < left + width + GRAB_PX
    if (!isIn) look(panned(map, window, ms - (fromMs + toMs) / 2))
    grip.current = { part: isIn ? partAt(x, left, width) : 'box', ms }
  }
  const move = (event: PointerEvent<HTMLElement>): void => {
    const held = grip.current
    if (held === undefined) return
    const ms = momentAt(event)
    if (held.part === 'box') look(panned(map, window, ms - held.ms))
    else look(partBetween(map, ms, held.part === 'from' ? toMs : fromMs))
    grip.current = { ...held, ms }
  }
  const press = (event: KeyboardEvent): void => {
    const step = map.totalShownMs * STEP_SHARE
    const middle = (fromMs + toMs) / 2
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => look(panned(map, window, -step)),
      ArrowRight: () => look(panned(map, window, step)),
      '+': () => look(zoomed(map, window, middle, 1 / 1.5)),
      '-': () => look(zoomed(map, window, middle, 1.5)),
    }
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  const drop = (): void => {
    grip.current = undefined
  }
  const total = Math.max(1, map.totalShownMs)
  return (
    <div
      ref={host}
      className="minimap"
      onPointerDown={take}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={drop}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <div
        className="minimap-box"
        role="slider"
        tabIndex={0}
        aria-label="visible part of the run"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(((fromMs + toMs) / 2 / total) * 100)}
        aria-valuetext={`${Math.round((fromMs / total) * 100)} to ${Math.round((toMs / total) * 100)} percent of the show`}
        style={{ left, width }}
        onKeyDown={press}
      />
      {lanes.length < 2 ? null : <PartingMark control={control} theater={props.theater} />}
    </div>
  )
}

function partAt(x: number, left: number, width: number): 'from' | 'to' | 'box' {
  if (width < 4 * GRAB_PX) return 'box'
  if (x < left + GRAB_PX) return 'from'
  return x > left + width - GRAB_PX ? 'to' : 'box'
}
