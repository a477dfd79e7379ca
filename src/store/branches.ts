/**
 * What was done from outside, as a tree: each branch is its parent with one thing more done at one moment. The root is
 * the scenario as it is written. Acting never takes a future away: the branch that had it stays. Pure functions; ids are
 * given out once and never again.
 */
import { simNs, type SimNs } from '../lib/brands.ts'
import type { Action, Step } from '../worker/protocol.ts'

export type BranchId = number & { readonly __brand: 'BranchId' }

export interface Branch {
  readonly id: BranchId
  /** Undefined for the root alone. */
  readonly parent: BranchId | undefined
  /** When the thing is done that makes this branch another than its parent; 0 for the root. */
  readonly forkNs: SimNs
  /** What is done at that moment; none for the root. */
  readonly steps: readonly Step[]
  /** The same as one would type it; several commands have a line each. */
  readonly command: string
  /** The command, or the name that somebody gave. */
  readonly label: string
}

export interface BranchTree {
  /** In the order in which they were made; the first is the root. */
  readonly branches: readonly Branch[]
  readonly current: BranchId
  /** By branch: the child that was left last by an undo, which a redo takes up again. */
  readonly left: ReadonlyMap<BranchId, BranchId>
  readonly nextId: number
}

export const ROOT: BranchId = 0 as BranchId

export function rootTree(): BranchTree {
  const root: Branch = {
    id: ROOT,
    parent: undefined,
    forkNs: simNs(0),
    steps: [],
    command: '',
    label: 'as written',
  }
  return { branches: [root], current: ROOT, left: new Map(), nextId: 1 }
}

export function branchOf({ branches }: BranchTree, id: BranchId): Branch | undefined {
  return branches.find((branch) => branch.id === id)
}

export function currentBranch(tree: BranchTree): Branch {
  return branchOf(tree, tree.current) ?? tree.branches[0]!
}

/** The branch that a lane runs: the one it is pinned to, as long as that is there, else the current one. */
export function branchOfLane(tree: BranchTree, pin: BranchId | undefined): BranchId {
  return pin !== undefined && branchOf(tree, pin) !== undefined ? pin : tree.current
}

/** From the root to the branch, both included. */
export function lineageOf(tree: BranchTree, id: BranchId): Branch[] {
  const line: Branch[] = []
  for (let branch = branchOf(tree, id); branch !== undefined;) {
    line.unshift(branch)
    branch = branch.parent === undefined ? undefined : branchOf(tree, branch.parent)
  }
  return line
}

/** Everything that is done in a branch, in order of time. */
export function actionsOf(tree: BranchTree, id: BranchId): Action[] {
  return lineageOf(tree, id).flatMap(({ forkNs, steps }) => steps.map((step) => ({ at_ns: forkNs, step })))
}

export function childrenOf({ branches }: BranchTree, id: BranchId): Branch[] {
  return branches.filter(({ parent }) => parent === id)
}

export function switched(tree: BranchTree, id: BranchId): BranchTree {
  return branchOf(tree, id) === undefined ? tree : { ...tree, current: id }
}

/** To the parent; the same tree at the root. */
export function undone(tree: BranchTree): BranchTree {
  const { id, parent } = currentBranch(tree)
  if (parent === undefined) return tree
  return { ...tree, current: parent, left: new Map(tree.left).set(parent, id) }
}

/** To the child that was left last, else the newest; the same tree where there is none. */
export function redone(tree: BranchTree): BranchTree {
  const child = childToRedo(tree)
  return child === undefined ? tree : { ...tree, current: child }
}

export function childToRedo(tree: BranchTree): BranchId | undefined {
  const left = tree.left.get(tree.current)
  if (left !== undefined && branchOf(tree, left) !== undefined) return left
  return childrenOf(tree, tree.current).at(-1)?.id
}

/** An empty name brings the command back. */
export function renamed(tree: BranchTree, id: BranchId, name: string): BranchTree {
  const branches = tree.branches.map((branch) =>
    branch.id === id && id !== ROOT ? { ...branch, label: nameOf(name) || branch.command } : branch,
  )
  return { ...tree, branches }
}

/** Of one line. */
function nameOf(name: string): string {
  return name.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_NAME).trim()
}

export const MAX_NAME = 80

/** Without a branch and all that grew from it; whoever was in it is at its parent then. The root stays. */
export function pruned(tree: BranchTree, id: BranchId): BranchTree {
  const gone = branchOf(tree, id)
  if (gone?.parent === undefined) return tree
  const goes = (branch: Branch): boolean => lineageOf(tree, branch.id).some((one) => one.id === id)
  const branches = tree.branches.filter((branch) => !goes(branch))
  const current = goes(currentBranch(tree)) ? gone.parent : tree.current
  return { ...tree, branches, current }
}

/** A row of the tree as one draws it: a branch, or a chain of branches of which each has only the next one as a child. */
export interface BranchRow {
  /** In order of time; the last is the one that is switched to. */
  readonly chain: readonly Branch[]
  /** How many forks lie between it and the root. */
  readonly depth: number
  readonly current: boolean
}

/**
 * The tree from the root down, children in the order in which they were made. A chain ends where it forks, and at the
 * current branch.
 */
export function branchRows(tree: BranchTree): BranchRow[] {
  const rows: BranchRow[] = []
  const visit = (first: Branch, depth: number): void => {
    const chain = [first]
    let children = childrenOf(tree, first.id)
    while (children.length === 1 && chain.at(-1)!.id !== tree.current && first.id !== ROOT) {
      chain.push(children[0]!)
      children = childrenOf(tree, chain.at(-1)!.id)
    }
    rows.push({ chain, depth, current: chain.at(-1)!.id === tree.current })
    for (const child of children) visit(child, depth + 1)
  }
  visit(tree.branches[0]!, 0)
  return rows
}
