/**
 * The family of an I/O as an indented tree: original, clones by attempt, fragments, requests, their clones, each with its
 * path and what came of it. Alike siblings are one row until opened. The row of the present event is marked.
 */
import { useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import type { ObjectId } from '../../record/places.ts'
import type { FamilyNames } from '../../stage/inspect/family-words.ts'
import { outline, type OutlineRow, rowOfEvent } from '../../stage/inspect/outline.ts'
import type { FamilyNode } from '../../stage/inspect/tree.ts'
import { FamilyRow } from './FamilyRow.tsx'

export interface FamilyTreeProps extends FamilyNames {
  readonly root: FamilyNode
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
          <FamilyRow
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
