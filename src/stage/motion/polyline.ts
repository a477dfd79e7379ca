/** The point at a share of the length of a line with corners. */
import type { Point } from '../rect.ts'

export interface MutablePoint {
  x: number
  y: number
}

/**
 * `corners` holds x, y pairs from `at`, `count` corners of them; before the first comes `from`, after the last `to`.
 *
 * @returns how many corners have been passed.
 */
export function alongLine(
  from: Point,
  corners: ArrayLike<number>,
  at: number,
  count: number,
  to: Point,
  share: number,
  out: MutablePoint,
): number {
  if (count === 0) {
    out.x = from.x + (to.x - from.x) * share
    out.y = from.y + (to.y - from.y) * share
    return 0
  }
  let total = 0
  let x = from.x
  let y = from.y
  for (let i = 0; i <= count; i++) {
    const nextX = i === count ? to.x : corners[at + 2 * i]!
    const nextY = i === count ? to.y : corners[at + 2 * i + 1]!
    total += distance(nextX - x, nextY - y)
    x = nextX
    y = nextY
  }
  let left = total * share
  x = from.x
  y = from.y
  for (let i = 0; i < count; i++) {
    const nextX = corners[at + 2 * i]!
    const nextY = corners[at + 2 * i + 1]!
    const length = distance(nextX - x, nextY - y)
    if (left < length) {
      out.x = x + ((nextX - x) * left) / length
      out.y = y + ((nextY - y) * left) / length
      return i
    }
    left -= length
    x = nextX
    y = nextY
  }
  const length = distance(to.x - x, to.y - y)
  const part = length === 0 ? 1 : Math.min(1, left / length)
  out.x = x + (to.x - x) * part
  out.y = y + (to.y - y) * part
  return count
}

/** Pixels neither overflow nor vanish when squared: `Math.hypot` costs ten times as much. */
function distance(dx: number, dy: number): number {
  return Math.sqrt(dx * dx + dy * dy)
}
