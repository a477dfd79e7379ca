/** A point of the page as a lane's layout counts it, however far the lane is enlarged. */
import type { Point } from '../../stage/rect.ts'

export function pointIn(lane: Element, clientX: number, clientY: number): Point {
  const stage = lane.querySelector<HTMLElement>('.lane-stage')
  const box = (stage ?? lane).getBoundingClientRect()
  const scale = stage === null || stage.offsetWidth === 0 ? 1 : box.width / stage.offsetWidth
  return { x: (clientX - box.left) / scale, y: (clientY - box.top) / scale }
}
