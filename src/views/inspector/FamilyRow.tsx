/** One row of a family tree: the lines that lead to it, what it is, what has come of it. */
import type { ReactElement } from 'react'
import type { ObjectId } from '../../record/places.ts'
import {
  type FamilyNames,
  groupOutcome,
  groupWords,
  nodeWords,
  outcomeWords,
} from '../../stage/inspect/family-words.ts'
import type { OutlineRow } from '../../stage/inspect/outline.ts'

export interface FamilyRowProps extends FamilyNames {
  /** Who is followed, and the event that the show is at. */
  readonly followed: ObjectId
  readonly index: number
  readonly row: OutlineRow
  /** For each level left of the row, whether a line goes on below it. */
  readonly lines: readonly boolean[]
  readonly current: boolean
  readonly focusable: boolean
  readonly onToggle: () => void
  readonly onActivate: () => void
}

export function FamilyRow(props: FamilyRowProps): ReactElement {
  const { row, lines, current, focusable, followed, index } = props
  const { item, depth, hasChildren, open } = row
  const isNode = item.kind === 'node'
  const words = isNode ? nodeWords(props, item.node, index) : groupWords(props, item)
  const outcome = isNode ? outcomeWords(item.node, index) : groupOutcome(item, index)
  const { since } = isNode ? item.node : item.nodes[0]!
  return (
    <li
      role="treeitem"
      aria-level={depth + 1}
      {...(hasChildren ? { 'aria-expanded': open } : {})}
      aria-selected={isNode && item.node.id === followed}
      aria-current={current ? 'step' : undefined}
      tabIndex={focusable ? 0 : -1}
      data-born={since <= index}
      data-tone={outcome.tone}
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
      {hasChildren && isNode ? (
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
        <b>{words}</b>
        <small>{outcome.text}</small>
      </span>
    </li>
  )
}

function lineOf(goesOn: boolean, own: boolean): string {
  if (own) return goesOn ? 'tee' : 'elbow'
  return goesOn ? 'pass' : 'none'
}
