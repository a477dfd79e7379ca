/** The rows of one lane: a canvas drawn when something arrives or the range changes, a playhead that glides over it. */
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type PointerEvent,
  type ReactElement,
} from 'react'
import {
  drawTimeline,
  idAtPoint,
  msOf,
  ROW_WORDS,
  timelineRows,
  xOf,
  type TimelineView,
} from '../../stage/timeline.ts'
import { objectId } from '../../record/places.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { canvasPainter } from '../stage/canvas-painter.ts'
import { useRoom } from '../stage/use-room.ts'
import type { TimelineProps, ZoomRange } from './Timeline.tsx'

export interface TimelineLaneProps extends TimelineProps {
  readonly lane: number
  readonly zoom: ZoomRange
  readonly onZoom: (range: ZoomRange) => void
  /** Says what a row is. */
  readonly onRows: (words: string) => void
}

/** A press that moves less is a click. */
const CLICK_PX = 5

export function TimelineLane(props: TimelineLaneProps): ReactElement {
  const { control, theater, theme, lane, zoom, onZoom, onRows, onPick } = props
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const future = useRef<HTMLDivElement>(null)
  const room = useRoom(host)
  const { map } = control
  const [drag, setDrag] = useState<{ from: number; to: number }>()

  const view = useMemo<TimelineView | undefined>(() => {
    if (room === undefined) return undefined
    const total = Math.max(1, map.totalShownMs)
    return { map, ...room, fromMs: zoom.from * total, toMs: zoom.to * total }
  }, [room, map, zoom])

  useLayoutEffect(() => {
    if (view === undefined || canvas.current === null) return
    const ratio = Math.min(3, window.devicePixelRatio)
    canvas.current.width = Math.round(view.widthPx * ratio)
    canvas.current.height = Math.round(view.heightPx * ratio)
    const painter = canvasPainter(canvas.current, theme)
    const draw = (): void => {
      const show = theater.show(lane)
      if (show === undefined) return
      drawTimeline(painter, laneOf(show), view)
      onRows(ROW_WORDS[timelineRows(laneOf(show), view).kind])
    }
    draw()
    return theater.onArrivals(draw)
  }, [view, theme, theater, lane, onRows])

  useEffect(() => {
    if (view === undefined) return
    let before = NaN
    return theater.onFrame(() => {
      // Whole pixels: it moves when a pixel is due, not every frame.
      const x = Math.round(Math.min(view.widthPx, Math.max(-2, xOf(view, control.shownMs()))))
      if (x === before || future.current === null) return
      before = x
      future.current.style.transform = `translateX(${x}px)`
    })
  }, [view, control, theater])

  const placeOf = (event: PointerEvent<HTMLDivElement>): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const press = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const { x } = placeOf(event)
    setDrag({ from: x, to: x })
  }
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag !== undefined) setDrag({ from: drag.from, to: placeOf(event).x })
  }
  const release = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag === undefined || view === undefined) return
    setDrag(undefined)
    const { x, y } = placeOf(event)
    if (Math.abs(x - drag.from) > CLICK_PX) {
      zoomTo(view, drag.from, x, onZoom)
      return
    }
    control.seekShown(msOf(view, x))
    const show = theater.show(lane)
    if (show === undefined) return
    const id = idAtPoint(laneOf(show), view, x, y)
    if (id > 0) onPick(lane, objectId(id))
  }
  return (
    <div
      ref={host}
      className="timeline-lane"
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={() => setDrag(undefined)}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {view === undefined ? null : <Jumps view={view} />}
      <div ref={future} className="timeline-future" aria-hidden="true" />
      {drag !== undefined && Math.abs(drag.to - drag.from) > CLICK_PX ? (
        <div
          className="timeline-brush"
          style={{ left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
        />
      ) : null}
    </div>
  )
}

function laneOf(show: LaneShow): Parameters<typeof drawTimeline>[1] {
  return { spans: show.spans, facts: show.facts, paths: show.record.header.paths.map((path) => path.dev) }
}

function zoomTo(view: TimelineView, x1: number, x2: number, onZoom: (range: ZoomRange) => void): void {
  const total = Math.max(1, view.map.totalShownMs)
  const from = Math.max(0, msOf(view, Math.min(x1, x2)) / total)
  const to = Math.min(1, msOf(view, Math.max(x1, x2)) / total)
  if (to - from > 0.002) onZoom({ from, to })
}

/** Silences that the show shortens, where they are shortened. */
function Jumps({ view }: { readonly view: TimelineView }): ReactElement {
  return (
    <>
      {view.map.jumps.map((jump) => {
        const x = xOf(view, jump.fromShownMs)
        const w = xOf(view, jump.toShownMs) - x
        if (x + w < 0 || x > view.widthPx) return null
        return (
          <div key={jump.fromNs} className="timeline-jump" style={{ left: x, width: w }} title={jump.label}>
            {w > 60 * view.unitPx ? <span>{jump.label}</span> : null}
          </div>
        )
      })}
    </>
  )
}
