/**
 * The thread that draws a crowd: it owns a canvas of the page, draws each list of strokes that comes, and says when it has.
 * So the page's own thread is spared the filling of pixels, which without a graphics card is most of a frame.
 */
import { drawStrokes, type Strokes } from '../../stage/strokes.ts'
import type { Painter } from '../../stage/painter.ts'
import { canvasPainter, type CanvasTheme } from './canvas-painter.ts'

export type ToCrowd =
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas; readonly theme: CanvasTheme }
  | { readonly kind: 'draw'; readonly strokes: Strokes; readonly width: number; readonly height: number }

interface Thread {
  onmessage: ((event: { readonly data: ToCrowd }) => void) | null
  postMessage(drawn: 'drawn'): void
}

const thread = globalThis as unknown as Thread
let canvas: OffscreenCanvas | undefined
let painter: Painter | undefined

thread.onmessage = ({ data }) => {
  if (data.kind === 'canvas') {
    canvas = data.canvas
    painter = canvasPainter(canvas, data.theme)
    thread.postMessage('drawn')
    return
  }
  if (canvas === undefined || painter === undefined) return
  if (canvas.width !== data.width) canvas.width = data.width
  if (canvas.height !== data.height) canvas.height = data.height
  drawStrokes(data.strokes, painter)
  thread.postMessage('drawn')
}
