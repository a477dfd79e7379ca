/**
 * The selector's nodes in the choosing band, one per path, in the frames of their priority groups; and the place of what
 * is choosing, beside them, so that a pointer to a node never crosses a name.
 */
import { bottom, rect, right, type Rect } from '../rect.ts'
import type { BandBox, GroupBox, SelectorNode } from './parts.ts'
import type { LaneShape, PathShape } from './shape.ts'

export interface Chooser {
  readonly nodes: readonly SelectorNode[]
  readonly groups: readonly GroupBox[]
  readonly choosing: Rect
}

export const NO_CHOOSER: Chooser = { nodes: [], groups: [], choosing: rect(0, 0, 0, 0) }

/** With more paths than this nodes stand in two rows. */
const MOST_IN_A_ROW = 8
/** With more than this there is no room between nodes. */
const MOST_WITH_ROOM_BETWEEN = 3
const GROUP_LABEL = 12
const GROUP_GAP = 8
/** Width kept for what is choosing, in units. */
const CHOOSING_W = 34
/** Height of the words below a node, the least radius of a node that has some, and the most of one that has none. */
const WORDS = 13
export const WORDS_FROM = 8
const WORDLESS = 7.9
/** Below the nodes, for the route to the links. */
const FOOT = 10

export function placeChooser({ paths }: LaneShape, { content, box }: BandBox, u: number): Chooser {
  const count = Math.max(...paths.map((path) => path.group))
  const between = paths.length <= MOST_WITH_ROOM_BETWEEN && paths.length > 1 && count === 1
  const choosingW = between ? 0 : CHOOSING_W * u
  const area = rect(
    content.x + choosingW,
    content.y,
    content.w - choosingW,
    bottom(box) - FOOT * u - content.y,
  )
  const groups = count > 1 ? placeGroups(paths, count, area, u) : []
  const nodes =
    groups.length === 0
      ? placeNodes(paths, area, u)
      : groups.flatMap(({ group, box: frame, label }) =>
          placeNodes(
            paths.filter((path) => path.group === group),
            rect(frame.x, bottom(label), frame.w, bottom(frame) - bottom(label)),
            u,
          ),
        )
  const ordered = paths.map((path) => nodes.find((node) => node.dev === path.dev)!)
  const choosing = between
    ? gapBetween(ordered, content, u)
    : rect(content.x, area.y + area.h / 2 - 15 * u, choosingW - 12 * u, 30 * u)
  return { nodes: ordered, groups, choosing }
}

function placeGroups(paths: readonly PathShape[], count: number, area: Rect, u: number): GroupBox[] {
  const gap = GROUP_GAP * u
  const perPath = (area.w - gap * (count - 1)) / paths.length
  let x = area.x
  return Array.from({ length: count }, (_, i) => {
    const group = i + 1
    const w = perPath * paths.filter((path) => path.group === group).length
    const box = rect(x, area.y, w, area.h)
    x = right(box) + gap
    return { group, box, label: rect(box.x + 5 * u, box.y, box.w - 8 * u, GROUP_LABEL * u) }
  }).filter(({ box }) => box.w > 0)
}

function placeNodes(paths: readonly PathShape[], area: Rect, u: number): SelectorNode[] {
  const rows = paths.length > MOST_IN_A_ROW ? 2 : 1
  const columns = Math.ceil(paths.length / rows)
  const step = area.w / Math.max(1, columns)
  const rowH = area.h / rows
  // Words stand below a node: half as high as it is, and there is none where nodes are small.
  const worded = Math.min(17 * u, (rowH - WORDS * u) / 2, step * 0.3)
  const hasWords = worded >= WORDS_FROM * u
  const radius = hasWords ? worded : Math.max(4.5 * u, Math.min(WORDLESS * u, rowH / 2, step * 0.3))
  const free = rowH - 2 * radius - (rows === 1 && hasWords ? WORDS * u : 0)
  return paths.map(({ dev, name }, i) => ({
    dev,
    x: area.x + step * ((i % columns) + 0.5),
    y: area.y + rowH * Math.floor(i / columns) + Math.max(0, free / 2) + radius,
    radius,
    halfWidth: Math.max(radius, Math.min(step * 0.46, (name.length * 3.9 + 7) * u)),
  }))
}

/** Between the two nodes in the middle, so that the pointer to the chosen one has a way to go. */
function gapBetween(nodes: readonly SelectorNode[], content: Rect, u: number): Rect {
  const after = nodes[Math.floor(nodes.length / 2)]!
  const before = nodes[Math.floor(nodes.length / 2) - 1]!
  const gap = 30 * u
  const x = before.x + before.halfWidth + gap
  const w = Math.max(20 * u, after.x - after.halfWidth - gap - x)
  const h = Math.min(content.h, 30 * u)
  // Nodes make room for the words below them, and so stand higher than the middle: never into the words above.
  return rect(x, Math.max(content.y, after.y - h / 2), w, h)
}
