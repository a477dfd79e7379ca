/** Checks every step against the devices and tasks that there are. */
import type { Scenario, Step } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { suggest } from '../../lib/near-miss.ts'
import { problem, shown, type Problem } from '../problems.ts'
import { checkMessage, checkSysfs } from './commands.ts'
import { checkAble, checkInjected, checkNamed, checkNvme, checkScsi } from './accidents.ts'
import { checkFioJob } from './fio.ts'
import { checkIo, countIos, extentOf, type Extent } from './io.ts'
import { checkMapName } from './stack.ts'
import { checkTable } from './table.ts'
import { LIMITS } from '../limits.ts'

export function checkSteps(scenario: Scenario): Problem[] {
  const extent = extentOf(scenario)
  const setup = [...checkAmount(scenario), ...checkAll(scenario, extent, ['setup'], scenario.setup)]
  return scenario.tasks.reduce(
    (found, task, index) => [...found, ...checkAll(scenario, extent, ['tasks', index, 'do'], task.do)],
    setup,
  )
}

function checkAmount({ setup, tasks }: Scenario): Problem[] {
  const all = [setup, ...tasks.map((task) => task.do)].flat()
  const ios = all.reduce((sum, step) => sum + countIos(step), 0)
  if (ios <= LIMITS.iosInScenario) return []
  return [problem(['tasks'], `they ask for ${ios} I/Os`, `ask for at most ${LIMITS.iosInScenario}`)]
}

function checkAll(scenario: Scenario, extent: Extent, path: JsonPath, steps: readonly Step[]): Problem[] {
  return steps.flatMap((step, index) => checkStep(scenario, extent, [...path, index], step))
}

function checkStep(scenario: Scenario, extent: Extent, path: JsonPath, step: Step): Problem[] {
  if ('io' in step) return checkIo(extent, path, step)
  if ('map' in step) {
    const unknown = checkMapName(scenario, [...path, 'map'], step.map)
    if (unknown.length > 0) return unknown
  }
  if ('message' in step) return checkMessage(scenario, [...path, 'message'], step.message)
  if ('sysfs' in step) return checkSysfs(scenario, path, step)
  if ('inject' in step) return checkInjected(scenario, [...path, 'inject'], step.inject)
  if ('link' in step)
    return checkAble(scenario, [...path, 'link', 'device'], step.link.device, 'has no cable')
  if ('ana' in step) return checkNvme(scenario, [...path, 'ana', 'device'], step.ana.device)
  if ('hang' in step) return checkAble(scenario, [...path, 'hang', 'device'], step.hang.device, 'never hangs')
  if ('service' in step) return checkNamed(scenario, [...path, 'service', 'device'], step.service.device)
  if ('activation' in step)
    return checkScsi(scenario, [...path, 'activation', 'device'], step.activation.device)
  if ('access_state' in step)
    return checkScsi(scenario, [...path, 'access_state', 'device'], step.access_state.device)
  if ('load' in step) return checkLoad(scenario, [...path, 'load'], step.load, step.map)
  if ('cpu' in step) return checkCpu(scenario, [...path, 'cpu'], step.cpu)
  if ('start' in step) return checkTask(scenario, [...path, 'start'], step.start)
  if ('join' in step) return checkJoin(scenario, [...path, 'join'], step.join)
  if ('fio' in step) return checkFioJob(extent, [...path, 'fio'], step.fio)
  if ('fio_jobs' in step)
    return step.fio_jobs.flatMap((job, index) => checkFioJob(extent, [...path, 'fio_jobs', index], job))
  if ('repeat_until_done' in step)
    return [
      ...checkTask(scenario, [...path, 'repeat_until_done'], step.repeat_until_done),
      ...checkAll(scenario, extent, [...path, 'do'], step.do),
    ]
  return []
}

/** A load may also be told in words (as in the traces' f2): nobody knows the numbers that a rescan will give out. */
function checkLoad(scenario: Scenario, path: JsonPath, table: string, map: string | undefined): Problem[] {
  if (map !== undefined && map !== scenario.dm.name) return [] // the engine looks at linear lines
  if (/^\s*\d/.test(table)) return checkTable(scenario, table, path)
  if (/^\s*the same table\b.*\brescan/i.test(table)) return []
  const remedy = 'write one, or "the same table over the devices found by the rescan"'
  return [problem(path, `${shown(table)} is no table line`, remedy)]
}

export function checkCpu(scenario: Scenario, path: JsonPath, cpu: number): Problem[] {
  if (cpu < scenario.cpus) return []
  const what = `there is no CPU ${cpu}, the machine has ${scenario.cpus}`
  return [problem(path, what, `write 0 to ${scenario.cpus - 1}, or raise cpus`)]
}

function checkTask({ tasks }: Scenario, path: JsonPath, name: string): Problem[] {
  const names = tasks.map((task) => task.name)
  if (!names.includes(name)) return [problem(path, `there is no task ${shown(name)}`, suggest(name, names))]
  if (name !== 'main') return []
  return [problem(path, 'the task "main" is started by itself and first of all', 'name another task')]
}

function checkJoin(scenario: Scenario, path: JsonPath, name: string): Problem[] {
  const unknown = checkTask(scenario, path, name)
  if (unknown.length > 0) return unknown
  const started = [scenario.setup, ...scenario.tasks.map((task) => task.do)].some((steps) =>
    starts(steps, name),
  )
  if (started) return []
  return [
    problem(
      path,
      `nobody starts the task ${shown(name)}, so its end never comes`,
      `add {"start": "${name}"}`,
    ),
  ]
}

function starts(steps: readonly Step[], name: string): boolean {
  return steps.some((step) =>
    'start' in step ? step.start === name : 'repeat_until_done' in step && starts(step.do, name),
  )
}
