/** The I/Os of one lane: a canvas drawn when something arrives or the visible part changes; the overlay moves over it. */
import { useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { objectId } from '../../record/places.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import {
  drawIoRows,
  idAtPoint,
  rowWords,
  type TimelineLane as LaneRows,
} from '../../stage/timeline/io-rows.ts'
import { msOf, shownPart, type TimelineView } from '../../stage/timeline/view.ts'
import { laneLetter, type PanelProps } from '../dock/panel.ts'
import { canvasPainter, type CanvasTheme } from '../stage/canvas-painter.ts'
import type { Painter } from '../../stage/painter.ts'
import { useRoom } from '../stage/use-room.ts'
import { readSpans, spansOf } from './lane-spans.ts'
import { TimeOverlay } from './TimeOverlay.tsx'
import { useTimeGestures } from './use-time-gestures.ts'

/** While events arrive. */
const DRAW_EVERY_MS = 200
/** Below the rows, for the scale. */
export const SCALE_UNITS = 13

export function TimelineLane(props: PanelProps & { readonly lane: number }): ReactElement {
  const { control, theater, theme, lane, dock, selection, onPick } = props
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [note, setNote] = useState('')
  const room = useRoom(host)
  const { map } = control
  const { window, colours, look } = useStore(dock)
  const range = useStore(selection, (state) => state.range)

  const view = useMemo<TimelineView | undefined>(() => {
    if (room === undefined) return undefined
    const heightPx = Math.max(4, room.heightPx - SCALE_UNITS * room.unitPx)
    return { map, widthPx: room.widthPx, heightPx, unitPx: room.unitPx, ...shownPart(map, window) }
  }, [room, map, window])

  useLayoutEffect(() => {
    if (view === undefined || canvas.current === null) return undefined
    const painter = sizedPainter(canvas.current, view, theme)
    const draw = (): void => {
      const show = theater.show(lane)
      if (show === undefined) return
      setNote(rowWords(drawIoRows(painter, rowsOf(show), view, colours)))
    }
    draw()
    let drawnMs = -Infinity
    let due = false
    return theater.onFrame((nowMs) => {
      const show = theater.show(lane)
      if (show === undefined) return
      const { any, done } = readSpans(show)
      due ||= any
      if (!due || (!done && nowMs - drawnMs < DRAW_EVERY_MS)) return
      due = false
      drawnMs = nowMs
      draw()
    })
  }, [view, theme, theater, lane, colours])

  const gestures = useTimeGestures(host, {
    view,
    window,
    range,
    onWindow: look,
    onRange: selection.getState().selectRange,
    onHover: (ns) => props.hover.set(ns),
    onClick: (x, y) => {
      if (view === undefined) return
      control.seekShown(msOf(view, x))
      const show = theater.show(lane)
      const id = show === undefined ? 0 : idAtPoint(rowsOf(show), view, x, y)
      if (id > 0) onPick(lane, objectId(id))
    },
  })
  return (
    <div ref={host} className="timeline-lane" {...gestures}>
      <canvas ref={canvas} role="img" aria-label={`I/Os of lane ${laneLetter(lane)} over time, ${note}`} />
      <span className="timeline-note" aria-hidden="true">
        {laneLetter(lane)} · {note}
      </span>
      {view === undefined ? null : (
        <TimeOverlay
          {...props}
          view={view}
          range={range}
          marks={props.marks.filter((mark) => mark.lane === lane)}
        />
      )}
    </div>
  )
}

/** A canvas as large as its part of the page, in device pixels. */
export function sizedPainter(
  canvas: HTMLCanvasElement,
  { widthPx, heightPx }: Pick<TimelineView, 'widthPx' | 'heightPx'>,
  theme: CanvasTheme,
): Painter {
  const ratio = Math.min(3, globalThis.devicePixelRatio)
  canvas.width = Math.round(widthPx * ratio)
  canvas.height = Math.round(heightPx * ratio)
  canvas.style.width = `${widthPx}px`
  canvas.style.height = `${heightPx}px`
  return canvasPainter(canvas, theme)
}

function rowsOf(show: LaneShow): LaneRows {
  return { spans: spansOf(show), facts: show.facts, paths: show.record.header.paths.map((path) => path.dev) }
}
