/**
 * Where things are while they move: a function of (where the picture wants them, where they were, the motion clock).
 *
 * Within an area things glide straight; from one area to another they travel along the route of routes.ts, small, so that
 * they fit the line they take. What is in a frame moves with its frame: its place in it is what glides. What is born comes
 * out of what it was made from: a clone out of its original, a fragment out of the bio that was cut, a request around its
 * first bio, a request clone out of its request; and a request that is taken back comes from where its clone was. Nothing
 * moves for any other reason. The clock is milliseconds of the show (playing) or of the step (paused).
 */
import type { Picture } from '../../record/picture.ts'
import { NO_SLOT, ObjectType } from '../../record/places.ts'
import type { LaneLayout } from '../layout/parts.ts'
import { Look } from '../targets/look.ts'
import type { Targets } from '../targets/targets.ts'
import { Moves, MOST_CORNERS } from './moves.ts'
import { alongLine, type MutablePoint } from './polyline.ts'
import { type Corners, routeBetween } from './routes.ts'

export const MOTION_MS = 350
/** A way with corners takes so much longer. */
const ROUTE_FACTOR = 1.6
/** The largest thing that travels, in units. */
const TOKEN_W = 26
const TOKEN_H = 11

/** Ease in and out, cubic in its second half so that things arrive softly. */
export function ease(share: number): number {
  if (share <= 0) return 0
  if (share >= 1) return 1
  const rest = 1 - share
  return 1 - rest * rest * rest
}

/** Working memory. */
const route: Corners = []
const start: MutablePoint = { x: 0, y: 0 }
const end: MutablePoint = { x: 0, y: 0 }
const now: MutablePoint = { x: 0, y: 0 }

export class Positions extends Moves {
  private unitPx = 1
  /** Moment for which everything was put where it is. */
  private atMs = NaN

  /** Takes new targets. Without motion everything is there at once. */
  retarget(targets: Targets, picture: Picture, layout: LaneLayout, nowMs: number, durationMs: number): void {
    this.at(nowMs)
    this.unitPx = layout.unitPx
    if (this.id.length < targets.count) this.grow(Math.max(256, targets.count * 2))
    const { id } = picture.slots
    for (let row = 0; row < targets.count; row++)
      this.born[row] = row >= this.count || this.id[row] !== id[row] ? 1 : 0
    this.count = targets.count
    // What is born starts from where others still are; what is in a frame is measured by the frame.
    for (let turn = 0; turn < 3; turn++)
      for (let row = 0; row < targets.count; row++) {
        if ((targets.host[row]! >= 0 ? 2 : 1 - this.born[row]!) !== turn) continue
        if (targets.look[row] === Look.none) this.id[row] = 0
        else if (turn === 2) this.aimInFrame(row, targets, picture, nowMs, durationMs)
        else this.aim(row, targets, picture, layout, nowMs, durationMs)
      }
    this.atMs = NaN
    this.at(nowMs)
  }

  /** The room has changed: nobody has been anywhere. */
  forget(): void {
    this.atMs = NaN
    this.count = 0
    this.id.fill(0)
    this.restMs = -Infinity
  }

  private aim(
    row: number,
    targets: Targets,
    picture: Picture,
    layout: LaneLayout,
    nowMs: number,
    durationMs: number,
  ): void {
    const born = this.born[row] === 1
    const look = targets.look[row]!
    const outOfFrame = !born && this.host[row]! >= 0
    const still = !born && !outOfFrame && this.isAimedAt(row, targets, 0, 0)
    // What stays behind as an empty frame does not travel back: its clone took the journey.
    const leftBehind = look === Look.held && (born || this.look[row] !== Look.held)
    const source = this.sourceOf(row, targets, picture)
    const moves = durationMs > 0 && !leftBehind && source >= 0
    if (moves && !still) {
      this.plan(row, source, targets, layout)
      this.put(row, this.x[source]!, this.y[source]!, this.w[source]!, this.h[source]!)
      this.setFrom(row, this.x[row]!, this.y[row]!, this.w[row]!, this.h[row]!)
      this.begin(row, nowMs, this.cornerCount[row] === 0 ? durationMs : durationMs * ROUTE_FACTOR)
    }
    this.setAim(row, targets, 0, 0)
    this.host[row] = NO_SLOT
    if (!moves && (!still || leftBehind)) {
      this.settle(row, nowMs)
      this.put(row, targets.x[row]!, targets.y[row]!, targets.w[row]!, targets.h[row]!)
    }
    this.station[row] = targets.station[row]!
    this.id[row] = picture.slots.id[row]!
    this.look[row] = look
  }

  /** A thing in a frame: its place in the frame is what it moves to. */
  private aimInFrame(
    row: number,
    targets: Targets,
    picture: Picture,
    nowMs: number,
    durationMs: number,
  ): void {
    const host = targets.host[row]!
    const hostX = targets.x[host]!
    const hostY = targets.y[host]!
    const born = this.born[row] === 1
    const sameFrame = !born && this.host[row] === host && this.hostId[row] === picture.slots.id[host]
    const still = sameFrame && this.isAimedAt(row, targets, hostX, hostY)
    const source = born ? this.birthplace(row, picture) : row
    const { x, y, w, h } = this
    if (durationMs <= 0 || source < 0) {
      this.setAim(row, targets, hostX, hostY)
      if (!still) this.settle(row, nowMs)
    } else if (!still) {
      const scaleX = scaleOf(w[host]!, targets.w[host]!)
      const scaleY = scaleOf(h[host]!, targets.h[host]!)
      this.setFrom(
        row,
        (x[source]! - x[host]!) / scaleX,
        (y[source]! - y[host]!) / scaleY,
        w[source]! / scaleX,
        h[source]! / scaleY,
      )
      this.setAim(row, targets, hostX, hostY)
      this.cornerCount[row] = 0
      this.begin(row, nowMs, durationMs)
    }
    this.arrived[row] = 0
    this.host[row] = host
    this.hostId[row] = picture.slots.id[host]!
    this.station[row] = targets.station[host]!
    this.id[row] = picture.slots.id[row]!
    this.look[row] = targets.look[row]!
  }

  /** The corners still ahead of where the source is, then those to the new station. */
  private plan(row: number, source: number, targets: Targets, layout: LaneLayout): void {
    const ahead = this.cornersAhead(source)
    const turn = {
      x: ahead.at(-2) ?? this.x[source]! + this.w[source]! / 2,
      y: ahead.at(-1) ?? this.y[source]! + this.h[source]! / 2,
    }
    end.x = targets.x[row]! + targets.w[row]! / 2
    end.y = targets.y[row]! + targets.h[row]! / 2
    routeBetween(layout, this.station[source]!, targets.station[row]!, turn, end, route)
    const all = ahead.length === 0 ? route : ahead.concat(route)
    const skipped = Math.max(0, all.length - 2 * MOST_CORNERS)
    const at = row * 2 * MOST_CORNERS
    for (let i = skipped; i < all.length; i++) this.corners[at + i - skipped] = all[i]!
    this.cornerCount[row] = (all.length - skipped) / 2
  }

  private cornersAhead(row: number): number[] {
    const count = this.cornerCount[row]!
    if (count === 0 || this.arrived[row] === 1) return []
    const at = row * 2 * MOST_CORNERS
    const passed = this.walk(row, this.progress[row]!)
    return [...this.corners.subarray(at + 2 * passed, at + 2 * count)]
  }

  /** Where a thing comes from: out of what it was made from, or where it is; -1 when it is there at once. */
  private sourceOf(row: number, targets: Targets, picture: Picture): number {
    if (this.born[row] === 1) return this.birthplace(row, picture)
    const back = this.look[row] === Look.held && targets.look[row] !== Look.held
    const first = picture.slots.linkA[row]!
    // Taken back: its bios are still where its clone was.
    if (back && first >= 0 && this.id[first] === picture.slots.id[first]) {
      const clone = this.host[first]!
      if (clone >= 0 && clone !== row) return clone
    }
    return row
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
  at(nowMs: number): void {
    if (nowMs === this.atMs) return
    this.atMs = nowMs
    for (const hosted of [false, true])
      for (let row = 0; row < this.count; row++) {
        if (this.arrived[row] === 1 || this.id[row] === 0 || this.host[row]! >= 0 !== hosted) continue
        const lasts = this.lastsMs[row]!
        const t = lasts <= 0 ? 1 : ease((nowMs - this.startMs[row]!) / lasts)
        this.progress[row] = t
        if (hosted) this.moveInFrame(row, t)
        else this.moveFreely(row, t)
      }
  }

  private moveFreely(row: number, t: number): void {
    const { from, to } = this
    const at = row * 4
    let w = from[at + 2]! + (to[at + 2]! - from[at + 2]!) * t
    let h = from[at + 3]! + (to[at + 3]! - from[at + 3]!) * t
    if (this.cornerCount[row]! > 0 && t < 1) {
      const waist = Math.min(1, 5 * t, 5 * (1 - t))
      w += (Math.min(w, TOKEN_W * this.unitPx) - w) * waist
      h += (Math.min(h, TOKEN_H * this.unitPx) - h) * waist
    }
    this.walk(row, t)
    this.put(row, now.x - w / 2, now.y - h / 2, w, h)
    if (t >= 1) {
      this.arrived[row] = 1
      this.cornerCount[row] = 0
    }
  }

  /** Puts the centre at a share of its way into `now`; returns how many corners are behind it. */
  private walk(row: number, t: number): number {
    const { from, to } = this
    const at = row * 4
    start.x = from[at]! + from[at + 2]! / 2
    start.y = from[at + 1]! + from[at + 3]! / 2
    end.x = to[at]! + to[at + 2]! / 2
    end.y = to[at + 1]! + to[at + 3]! / 2
    return alongLine(start, this.corners, row * 2 * MOST_CORNERS, this.cornerCount[row]!, end, t, now)
  }

  private moveInFrame(row: number, t: number): void {
    const { from, to, x, y, w, h } = this
    const host = this.host[row]!
    const at = row * 4
    const scaleX = scaleOf(w[host]!, this.to[host * 4 + 2]!)
    const scaleY = scaleOf(h[host]!, this.to[host * 4 + 3]!)
    x[row] = x[host]! + (from[at]! + (to[at]! - from[at]!) * t) * scaleX
    y[row] = y[host]! + (from[at + 1]! + (to[at + 1]! - from[at + 1]!) * t) * scaleY
    w[row] = (from[at + 2]! + (to[at + 2]! - from[at + 2]!) * t) * scaleX
    h[row] = (from[at + 3]! + (to[at + 3]! - from[at + 3]!) * t) * scaleY
    if (t >= 1 && this.arrived[host] === 1) this.arrived[row] = 1
  }
}

/** Size of a frame now as a share of its size at rest. */
function scaleOf(nowPx: number, atRestPx: number): number {
  return atRestPx <= 0 || nowPx <= 0 ? 1 : nowPx / atRestPx
}
