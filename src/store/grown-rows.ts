/** Rows of a link grown into a tree of branches again; loaded for links that carry some. */
import type { Step } from '../worker/protocol.ts'
import { renamed } from './branch-edits.ts'
import { actionsOf, type BranchId, type BranchTree, currentBranch, ROOT, switched } from './branches.ts'
import { grown, MAX_ACTIONS } from './growth.ts'
import { type BranchRows, withPin } from './link-branches.ts'
import type { LaneSetup } from './state.ts'

export interface Grown {
  readonly tree: BranchTree
  readonly lanes: readonly LaneSetup[] | undefined
  /** Commands that could not be read; their branches are left out. */
  readonly lost: readonly string[]
}

/** The tree with the rows grown into it, each command read by `read`. */
export function grownRows(
  from: BranchTree,
  {
    branches,
    branch,
    lanes,
  }: Pick<BranchRows, 'branches' | 'branch'> & { readonly lanes: readonly LaneSetup[] | undefined },
  read: (command: string) => readonly Step[] | undefined,
): Grown {
  let tree = from
  const lost: string[] = []
  const ids: BranchId[] = [ROOT]
  for (const { parent, atNs, command, name } of branches) {
    const parentId = ids[parent] ?? ROOT
    const steps = read(command)
    const fits = steps !== undefined && actionsOf(tree, parentId).length + steps.length <= MAX_ACTIONS
    if (fits) {
      tree = grown(tree, parentId, { atNs, steps, command })
      // A name that is here already stays.
      if (name !== undefined && currentBranch(tree).label === command)
        tree = renamed(tree, tree.current, name)
      ids.push(tree.current)
    } else {
      lost.push(command)
      ids.push(parentId)
    }
  }
  const pinned = lanes?.map((lane) =>
    lane.pin === undefined ? lane : withPin(lane, ids[lane.pin] ?? undefined),
  )
  return { tree: switched(tree, ids[branch] ?? ROOT), lanes: pinned, lost }
}
