/**
 * A lane enlarged: two fingers, or the wheel with Ctrl, around what is under them; one finger moves it then. Who goes on
 * where it cannot grow any more opens the queue there. Outside React: the styles of the lane follow the fingers.
 */
import type { Point } from '../../stage/rect.ts'
import { LARGEST, moved, pinched, WHOLE, type Frame, type ZoomView } from '../../stage/zoom.ts'

export interface ZoomTarget {
  /** The lane has stopped growing: it can be drawn as sharp as it is large. */
  readonly onSettled: (scale: number) => void
  /** More was asked for than there is, at a point of the page. */
  readonly onDeeper: (clientX: number, clientY: number) => void
}

const PER_WHEEL_PX = 0.0025
/** Enlarging beyond the largest by so much opens what is inside. */
const DEEPER = 1.35
const SETTLED_MS = 150

export class LaneZoom {
  private readonly lane: HTMLElement
  private readonly target: ZoomTarget
  private readonly button: HTMLButtonElement
  private readonly fingers = new Map<number, Point>()
  private view: ZoomView = WHOLE
  /** What was asked for beyond the largest. */
  private beyond = 1
  private timer = 0
  private readonly gone = new AbortController()

  constructor(lane: HTMLElement, target: ZoomTarget) {
    this.lane = lane
    this.target = target
    this.button = lane.ownerDocument.createElement('button')
    this.button.type = 'button'
    this.button.className = 'zoom-out'
    this.button.hidden = true
    this.button.addEventListener('click', (event) => {
      event.stopPropagation()
      this.show(WHOLE)
    })
    lane.append(this.button)
    const { signal } = this.gone
    lane.addEventListener('wheel', (event) => this.wheel(event), { signal, passive: false })
    lane.addEventListener('pointerdown', (event) => this.down(event), { signal })
    lane.addEventListener('pointermove', (event) => this.move(event), { signal })
    for (const name of ['pointerup', 'pointercancel', 'pointerleave'] as const)
      lane.addEventListener(name, (event) => this.fingers.delete(event.pointerId), { signal })
  }

  close(): void {
    clearTimeout(this.timer)
    this.gone.abort()
    this.button.remove()
    this.show(WHOLE)
    clearTimeout(this.timer)
  }

  private wheel(event: WheelEvent): void {
    if (!event.ctrlKey || this.isInside(event)) return
    event.preventDefault()
    const { clientX: x, clientY: y } = event
    this.grow(Math.exp(-event.deltaY * PER_WHEEL_PX), { x, y }, { x, y })
  }

  private down(event: PointerEvent): void {
    if (event.pointerType !== 'touch' || this.isInside(event)) return
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
  }

  private move(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId)
    if (before === undefined || this.fingers.size > 2) return
    const now = { x: event.clientX, y: event.clientY }
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1]
    this.fingers.set(event.pointerId, now)
    if (other === undefined) {
      if (this.view.scale > 1) this.show(moved(this.view, now.x - before.x, now.y - before.y, this.frame()))
      return
    }
    const from = middle(before, other)
    const to = middle(now, other)
    this.grow(distance(now, other) / Math.max(1, distance(before, other)), from, to)
  }

  /** The inside of a queue that is open over the lane scrolls and zooms as it likes. */
  private isInside({ target }: Event): boolean {
    return target instanceof Element && target.closest('.zoom') !== null
  }

  private grow(factor: number, from: Point, to: Point): void {
    const box = this.lane.getBoundingClientRect()
    this.beyond = this.view.scale * factor > LARGEST ? this.beyond * factor : 1
    if (this.beyond > DEEPER) {
      this.target.onDeeper(to.x, to.y)
      this.fingers.clear()
      this.show(WHOLE)
      return
    }
    const left = box.left + this.lane.clientLeft
    const top = box.top + this.lane.clientTop
    const inLane = ({ x, y }: Point): Point => ({ x: x - left, y: y - top })
    this.show(pinched(this.view, factor, inLane(from), inLane(to), this.frame()))
  }

  private frame(): Frame {
    return { widthPx: this.lane.clientWidth, heightPx: this.lane.clientHeight }
  }

  private show(view: ZoomView): void {
    if (view.scale === 1) this.beyond = 1
    this.view = view
    const { lane, button } = this
    lane.toggleAttribute('data-zoomed', view.scale > 1)
    lane.style.setProperty('--zoom', String(view.scale))
    lane.style.setProperty('--zoom-x', `${view.x}px`)
    lane.style.setProperty('--zoom-y', `${view.y}px`)
    button.hidden = view.scale === 1
    button.textContent = `× ${view.scale.toFixed(1)} · whole lane`
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => this.target.onSettled(view.scale), SETTLED_MS)
  }
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
