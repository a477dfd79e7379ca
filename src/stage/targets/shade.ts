/**
 * A queue with more in it than can be told apart is shown as a whole: how many there are of each address colour. Its rows
 * are not on the stage then; the numbers beside the queue still count them.
 */
import { COLOUR_STEPS } from '../address-colour.ts'
import type { Rect } from '../rect.ts'
import { Look } from './look.ts'
import type { Targets } from './targets.ts'

export interface Shade {
  x: number
  y: number
  w: number
  h: number
  /** Things of each step of the address ramp. */
  readonly counts: Uint32Array
  /** True for a queue of outlines. */
  pale: boolean
}

export function createShade(): Shade {
  return { x: 0, y: 0, w: 0, h: 0, counts: new Uint32Array(COLOUR_STEPS), pale: false }
}

/** From so many blocks or frames on a queue is a shade. */
export const SHADE_FROM = 1200
/** An outline has no colour: by address so many say more together than one by one. */
export const SHADE_OUTLINES_FROM = 600

export function shadeQueue(list: readonly number[], area: Rect, out: Targets): void {
  const shade = out.nextShade()
  shade.x = area.x
  shade.y = area.y
  shade.w = area.w
  shade.h = area.h
  const look = out.look[list[0]!]
  shade.pale = look === Look.io || look === Look.waiting
  shade.counts.fill(0)
  for (const row of list) {
    shade.counts[out.colour[row]!]!++
    out.look[row] = Look.none
  }
  out.shown -= list.length
}
