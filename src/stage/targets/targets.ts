/**
 * Where everything in a picture belongs on the stage, as columns: one row per row of the picture's slots. Filled by the
 * Placer; read by positions and scene.
 */
import { NO_SLOT } from '../../record/places.ts'
import { Look } from './look.ts'
import { createShade, type Shade } from './shade.ts'

export class Targets {
  x: Float32Array = new Float32Array(0)
  y: Float32Array = new Float32Array(0)
  w: Float32Array = new Float32Array(0)
  h: Float32Array = new Float32Array(0)
  look: Uint8Array = new Uint8Array(0)
  colour: Uint8Array = new Uint8Array(0)
  /** Area that it belongs to: Station, or a station of a path. */
  station: Uint8Array = new Uint8Array(0)
  /** Row of the frame that a bio is drawn in, or NO_SLOT. */
  host: Int32Array = new Int32Array(0)
  /** 1 where the frame has room for its tab. */
  tab: Uint8Array = new Uint8Array(0)
  /** Rows in use. */
  count = 0
  /** Things on the stage. */
  shown = 0
  /** Whether the pocket of the dm device is used, then of each path in layout order. */
  pockets: Uint8Array = new Uint8Array(1)
  /** Queues that are shown as a whole; the first `shadeCount` are in use. */
  readonly shades: Shade[] = []
  shadeCount = 0

  reset(count: number, paths: number): void {
    if (this.x.length < count) this.grow(Math.max(count, this.x.length * 2))
    if (this.pockets.length !== paths + 1) this.pockets = new Uint8Array(paths + 1)
    this.pockets.fill(0)
    this.count = count
    this.shown = 0
    this.shadeCount = 0
    this.look.fill(Look.none, 0, count)
    this.host.fill(NO_SLOT, 0, count)
    this.tab.fill(0, 0, count)
  }

  set(row: number, x: number, y: number, w: number, h: number): void {
    this.x[row] = x
    this.y[row] = y
    this.w[row] = w
    this.h[row] = h
  }

  nextShade(): Shade {
    const shade = (this.shades[this.shadeCount] ??= createShade())
    this.shadeCount++
    return shade
  }

  private grow(size: number): void {
    this.x = new Float32Array(size)
    this.y = new Float32Array(size)
    this.w = new Float32Array(size)
    this.h = new Float32Array(size)
    this.look = new Uint8Array(size)
    this.colour = new Uint8Array(size)
    this.station = new Uint8Array(size)
    this.host = new Int32Array(size)
    this.tab = new Uint8Array(size)
  }
}
