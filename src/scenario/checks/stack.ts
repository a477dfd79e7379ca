/**
 * Checks what is over and under the map, in every mode that the scenario is for: the engine's own plan of the stack is made
 * and its complaint, if there is one, told as a problem.
 */
import { KERNELS, planStack, type Scenario, ScenarioError } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { problem, shown, type Problem } from '../problems.ts'
import { dmNodeName } from './devices.ts'
import { suggest } from '../../lib/near-miss.ts'

export function checkStack(scenario: Scenario): Problem[] {
  const profile = KERNELS.get(scenario.kernel)
  const plain =
    scenario.stack === undefined && scenario.modes.every((mode) => mode === 'bio' || mode === 'rq')
  if (profile === undefined || plain) return []
  for (const mode of scenario.modes) {
    try {
      planStack(scenario, mode, profile)
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error
      return [asProblem(error)]
    }
  }
  return []
}

/** `stack[0].table, line 2, word 5 ("8:99")` is a path and a detail. */
function asProblem({ where, what, remedy }: ScenarioError): Problem {
  const [place = '', ...detail] = where.split(', ')
  const path = [...place.matchAll(/[^.[\]]+/g)].map(([word]) => (/^\d+$/.test(word) ? Number(word) : word))
  return problem(path, what, remedy, detail.join(', '))
}

/** Names that dmsetup knows. */
export function mapNames({ dm, stack = [] }: Scenario): readonly string[] {
  return [dm.name, ...stack.filter((entry) => 'table' in entry).map((entry) => entry.name)]
}

/** Names that the kernel gives to what is over the disks. */
export function upperNames({ dm, stack = [] }: Scenario): readonly string[] {
  return [
    dmNodeName(dm.dev),
    ...stack.map((entry) => ('table' in entry ? dmNodeName(entry.dev) : entry.name)),
  ]
}

export function checkMapName(scenario: Scenario, path: JsonPath, name: string | undefined): Problem[] {
  const names = mapNames(scenario)
  if (name === undefined || names.includes(name)) return []
  return [problem(path, `device-mapper has no device ${shown(name)}`, suggest(name, names))]
}
