/** The paths: boxes side by side, in two rows of small ones where they are many, and the links that lead to them. */
import type { QueueMode } from '../../engine/log/index.ts'
import { bottom, rect, right, type Point, type Rect } from '../rect.ts'
import { labelAbove } from './bands.ts'
import type { Rows } from './heights.ts'
import type { BandBox, BandKind, LinkLine, PathBox } from './parts.ts'
import type { LaneShape, PathShape } from './shape.ts'

/** More paths than this are two rows of compact boxes. */
const MOST_IN_A_ROW = 8
/** Between the rows, for the links of the second. */
const ROW_GAP = 7
/** Heights in a compact box. */
const COMPACT = { head: 15, device: 19, tags: 9, pad: 2 }

export function layoutPaths(
  shape: LaneShape,
  inner: Rect,
  y: number,
  height: number,
  u: number,
  rows: Rows,
): PathBox[] {
  const { paths, mode } = shape
  const compact = paths.length > MOST_IN_A_ROW
  const lines = compact ? 2 : 1
  const columns = Math.ceil(paths.length / lines)
  const gap = (columns > 4 ? 5 : 9) * u
  const w = (inner.w - gap * (columns - 1)) / Math.max(1, columns)
  const h = (height - ROW_GAP * u * (lines - 1)) / lines
  return paths.map((path, i) => {
    const box = rect(
      inner.x + (i % columns) * (w + gap),
      y + Math.floor(i / columns) * (h + ROW_GAP * u),
      w,
      h,
    )
    return compact ? layoutCompact(path, box, mode, u) : layoutPath(path, box, mode, u, rows)
  })
}

function bandKind(mode: QueueMode): BandKind {
  return mode === 'rq' ? 'bypass' : 'merge'
}

function layoutPath(
  { dev, disk, chain }: PathShape,
  box: Rect,
  mode: QueueMode,
  u: number,
  rows: Rows,
): PathBox {
  const head = rect(box.x + 9 * u, box.y, box.w - 18 * u, rows.pathHead * u)
  const below = (4 + rows.device + rows.tags + rows.pathPad) * u
  const bandBox = rect(box.x + 6 * u, bottom(head), box.w - 12 * u, box.h - head.h - below)
  const band = labelAbove(bandKind(mode), bandBox, u)
  const row = rect(box.x + 9 * u, bottom(bandBox) + 4 * u, box.w - 18 * u, rows.device * u)
  const labelW = box.w > 150 * u ? 56 * u : 0
  const countW = (box.w > 150 * u ? 62 : 56) * u
  const device = {
    label: rect(row.x, row.y, labelW, row.h),
    content: rect(row.x + labelW, row.y, row.w - labelW, row.h),
  }
  const tags = {
    label: rect(row.x, bottom(row), labelW, rows.tags * u),
    content: rect(row.x + labelW, bottom(row), row.w - labelW - countW, rows.tags * u),
    count: rect(right(row) - countW, bottom(row), countW, rows.tags * u),
  }
  return { dev, disk, chain, compact: false, box, head, band, device, tags }
}

/** A name, a row for what waits, one for what the device has, a bar of tags. */
function layoutCompact({ dev, disk, chain }: PathShape, box: Rect, mode: QueueMode, u: number): PathBox {
  const x = box.x + 4 * u
  const w = box.w - 8 * u
  const head = rect(x, box.y, w, COMPACT.head * u)
  const bandBox = rect(
    box.x + 2 * u,
    bottom(head),
    box.w - 4 * u,
    box.h - (COMPACT.head + COMPACT.device + COMPACT.tags + COMPACT.pad) * u,
  )
  const inBand = rect(bandBox.x + 4 * u, bandBox.y + 2 * u, bandBox.w - 6 * u, bandBox.h - 4 * u)
  const band: BandBox = {
    kind: bandKind(mode),
    box: bandBox,
    label: rect(bandBox.x, bandBox.y, bandBox.w, 0),
    content: inBand,
    pocket: rect(inBand.x + inBand.w / 2, inBand.y, inBand.w / 2, inBand.h),
  }
  const deviceY = bottom(bandBox)
  const tagsY = deviceY + COMPACT.device * u
  return {
    dev,
    disk,
    chain,
    compact: true,
    box,
    head,
    band,
    device: {
      label: rect(x, deviceY, 0, COMPACT.device * u),
      content: rect(x, deviceY + 2 * u, w, (COMPACT.device - 3) * u),
    },
    tags: {
      label: rect(x, tagsY, 0, COMPACT.tags * u),
      content: rect(x, tagsY, w, COMPACT.tags * u),
      count: rect(x, tagsY, 0, COMPACT.tags * u),
    },
  }
}

/** Where a link may enter a box, as shares of its width: far enough to go straight down where a node stands over the box. */
const ENTRY = { from: 0.42, to: 0.7 } as const

/**
 * From the foot of what chooses to the head of a path; to a box of the second row through the gap beside the one above it.
 * It enters between the words at the two ends of a head, so that what comes down the link covers none.
 */
export function linkTo(path: PathBox, from: Point, firstRowY: number, linkY: number, u: number): LinkLine {
  const { box, dev } = path
  const x = Math.min(Math.max(from.x, box.x + box.w * ENTRY.from), box.x + box.w * ENTRY.to)
  if (box.y <= firstRowY + 1)
    return {
      dev,
      points: [from, { x: from.x, y: linkY }, { x, y: linkY }, { x, y: box.y }],
    }
  const gapX = box.x - 2.5 * u
  const turnY = box.y - (ROW_GAP / 2) * u
  return {
    dev,
    points: [
      from,
      { x: from.x, y: linkY },
      { x: gapX, y: linkY },
      { x: gapX, y: turnY },
      { x, y: turnY },
      { x, y: box.y },
    ],
  }
}
