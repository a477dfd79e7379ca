/**
 * Doing something to the machine of the lanes: a command or a step, at the playhead or another moment. Every deed makes a
 * branch; the lanes follow because the tree has changed. In a lane that is pinned the branch grows from its pin, and that
 * lane alone follows.
 */
import { simNs, type SimNs } from '../lib/brands.ts'
import type { RunRecord } from '../record/run-record.ts'
import { type ActStep, parseCommand, printStep, type World, worldOf } from '../commands/index.ts'
import type { BranchStore } from './branch-store.ts'
import { pruned } from './branch-edits.ts'
import { actionsOf, type BranchId, branchOfLane } from './branches.ts'
import { grown, MAX_ACTIONS, MAX_BRANCHES } from './growth.ts'
import type { ScenarioStore } from './scenario-store.ts'
import type { LaneIndex } from './state.ts'
import type { Verdict, Verdicts } from './verdicts.ts'

export type Acted =
  | {
      readonly ok: true
      readonly branch: BranchId
      readonly command: string
      /** The pinned lane that follows, and no other. */
      readonly alone: LaneIndex | undefined
      /** To where it was before, in the lane that is pinned or in all. */
      readonly undo: () => void
      /** Whether the machine takes it: known when the runs have come past it. */
      readonly verdict: Promise<Verdict>
    }
  /** What is wrong with it and what would be right, in one sentence. */
  | { readonly ok: false; readonly sentence: string }

export interface ActingInput {
  readonly branches: BranchStore
  readonly scenario: ScenarioStore
  readonly verdicts: Verdicts
  /** Something is done now; what it returns hears when that has begun. */
  readonly follow: (atNs: SimNs) => (begunNs: SimNs) => void
  /** Of the lane that somebody looks at: names for devices and maps. */
  readonly record: () => RunRecord | undefined
}

export class Acting {
  private readonly input: ActingInput

  constructor(input: ActingInput) {
    this.input = input
  }

  /** @param lane The one that somebody acts in; it counts where it is pinned. */
  act(what: string | ActStep | readonly ActStep[], atNs: SimNs, lane?: LaneIndex): Acted {
    const { world } = this
    if (typeof what !== 'string') {
      const steps = isList(what) ? what : [what]
      return this.do(steps, steps.map((step) => printStep(step, world)).join('\n'), atNs, lane)
    }
    const parsed = parseCommand(what, world)
    if (parsed.kind === 'wrong') return { ok: false, sentence: parsed.sentence }
    if (parsed.kind !== 'acts')
      return { ok: false, sentence: `"${what}" asks something and changes nothing.` }
    return this.do(parsed.steps, parsed.command, atNs, lane)
  }

  /** The names of the lane that somebody looks at. */
  get world(): World | undefined {
    const record = this.input.record()
    return record === undefined ? undefined : worldOf(record.header, record.tables)
  }

  /** @internal What the console has parsed already. */
  do(steps: readonly ActStep[], command: string, atNs: SimNs, lane?: LaneIndex): Acted {
    const { branches, follow, scenario, verdicts } = this.input
    const before = branches.getState()
    const pin = lane === undefined ? undefined : scenario.getState().lanes[lane]?.pin
    const from = branchOfLane(before, pin)
    const pinned = from === pin
    const earlier = actionsOf(before, from).filter(({ at_ns }) => at_ns <= atNs)
    if (earlier.length + steps.length > MAX_ACTIONS)
      return { ok: false, sentence: `A branch has at most ${MAX_ACTIONS} actions; undo one before the next.` }
    const after = grown(before, from, { atNs: simNs(Math.round(atNs)), steps, command })
    if (after === before)
      return { ok: false, sentence: `There are ${MAX_BRANCHES} branches; delete one before the next.` }
    const branch = after.current
    branches.setState(pinned ? { ...after, current: before.current } : { ...after })
    if (pinned) scenario.getState().setLane(lane!, { pin: branch })
    const undo = (): void => {
      if (!pinned) branches.getState().undo()
      else if (scenario.getState().lanes[lane!]?.pin === branch)
        scenario.getState().setLane(lane!, { pin: from })
    }
    const verdict = verdicts.of({ branch, atNs, steps, begun: follow(atNs) }).then((found) => {
      if (found.impossible) this.takeBack(branch, pinned ? undo : undefined)
      return found
    })
    return { ok: true, branch, command, alone: pinned ? lane : undefined, undo, verdict }
  }

  /** What no lane can run stays nowhere; who was in it is where he was before. */
  private takeBack(branch: BranchId, undo: (() => void) | undefined): void {
    undo?.()
    this.input.branches.setState((tree) => pruned(tree, branch))
  }
}

function isList(what: ActStep | readonly ActStep[]): what is readonly ActStep[] {
  return Array.isArray(what)
}
