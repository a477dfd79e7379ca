/** Where an element of a lane lies: rectangles of the layout as styles. */
import type { CSSProperties } from 'react'
import type { Rect } from '../../stage/rect.ts'

export function at(r: Rect): CSSProperties {
  return { left: r.x, top: r.y, width: r.w, height: r.h }
}
