/** The paths: boxes side by side, and the links that lead to them. */
import type { QueueMode } from '../../engine/log/index.ts'
import { bottom, rect, right, type Rect } from '../rect.ts'
import { labelAbove } from './bands.ts'
import { pathHeightUnits, ROW } from './heights.ts'
import type { LaneShape, LinkLine, PathBox, SelectorNode } from './parts.ts'

export function layoutPaths(shape: LaneShape, inner: Rect, y: number, bandH: number, u: number): PathBox[] {
  const count = shape.paths.length
  const gap = (count > 4 ? 5 : 9) * u
  const w = (inner.w - gap * (count - 1)) / Math.max(1, count)
  const h = bandH + pathHeightUnits(0) * u
  return shape.paths.map((dev, i) =>
    layoutPath(dev, rect(inner.x + i * (w + gap), y, w, h), bandH, shape.mode, u),
  )
}

function layoutPath(dev: number, box: Rect, bandH: number, mode: QueueMode, u: number): PathBox {
  const head = rect(box.x + 9 * u, box.y, box.w - 18 * u, ROW.pathHead * u)
  const bandBox = rect(box.x + 6 * u, bottom(head), box.w - 12 * u, bandH)
  const band = labelAbove(mode === 'rq' ? 'bypass' : 'merge', bandBox, u)
  const row = rect(box.x + 9 * u, bottom(bandBox) + 4 * u, box.w - 18 * u, ROW.device * u)
  const labelW = box.w > 150 * u ? 56 * u : 0
  const countW = (box.w > 150 * u ? 62 : 56) * u
  const device = {
    label: rect(row.x, row.y, labelW, row.h),
    content: rect(row.x + labelW, row.y, row.w - labelW, row.h),
  }
  const tags = {
    label: rect(row.x, bottom(row), labelW, ROW.tags * u),
    content: rect(row.x + labelW, bottom(row), row.w - labelW - countW, ROW.tags * u),
    count: rect(right(row) - countW, bottom(row), countW, ROW.tags * u),
  }
  return { dev, box, head, band, device, tags }
}

/** From the foot of the choosing band, under its node, to the head of the path. */
export function linkTo(
  node: SelectorNode,
  paths: readonly PathBox[],
  bandBottom: number,
): LinkLine {
  const path = paths.find((candidate) => candidate.dev === node.dev)!
  // Between the words at the two ends of its head, so that what comes down the link covers none.
  const x = Math.min(Math.max(node.x, path.box.x + path.box.w * 0.5), path.box.x + path.box.w * 0.66)
  return { dev: node.dev, from: { x: node.x, y: bandBottom }, to: { x, y: path.box.y } }
}
