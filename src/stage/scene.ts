/**
 * Draws the moving part of a lane at one moment: outlines, blocks, frames, pointers, sockets, the address strip.
 *
 * In order of depth, and batched: all blocks of one colour are one path and one fill. Nothing is allocated in a frame.
 * Detail goes down with size: a thing too small for its label, halo or round corners is drawn without.
 */
import { BlkStatus, blkStatusName, SplitLimit } from '../engine/log/index.ts'
import type { Picture } from '../record/picture.ts'
import { NO_DEV, NO_SLOT, ObjectType, Place } from '../record/places.ts'
import { COLOUR_STEPS } from './address-colour.ts'
import type { LaneFacts } from './facts.ts'
import type { LaneLayout } from './layout.ts'
import type { Painter } from './painter.ts'
import type { Positions } from './positions.ts'
import type { Rect } from './rect.ts'
import { drawRings } from './rings.ts'
import { isBroken } from './sizes.ts'
import { STRIP_COLUMNS, type StripColumns } from './strip.ts'
import { Look, type Targets } from './targets.ts'
import { bytesText, sizeText } from './words.ts'

export interface Scene {
  readonly picture: Picture
  readonly layout: LaneLayout
  readonly facts: LaneFacts
  readonly targets: Targets
  readonly positions: Positions
  readonly strip: StripColumns
  /** 1 for rows of the family that is followed; undefined when nobody is. */
  readonly family: Uint8Array | undefined
  /** Row with the keyboard cursor, -1 = none. */
  readonly cursor: number
  /** Simulated time of the frame; between events it runs on. */
  readonly timeNs: number
}

const DIMMED = 0.22
/** Below these sizes, in units, a detail is left out. */
const ROUND_MIN = 5
const HALO_MIN = 6
const FRAME_MIN = 7
const LABEL_MIN = 21
/** With more things than this, outlines are plain: dashes cost a software canvas most. */
const DASHES_UP_TO = 400

/** Rows of blocks in order of colour, kept between frames. */
let order: Int32Array = new Int32Array(1024)
const starts = new Int32Array(COLOUR_STEPS + 1)

/** @returns true when something in it moves with simulated time, so that the next frame differs. */
export function drawScene(painter: Painter, scene: Scene): boolean {
  const { layout } = scene
  painter.begin(layout.widthPx, layout.heightPx)
  drawStrip(painter, scene)
  drawTags(painter, scene)
  if (scene.family === undefined) drawThings(painter, scene, undefined)
  else {
    painter.opacity(DIMMED)
    drawThings(painter, scene, 0)
    painter.opacity(1)
    drawThreads(painter, scene)
    drawThings(painter, scene, 1)
    drawFamilyOutlines(painter, scene)
  }
  drawPointer(painter, scene)
  drawCursor(painter, scene)
  painter.opacity(1)
  return drawRings(painter, scene.picture, layout, scene.targets.pockets, scene.timeNs)
}

/** `member` 0 or 1 draws only those outside or inside the family. */
function drawThings(painter: Painter, scene: Scene, member: 0 | 1 | undefined): void {
  outlines(painter, scene, member)
  frameGrounds(painter, scene, member)
  blocks(painter, scene, member)
  halos(painter, scene, member)
  frames(painter, scene, member)
  labels(painter, scene, member)
}

function chosen(scene: Scene, row: number, member: 0 | 1 | undefined): boolean {
  return member === undefined || scene.family?.[row] === member
}

function outlines(painter: Painter, scene: Scene, member: 0 | 1 | undefined): void {
  const { targets, positions: at, layout } = scene
  const u = layout.unitPx
  const dash = targets.shown > DASHES_UP_TO ? 'solid' : 'dashed'
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    const look = targets.look[row]!
    if ((look !== Look.io && look !== Look.waiting) || !chosen(scene, row, member)) continue
    painter.box(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, at.w[row]! > ROUND_MIN * u ? 3 * u : 0)
  }
  painter.stroke('hold', 1.1 * u, dash)
  ghostsOfHeld(painter, scene, member, dash)
}

/** An original request keeps the shape of its bios while its clone carries them. */
function ghostsOfHeld(
  painter: Painter,
  scene: Scene,
  member: 0 | 1 | undefined,
  dash: 'solid' | 'dashed',
): void {
  const { targets, positions: at, layout, picture } = scene
  const u = layout.unitPx
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    if (targets.look[row] !== Look.held || !chosen(scene, row, member)) continue
    if (at.h[row]! < FRAME_MIN * u) painter.box(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, 0)
    const bios = picture.slots.remaining[row]!
    const pad = Math.min(4 * u, at.h[row]! * 0.2)
    const w = (at.w[row]! - 2 * pad) / Math.max(1, bios)
    if (w < 3.5 * u || bios < 2) continue
    for (let i = 0; i < bios; i++)
      painter.box(at.x[row]! + pad + i * w, at.y[row]! + pad, w - 1.5 * u, at.h[row]! - 2 * pad, 2 * u)
  }
  painter.stroke('faint', 1 * u, dash)
}

/** Frames stand on a ground of the page's colour, so that gradients read the same on every band. */
function frameGrounds(painter: Painter, scene: Scene, member: 0 | 1 | undefined): void {
  const { targets, positions: at, layout } = scene
  const u = layout.unitPx
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    const look = targets.look[row]!
    if ((look !== Look.frame && look !== Look.clone_frame) || !chosen(scene, row, member)) continue
    if (at.h[row]! < FRAME_MIN * u) continue
    painter.box(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, 4 * u)
  }
  painter.fill('panel')
}

function isBlock(look: number): boolean {
  return look === Look.block || look === Look.clone || look === Look.ended
}

function blocks(painter: Painter, scene: Scene, member: 0 | 1 | undefined): void {
  const { targets, positions: at, layout } = scene
  const u = layout.unitPx
  sortByColour(scene, member)
  for (let step = 0; step < COLOUR_STEPS; step++) {
    const from = starts[step]!
    const to = starts[step + 1]!
    if (from === to) continue
    painter.path()
    for (let i = from; i < to; i++) {
      const row = order[i]!
      const w = at.w[row]!
      const radius = targets.shown > DASHES_UP_TO || w < ROUND_MIN * u ? 0 : 2.5 * u
      painter.box(at.x[row]!, at.y[row]!, w, at.h[row]!, radius)
    }
    painter.fill(step)
  }
}

function drawable(scene: Scene, row: number): boolean {
  const { targets, positions } = scene
  const look = targets.look[row]!
  if (!isBlock(look)) return false
  return look !== Look.ended || positions.progress[row]! < 1
}

function sortByColour(scene: Scene, member: 0 | 1 | undefined): void {
  const { targets } = scene
  if (order.length < targets.count) order = new Int32Array(targets.count * 2)
  starts.fill(0)
  for (let row = 0; row < targets.count; row++)
    if (drawable(scene, row) && chosen(scene, row, member)) starts[targets.colour[row]! + 1]!++
  for (let step = 0; step < COLOUR_STEPS; step++) starts[step + 1]! += starts[step]!
  const all = starts[COLOUR_STEPS]!
  for (let row = targets.count - 1; row >= 0; row--) {
    if (!drawable(scene, row) || !chosen(scene, row, member)) continue
    // Fill each colour's share from its end; `starts` of a colour is then where the colour begins.
    order[--starts[targets.colour[row]! + 1]!] = row
  }
  // Every entry has moved down by one colour: starts[c + 1] now says where colour c begins.
  starts.copyWithin(0, 1)
  starts[COLOUR_STEPS] = all
}

function halos(painter: Painter, scene: Scene, member: 0 | 1 | undefined): void {
  const { targets, positions: at, layout } = scene
  const u = layout.unitPx
  const many = targets.shown > DASHES_UP_TO
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    if (targets.look[row] !== Look.clone || !chosen(scene, row, member)) continue
    if (at.w[row]! < HALO_MIN * u || at.h[row]! < HALO_MIN * u) continue
    const out = targets.host[row]! >= 0 ? -0.6 * u : 1.6 * u
    painter.box(at.x[row]! - out, at.y[row]! - out, at.w[row]! + 2 * out, at.h[row]! + 2 * out, 3.5 * u)
  }
  painter.stroke('halo', 1.3 * u, many ? 'solid' : 'dashed')
}

function frames(painter: Painter, scene: Scene, member: 0 | 1 | undefined): void {
  const u = scene.layout.unitPx
  const many = scene.targets.shown > DASHES_UP_TO
  frameOutlines(painter, scene, member, Look.held)
  painter.stroke('hold', 1.2 * u, many ? 'solid' : 'dashed')
  frameOutlines(painter, scene, member, Look.frame)
  painter.stroke('merge', 1.8 * u, 'solid')
  frameOutlines(painter, scene, member, Look.clone_frame)
  painter.stroke('halo', 1.8 * u, many ? 'solid' : 'dashed')
}

function frameOutlines(painter: Painter, scene: Scene, member: 0 | 1 | undefined, look: Look): void {
  const { targets, positions: at, layout } = scene
  const u = layout.unitPx
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    if (targets.look[row] !== look || !chosen(scene, row, member)) continue
    if (at.h[row]! < FRAME_MIN * u || at.w[row]! < 4 * u) continue
    painter.box(at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, 4.5 * u)
  }
}

function labels(painter: Painter, scene: Scene, member: 0 | 1 | undefined): void {
  const { targets, positions: at, layout, picture } = scene
  if (targets.shown > DASHES_UP_TO) return
  const u = layout.unitPx
  const { slots } = picture
  for (let row = 0; row < targets.count; row++) {
    if (!chosen(scene, row, member)) continue
    const look = targets.look[row]!
    const w = at.w[row]!
    const middle = at.y[row]! + at.h[row]! / 2
    if (look === Look.block || look === Look.clone) blockLabel(painter, scene, row)
    else if (look === Look.waiting && slots.remaining[row]! > 0 && w > 9 * u && at.h[row]! > 11 * u)
      painter.text(
        String(slots.remaining[row]),
        at.x[row]! + w / 2,
        middle,
        9.5 * u,
        'muted',
        'center',
        false,
      )
    else if (targets.tab[row] === 1) tabLabel(painter, scene, row)
  }
}

function blockLabel(painter: Painter, scene: Scene, row: number): void {
  const { targets, positions: at, layout, picture } = scene
  const { slots } = picture
  const u = layout.unitPx
  const x = at.x[row]!
  const y = at.y[row]!
  const w = at.w[row]!
  const h = at.h[row]!
  const size = slots.sizeSectors[row]!
  const cut = slots.cut[row]!
  if (w > LABEL_MIN * u && h > 11 * u)
    painter.textOn(
      targets.colour[row]!,
      w > 46 * u ? sizeText(size) : bytesText(size),
      x + w / 2,
      y + h / 2,
      9.5 * u,
    )
  if (isBroken(size) && targets.host[row]! < 0 && w > 30 * u) breakMark(painter, x + w * 0.82, y, h, u)
  if (slots.status[row] !== BlkStatus.OK) failureMark(painter, scene, row)
  if (cut !== 0 && slots.type[row] === ObjectType.fragment && slots.place[row] === Place.submit)
    cutMark(painter, scene, row, cut)
}

/** Two slanted lines across a block: it is longer than drawn. */
function breakMark(painter: Painter, x: number, y: number, h: number, u: number): void {
  painter.path()
  painter.line(x - 2 * u, y + h, x + 1 * u, y)
  painter.line(x + 2 * u, y + h, x + 5 * u, y)
  painter.stroke('panel', 1.6 * u, 'solid')
}

/** On its way back and while it waits to be tried again; on a new path it is a fresh attempt. */
const COMES_BACK: ReadonlySet<number> = new Set([
  Place.queued_bios,
  Place.choose,
  Place.requeue,
  Place.completing,
  Place.ended,
])

function failureMark(painter: Painter, scene: Scene, row: number): void {
  const { targets, positions: at, layout, picture } = scene
  const { slots } = picture
  const u = layout.unitPx
  const bearer = targets.host[row]! >= 0 ? targets.host[row]! : row
  const place = slots.place[bearer]! as Place
  if (!COMES_BACK.has(place)) return
  cross(painter, at.x[row]!, at.y[row]!, at.w[row]!, at.h[row]!, u)
  const alone = picture.countIn(slots.dev[bearer]!, place) === 1
  if (!alone || (place !== Place.queued_bios && place !== Place.requeue)) return
  const said = blkStatusName(slots.status[row]!).replace('BLK_STS_', '')
  const x = at.x[bearer]! + at.w[bearer]! + 5 * u
  painter.text(said, x, at.y[bearer]! + at.h[bearer]! / 2, 9.5 * u, 'bad', 'left', true)
}

function cross(painter: Painter, x: number, y: number, w: number, h: number, u: number): void {
  const half = Math.min(w, h, 14 * u) / 2 - 2 * u
  if (half < 2) return
  const cx = x + w / 2
  const cy = y + h / 2
  painter.path()
  painter.line(cx - half, cy - half, cx + half, cy + half)
  painter.line(cx - half, cy + half, cx + half, cy - half)
  painter.stroke('bad', 2.4 * u, 'solid')
}

const LIMIT_NAMES: Readonly<Record<number, string>> = {
  [SplitLimit.max_sectors]: 'max_sectors_kb',
  [SplitLimit.max_segments]: 'max_segments',
  [SplitLimit.chunk_sectors]: 'chunk_sectors',
  [SplitLimit.virt_boundary]: 'virt_boundary_mask',
  [SplitLimit.max_discard]: 'discard_max_bytes',
  [SplitLimit.max_write_zeroes]: 'write_zeroes_max_bytes',
}

/** Width of a letter of its label, in units: enough for every face in the stack. */
const CUT_LETTER = 5.9

/** The cut itself, with the limit that made it. */
function cutMark(painter: Painter, scene: Scene, row: number, cut: number): void {
  const { positions: at, layout, picture } = scene
  const u = layout.unitPx
  const device = picture.header.devices[picture.slots.dev[row]!]
  const name = LIMIT_NAMES[cut] ?? 'limit'
  const value = device?.limits[name]
  const x = at.x[row]! + at.w[row]! + 1.5 * u
  painter.path()
  painter.line(x, at.y[row]! - 4 * u, x, at.y[row]! + at.h[row]! + 4 * u)
  painter.stroke('text', 1.6 * u, 'dotted')
  const said = `${name}${value === undefined ? '' : ` ${value}`} of ${device?.name ?? 'the queue'}`
  const path = layout.paths.find((candidate) => candidate.dev === picture.slots.dev[row])
  const end = path === undefined ? layout.widthPx : path.box.x + path.box.w
  const from = Math.min(x - 14 * u, end - said.length * CUT_LETTER * u)
  painter.text(said, from, at.y[row]! - 9 * u, 9.5 * u, 'text', 'left', false)
}

function tabLabel(painter: Painter, scene: Scene, row: number): void {
  const { positions: at, layout, picture, targets, facts } = scene
  const { slots } = picture
  const u = layout.unitPx
  const w = at.w[row]!
  const bios = slots.remaining[row]!
  const clone = slots.type[row] === ObjectType.request_clone
  const ink = targets.look[row] === Look.frame ? 'merge' : 'muted'
  const number = facts.ordinalOf(slots.id[row]!)
  const name = `${clone ? 'clone of request' : 'request'} ${number}`
  const size = sizeText(slots.sizeSectors[row]!)
  const count = `${bios} ${bios === 1 ? 'bio' : 'bios'}`
  const held = targets.look[row] === Look.held
  let text = `${number}`
  if (w > (clone ? 190 : 140) * u)
    text = held ? `${name} waits here, holds its tag` : `${name} · ${size} · ${count}`
  else if (w > 96 * u) text = held ? `${name} waits` : `${name} · ${size}`
  else if (w > 52 * u) text = `rq ${number}`
  painter.text(text, at.x[row]! + 2 * u, at.y[row]! - 6.5 * u, 10 * u, ink, 'left', true)
}

/** From what chooses to what was chosen, with the head of an arrow. */
function drawPointer(painter: Painter, scene: Scene): void {
  const { picture, layout, targets, positions: at } = scene
  const { slots } = picture
  const u = layout.unitPx
  for (let row = 0; row < targets.count; row++) {
    if (slots.place[row] !== Place.choose || slots.chosen[row] === NO_DEV || targets.look[row] === Look.none)
      continue
    const node = layout.nodes.find((candidate) => candidate.dev === slots.chosen[row])
    if (node === undefined) continue
    const y = at.y[row]! + at.h[row]! / 2
    const leftwards = node.x < at.x[row]!
    const from = leftwards ? at.x[row]! - 4 * u : at.x[row]! + at.w[row]! + 4 * u
    const to = leftwards ? node.x + node.halfWidth + 3 * u : node.x - node.halfWidth - 3 * u
    if (Math.abs(from - to) < 4 * u) continue
    const back = leftwards ? 6 * u : -6 * u
    painter.path()
    painter.line(from, y, to, node.y)
    painter.line(to, node.y, to + back, node.y - 4 * u)
    painter.line(to, node.y, to + back, node.y + 4 * u)
    painter.stroke('choose', 2.2 * u, 'solid')
  }
}

function drawThreads(painter: Painter, scene: Scene): void {
  const { picture, targets, positions: at, family, layout } = scene
  const { slots } = picture
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    if (family?.[row] !== 1 || targets.look[row] === Look.none) continue
    const parent = picture.find(slots.parent[row]!)
    if (parent === NO_SLOT || targets.look[parent] === Look.none) continue
    const x1 = at.x[parent]! + at.w[parent]! / 2
    const y1 = bottomOf(at, parent)
    const x2 = at.x[row]! + at.w[row]! / 2
    const y2 = at.y[row]!
    painter.curve(x1, y1, x2, (y1 + y2) / 2, x2, y2)
  }
  painter.stroke('focus', 1.4 * layout.unitPx, 'dotted')
}

function bottomOf(at: Positions, row: number): number {
  return at.y[row]! + at.h[row]!
}

function drawFamilyOutlines(painter: Painter, scene: Scene): void {
  const { targets, positions: at, family, layout } = scene
  const u = layout.unitPx
  painter.path()
  for (let row = 0; row < targets.count; row++) {
    if (family?.[row] !== 1 || targets.look[row] === Look.none || targets.look[row] === Look.ended) continue
    painter.box(at.x[row]! - 2.5 * u, at.y[row]! - 2.5 * u, at.w[row]! + 5 * u, at.h[row]! + 5 * u, 5 * u)
  }
  painter.stroke('focus', 1.8 * u, 'solid')
}

function drawCursor(painter: Painter, scene: Scene): void {
  const { cursor, targets, positions: at, layout } = scene
  if (cursor < 0 || cursor >= targets.count || targets.look[cursor] === Look.none) return
  const u = layout.unitPx
  painter.path()
  painter.box(
    at.x[cursor]! - 4 * u,
    at.y[cursor]! - 4 * u,
    at.w[cursor]! + 8 * u,
    at.h[cursor]! + 8 * u,
    6 * u,
  )
  painter.stroke('focus', 2.6 * u, 'solid')
}

/** Cells to be filled, then what is filled, in the colour of its address. */
function drawStrip(painter: Painter, scene: Scene): void {
  const { layout, facts, picture, strip } = scene
  const { strip: box } = layout.lun
  const u = layout.unitPx
  const span = Math.max(1, facts.range.lastSector - facts.range.firstSector)
  const cells = stripCells(span / facts.maxIoSectors)
  const y = box.y + 3 * u
  const h = box.h - 6 * u
  const cellW = box.w / cells
  for (let cell = 0; cell < cells; cell++) {
    painter.path()
    painter.box(box.x + cell * cellW + 0.8 * u, y, cellW - 1.6 * u, h, 2 * u)
    painter.stroke(stepOf((cell + 0.5) / cells), 1.1 * u, 'solid')
  }
  filledColumns(painter, strip, box, y, h, picture.index, cells === 64 ? 0 : cells, u)
}

/** A cell for each I/O where they are few; where one is large, parts of it. */
function stripCells(ios: number): number {
  return ios < 8 ? 16 : Math.min(64, Math.round(ios))
}

function filledColumns(
  painter: Painter,
  strip: StripColumns,
  box: Rect,
  y: number,
  h: number,
  index: number,
  cells: number,
  u: number,
): void {
  const columnW = box.w / STRIP_COLUMNS
  const perCell = cells === 0 ? 0 : STRIP_COLUMNS / cells
  let from = 0
  const flush = (to: number): void => {
    if (to <= from) return
    const seam = perCell === 0 ? 0 : 0.8 * u
    painter.path()
    painter.box(
      box.x + from * columnW + seam,
      y,
      (to - from) * columnW - 2 * seam,
      h,
      perCell === 0 ? 0 : 2 * u,
    )
    painter.fill(stepOf((from + to) / 2 / STRIP_COLUMNS))
  }
  for (let column = 0; column <= STRIP_COLUMNS; column++) {
    const done = column < STRIP_COLUMNS && strip.done[column]! <= index
    const newCell =
      perCell === 0 ? column - from >= 4 : Math.floor(column / perCell) !== Math.floor(from / perCell)
    if (!done || newCell) {
      flush(column)
      from = done ? column : column + 1
    }
  }
}

function stepOf(share: number): number {
  return Math.max(0, Math.min(COLOUR_STEPS - 1, Math.round(share * (COLOUR_STEPS - 1))))
}

/** Up to this many tags are sockets, more are a bar. */
const SOCKETS_UP_TO = 32

function drawTags(painter: Painter, scene: Scene): void {
  const { layout, picture } = scene
  for (const path of layout.paths) {
    const { used, total } = tagsOf(picture, path.dev)
    if (total <= 0) continue
    const area = path.tags.content
    const pitch = Math.min(area.h * 0.72, area.w / total)
    if (total <= SOCKETS_UP_TO && pitch > 4.5 * layout.unitPx)
      sockets(painter, area, used, total, pitch, layout.unitPx)
    else tagBar(painter, area, used, total, layout.unitPx)
  }
}

/** Tags in use and in all of a device: what an I/O must hold one of to be a request there. */
export function tagsOf(picture: Picture, dev: number): { used: number; total: number } {
  const { devices } = picture
  const row = devices.row(dev)
  const used = devices.hasScheduler[row] === 1 ? devices.schedTagsInUse[row]! : devices.driverTagsInUse[row]!
  return { used, total: devices.nrRequests[row]! }
}

function sockets(painter: Painter, area: Rect, used: number, total: number, pitch: number, u: number): void {
  const radius = pitch * 0.34
  const y = area.y + area.h / 2
  for (const full of [true, false]) {
    painter.path()
    for (let i = 0; i < total; i++)
      if (i < used === full) painter.circle(area.x + pitch * (i + 0.5), y, full ? radius + 0.6 * u : radius)
    if (full) painter.fill(used >= total ? 'bad' : 'text')
    else painter.stroke('hold', 1 * u, 'solid')
  }
}

function tagBar(painter: Painter, area: Rect, used: number, total: number, u: number): void {
  const h = 5 * u
  const y = area.y + (area.h - h) / 2
  painter.path()
  painter.box(area.x, y, area.w, h, 2 * u)
  painter.stroke('hold', 1 * u, 'solid')
  if (used === 0) return
  painter.path()
  painter.box(area.x, y, Math.max(3 * u, (area.w * Math.min(used, total)) / total), h, 2 * u)
  painter.fill(used >= total ? 'bad' : 'text')
}

/** Row of the thing under a point: the innermost one, -1 where there is none. */
export function hitTest(scene: Scene, x: number, y: number): number {
  const { targets, positions: at, layout } = scene
  const slack = 2 * layout.unitPx
  let best = -1
  let bestArea = Infinity
  for (let row = 0; row < targets.count; row++) {
    const look = targets.look[row]!
    if (look === Look.none || look === Look.ended) continue
    if (x < at.x[row]! - slack || x > at.x[row]! + at.w[row]! + slack) continue
    if (y < at.y[row]! - slack || y > at.y[row]! + at.h[row]! + slack) continue
    const area = at.w[row]! * at.h[row]!
    if (area < bestArea) {
      best = row
      bestArea = area
    }
  }
  return best
}
