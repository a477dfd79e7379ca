/**
 * The tree of branches as a small drawing: a column for each deed, in order of time, and a row for each future. The first
 * thing done after another goes on in its row; a second one starts a row of its own.
 */
import {
  type Branch,
  type BranchId,
  type BranchTree,
  childrenOf,
  lineageOf,
  ROOT,
} from '../../store/branches.ts'

export interface TreeDot {
  readonly branch: Branch
  readonly column: number
  readonly row: number
  /** Of the branch that was gone on from; undefined for the root. */
  readonly from: { readonly column: number; readonly row: number } | undefined
  readonly current: boolean
  /** On the way from the root to the current branch. */
  readonly onTheWay: boolean
}

export interface TreeLayout {
  /** In the order of their columns. */
  readonly dots: readonly TreeDot[]
  readonly columns: number
  readonly rows: number
}

export function treeLayout(tree: BranchTree): TreeLayout {
  const ordered = [...tree.branches].sort((a, b) => a.forkNs - b.forkNs || a.id - b.id)
  const columnOf = new Map(ordered.map(({ id }, column) => [id, column]))
  const rowOf = rowsOf(tree)
  const way = new Set(lineageOf(tree, tree.current).map(({ id }) => id))
  const dots = ordered.map((branch): TreeDot => {
    const { id, parent } = branch
    return {
      branch,
      column: columnOf.get(id)!,
      row: rowOf.get(id)!,
      from: parent === undefined ? undefined : { column: columnOf.get(parent)!, row: rowOf.get(parent)! },
      current: id === tree.current,
      onTheWay: way.has(id),
    }
  })
  return { dots, columns: dots.length, rows: 1 + Math.max(...rowOf.values()) }
}

/** The root keeps its row for itself: it is the future without anything done. */
function rowsOf(tree: BranchTree): ReadonlyMap<BranchId, number> {
  const rowOf = new Map<BranchId, number>()
  let free = 0
  const visit = (id: BranchId, row: number): void => {
    rowOf.set(id, row)
    childrenOf(tree, id).forEach((child, i) => visit(child.id, i === 0 && id !== ROOT ? row : ++free))
  }
  visit(ROOT, 0)
  return rowOf
}
