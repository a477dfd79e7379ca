/**
 * Pointer and wheel on a time axis: a click goes there, a drag brushes a range (or moves the end it began at), with shift or
 * the middle button it pans; the wheel zooms around the pointer, two fingers do both.
 */
import { useEffect, useRef, type PointerEvent, type RefObject } from 'react'
import { msOf, nsOf, panned, xOfNs, zoomed, type TimeView, type Window } from '../../stage/timeline/view.ts'
import type { SelectedRange } from '../../store/selection-store.ts'

export interface TimeGestures {
  /** What the pointer is over; undefined while it has no size. */
  readonly view: TimeView | undefined
  readonly window: Window
  readonly range: SelectedRange | undefined
  readonly onWindow: (window: Window) => void
  readonly onRange: (range: SelectedRange) => void
  readonly onClick: (x: number, y: number) => void
  readonly onHover: (ns: number | undefined) => void
}

export interface GestureHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerLeave: () => void
}

/** A press that moves less is a click. */
const CLICK_PX = 5
/** So near an end of the range a drag takes that end. */
const GRAB_PX = 6
/** Wheel steps of one notch zoom by about a fifth. */
const ZOOM_PER_PX = 0.0018

interface Drag {
  readonly kind: 'brush' | 'pan'
  readonly fromX: number
  readonly fromNs: number
  moved: boolean
  lastX: number
}

export function useTimeGestures(
  host: RefObject<HTMLElement | null>,
  gestures: TimeGestures,
): GestureHandlers {
  const drag = useRef<Drag>(undefined)
  const fingers = useRef<ReadonlyMap<number, number>>(new Map())
  useWheel(host, gestures)
  const { view, window, range, onWindow, onRange, onClick, onHover } = gestures

  const xIn = (event: PointerEvent<HTMLElement>): number =>
    event.clientX - event.currentTarget.getBoundingClientRect().left
  const pinch = (event: PointerEvent<HTMLElement>, x: number): void => {
    const before = [...fingers.current.values()]
    fingers.current = new Map(fingers.current).set(event.pointerId, x)
    const now = [...fingers.current.values()]
    if (view === undefined) return
    const [gapBefore, gap] = [before, now].map(([a = 0, b = 0]) => Math.max(8, Math.abs(a - b)))
    const middle = (now[0]! + now[1]!) / 2
    const shift = msOf(view, (before[0]! + before[1]!) / 2) - msOf(view, middle)
    onWindow(panned(view.map, zoomed(view.map, window, msOf(view, middle), gapBefore! / gap!), shift))
  }
  return {
    onPointerDown: (event) => {
      if (view === undefined || event.button > 1) return
      if (event.button === 1) event.preventDefault()
      event.currentTarget.setPointerCapture(event.pointerId)
      const x = xIn(event)
      fingers.current = new Map(fingers.current).set(event.pointerId, x)
      const kind = event.shiftKey || event.button === 1 ? 'pan' : 'brush'
      const fromNs = anchorOf(view, range, x)
      drag.current = fingers.current.size > 1 ? undefined : { kind, fromX: x, fromNs, moved: false, lastX: x }
    },
    onPointerMove: (event) => {
      if (view === undefined) return
      const x = xIn(event)
      onHover(nsOf(view, Math.min(view.widthPx, Math.max(0, x))))
      if (fingers.current.size > 1 && fingers.current.has(event.pointerId)) {
        pinch(event, x)
        return
      }
      const held = drag.current
      if (held === undefined) return
      held.moved ||= Math.abs(x - held.fromX) > CLICK_PX
      if (!held.moved) return
      if (held.kind === 'pan') onWindow(panned(view.map, window, msOf(view, held.lastX) - msOf(view, x)))
      else onRange({ fromNs: held.fromNs, toNs: edgeAt(view, x) })
      held.lastX = x
    },
    onPointerUp: (event) => {
      fingers.current = without(fingers.current, event.pointerId)
      const held = drag.current
      drag.current = undefined
      if (held === undefined || held.moved || held.kind === 'pan') return
      const box = event.currentTarget.getBoundingClientRect()
      onClick(event.clientX - box.left, event.clientY - box.top)
    },
    onPointerCancel: (event) => {
      fingers.current = without(fingers.current, event.pointerId)
      drag.current = undefined
    },
    onPointerLeave: () => onHover(undefined),
  }
}

function without(all: ReadonlyMap<number, number>, id: number): ReadonlyMap<number, number> {
  return new Map([...all].filter(([one]) => one !== id))
}

/** Where a brush begins: at the pointer, or at the far end of the range whose near end the pointer is on. */
function anchorOf(view: TimeView, range: SelectedRange | undefined, x: number): number {
  if (range !== undefined) {
    if (Math.abs(xOfNs(view, range.fromNs) - x) < GRAB_PX) return range.toNs
    if (Math.abs(xOfNs(view, range.toNs) - x) < GRAB_PX) return range.fromNs
  }
  return edgeAt(view, x)
}

/** A range that reaches the right edge of the show has its last event in it. */
function edgeAt(view: TimeView, x: number): number {
  if (x >= view.widthPx && view.toMs >= view.map.totalShownMs) return view.map.endNs + 1
  return Math.round(nsOf(view, Math.min(view.widthPx, Math.max(0, x))))
}

/** The browser would scroll: React's own listener cannot stop that. */
function useWheel(
  host: RefObject<HTMLElement | null>,
  { view, window, onWindow }: Pick<TimeGestures, 'view' | 'window' | 'onWindow'>,
): void {
  useEffect(() => {
    const element = host.current
    if (element === null || view === undefined) return undefined
    const wheel = (event: WheelEvent): void => {
      event.preventDefault()
      const sideways = event.shiftKey ? event.deltaY : event.deltaX
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        onWindow(panned(view.map, window, msOf(view, sideways) - msOf(view, 0)))
        return
      }
      const x = event.clientX - element.getBoundingClientRect().left
      onWindow(zoomed(view.map, window, msOf(view, x), Math.exp(event.deltaY * ZOOM_PER_PX)))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [host, view, window, onWindow])
}
