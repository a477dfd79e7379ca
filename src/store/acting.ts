/**
 * Doing something to the machine of the lanes: a command or a step, at the playhead or another moment. Every deed makes a
 * branch; the lanes follow because the tree has changed.
 */
import { simNs, type SimNs } from '../lib/brands.ts'
import type { RunRecord } from '../record/run-record.ts'
import { type ActStep, parseCommand, printStep, type World, worldOf } from '../commands/index.ts'
import type { BranchStore } from './branch-store.ts'
import { actionsOf, type BranchId } from './branches.ts'
import { acted, MAX_ACTIONS, MAX_BRANCHES } from './growth.ts'

export type Acted =
  | { readonly ok: true; readonly branch: BranchId; readonly command: string }
  /** What is wrong with it and what would be right, in one sentence. */
  | { readonly ok: false; readonly sentence: string }

export interface ActingInput {
  readonly branches: BranchStore
  /** Of the lane that somebody looks at: names for devices and maps. */
  readonly record: () => RunRecord | undefined
}

export class Acting {
  private readonly input: ActingInput

  constructor(input: ActingInput) {
    this.input = input
  }

  act(what: string | ActStep | readonly ActStep[], atNs: SimNs): Acted {
    const { world } = this
    if (typeof what !== 'string') {
      const steps = isList(what) ? what : [what]
      return this.do(steps, steps.map((step) => printStep(step, world)).join('\n'), atNs)
    }
    const parsed = parseCommand(what, world)
    if (parsed.kind === 'wrong') return { ok: false, sentence: parsed.sentence }
    if (parsed.kind !== 'acts')
      return { ok: false, sentence: `"${what}" asks something and changes nothing.` }
    return this.do(parsed.steps, parsed.command, atNs)
  }

  /** The names of the lane that somebody looks at. */
  get world(): World | undefined {
    const record = this.input.record()
    return record === undefined ? undefined : worldOf(record.header, record.tables)
  }

  /** @internal What the console has parsed already. */
  do(steps: readonly ActStep[], command: string, atNs: SimNs): Acted {
    const { branches } = this.input
    const before = branches.getState()
    const earlier = actionsOf(before, before.current).filter(({ at_ns }) => at_ns <= atNs)
    if (earlier.length + steps.length > MAX_ACTIONS)
      return { ok: false, sentence: `A branch has at most ${MAX_ACTIONS} actions; undo one before the next.` }
    const after = acted(before, { atNs: simNs(Math.round(atNs)), steps, command })
    if (after === before)
      return { ok: false, sentence: `There are ${MAX_BRANCHES} branches; delete one before the next.` }
    branches.setState({ ...after })
    return { ok: true, branch: after.current, command }
  }
}

function isList(what: ActStep | readonly ActStep[]): what is readonly ActStep[] {
  return Array.isArray(what)
}
