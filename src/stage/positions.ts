/**
 * Where things are while they move: a function of (where the picture wants them, where they were, the motion clock).
 *
 * Every thing glides from its place to its target in MOTION_MS with an ease, in a straight line along the links between
 * the places of the kernel. What is born comes out of what it was made from: a clone out of its original, a fragment out
 * of the bio that was cut, a request around its first bio, a request clone out of its request. Nothing moves for any
 * other reason. The clock is milliseconds of the show (playing) or of the step (paused).
 */
import type { Picture } from '../record/picture.ts'
import { ObjectType } from '../record/places.ts'
import { Look } from './targets/look.ts'
import type { Targets } from './targets/targets.ts'

export const MOTION_MS = 350

/** Ease in and out, cubic in its second half so that things arrive softly. */
export function ease(share: number): number {
  if (share <= 0) return 0
  if (share >= 1) return 1
  const rest = 1 - share
  return 1 - rest * rest * rest
}

/** A move shorter than this is no move. */
const STILL_PX = 0.3

export class Positions {
  /** Current boxes, by row; valid after `at`. */
  x: Float32Array = new Float32Array(0)
  y: Float32Array = new Float32Array(0)
  w: Float32Array = new Float32Array(0)
  h: Float32Array = new Float32Array(0)
  /** 0 at the start of a move, 1 at rest. */
  progress: Float32Array = new Float32Array(0)
  /** Nothing moves from this moment on. */
  restMs: number = -Infinity
  private id: Uint32Array = new Uint32Array(0)
  private look: Uint8Array = new Uint8Array(0)
  private from: Float32Array = new Float32Array(0)
  private to: Float32Array = new Float32Array(0)
  private startMs: Float64Array = new Float64Array(0)
  /** 1 for rows that hold somebody new in the picture being taken. */
  private born: Uint8Array = new Uint8Array(0)
  /** 1 for rows that are where they belong, so that a frame need not look at them. */
  private arrived: Uint8Array = new Uint8Array(0)
  private count = 0

  /** Takes new targets. Without motion everything is there at once. */
  retarget(targets: Targets, picture: Picture, nowMs: number, durationMs: number): void {
    this.at(nowMs, durationMs)
    if (this.id.length < targets.count) this.grow(Math.max(256, targets.count * 2))
    const { id } = picture.slots
    for (let row = 0; row < targets.count; row++)
      this.born[row] = row >= this.count || this.id[row] !== id[row] ? 1 : 0
    this.count = targets.count
    for (let row = 0; row < targets.count; row++) {
      if (targets.look[row] === Look.none) this.id[row] = 0
      else this.retargetRow(row, targets, picture, nowMs, durationMs)
    }
    this.at(nowMs, durationMs)
  }

  /** The room has changed: nobody has been anywhere. */
  forget(): void {
    this.count = 0
    this.id.fill(0)
    this.restMs = -Infinity
  }

  private retargetRow(
    row: number,
    targets: Targets,
    picture: Picture,
    nowMs: number,
    durationMs: number,
  ): void {
    const id = picture.slots.id[row]!
    const at = row * 4
    const born = this.born[row] === 1
    const look = targets.look[row]!
    const still =
      !born &&
      Math.abs(this.to[at]! - targets.x[row]!) < STILL_PX &&
      Math.abs(this.to[at + 1]! - targets.y[row]!) < STILL_PX &&
      Math.abs(this.to[at + 2]! - targets.w[row]!) < STILL_PX &&
      Math.abs(this.to[at + 3]! - targets.h[row]!) < STILL_PX
    // What stays behind as an empty frame does not travel back: its clone took the journey.
    const leftBehind = look === Look.held && this.look[row] !== Look.held
    this.to[at] = targets.x[row]!
    this.to[at + 1] = targets.y[row]!
    this.to[at + 2] = targets.w[row]!
    this.to[at + 3] = targets.h[row]!
    const source = born ? this.birthplace(row, picture) : row
    if (durationMs <= 0 || leftBehind || source < 0) {
      if (!still || leftBehind) this.settle(row, nowMs - MOTION_MS)
    } else if (!still) {
      this.from[at] = this.x[source]!
      this.from[at + 1] = this.y[source]!
      this.from[at + 2] = this.w[source]!
      this.from[at + 3] = this.h[source]!
      this.startMs[row] = nowMs
      this.arrived[row] = 0
      this.restMs = Math.max(this.restMs, nowMs + durationMs)
    }
    this.id[row] = id
    this.look[row] = look
  }

  private settle(row: number, startMs: number): void {
    const at = row * 4
    for (let i = 0; i < 4; i++) this.from[at + i] = this.to[at + i]!
    this.startMs[row] = startMs
    this.arrived[row] = 0
  }

  /** Row that something new comes out of, -1 when that is not on the stage. */
  private birthplace(row: number, picture: Picture): number {
    const { slots } = picture
    const type = slots.type[row]!
    const isRequest = type === ObjectType.request || type === ObjectType.flush_request
    const source = isRequest ? slots.linkA[row]! : picture.find(slots.parent[row]!)
    return source >= 0 && this.born[source] === 0 && this.id[source] !== 0 ? source : -1
  }

  /** Puts x, y, w, h, progress where things are at this moment. Who has arrived costs nothing more. */
  at(nowMs: number, durationMs: number): void {
    for (let row = 0; row < this.count; row++) {
      if (this.arrived[row] === 1 || this.id[row] === 0) continue
      const t = durationMs <= 0 ? 1 : ease((nowMs - this.startMs[row]!) / durationMs)
      this.moveRow(row, t)
      if (t >= 1) this.arrived[row] = 1
    }
  }

  private moveRow(row: number, t: number): void {
    const { from, to } = this
    const at = row * 4
    this.progress[row] = t
    this.x[row] = from[at]! + (to[at]! - from[at]!) * t
    this.y[row] = from[at + 1]! + (to[at + 1]! - from[at + 1]!) * t
    this.w[row] = from[at + 2]! + (to[at + 2]! - from[at + 2]!) * t
    this.h[row] = from[at + 3]! + (to[at + 3]! - from[at + 3]!) * t
  }

  private grow(size: number): void {
    const float = (from: Float32Array, length: number): Float32Array => {
      const grown = new Float32Array(length)
      grown.set(from)
      return grown
    }
    this.x = float(this.x, size)
    this.y = float(this.y, size)
    this.w = float(this.w, size)
    this.h = float(this.h, size)
    this.progress = float(this.progress, size)
    this.from = float(this.from, size * 4)
    this.to = float(this.to, size * 4)
    const startMs = new Float64Array(size)
    startMs.set(this.startMs)
    this.startMs = startMs
    const id = new Uint32Array(size)
    id.set(this.id)
    this.id = id
    const look = new Uint8Array(size)
    look.set(this.look)
    this.look = look
    const arrived = new Uint8Array(size)
    arrived.set(this.arrived)
    this.arrived = arrived
    this.born = new Uint8Array(size)
  }
}
