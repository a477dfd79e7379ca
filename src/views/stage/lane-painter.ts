/**
 * What a lane is drawn with: its own canvas; for a crowd, and while the show plays, one with a thread of its own, once that
 * has loaded. What stands still is drawn at once and by ourselves.
 */
import type { LaneShow } from '../../stage/lane-show.ts'
import type { Painter } from '../../stage/painter.ts'
import { telling } from '../telling.ts'
import { canvasPainter, type CanvasTheme } from './canvas-painter.ts'
import type { CrowdCanvas } from './crowd-canvas.ts'

/** 32 MB. */
const MOST_PIXELS = 8_000_000

export class LanePainter {
  private readonly canvas: HTMLCanvasElement
  private readonly theme: CanvasTheme
  private readonly own: Painter
  private crowd: CrowdCanvas | undefined

  constructor(canvas: HTMLCanvasElement, theme: CanvasTheme) {
    this.canvas = canvas
    this.theme = theme
    this.own = canvasPainter(canvas, theme)
  }

  /** For the next frame; undefined where that has to wait. */
  of(show: LaneShow, playing: boolean): Painter | undefined {
    if (playing || show.isCrowd) {
      this.crowd ??= telling()?.openCrowd(this.canvas, this.theme, () => show.redraw())
      if (this.crowd?.isReady === true) return this.crowd.painter()
    } else if (this.crowd?.leave() === true) show.redraw()
    return this.own
  }

  /** Drawn as sharp as the lane is enlarged, within what a canvas can hold. */
  sharpen(scale: number, show: LaneShow): void {
    const { widthPx, heightPx } = show.layout
    const most = Math.sqrt(MOST_PIXELS / (widthPx * heightPx))
    const ratio = Math.min(Math.min(3, window.devicePixelRatio) * scale, most)
    const width = Math.round(widthPx * ratio)
    const height = Math.round(heightPx * ratio)
    if (width === this.canvas.width && height === this.canvas.height) return
    this.canvas.width = width
    this.canvas.height = height
    show.invalidate()
  }

  close(): void {
    this.crowd?.close()
    this.crowd = undefined
  }
}
