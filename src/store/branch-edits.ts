/** Naming branches and deleting them. Pure; loaded with the panel that offers it. */
import {
  type Branch,
  branchOf,
  type BranchId,
  type BranchTree,
  currentBranch,
  lineageOf,
  ROOT,
} from './branches.ts'

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
