/** Everything that the form alone cannot tell: names that must exist, sizes that must fit together. */
import type { Scenario } from '../../engine/index.ts'
import { problem, shown, type Problem } from '../problems.ts'
import type { Moment, Story } from '../story.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { suggest } from '../../lib/near-miss.ts'
import { checkDevices } from './devices.ts'
import { checkStack, upperNames } from './stack.ts'
import { checkCpu, checkSteps } from './steps.ts'
import { checkTable } from './table.ts'

export function checkScenario(scenario: Scenario, story: Story | undefined): Problem[] {
  return [
    ...(new Set(scenario.modes).size === scenario.modes.length
      ? []
      : [problem(['modes'], 'a mode is named twice', 'name each once')]),
    ...checkDevices(scenario),
    ...checkDmSize(scenario),
    ...checkTable(scenario, scenario.dm.table, ['dm', 'table']),
    ...checkStack(scenario),
    ...checkTasks(scenario),
    ...checkSteps(scenario),
    ...(story === undefined ? [] : checkStory(scenario, story)),
  ]
}

function checkDmSize({ dm, devices }: Scenario): Problem[] {
  const small = devices.find((device) => device.sectors < dm.sectors && dm.table.includes(device.dev))
  if (small === undefined) return []
  const what = `${dm.sectors} sectors are more than ${small.name} has, ${small.sectors}`
  return [problem(['dm', 'sectors'], what, `write at most ${small.sectors}, or make the devices larger`)]
}

function checkTasks(scenario: Scenario): Problem[] {
  const names = scenario.tasks.map((task) => task.name)
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index)
  const found = scenario.tasks.flatMap((task, index) =>
    task.cpu === undefined ? [] : checkCpu(scenario, ['tasks', index, 'cpu'], task.cpu),
  )
  if (twice >= 0)
    found.push(
      problem(['tasks', twice, 'name'], `${shown(names[twice])} is used twice`, 'give every task its own'),
    )
  if (!names.includes('main'))
    found.push(
      problem(['tasks'], 'no task is called "main", so nothing would begin', 'call the first one "main"'),
    )
  return found
}

function checkStory(scenario: Scenario, story: Story): Problem[] {
  const names = [...scenario.devices.map((device) => device.name), ...upperNames(scenario), 'nvme0n1']
  const device = (path: JsonPath, name: string | undefined, also: readonly string[] = []): Problem[] => {
    const known = [...names, ...also]
    if (name === undefined || known.includes(name)) return []
    return [problem(path, `there is no device ${shown(name)}`, suggest(name, known))]
  }
  const moment = (path: JsonPath, at: Moment): Problem[] =>
    'event' in at ? device([...path, 'device'], at.device) : []
  const camera = (path: JsonPath, look: string | undefined): Problem[] => device(path, look, ['app', 'all'])
  return [
    ...camera(['story', 'camera', 'look_at'], story.camera?.look_at),
    ...(story.stops ?? []).flatMap((stop, index) => [
      ...moment(['story', 'stops', index, 'at'], stop.at),
      ...camera(['story', 'stops', index, 'camera', 'look_at'], stop.camera?.look_at),
    ]),
    ...(story.dilations ?? []).flatMap((dilation, index) => [
      ...moment(['story', 'dilations', index, 'from'], dilation.from),
      ...moment(['story', 'dilations', index, 'to'], dilation.to),
    ]),
    ...(story.questions ?? []).flatMap((question, index) => [
      ...moment(['story', 'questions', index, 'at'], question.at),
      ...(question.answer < question.choices.length
        ? []
        : [
            problem(
              ['story', 'questions', index, 'answer'],
              `there is no choice ${question.answer}`,
              `choices are counted from 0, the last is ${question.choices.length - 1}`,
            ),
          ]),
    ]),
  ]
}
