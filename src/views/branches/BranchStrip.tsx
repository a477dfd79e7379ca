/** The tree of what was done, in the head of the page: a dot is a deed, a click goes to the branch that ends with it. */
import { useMemo, type KeyboardEvent, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { momentText } from '../../stage/words.ts'
import { type Branch, currentBranch, ROOT } from '../../store/branches.ts'
import type { Session } from '../../store/session.ts'
import { type Desk, spotOf } from '../acting/desk.ts'
import { treeLayout, type TreeDot, type TreeLayout } from './tree-layout.ts'
import './branches.css'

export interface BranchStripProps {
  readonly session: Session
  readonly desk: Desk
}

/** Wide enough for a finger; more dots than this are seen in the list alone. */
const COLUMN = 24
const MOST_COLUMNS = 8
const HEIGHT = 36
const ROW = 11

export default function BranchStrip({ session, desk }: BranchStripProps): ReactElement {
  const tree = useStore(session.branches)
  const layout = useMemo(() => treeLayout(tree), [tree])
  const current = currentBranch(tree)
  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const dots = [...event.currentTarget.querySelectorAll('button')]
    const at = dots.indexOf(document.activeElement as HTMLButtonElement)
    dots[(at + by + dots.length) % dots.length]?.focus()
  }
  const listed = (
    <button
      type="button"
      className="branch-name"
      aria-haspopup="dialog"
      title="all branches: rename, compare, delete (v)"
      onClick={(event) => desk.toggle({ open: 'branches', spot: spotOf(event.currentTarget) })}
    >
      <b>{current.label.split('\n')[0]}</b>
      <small>{current.id === ROOT ? 'nothing done' : `at ${timeOf(current)}`}</small>
      <span className="visually-hidden">, list of branches</span>
    </button>
  )
  return (
    <div className="branches" role="group" aria-label="branches">
      {layout.columns > MOST_COLUMNS ? (
        <span className="branch-count">{layout.columns} branches</span>
      ) : (
        <div
          className="branch-tree"
          style={{ width: layout.columns * COLUMN, height: HEIGHT }}
          onKeyDown={walk}
        >
          <Lines layout={layout} />
          {layout.dots.map((dot) => (
            <Dot key={dot.branch.id} dot={dot} layout={layout} session={session} />
          ))}
        </div>
      )}
      {listed}
    </div>
  )
}

export function timeOf({ forkNs }: Branch): string {
  const { value, unit } = momentText(forkNs)
  return `${value} ${unit}`
}

export function nameOf(branch: Branch): string {
  return branch.id === ROOT ? 'as written, nothing done' : `${branch.label} at ${timeOf(branch)}`
}

function yOf(row: number, { rows }: TreeLayout): number {
  const pitch = Math.min(ROW, (HEIGHT - 12) / Math.max(1, rows - 1))
  return HEIGHT / 2 + (row - (rows - 1) / 2) * pitch
}

function xOf(column: number): number {
  return (column + 0.5) * COLUMN
}

/** The way to the current branch is drawn last, over the others. */
function Lines({ layout }: { readonly layout: TreeLayout }): ReactElement {
  const end = layout.columns * COLUMN
  const ordered = [...layout.dots].sort((a, b) => Number(a.onTheWay) - Number(b.onTheWay))
  const last = new Map(layout.dots.map((dot) => [dot.row, dot.branch.id]))
  return (
    <svg width={end} height={HEIGHT} aria-hidden="true">
      {ordered.map(({ branch, column, row, from, onTheWay, current }) => {
        const [x, y] = [xOf(column), yOf(row, layout)]
        const line =
          from === undefined
            ? ''
            : `M${xOf(from.column)} ${yOf(from.row, layout)}H${x - COLUMN}C${x - COLUMN / 2} ${yOf(from.row, layout)} ${x - COLUMN / 2} ${y} ${x} ${y}`
        const tail = last.get(row) === branch.id ? `M${x} ${y}H${end}` : ''
        return (
          <g key={branch.id}>
            <path d={line} data-way={onTheWay} />
            <path d={tail} data-way={current} />
          </g>
        )
      })}
    </svg>
  )
}

function Dot(props: {
  readonly dot: TreeDot
  readonly layout: TreeLayout
  readonly session: Session
}): ReactElement {
  const { dot, layout, session } = props
  const name = nameOf(dot.branch)
  return (
    <button
      type="button"
      className="branch-dot"
      data-way={dot.onTheWay}
      data-root={dot.branch.id === ROOT}
      {...(dot.current ? { 'aria-current': true } : {})}
      aria-label={name}
      title={name}
      tabIndex={dot.current ? 0 : -1}
      style={{ left: xOf(dot.column) - COLUMN / 2, top: yOf(dot.row, layout) - COLUMN / 2 }}
      onClick={() => session.branches.getState().switchTo(dot.branch.id)}
    />
  )
}
