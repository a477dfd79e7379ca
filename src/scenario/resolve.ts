/**
 * The way in: a document of unknown shape becomes a scenario that the engine takes as it stands, or a list of problems.
 * Nothing here throws, whatever the document is.
 */
import * as v from 'valibot'
import {
  DEFAULT_KERNEL,
  KERNEL_REMEDY,
  kernelHas,
  KERNELS,
  type KernelProfile,
  type Scenario,
} from '../engine/index.ts'
import { readJson } from '../lib/json-text.ts'
import { type Changed, changedFile } from './change/change.ts'
import type { LaneChanges } from './changes.ts'
import { checkScenario } from './checks/check.ts'
import { checkFioFiles } from './checks/fio.ts'
import { fillScenario } from './fill/fill.ts'
import { Filler, type Defaulted } from './fill/filler.ts'
import { LIMITS } from './limits.ts'
import { measure } from './measure.ts'
import { fromIssues, problem, shown, type Problem } from './problems.ts'
import { scenarioFile } from './schema/file.ts'
import type { ScenarioFile } from './form.ts'
import type { Story } from './story.ts'

export type Resolved =
  | {
      readonly ok: true
      readonly scenario: Scenario
      /** The author's part, undefined where the file has none. */
      readonly story: Story | undefined
      /** What was filled in, and whose value it is. */
      readonly defaulted: readonly Defaulted[]
    }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Checks and completes a parsed document; `kernelInstead` stands in for the one it names, `changes` are a lane's what-ifs. */
export function resolveScenario(document: unknown, kernelInstead?: string, changes?: LaneChanges): Resolved {
  const tooLarge = measure(document)
  if (tooLarge !== undefined) return { ok: false, problems: [tooLarge] }
  const parsed = v.safeParse(scenarioFile, document)
  if (!parsed.success) return { ok: false, problems: fromIssues(parsed.issues) }

  const asked = kernelInstead ?? parsed.output.kernel ?? DEFAULT_KERNEL
  const kernel = KERNELS.get(asked)
  if (kernel === undefined) {
    const what = `${shown(asked)} is not modelled`
    return { ok: false, problems: [problem(['kernel'], what, KERNEL_REMEDY)] }
  }
  const written = { ...parsed.output, ...forKernel(parsed.output, kernel, kernelInstead) }
  const changed =
    changes === undefined ? { ok: true as const, file: written } : checkedChange(written, changes, kernel)
  if (!changed.ok) return changed
  const { file } = changed
  const broken = checkFioFiles(file)
  if (broken.length > 0) return { ok: false, problems: broken.slice(0, LIMITS.problemsShown) }
  const filler = new Filler()
  const scenario = fillScenario(filler, file, kernel)
  const problems = checkScenario(scenario, file.story)
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, LIMITS.problemsShown) }
  return { ok: true, scenario, story: file.story, defaulted: filler.defaulted }
}

/** A changed file passes the schema again: a limit that a link asks for may be anything. */
function checkedChange(written: ScenarioFile, changes: LaneChanges, kernel: KernelProfile): Changed {
  const broken = checkFioFiles(written)
  if (broken.length > 0) return { ok: false, problems: broken.slice(0, LIMITS.problemsShown) }
  const changed = changedFile(written, changes, kernel)
  if (!changed.ok) return changed
  const parsed = v.safeParse(scenarioFile, changed.file)
  return parsed.success
    ? { ok: true, file: parsed.output }
    : { ok: false, problems: fromIssues(parsed.issues) }
}

/** What an author who had both modes in mind means on a kernel that has one of them. */
function forKernel(
  { modes }: ScenarioFile,
  kernel: KernelProfile,
  kernelInstead: string | undefined,
): Partial<ScenarioFile> {
  const left = modes?.filter((mode) => kernelHas(kernel, mode)) ?? []
  return {
    ...(left.length > 0 ? { modes: left } : {}),
    ...(kernelInstead === undefined ? {} : { kernel: kernelInstead }),
  }
}

/** The same from a text; problems then carry their line. */
export function readScenario(text: string, kernelInstead?: string, changes?: LaneChanges): Resolved {
  if (text.length > LIMITS.text) {
    const what = `the text has ${text.length} characters`
    return { ok: false, problems: [problem([], what, `a scenario has at most ${LIMITS.text}`)] }
  }
  const read = readJson(text)
  if (!read.ok) {
    const broken = problem([], `it is not JSON: ${read.what}`, `look at column ${read.column} of that line`)
    return { ok: false, problems: [{ ...broken, line: read.line, column: read.column }] }
  }
  const resolved = resolveScenario(read.value, kernelInstead, changes)
  if (resolved.ok) return resolved
  return { ok: false, problems: resolved.problems.map((one) => ({ ...one, ...read.placeOf(one.path) })) }
}
