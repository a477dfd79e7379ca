/**
 * What of a family tree is shown: siblings that are alike stand together as one row ("16 fragments of 64 KiB") until
 * somebody opens it, then the first of them, then all. Laid out as an indented tree: a row for each node, its parent
 * above it on the left.
 */
import { hierarchy, type HierarchyNode } from 'd3-hierarchy'
import { ObjectType } from '../../record/places.ts'
import type { FamilyNode, Outcome, Turn } from './tree.ts'

export type OutlineItem =
  | { readonly kind: 'node'; readonly node: FamilyNode }
  /** Alike siblings, closed or open. */
  | { readonly kind: 'alike'; readonly nodes: readonly FamilyNode[]; readonly open: boolean }
  /** The rest of them: "and 15 more alike". */
  | { readonly kind: 'rest'; readonly nodes: readonly FamilyNode[]; readonly of: string }

export interface OutlineRow {
  readonly key: string
  readonly item: OutlineItem
  /** Steps below the root, from 0. */
  readonly depth: number
  /** Row of the parent, -1 for the root. */
  readonly parent: number
  readonly hasChildren: boolean
  readonly open: boolean
}

/** So many siblings that are alike stand together. */
const ALIKE_FROM = 4
/** Of an opened group so many are shown before "and n more". */
const FIRST_OF_GROUP = 8

interface Entry {
  readonly key: string
  readonly item: OutlineItem
  readonly hasChildren: boolean
  readonly open: boolean
  readonly children: readonly Entry[]
}

/** @param toggled Keys of rows that somebody opened or closed against what they are by themselves. */
export function outline(root: FamilyNode, toggled: ReadonlySet<string>): OutlineRow[] {
  const rows: OutlineRow[] = []
  const at = new Map<HierarchyNode<Entry>, number>()
  hierarchy(entryOf(root, toggled), ({ children }) => [...children]).eachBefore((entry) => {
    const { key, item, hasChildren, open } = entry.data
    at.set(entry, rows.length)
    const parent = entry.parent === null ? -1 : at.get(entry.parent)!
    rows.push({ key, item, depth: entry.depth, parent, hasChildren, open })
  })
  return rows
}

function entryOf(node: FamilyNode, toggled: ReadonlySet<string>): Entry {
  const open = !toggled.has(node.key)
  const hasChildren = node.children.length > 0
  const children = open ? groupsOf(node, toggled) : []
  return { key: node.key, item: { kind: 'node', node }, hasChildren, open, children }
}

function groupsOf(parent: FamilyNode, toggled: ReadonlySet<string>): Entry[] {
  const entries: Entry[] = []
  const { children } = parent
  for (let from = 0; from < children.length;) {
    let to = from + 1
    while (to < children.length && areAlike(children[from]!, children[to]!)) to++
    const nodes = children.slice(from, to)
    if (nodes.length < ALIKE_FROM) entries.push(...nodes.map((node) => entryOf(node, toggled)))
    else entries.push(groupOf(nodes, toggled))
    from = to
  }
  return entries
}

/** The rest after a run of fragments is the last request of the same clone: it differs in kind. */
function areAlike(a: FamilyNode, b: FamilyNode): boolean {
  return a.type === b.type && a.attempt === b.attempt && (a.type === ObjectType.original || a.dev === b.dev)
}

function groupOf(nodes: readonly FamilyNode[], toggled: ReadonlySet<string>): Entry {
  const key = `alike:${nodes[0]!.key}`
  const restKey = `rest:${nodes[0]!.key}`
  const open = toggled.has(key)
  const showAll = toggled.has(restKey) || nodes.length <= FIRST_OF_GROUP + 1
  const first = showAll ? nodes : nodes.slice(0, FIRST_OF_GROUP)
  const children = (open ? first : []).map((node) => entryOf(node, toggled))
  if (open && !showAll) {
    const rest = nodes.slice(FIRST_OF_GROUP)
    children.push({
      key: restKey,
      item: { kind: 'rest', nodes: rest, of: key },
      hasChildren: false,
      open: false,
      children: [],
    })
  }
  return { key, item: { kind: 'alike', nodes, open }, hasChildren: true, open, children }
}

/** How many of some nodes have come to what, as of an event. */
export interface Tally {
  readonly ok: number
  readonly failed: number
  readonly running: number
  readonly unborn: number
}

export function tallyOf(nodes: readonly FamilyNode[], index: number): Tally {
  const tally = { ok: 0, failed: 0, running: 0, unborn: 0 }
  for (const node of nodes) {
    const kind = outcomeAt(node, index)
    if (kind === undefined) tally.unborn++
    else if (kind.kind === 'ok' || kind.kind === 'merged') tally.ok++
    else if (kind.kind === 'failed') tally.failed++
    else tally.running++
  }
  return tally
}

/** What a node is up to an event; undefined before its birth. */
export function turnAt(node: FamilyNode, index: number): Turn | undefined {
  return node.turns.findLast((turn) => turn.index <= index)
}

/** What has come of a node up to an event; undefined before its birth. */
export function outcomeAt(node: FamilyNode, index: number): Outcome | undefined {
  return turnAt(node, index)?.outcome
}

/** Every node of a tree, parents first. */
export function allNodes(root: FamilyNode): FamilyNode[] {
  return [root, ...root.children.flatMap(allNodes)]
}

/** The row that an event belongs to, or that has the group it is hidden in. */
export function rowOfEvent(rows: readonly OutlineRow[], subject: number, index: number): number {
  let best = -1
  rows.forEach((row, at) => {
    for (const node of nodesOf(row)) if (holds(node, subject, index)) best = Math.max(best, at)
  })
  return best
}

/** What a row stands for: the node itself, and where it is closed all that is below it. */
function nodesOf({ item, open }: OutlineRow): readonly FamilyNode[] {
  switch (item.kind) {
    case 'node':
      return open || item.node.children.length === 0 ? [item.node] : allNodes(item.node)
    case 'alike':
      return open ? [] : item.nodes.flatMap(allNodes)
    case 'rest':
      return item.nodes.flatMap(allNodes)
  }
}

function holds(node: FamilyNode, subject: number, index: number): boolean {
  return node.id === subject && node.since <= index && index <= node.last
}
