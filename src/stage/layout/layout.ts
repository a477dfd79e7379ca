/**
 * Where the boxes of one lane lie: a function of what the stack is (mode, paths) and how much room there is.
 *
 * Both lanes get the same skeleton (same dm box, same path boxes), so that the one thing that differs, the order of the
 * bands, is the one thing that the eye finds. All lengths are multiples of `unitPx` (1 at 1280x720), which is what keeps
 * the picture the same at 720p and at 4K.
 */
import { bottom, inset, rect, right, type Rect } from '../rect.ts'
import { LABEL_COLUMN } from './bands.ts'
import { layoutDm, placeNodes } from './dm.ts'
import { flexibleHeights, pathHeightUnits, ROW } from './heights.ts'
import type { LaneLayout, LaneShape, Room } from './parts.ts'
import { layoutPaths, linkTo } from './paths.ts'

const PAD = 10
/** Below this many units of width a lane puts its labels above the content instead of beside it. */
const NARROW_UNITS = 450
/** With more paths than this the boxes are too narrow to be read; a view says so instead. */
export const MOST_PATHS = 8

export function layoutLane(shape: LaneShape, room: Room): LaneLayout {
  const u = room.unitPx
  const narrow = room.widthPx < NARROW_UNITS * u
  const flex = flexibleHeights(room.heightPx / u)
  const inner = rect(
    PAD * u,
    ROW.padTop * u,
    room.widthPx - 2 * PAD * u,
    room.heightPx - (ROW.padTop + ROW.padBottom) * u,
  )

  const title = rect(inner.x + 4 * u, inner.y, inner.w - 8 * u, ROW.title * u)
  const appY = bottom(title)
  const app = layoutApp(inner, appY, u, narrow)
  const dm = layoutDm(shape.mode, inner, appY + ROW.app * u, flex, u, narrow)
  const choose = dm.bands.find((band) => band.kind === 'choose')!
  const nodes = placeNodes(shape, choose, u)
  const pathsY = bottom(dm.box) + ROW.link * u
  const paths = layoutPaths(shape, inner, pathsY, flex.path * u, u)
  const links = nodes.map((node) => linkTo(node, paths, bottom(choose.box)))
  const lunY = pathsY + (pathHeightUnits(flex.path) + ROW.gap) * u
  const lunLabelW = (narrow ? 34 : 92) * u
  return {
    unitPx: u,
    widthPx: room.widthPx,
    heightPx: room.heightPx,
    title,
    app,
    dm,
    nodes,
    links,
    linkY: (bottom(dm.box) + pathsY) / 2,
    paths,
    lun: {
      label: rect(inner.x + 4 * u, lunY, lunLabelW, ROW.lun * u),
      strip: rect(inner.x + 4 * u + lunLabelW, lunY, inner.w - lunLabelW - 8 * u, ROW.lun * u),
    },
    sentence: rect(inner.x + 4 * u, lunY + (ROW.lun + ROW.gap) * u, inner.w - 8 * u, ROW.sentence * u),
  }
}

function layoutApp(inner: Rect, y: number, u: number, narrow: boolean): LaneLayout['app'] {
  const labelW = (narrow ? 70 : LABEL_COLUMN) * u
  const countW = (narrow ? 72 : 76) * u
  const h = ROW.app * u
  return {
    label: rect(inner.x + 4 * u, y, labelW, h),
    content: inset(rect(inner.x + labelW + 8 * u, y, inner.w - labelW - countW - 20 * u, h), 0, 3 * u),
    count: rect(right(inner) - countW - 4 * u, y, countW, h),
  }
}
