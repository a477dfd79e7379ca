/**
 * Doing something to the machine of the lanes: a command or a step, at the playhead or another moment. Every deed makes a
 * branch; the lanes follow because the tree has changed. The table of commands is loaded when it is first needed.
 */
import { simNs, type SimNs } from '../lib/brands.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { ActStep } from '../commands/index.ts'
import type { BranchStore } from './branch-store.ts'
import { acted, actionsOf, type BranchId, MAX_BRANCHES } from './branches.ts'

/** The room of commands, as it is imported when somebody acts. */
export type Commands = typeof import('../commands/index.ts')

export type Acted =
  | { readonly ok: true; readonly branch: BranchId; readonly command: string }
  /** What is wrong with it and what would be right, in one sentence. */
  | { readonly ok: false; readonly sentence: string }

/** Actions of one branch; as many as a link carries, and a run has tasks for. */
export const MAX_ACTIONS = 64

export interface ActingInput {
  readonly branches: BranchStore
  readonly nowNs: () => SimNs
  /** Of the lane that somebody looks at: names for devices and maps. */
  readonly record: () => RunRecord | undefined
}

export class Acting {
  private readonly input: ActingInput
  private loaded: Promise<Commands> | undefined

  constructor(input: ActingInput) {
    this.input = input
  }

  commands(): Promise<Commands> {
    this.loaded ??= import('../commands/index.ts')
    return this.loaded
  }

  /** Right after everything that the playhead has passed, so that what is on screen stays true. */
  get nextNs(): SimNs {
    return simNs(Math.floor(this.input.nowNs()) + 1)
  }

  async act(what: string | ActStep | readonly ActStep[], atNs: SimNs = this.nextNs): Promise<Acted> {
    const commands = await this.commands()
    const world = this.worldOf(commands)
    if (typeof what !== 'string') {
      const steps = isList(what) ? what : [what]
      return this.do(steps, steps.map((step) => commands.printStep(step, world)).join('\n'), atNs)
    }
    const parsed = commands.parseCommand(what, world)
    if (parsed.kind === 'wrong') return { ok: false, sentence: parsed.sentence }
    if (parsed.kind !== 'acts')
      return { ok: false, sentence: `"${what}" asks something and changes nothing.` }
    return this.do(parsed.steps, parsed.command, atNs)
  }

  worldOf(commands: Commands): ReturnType<Commands['worldOf']> | undefined {
    const record = this.input.record()
    return record === undefined ? undefined : commands.worldOf(record.header, record.tables)
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
