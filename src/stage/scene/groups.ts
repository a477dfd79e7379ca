/** The rows of a scene by what they look like, and its blocks by colour: sorted once a frame, so that each is one batch. */
import { COLOUR_STEPS } from '../address-colour.ts'
import { Look, LOOK_COUNT } from '../targets/look.ts'
import type { Scene } from './scene.ts'

/** Rows are `rows[starts[key]]` up to `rows[starts[key + 1]]`, in rising order. */
class Buckets {
  rows: Int32Array = new Int32Array(1024)
  readonly starts: Int32Array
  private readonly ends: Int32Array

  constructor(keys: number) {
    this.starts = new Int32Array(keys + 1)
    this.ends = new Int32Array(keys)
  }

  /** Begins a sort of up to `capacity` rows; then each row is counted, then each is put. */
  begin(capacity: number): void {
    if (this.rows.length < capacity) this.rows = new Int32Array(capacity * 2)
    this.ends.fill(0)
  }

  count(key: number): void {
    this.ends[key]!++
  }

  counted(): void {
    let at = 0
    for (let key = 0; key < this.ends.length; key++) {
      this.starts[key] = at
      at += this.ends[key]!
      this.ends[key] = this.starts[key]!
    }
    this.starts[this.ends.length] = at
  }

  put(key: number, row: number): void {
    this.rows[this.ends[key]!++] = row
  }
}

export class Groups {
  readonly byLook: Buckets = new Buckets(LOOK_COUNT)
  readonly byColour: Buckets = new Buckets(COLOUR_STEPS)

  /** `member` 0 or 1 takes only those outside or inside the family that is followed. */
  take(scene: Scene, member: 0 | 1 | undefined): void {
    const { targets, family } = scene
    const { byLook, byColour } = this
    byLook.begin(targets.count)
    byColour.begin(targets.count)
    for (let row = 0; row < targets.count; row++) {
      if (targets.look[row] === Look.none || (member !== undefined && family?.[row] !== member)) continue
      byLook.count(targets.look[row]!)
      if (isBlock(scene, row)) byColour.count(targets.colour[row]!)
    }
    byLook.counted()
    byColour.counted()
    for (let row = 0; row < targets.count; row++) {
      if (targets.look[row] === Look.none || (member !== undefined && family?.[row] !== member)) continue
      byLook.put(targets.look[row]!, row)
      if (isBlock(scene, row)) byColour.put(targets.colour[row]!, row)
    }
  }
}

/** What has arrived in the address strip is drawn by the strip. */
function isBlock({ targets, positions }: Scene, row: number): boolean {
  const look = targets.look[row]!
  if (look === Look.ended) return positions.progress[row]! < 1
  return look === Look.block || look === Look.clone
}
