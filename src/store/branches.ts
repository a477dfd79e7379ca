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
