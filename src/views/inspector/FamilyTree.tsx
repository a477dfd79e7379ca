/**
 * The family of an I/O as an indented tree: original, clones by attempt, fragments, requests, their clones, each with its
 * path and what came of it. Alike siblings are one row until opened. The row of the present event is marked.
 */
import { useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { blkStatusName, DEV_NONE } from '../../engine/log/index.ts'
import { ObjectType, type ObjectId } from '../../record/places.ts'
import { outline, type OutlineRow, rowOfEvent, tallyOf, turnAt } from '../../stage/inspect/outline.ts'
import type { FamilyNode } from '../../stage/inspect/tree.ts'
import { sizeText } from '../../stage/words.ts'

export interface FamilyTreeProps {
  readonly root: FamilyNode
  readonly nameOf: (dev: number) => string
  readonly thingName: (id: ObjectId) => string
  readonly followed: ObjectId
  /** Event that the show is at, and its subject. */
  readonly index: number
  readonly subject: number
  readonly onPick: (node: FamilyNode) => void
}

const ZOOMS: readonly number[] = [0.7, 0.85, 1, 1.2]
const PLAIN = 2
/** From so many rows on it can be zoomed. */
const LARGE = 24

export function FamilyTree(props: FamilyTreeProps): ReactElement {
  const { root, index, subject } = props
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [zoom, setZoom] = useState(PLAIN)
  const [focused, setFocused] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const rows = useMemo(() => outline(root, toggled), [root, toggled])
  const now = rowOfEvent(rows, subject, index)
  const at = Math.min(focused, rows.length - 1)
  const toggle = (key: string): void => {
    const next = new Set(toggled)
    if (!next.delete(key)) next.add(key)
    setToggled(next)
  }
  const focus = (row: number): void => {
    const to = Math.max(0, Math.min(rows.length - 1, row))
    setFocused(to)
    list.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[to]?.focus()
  }
  const press = (event: KeyboardEvent): void => {
    const row = rows[at]!
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focus(at + 1),
      ArrowUp: () => focus(at - 1),
      Home: () => focus(0),
      End: () => focus(rows.length - 1),
      ArrowRight: () => (row.hasChildren && !row.open ? toggle(row.key) : focus(at + 1)),
      ArrowLeft: () => (row.hasChildren && row.open ? toggle(row.key) : focus(row.parent)),
      Enter: () => activate(row),
      ' ': () => activate(row),
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    event.stopPropagation()
    move()
  }
  const activate = (row: OutlineRow): void => {
    if (row.item.kind === 'node') props.onPick(row.item.node)
    else toggle(row.key)
  }
  return (
    <>
      {rows.length < LARGE ? null : (
        <div className="tree-zoom" role="group" aria-label="size of the tree">
          <button type="button" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)} aria-label="smaller">
            −
          </button>
          <button
            type="button"
            disabled={zoom === ZOOMS.length - 1}
            onClick={() => setZoom(zoom + 1)}
            aria-label="larger"
          >
            +
          </button>
        </div>
      )}
      <ul
        ref={list}
        role="tree"
        aria-label="family of the I/O"
        className="family-tree"
        style={{ fontSize: `${ZOOMS[zoom]! * 1.2}rem` }}
        onKeyDown={press}
      >
        {rows.map((row, i) => (
          <Row
            key={row.key}
            {...props}
            row={row}
            lines={linesOf(rows, i)}
            current={i === now}
            focusable={i === at}
            onToggle={() => toggle(row.key)}
            onActivate={() => {
              setFocused(i)
              activate(row)
            }}
          />
        ))}
      </ul>
    </>
  )
}

/** For each level left of a row, whether a line goes on below it. */
function linesOf(rows: readonly OutlineRow[], at: number): boolean[] {
  const lines: boolean[] = []
  for (let row = at; row > 0; row = rows[row]!.parent) {
    const { parent, depth } = rows[row]!
    lines[depth - 1] = rows.some((other, i) => i > row && other.parent === parent)
  }
  return lines
}

interface RowProps extends FamilyTreeProps {
  readonly row: OutlineRow
  readonly lines: readonly boolean[]
  readonly current: boolean
  readonly focusable: boolean
  readonly onToggle: () => void
  readonly onActivate: () => void
}

function Row(props: RowProps): ReactElement {
  const { row, lines, current, focusable, followed, index } = props
  const { item, depth, hasChildren, open } = row
  const node = item.kind === 'node' ? item.node : undefined
  const words = node === undefined ? undefined : nodeWords(props, node)
  const outcome = node === undefined ? undefined : outcomeWords(node, index)
  const born = item.kind === 'node' ? item.node.since <= index : item.nodes[0]!.since <= index
  return (
    <li
      role="treeitem"
      aria-level={depth + 1}
      {...(hasChildren ? { 'aria-expanded': open } : {})}
      aria-selected={node?.id === followed}
      aria-current={current ? 'step' : undefined}
      tabIndex={focusable ? 0 : -1}
      data-born={born}
      data-tone={outcome?.tone ?? groupTone(item, index)}
      onClick={(event) => {
        event.stopPropagation()
        props.onActivate()
      }}
    >
      <span className="tree-lines" aria-hidden="true">
        {lines.map((goesOn, level) => (
          <i key={level} data-line={lineOf(goesOn, level === depth - 1)} />
        ))}
      </span>
      {hasChildren && node !== undefined ? (
        <span
          className="tree-twist"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation()
            props.onToggle()
          }}
        >
          {open ? '▾' : '▸'}
        </span>
      ) : null}
      <span className="tree-words">
        <b>{words ?? groupWords(props, item)}</b>
        <small>{outcome?.text ?? tallyWords(item, index)}</small>
      </span>
    </li>
  )
}

function lineOf(goesOn: boolean, own: boolean): string {
  if (own) return goesOn ? 'tee' : 'elbow'
  return goesOn ? 'pass' : 'none'
}

const TYPES: Readonly<Record<ObjectType, readonly [one: string, many: string]>> = {
  [ObjectType.free]: ['object', 'objects'],
  [ObjectType.io]: ['I/O', 'I/Os'],
  [ObjectType.original]: ['original', 'originals'],
  [ObjectType.clone]: ['clone', 'clones'],
  [ObjectType.fragment]: ['fragment', 'fragments'],
  [ObjectType.request]: ['request', 'requests'],
  [ObjectType.request_clone]: ['request clone', 'request clones'],
  [ObjectType.flush_request]: ['flush request', 'flush requests'],
}

function nodeWords({ nameOf, thingName, index }: FamilyTreeProps, node: FamilyNode): string {
  const { sizeSectors, bios } = turnAt(node, index) ?? node
  const size = sizeSectors === 0 ? '' : ` · ${sizeText(sizeSectors)}`
  const path = nameOf(node.dev)
  switch (node.type) {
    case ObjectType.io:
    case ObjectType.original:
      return `${thingName(node.id)}${size}`
    case ObjectType.clone:
      if (node.ofRequest) return `cloned bio${size}`
      if (node.dev === DEV_NONE) return 'clone without a path'
      return node.attempt > 1 ? `clone, again → ${path}` : `clone → ${path}`
    case ObjectType.fragment:
      return `fragment${size}`
    case ObjectType.request:
    case ObjectType.flush_request:
      return `${thingName(node.id)} on ${path}${size}${bios > 1 ? `, ${bios} bios` : ''}`
    case ObjectType.request_clone:
      return `request clone → ${path}`
    case ObjectType.free:
      return 'object'
  }
}

interface OutcomeWords {
  readonly text: string
  readonly tone: 'good' | 'bad' | 'none'
}

function outcomeWords(node: FamilyNode, index: number): OutcomeWords {
  const turn = turnAt(node, index)
  if (turn === undefined) return { text: 'not yet', tone: 'none' }
  const { outcome, issued } = turn
  const times = issued > 1 ? `, given to the device ${issued} times` : ''
  switch (outcome.kind) {
    case 'running':
      return { text: `in flight${times}`, tone: 'none' }
    case 'ok':
      return { text: `done${times}`, tone: 'good' }
    case 'failed':
      return { text: `failed: ${blkStatusName(outcome.status)}${times}`, tone: 'bad' }
    case 'merged':
      return { text: 'became part of another request', tone: 'good' }
    case 'returned':
      return { text: 'given back', tone: 'none' }
    case 'no_path':
      return { text: 'no usable path', tone: 'bad' }
  }
}

function groupWords({ nameOf }: FamilyTreeProps, item: OutlineRow['item']): string {
  if (item.kind === 'node') return ''
  if (item.kind === 'rest') return `and ${item.nodes.length} more alike`
  const [first] = item.nodes
  const same = item.nodes.every(({ sizeSectors }) => sizeSectors === first!.sizeSectors)
  const size = same && first!.sizeSectors > 0 ? ` of ${sizeText(first!.sizeSectors)}` : ''
  const to = first!.type === ObjectType.request_clone ? ` → ${nameOf(first!.dev)}` : ''
  return `${item.nodes.length} ${TYPES[first!.type][1]}${size}${to}`
}

function tallyWords(item: OutlineRow['item'], index: number): string {
  if (item.kind === 'node') return ''
  const { ok, failed, running, unborn } = tallyOf(item.nodes, index)
  const words = [
    ok > 0 ? `${ok} done` : '',
    failed > 0 ? `${failed} failed` : '',
    running > 0 ? `${running} in flight` : '',
    unborn > 0 ? `${unborn} to come` : '',
  ]
  return words.filter((word) => word !== '').join(', ')
}

function groupTone(item: OutlineRow['item'], index: number): 'good' | 'bad' | 'none' {
  if (item.kind === 'node') return 'none'
  const { failed, ok } = tallyOf(item.nodes, index)
  if (failed > 0) return 'bad'
  return ok === item.nodes.length ? 'good' : 'none'
}
