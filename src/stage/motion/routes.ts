/**
 * The way between two areas of a lane: the corners of a line that keeps to the drawn links, to the gaps between bands and
 * boxes, and to the free side of the names, so that what travels never lies on a word for long.
 *
 * A route is a list of corners; its ends are where the thing is and where it belongs.
 */
import type { BandBox, LaneLayout } from '../layout/parts.ts'
import { bottom, right, type Point } from '../rect.ts'
import { pathOfStation, Station } from './stations.ts'

/** Corners are written as x, y, x, y ... */
export type Corners = number[]

/** Above the foot of the choosing band, below the words of its nodes, in units. */
const UNDER_NODES = 6
/** Beside the last node. */
const BESIDE_NODES = 7

/** Corners from one station to another; nothing for a move within one. */
export function routeBetween(
  layout: LaneLayout,
  from: number,
  to: number,
  start: Point,
  end: Point,
  out: Corners,
): Corners {
  out.length = 0
  if (from === to || from === Station.none || to === Station.none) return out
  const fromPath = pathOfStation(from)
  const toPath = pathOfStation(to)
  if (to === Station.strip) toStrip(layout, fromPath, start, end, out)
  else if (fromPath >= 0 && toPath >= 0) {
    if (fromPath !== toPath) {
      upTheLink(layout, fromPath, out)
      downTheLink(layout, toPath, out)
    }
  } else if (toPath >= 0) {
    if (layout.map !== undefined) leaveDm(layout, from, start, toPath, out)
    downTheLink(layout, toPath, out)
  } else if (fromPath >= 0) {
    upTheLink(layout, fromPath, out)
    if (layout.map !== undefined) enterDm(layout, to, end, fromPath, out)
  } else if (crossesBands(from, to)) {
    const y = gapBetweenBands(layout)
    out.push(start.x, y, end.x, y)
  }
  return out
}

function crossesBands(from: number, to: number): boolean {
  return (from === Station.choose) !== (to === Station.choose)
}

function chooseBand(layout: LaneLayout): BandBox {
  return layout.dm.bands.find((band) => band.kind === 'choose')!
}

function gapBetweenBands({ dm }: LaneLayout): number {
  const [first, second] = dm.bands
  return (bottom(first!.box) + second!.box.y) / 2
}

function underNodes(layout: LaneLayout): number {
  return bottom(chooseBand(layout).box) - UNDER_NODES * layout.unitPx
}

/** From the dm device to the foot of the node of a path. */
function leaveDm(layout: LaneLayout, from: number, start: Point, path: number, out: Corners): void {
  const y = underNodes(layout)
  if (from === Station.choose) out.push(start.x, y)
  else besideNodes(layout, out)
  out.push(layout.links[path]!.points[0]!.x, y)
}

/** From the foot of a node to an area of the dm device. */
function enterDm(layout: LaneLayout, to: number, end: Point, path: number, out: Corners): void {
  const y = underNodes(layout)
  out.push(layout.links[path]!.points[0]!.x, y)
  if (to === Station.choose) {
    out.push(end.x, y)
    return
  }
  const at = out.length
  besideNodes(layout, out)
  // The other way round: from below to above.
  const [x1, y1, x2, y2] = out.splice(at)
  out.push(x2!, y2!, x1!, y1!)
}

/** The channel at the right end of the choosing band, from above to below. */
function besideNodes(layout: LaneLayout, out: Corners): void {
  const x = right(chooseBand(layout).content) - BESIDE_NODES * layout.unitPx
  out.push(x, gapBetweenBands(layout), x, underNodes(layout))
}

function downTheLink({ links }: LaneLayout, path: number, out: Corners): void {
  const { points } = links[path]!
  for (let i = 1; i < points.length; i++) out.push(points[i]!.x, points[i]!.y)
}

function upTheLink({ links }: LaneLayout, path: number, out: Corners): void {
  const { points } = links[path]!
  for (let i = points.length - 1; i > 0; i--) out.push(points[i]!.x, points[i]!.y)
}

/** Straight down past the sockets, then along the gap above the strip. */
function toStrip(layout: LaneLayout, path: number, start: Point, end: Point, out: Corners): void {
  const box = path < 0 ? layout.dm.box : layout.paths[path]!.box
  const y = path < 0 ? layout.linkY : (bottom(box) + layout.lun.strip.y) / 2
  out.push(start.x, y, end.x, y)
}
