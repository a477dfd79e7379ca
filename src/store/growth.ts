/** How the tree of branches grows. Acting never takes a future away: the branch that had it stays. Pure. */
import type { SimNs } from '../lib/brands.ts'
import type { Step } from '../worker/protocol.ts'
import { type Branch, type BranchId, type BranchTree, childrenOf, lineageOf } from './branches.ts'

/** More branches than anybody finds their way in. */
export const MAX_BRANCHES = 200
/** Actions of one branch; as many as a link carries, and a run has tasks for. */
export const MAX_ACTIONS = 64

export interface Deed {
  readonly atNs: SimNs
  readonly steps: readonly Step[]
  readonly command: string
}

/**
 * Does something at a moment of a branch: its later actions are left behind in their own branches, and a child of the last
 * action before that moment becomes the current branch. The same done again leads to the same child.
 */
export function grown(tree: BranchTree, from: BranchId, { atNs, steps, command }: Deed): BranchTree {
  const parent = lineageOf(tree, from).findLast(({ forkNs }) => forkNs <= atNs) ?? tree.branches[0]!
  const same = childrenOf(tree, parent.id).find((child) => child.forkNs === atNs && child.command === command)
  if (same !== undefined) return { ...tree, current: same.id }
  if (tree.branches.length >= MAX_BRANCHES) return tree
  const id = tree.nextId as BranchId
  const branch: Branch = { id, parent: parent.id, forkNs: atNs, steps, command, label: command }
  return { ...tree, branches: [...tree.branches, branch], current: id, nextId: tree.nextId + 1 }
}
