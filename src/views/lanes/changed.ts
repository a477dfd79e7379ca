/** A lane with other what-ifs; what is set back to undefined is as the scenario has it. Pure. */
import type { LaneChanges } from '../../scenario/index.ts'
import type { BranchId } from '../../store/branches.ts'
import type { LaneSetup } from '../../store/state.ts'

type Wished = { readonly [K in keyof LaneChanges]: LaneChanges[K] | undefined }

export function withChanges(lane: LaneSetup, wished: Wished): LaneSetup {
  const { changes: before, ...rest } = lane
  const entries = Object.entries({ ...before, ...wished }).filter(([, value]) => isSaid(value))
  if (entries.length === 0) return rest
  return { ...rest, changes: Object.fromEntries(entries) }
}

/** One attribute of the queues of the paths, or of the map's own. */
export function withAttribute(
  lane: LaneSetup,
  queue: 'path_queue' | 'dm_queue',
  attribute: string,
  value: number | string | undefined,
): LaneSetup {
  const { [attribute]: _, ...others } = lane.changes?.[queue] ?? {}
  return withChanges(lane, { [queue]: value === undefined ? others : { ...others, [attribute]: value } })
}

/** Undefined: along with the current branch. */
export function pinnedTo(lane: LaneSetup, pin: BranchId | undefined): LaneSetup {
  const { pin: _, ...rest } = lane
  return pin === undefined ? rest : { ...rest, pin }
}

function isSaid(value: unknown): boolean {
  return (
    value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  )
}
