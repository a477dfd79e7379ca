/** Branches of the tree as rows of a link, and rows grown into a tree again. */
import type { Step } from '../worker/protocol.ts'
import {
  actionsOf,
  branchOf,
  type BranchId,
  type BranchTree,
  grown,
  lineageOf,
  ROOT,
  switched,
} from './branches.ts'
import type { LinkBranch } from './link-state.ts'
import type { LaneSetup } from './state.ts'

export interface BranchRows {
  readonly branches: readonly LinkBranch[]
  readonly branch: number
  readonly lanes: readonly LaneSetup[]
}

/** Those branches that the current one and the pins of lanes need. */
export function rowsOf(tree: BranchTree, lanes: readonly LaneSetup[]): BranchRows {
  const rowOf = new Map<BranchId, number>([[ROOT, 0]])
  const branches: LinkBranch[] = []
  const add = (id: BranchId): number => {
    for (const branch of lineageOf(tree, id)) {
      if (rowOf.has(branch.id)) continue
      const parent = rowOf.get(branch.parent ?? ROOT) ?? 0
      rowOf.set(branch.id, branches.push({ parent, atNs: branch.forkNs, command: branch.command }))
    }
    return rowOf.get(id) ?? 0
  }
  const branch = add(tree.current)
  const pinned = lanes.map((lane) =>
    lane.pin === undefined || branchOf(tree, lane.pin) === undefined
      ? withPin(lane, undefined)
      : withPin(lane, add(lane.pin) as BranchId),
  )
  return { branches, branch, lanes: pinned }
}

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
  maxActions: number,
): Grown {
  let tree = from
  const lost: string[] = []
  const ids: BranchId[] = [ROOT]
  for (const { parent, atNs, command } of branches) {
    const parentId = ids[parent] ?? ROOT
    const steps = read(command)
    const fits = steps !== undefined && actionsOf(tree, parentId).length + steps.length <= maxActions
    if (fits) {
      tree = grown(tree, parentId, { atNs, steps, command })
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

function withPin(lane: LaneSetup, pin: BranchId | undefined): LaneSetup {
  const { pin: _pin, ...rest } = lane
  return pin === undefined ? rest : { ...rest, pin }
}
