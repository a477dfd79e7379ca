/**
 * Where the boxes of one lane lie: a function of what the stack is (its shape) and how much room there is.
 *
 * Lanes of the same paths get the same skeleton (same map, same path boxes), so that the one thing that differs, the order
 * of the bands, is the one thing that the eye finds. All lengths are multiples of `unitPx` (1 at 1280x720), which is what
 * keeps the picture the same at 720p and at 4K.
 */
import { bottom, inset, rect, right, type Rect } from '../rect.ts'
import { LABEL_COLUMN } from './bands.ts'
import { layoutDm, noDm } from './dm.ts'
import { flexibleHeights, layersHeightUnits, pathHeightUnits, rowsFor, type Rows } from './heights.ts'
import { NO_CHOOSER, placeChooser } from './nodes.ts'
import type { LaneLayout, LayerBox, Room } from './parts.ts'
import { layoutPaths, linkTo } from './paths.ts'
import type { LaneShape } from './shape.ts'

const PAD = 10
/** Below this many units of width a lane puts its labels above the content instead of beside it. */
const NARROW_UNITS = 450
/** With more paths than this the boxes are too narrow to be read; a view says so instead. */
export const MOST_PATHS = 16

export function layoutLane(shape: LaneShape, room: Room): LaneLayout {
  const u = room.unitPx
  const narrow = room.widthPx < NARROW_UNITS * u
  const hasMap = shape.map !== undefined
  const rows = rowsFor(room.heightPx / u, shape.layers.length, hasMap, narrow)
  const flex = flexibleHeights(room.heightPx / u, shape.layers.length, hasMap, rows)
  const inner = rect(
    PAD * u,
    rows.padTop * u,
    room.widthPx - 2 * PAD * u,
    room.heightPx - (rows.padTop + rows.padBottom) * u,
  )
  const title = rect(inner.x + 4 * u, inner.y, inner.w - 8 * u, rows.title * u)
  const appY = bottom(title)
  const app = layoutApp(inner, appY, u, narrow, rows)
  const layers = layoutLayers(shape, inner, app, appY + rows.app * u, u, rows)
  const dmY = appY + (rows.app + layersHeightUnits(shape.layers.length, rows)) * u
  const dm = hasMap ? layoutDm(shape.mode, inner, dmY, flex, u, narrow, rows) : noDm(inner, dmY)
  const choose = dm.bands.find((band) => band.kind === 'choose')
  const chooser = choose === undefined ? NO_CHOOSER : placeChooser(shape, choose, u)
  const pathsH = pathHeightUnits(flex.path, rows) * u
  // Without a map a long link leads down to where other lanes have their paths: the strips of all lanes are level.
  const pathsEnd = room.heightPx - (2 * rows.gap + rows.lun + rows.sentence + rows.padBottom) * u
  const pathsY = Math.max(bottom(dm.box) + rows.link * u, hasMap ? 0 : pathsEnd - pathsH)
  const paths = layoutPaths(shape, inner, pathsY, pathsH, u, rows)
  const linkY = (bottom(dm.box) + pathsY) / 2
  const links = paths.map((path, i) => {
    const x = chooser.nodes[i]?.x ?? app.content.x + app.content.w / 2
    return linkTo(path, { x, y: choose === undefined ? dmY : bottom(choose.box) }, pathsY, linkY, u)
  })
  const lunY = pathsY + pathsH + rows.gap * u
  const lunLabelW = (narrow ? 34 : 100) * u
  return {
    unitPx: u,
    widthPx: room.widthPx,
    heightPx: room.heightPx,
    title,
    app,
    layers,
    map: shape.map,
    dm,
    ...chooser,
    links,
    linkY,
    paths,
    lun: {
      label: rect(inner.x + 4 * u, lunY, lunLabelW, rows.lun * u),
      strip: rect(inner.x + 4 * u + lunLabelW, lunY, inner.w - lunLabelW - 8 * u, rows.lun * u),
    },
    ...layoutFoot(inner, lunY + (rows.lun + rows.gap) * u, u, narrow, rows),
  }
}

function layoutApp(inner: Rect, y: number, u: number, narrow: boolean, rows: Rows): LaneLayout['app'] {
  const labelW = (narrow ? 70 : LABEL_COLUMN) * u
  const countW = (narrow ? 72 : 76) * u
  const h = rows.app * u
  return {
    label: rect(inner.x + 4 * u, y, labelW, h),
    content: inset(rect(inner.x + labelW + 8 * u, y, inner.w - labelW - countW - 20 * u, h), 0, 3 * u),
    count: rect(right(inner) - countW - 4 * u, y, countW, h),
  }
}

/** The sentence, and the conservation light at its end. */
function layoutFoot(
  inner: Rect,
  y: number,
  u: number,
  narrow: boolean,
  rows: Rows,
): Pick<LaneLayout, 'sentence' | 'kept'> {
  const keptW = (narrow ? 118 : 128) * u
  const h = rows.sentence * u
  const x = inner.x + 4 * u
  const w = inner.w - 8 * u
  return {
    sentence: rect(x, y, w - keptW - 10 * u, h),
    kept: rect(x + w - keptW, y, keptW, h),
  }
}

function layoutLayers(
  { layers }: LaneShape,
  inner: Rect,
  { content }: LaneLayout['app'],
  y: number,
  u: number,
  rows: Rows,
): LayerBox[] {
  return layers.map(({ dev }, i) => {
    const box = rect(inner.x, y + layersHeightUnits(i, rows) * u, inner.w, rows.layer * u)
    return {
      dev,
      box,
      label: rect(box.x + 10 * u, box.y, content.x - box.x - 14 * u, box.h),
      content: rect(content.x, box.y + 3 * u, right(box) - content.x - 8 * u, box.h - 6 * u),
    }
  })
}
