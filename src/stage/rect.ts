/** Rectangles in CSS pixels of a lane, and the few questions the stage asks of them. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export function rect(x: number, y: number, w: number, h: number): Rect {
  return { x, y, w: Math.max(0, w), h: Math.max(0, h) }
}

export function inset(r: Rect, dx: number, dy: number = dx): Rect {
  return rect(r.x + dx, r.y + dy, r.w - 2 * dx, r.h - 2 * dy)
}

export function right(r: Rect): number {
  return r.x + r.w
}

export function bottom(r: Rect): number {
  return r.y + r.h
}

export function contains(outer: Rect, inner: Rect, slack = 0.01): boolean {
  return (
    inner.x >= outer.x - slack &&
    inner.y >= outer.y - slack &&
    right(inner) <= right(outer) + slack &&
    bottom(inner) <= bottom(outer) + slack
  )
}

export function overlaps(a: Rect, b: Rect, slack = 0.01): boolean {
  return (
    a.x < right(b) - slack && b.x < right(a) - slack && a.y < bottom(b) - slack && b.y < bottom(a) - slack
  )
}

export function holds(r: Rect, x: number, y: number): boolean {
  return x >= r.x && x <= right(r) && y >= r.y && y <= bottom(r)
}
