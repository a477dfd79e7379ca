/** One random case: a valid scenario and what is done to it from outside. */
import type { Action, Scenario, Step } from '../../src/engine/index.ts'
import { problemSentence, resolveScenario } from '../../src/scenario/index.ts'

export interface Case {
  readonly scenario: Scenario
  readonly actions: readonly Action[]
}

/** What the generator makes: a scenario file, and the steps of an administrator beside it. */
export interface Draft {
  readonly file: Record<string, unknown> & { readonly tasks: readonly DraftTask[] }
  readonly admin: readonly Step[]
  /** The administrator is no task of the scenario: steps become actions at fixed times. */
  readonly fromOutside: boolean
  /** How long a step of the administrator takes; short, so that it falls into the I/O. */
  readonly shellStepNs: number
}

interface DraftTask {
  readonly name: string
  readonly cpu?: number
  readonly do: readonly Step[]
}

/** The draft as the engine takes it. @throws Error when the generator made something that is not valid. */
export function caseOf(draft: Draft): Case {
  const { file, admin, fromOutside, shellStepNs } = draft
  const document = fromOutside ? file : fileOf(draft)
  const resolved = resolveScenario(document)
  if (!resolved.ok) throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
  const scenario = { ...resolved.scenario, shell_step_ns: shellStepNs }
  return { scenario, actions: fromOutside ? actionsOf(admin) : [] }
}

/** The whole draft as one scenario file, the administrator as a task of it: what `npm run sim` and the page read. */
export function fileOf({ file: plain, admin, shellStepNs }: Draft): Record<string, unknown> {
  const file = { ...plain, shell_step_ns: shellStepNs }
  if (admin.length === 0) return file
  const [main, ...others] = file.tasks
  const starting = { ...main!, do: [{ start: 'admin' }, ...main!.do] }
  return { ...file, tasks: [starting, ...others, { name: 'admin', do: admin }] }
}

function actionsOf(admin: readonly Step[]): Action[] {
  let at_ns = 0
  const actions: Action[] = []
  for (const step of admin) {
    if ('sleep_ns' in step) at_ns += step.sleep_ns
    else actions.push({ at_ns, step })
  }
  return actions
}
