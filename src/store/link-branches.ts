/** Branches of the tree as rows of a link; grown-rows.ts is the way back. */
import { branchOf, type BranchId, type BranchTree, lineageOf, ROOT } from './branches.ts'
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
      const { forkNs: atNs, command, label } = branch
      const name = label === command ? {} : { name: label }
      rowOf.set(branch.id, branches.push({ parent, atNs, command, ...name }))
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

/** The lane with another pin, or none. */
export function withPin(lane: LaneSetup, pin: BranchId | undefined): LaneSetup {
  const { pin: _pin, ...rest } = lane
  return pin === undefined ? rest : { ...rest, pin }
}
