/**
 * A second canvas over that of a lane, drawn by a thread of its own (crowd-worker.ts) while a crowd is on the stage or the
 * show plays. What stands still is drawn on the lane's own canvas at once; what moves may be a frame late, and while the
 * thread is busy frames are left out, so that the page never waits for it.
 */
import type { Painter } from '../../stage/painter.ts'
import { StrokeWriter } from '../../stage/strokes.ts'
import type { CanvasTheme } from './canvas-painter.ts'
import type { ToCrowd } from './crowd-worker.ts'

/** False once a thread could not be started: from then on everything is drawn on the lane's own canvas. */
let works = typeof OffscreenCanvas === 'function'

/** What the thread has drawn is seen a frame later: before that, what it drew when it was last shown would be. */
const FRESH_AFTER = 1

/** A crowd canvas over a lane's own, undefined where there can be none; `again` asks for a frame. */
export function openCrowd(
  own: HTMLCanvasElement,
  theme: CanvasTheme,
  again: () => void,
): CrowdCanvas | undefined {
  if (!works) return undefined
  try {
    return new CrowdCanvas(own, theme, again)
  } catch {
    works = false
    return undefined
  }
}

export class CrowdCanvas {
  private readonly own: HTMLCanvasElement
  private readonly again: () => void
  private readonly canvas: HTMLCanvasElement
  private readonly worker: Worker
  private readonly writer: StrokeWriter
  /** Set once the thread has answered. */
  isReady = false
  private isBusy = true
  private isShown = false
  /** Frames to be drawn before it is shown. */
  private owing = FRESH_AFTER
  /** A frame that was asked for still counts when it comes. */
  private isWanted = false

  constructor(own: HTMLCanvasElement, theme: CanvasTheme, again: () => void) {
    this.own = own
    this.again = again
    this.canvas = own.ownerDocument.createElement('canvas')
    this.canvas.className = 'lane-canvas crowd'
    this.canvas.setAttribute('aria-hidden', 'true')
    this.canvas.style.visibility = 'hidden'
    own.after(this.canvas)
    this.worker = new Worker(new URL('./crowd-worker.ts', import.meta.url), { type: 'module', name: 'crowd' })
    this.worker.onmessage = () => this.drawn()
    this.worker.onerror = () => {
      works = false
      this.close()
      again()
    }
    this.writer = new StrokeWriter(() => this.send())
    const canvas = this.canvas.transferControlToOffscreen()
    this.post({ kind: 'canvas', canvas, theme }, [canvas])
  }

  /** What to draw the next frame with; undefined while the thread still draws the one before. */
  painter(): Painter | undefined {
    this.isWanted = true
    return this.isBusy ? undefined : this.writer.painter
  }

  /** The lane's own canvas is drawn again; true where that was not seen until now. */
  leave(): boolean {
    this.isWanted = false
    this.owing = FRESH_AFTER
    if (!this.isShown) return false
    this.swap(false)
    return true
  }

  close(): void {
    this.isReady = false
    this.leave()
    this.worker.terminate()
    this.canvas.remove()
  }

  private send(): void {
    const { width, height } = this.own
    const strokes = this.writer.taken()
    this.isBusy = true
    this.post({ kind: 'draw', strokes, width, height }, [strokes.numbers.buffer])
  }

  private drawn(): void {
    this.isBusy = false
    this.isReady = true
    if (this.isShown) return
    if (!this.isWanted || this.owing-- > 0) this.again()
    else this.swap(true)
  }

  private swap(toCrowd: boolean): void {
    this.isShown = toCrowd
    this.canvas.style.visibility = toCrowd ? '' : 'hidden'
    this.own.style.visibility = toCrowd ? 'hidden' : ''
  }

  private post(message: ToCrowd, transfer: Transferable[]): void {
    this.worker.postMessage(message, transfer)
  }
}
