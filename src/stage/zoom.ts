/** How a lane is looked at: enlarged and moved, never so far that it leaves its frame. */
import type { Point } from './rect.ts'

/** A point of the lane is seen at `point * scale + (x, y)`. */
export interface ZoomView {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Frame {
  readonly widthPx: number
  readonly heightPx: number
}

export const WHOLE: ZoomView = { scale: 1, x: 0, y: 0 }
export const LARGEST = 4

/** Larger by a factor; what was seen at one point of the frame is seen at another then, as far as the frame allows. */
export function pinched(view: ZoomView, factor: number, from: Point, to: Point, frame: Frame): ZoomView {
  const scale = Math.min(LARGEST, Math.max(1, view.scale * factor))
  const by = scale / view.scale
  return inFrame({ scale, x: to.x - (from.x - view.x) * by, y: to.y - (from.y - view.y) * by }, frame)
}

export function moved(view: ZoomView, dx: number, dy: number, frame: Frame): ZoomView {
  return inFrame({ scale: view.scale, x: view.x + dx, y: view.y + dy }, frame)
}

function inFrame({ scale, x, y }: ZoomView, { widthPx, heightPx }: Frame): ZoomView {
  const clamp = (to: number, sizePx: number): number => Math.min(0, Math.max(sizePx * (1 - scale), to))
  return { scale, x: clamp(x, widthPx), y: clamp(y, heightPx) }
}
