/**
 * What moves, as columns: a row for each row of the picture, with where it is now, from where to where it goes, past which
 * corners, since when and for how long. How rows are aimed, and where they are at a moment, is in positions.ts.
 */
import type { Targets } from '../targets/targets.ts'

/** Corners of a route that is kept; more come only from routes that were interrupted again and again. */
export const MOST_CORNERS = 14
/** A move shorter than this is no move. */
const STILL_PX = 0.3

export class Moves {
  /** Current boxes, by row; valid after `at`. */
  x: Float32Array = new Float32Array(0)
  y: Float32Array = new Float32Array(0)
  w: Float32Array = new Float32Array(0)
  h: Float32Array = new Float32Array(0)
  /** 0 at the start of a move, 1 at rest. */
  progress: Float32Array = new Float32Array(0)
  /** Corners of the way that a thing is on; 0 within an area, and at rest. */
  cornerCount: Uint8Array = new Uint8Array(0)
  /** Nothing moves from this moment on. */
  restMs: number = -Infinity
  protected id: Uint32Array = new Uint32Array(0)
  protected look: Uint8Array = new Uint8Array(0)
  protected station: Uint8Array = new Uint8Array(0)
  /** Row of the frame that a thing is in, or NO_SLOT; and who that is. */
  protected host: Int32Array = new Int32Array(0)
  protected hostId: Uint32Array = new Uint32Array(0)
  /** Boxes x, y, w, h; of what is in a frame measured from the frame's corner, in the frame's size at rest. */
  protected from: Float32Array = new Float32Array(0)
  protected to: Float32Array = new Float32Array(0)
  protected corners: Float32Array = new Float32Array(0)
  protected startMs: Float64Array = new Float64Array(0)
  protected lastsMs: Float32Array = new Float32Array(0)
  /** 1 for rows that hold somebody new in the picture being taken. */
  protected born: Uint8Array = new Uint8Array(0)
  /** 1 for rows that are where they belong, so that a frame need not look at them. */
  protected arrived: Uint8Array = new Uint8Array(0)
  protected count = 0

  protected isAimedAt(row: number, targets: Targets, originX: number, originY: number): boolean {
    const { to } = this
    const at = row * 4
    return (
      Math.abs(to[at]! - (targets.x[row]! - originX)) < STILL_PX &&
      Math.abs(to[at + 1]! - (targets.y[row]! - originY)) < STILL_PX &&
      Math.abs(to[at + 2]! - targets.w[row]!) < STILL_PX &&
      Math.abs(to[at + 3]! - targets.h[row]!) < STILL_PX
    )
  }

  protected setAim(row: number, targets: Targets, originX: number, originY: number): void {
    const at = row * 4
    this.to[at] = targets.x[row]! - originX
    this.to[at + 1] = targets.y[row]! - originY
    this.to[at + 2] = targets.w[row]!
    this.to[at + 3] = targets.h[row]!
  }

  protected setFrom(row: number, x: number, y: number, w: number, h: number): void {
    const at = row * 4
    this.from[at] = x
    this.from[at + 1] = y
    this.from[at + 2] = w
    this.from[at + 3] = h
  }

  protected put(row: number, x: number, y: number, w: number, h: number): void {
    this.x[row] = x
    this.y[row] = y
    this.w[row] = w
    this.h[row] = h
  }

  protected begin(row: number, nowMs: number, lastsMs: number): void {
    this.startMs[row] = nowMs
    this.lastsMs[row] = lastsMs
    this.arrived[row] = 0
    this.restMs = Math.max(this.restMs, nowMs + lastsMs)
  }

  protected settle(row: number, nowMs: number): void {
    const at = row * 4
    for (let i = 0; i < 4; i++) this.from[at + i] = this.to[at + i]!
    this.cornerCount[row] = 0
    this.startMs[row] = nowMs
    this.lastsMs[row] = 0
    this.arrived[row] = 0
  }

  protected grow(size: number): void {
    this.x = larger(this.x, size)
    this.y = larger(this.y, size)
    this.w = larger(this.w, size)
    this.h = larger(this.h, size)
    this.progress = larger(this.progress, size)
    this.cornerCount = larger(this.cornerCount, size)
    this.id = larger(this.id, size)
    this.look = larger(this.look, size)
    this.station = larger(this.station, size)
    this.host = larger(this.host, size)
    this.hostId = larger(this.hostId, size)
    this.from = larger(this.from, size * 4)
    this.to = larger(this.to, size * 4)
    this.corners = larger(this.corners, size * 2 * MOST_CORNERS)
    this.startMs = larger(this.startMs, size)
    this.lastsMs = larger(this.lastsMs, size)
    this.arrived = larger(this.arrived, size)
    this.born = new Uint8Array(size)
  }
}

function larger<T extends Float32Array | Float64Array | Uint8Array | Uint32Array | Int32Array>(
  from: T,
  size: number,
): T {
  const grown = new (from.constructor as new (size: number) => T)(size)
  grown.set(from)
  return grown
}
