/** What a lane is drawn with: its own canvas, and for a crowd one with a thread of its own, once that has loaded. */
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
  of(show: LaneShow): Painter | undefined {
    if (!show.isCrowd) {
      this.crowd?.leave()
      return this.own
    }
    this.crowd ??= telling()?.openCrowd(this.canvas, this.theme)
    return this.crowd?.isOpen === true ? this.crowd.painter() : this.own
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
