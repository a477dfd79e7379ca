/**
 * Where the boxes of one lane lie: a function of what the stack is (mode, paths) and how much room there is.
 *
 * Both lanes get the same skeleton (same dm box, same path boxes), so that the one thing that differs, the order of the
 * bands, is the one thing that the eye finds. All lengths are multiples of `unitPx` (1 at 1280x720), which is what keeps
 * the picture the same at 720p and at 4K.
 */
import type { QueueMode } from '../engine/log/index.ts'
import { bottom, inset, rect, right, type Point, type Rect } from './rect.ts'

/** The kinds of band; name, colour and icon of a kind are the same wherever it lies. */
export type BandKind = 'split' | 'merge' | 'choose' | 'bypass'

export interface LaneShape {
  readonly mode: QueueMode
  /** Device indices of the paths, in table order. */
  readonly paths: readonly number[]
  /** Their names, in the same order; a selector node is as wide as its name. */
  readonly names: readonly string[]
}

export interface Room {
  readonly widthPx: number
  readonly heightPx: number
  readonly unitPx: number
}

export interface BandBox {
  readonly kind: BandKind
  readonly box: Rect
  readonly label: Rect
  /** Where I/Os are drawn while nothing waits in the pocket. */
  readonly content: Rect
  /** Right part of the content, taken by a pocket (queued_bios, requeue list, hctx->dispatch) while it is used. */
  readonly pocket: Rect
}

export interface SelectorNode extends Point {
  readonly dev: number
  readonly radius: number
  /** At least the radius. */
  readonly halfWidth: number
}

export interface LinkLine {
  readonly dev: number
  readonly from: Point
  readonly to: Point
}

export interface PathBox {
  readonly dev: number
  readonly box: Rect
  readonly head: Rect
  readonly band: BandBox
  /** What the device has been given and not yet answered. */
  readonly device: { readonly label: Rect; readonly content: Rect }
  readonly tags: { readonly label: Rect; readonly content: Rect; readonly count: Rect }
}

export interface LaneLayout {
  readonly unitPx: number
  readonly widthPx: number
  readonly heightPx: number
  readonly title: Rect
  readonly app: { readonly label: Rect; readonly content: Rect; readonly count: Rect }
  readonly dm: { readonly box: Rect; readonly head: Rect; readonly bands: readonly BandBox[] }
  readonly nodes: readonly SelectorNode[]
  readonly links: readonly LinkLine[]
  readonly paths: readonly PathBox[]
  readonly lun: { readonly label: Rect; readonly strip: Rect }
  readonly sentence: Rect
}

/** Heights in units; the flexible rows share what is left in proportion to their weight. */
const ROW = {
  padTop: 6,
  title: 30,
  app: 28,
  dmHead: 22,
  bandGap: 5,
  dmPad: 7,
  link: 20,
  pathHead: 22,
  device: 30,
  tags: 18,
  pathPad: 5,
  gap: 6,
  lun: 22,
  sentence: 40,
  padBottom: 4,
}
const FLEX = { first: 1.1, second: 1, path: 1 }
const MIN_FLEX_UNITS = 40
const PAD = 10
const LABEL_COLUMN = 200
/** Below this many units of width a lane puts its labels above the content instead of beside it. */
const NARROW_UNITS = 450
const POCKET_SHARE = 0.4
/** The pocket of a path needs room for `hctx->dispatch`. */
const PATH_POCKET_SHARE = 0.52
/** More paths than this stand in two rows. */
const PATHS_PER_ROW = 8

export function layoutLane(shape: LaneShape, room: Room): LaneLayout {
  const u = room.unitPx
  const narrow = room.widthPx < NARROW_UNITS * u
  const rowCount = Math.max(1, Math.ceil(shape.paths.length / PATHS_PER_ROW))
  const flex = flexibleHeights(room.heightPx / u, rowCount)
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
  const paths = layoutPaths(shape, inner, pathsY, flex.path * u, rowCount, u)
  const links = nodes.map((node) => linkTo(node, paths, bottom(choose.box), u))
  const lunY = pathsY + rowCount * pathHeightUnits(flex.path) * u + (rowCount - 1) * ROW.gap * u + ROW.gap * u
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
    paths,
    lun: {
      label: rect(inner.x + 4 * u, lunY, lunLabelW, ROW.lun * u),
      strip: rect(inner.x + 4 * u + lunLabelW, lunY, inner.w - lunLabelW - 8 * u, ROW.lun * u),
    },
    sentence: rect(inner.x + 4 * u, lunY + (ROW.lun + ROW.gap) * u, inner.w - 8 * u, ROW.sentence * u),
  }
}

interface FlexHeights {
  readonly first: number
  readonly second: number
  readonly path: number
}

function pathHeightUnits(flexPath: number): number {
  return ROW.pathHead + flexPath + 4 + ROW.device + ROW.tags + ROW.pathPad
}

function flexibleHeights(heightUnits: number, rowCount: number): FlexHeights {
  const dm = ROW.dmHead + ROW.bandGap + ROW.dmPad
  const paths = rowCount * pathHeightUnits(0) + (rowCount - 1) * ROW.gap
  const fixed =
    ROW.padTop +
    ROW.title +
    ROW.app +
    dm +
    ROW.link +
    paths +
    2 * ROW.gap +
    ROW.lun +
    ROW.sentence +
    ROW.padBottom
  const weight = FLEX.first + FLEX.second + FLEX.path * rowCount
  const each = (heightUnits - fixed) / weight
  const share = (w: number): number => Math.max(MIN_FLEX_UNITS, each * w)
  return { first: share(FLEX.first), second: share(FLEX.second), path: share(FLEX.path) }
}

function layoutApp(inner: Rect, y: number, u: number, narrow: boolean): LaneLayout['app'] {
  const labelW = (narrow ? 70 : LABEL_COLUMN) * u
  const countW = (narrow ? 72 : 76) * u
  const h = ROW.app * u
  return {
    label: rect(inner.x + 4 * u, y, labelW, h),
    content: inset(rect(inner.x + labelW + 8 * u, y, inner.w - labelW - countW - 12 * u, h), 0, 3 * u),
    count: rect(right(inner) - countW - 4 * u, y, countW, h),
  }
}

function layoutDm(
  mode: QueueMode,
  inner: Rect,
  y: number,
  flex: FlexHeights,
  u: number,
  narrow: boolean,
): LaneLayout['dm'] {
  const height = (ROW.dmHead + flex.first + ROW.bandGap + flex.second + ROW.dmPad) * u
  const box = rect(inner.x, y, inner.w, height)
  const head = rect(box.x + PAD * u, y, box.w - 2 * PAD * u, ROW.dmHead * u)
  const bandX = box.x + 7 * u
  const bandW = box.w - 14 * u
  const firstBox = rect(bandX, bottom(head), bandW, flex.first * u)
  const secondBox = rect(bandX, bottom(firstBox) + ROW.bandGap * u, bandW, flex.second * u)
  const first: BandKind = mode === 'bio' ? 'split' : 'merge'
  const place = narrow ? labelAbove : labelBeside
  return { box, head, bands: [place(first, firstBox, u), place('choose', secondBox, u)] }
}

function labelBeside(kind: BandKind, box: Rect, u: number): BandBox {
  const labelW = (LABEL_COLUMN - 6) * u
  const label = rect(box.x + 8 * u, box.y + 4 * u, labelW - 8 * u, box.h - 8 * u)
  const content = rect(box.x + labelW + 2 * u, box.y + 3 * u, box.w - labelW - 8 * u, box.h - 6 * u)
  return { kind, box, label, content, pocket: pocketOf(content, POCKET_SHARE) }
}

function labelAbove(kind: BandKind, box: Rect, u: number): BandBox {
  const label = rect(box.x + 8 * u, box.y + 1 * u, box.w - 14 * u, 17 * u)
  const content = rect(box.x + 10 * u, bottom(label), box.w - 16 * u, box.h - 19 * u)
  return { kind, box, label, content, pocket: pocketOf(content, PATH_POCKET_SHARE) }
}

function pocketOf(content: Rect, share: number): Rect {
  const w = content.w * share
  return rect(right(content) - w, content.y, w, content.h)
}

/** Selector nodes stand evenly in the choosing band, so that a pointer to the next one never crosses a name. */
function placeNodes({ paths, names }: LaneShape, choose: BandBox, u: number): SelectorNode[] {
  const { content } = choose
  const step = content.w / Math.max(1, paths.length)
  const radius = Math.max(5 * u, Math.min(17 * u, content.h * 0.3, step * 0.3))
  return paths.map((dev, i) => ({
    dev,
    x: content.x + step * (i + 0.5),
    y: content.y + radius + Math.max(2 * u, (content.h - 2 * radius) * 0.24),
    radius,
    halfWidth: Math.max(radius, Math.min(step * 0.46, ((names[i] ?? '').length * 3.9 + 7) * u)),
  }))
}

function layoutPaths(
  shape: LaneShape,
  inner: Rect,
  y: number,
  bandH: number,
  rowCount: number,
  u: number,
): PathBox[] {
  const perRow = Math.ceil(shape.paths.length / rowCount)
  const gap = (perRow > 4 ? 5 : 9) * u
  const w = (inner.w - gap * (perRow - 1)) / Math.max(1, perRow)
  const h = bandH + pathHeightUnits(0) * u
  return shape.paths.map((dev, i) => {
    const box = rect(inner.x + (i % perRow) * (w + gap), y + Math.floor(i / perRow) * (h + ROW.gap * u), w, h)
    return layoutPath(dev, box, bandH, shape.mode, u)
  })
}

function layoutPath(dev: number, box: Rect, bandH: number, mode: QueueMode, u: number): PathBox {
  const head = rect(box.x + 9 * u, box.y, box.w - 18 * u, ROW.pathHead * u)
  const bandBox = rect(box.x + 6 * u, bottom(head), box.w - 12 * u, bandH)
  const band = labelAbove(mode === 'bio' ? 'merge' : 'bypass', bandBox, u)
  const row = rect(box.x + 9 * u, bottom(bandBox) + 4 * u, box.w - 18 * u, ROW.device * u)
  const labelW = box.w > 150 * u ? 56 * u : 0
  const countW = (box.w > 150 * u ? 62 : 40) * u
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
function linkTo(node: SelectorNode, paths: readonly PathBox[], bandBottom: number, u: number): LinkLine {
  const path = paths.find((candidate) => candidate.dev === node.dev)!
  const margin = Math.min(14 * u, path.box.w / 3)
  const x = Math.min(Math.max(node.x, path.box.x + margin), right(path.box) - margin)
  return { dev: node.dev, from: { x: node.x, y: bandBottom }, to: { x, y: path.box.y } }
}
