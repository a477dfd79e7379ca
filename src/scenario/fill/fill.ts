/** From what somebody wrote to what the engine takes: everything stated. Nothing is judged here. */
import { type KernelProfile, type Scenario, type ScenarioTask, topSectors } from '../../engine/index.ts'
import type { FileTask, ScenarioFile } from '../form.ts'
import { fillDevices } from './devices.ts'
import { fillDm, modeOfTable } from './dm.ts'
import type { Filler } from './filler.ts'
import { fillMultipathd } from './multipathd.ts'
import { stackFields } from './stack.ts'
import { fillSteps, type StepContext } from './steps.ts'

const FORM = 'the form'

export function fillScenario(filler: Filler, file: ScenarioFile, kernel: KernelProfile): Scenario {
  const devices = fillDevices(filler, file.devices, kernel)
  const dm = fillDm(filler, file.dm ?? {}, devices, kernel)
  const bound = modeOfTable(dm.table, kernel)
  const seed = filler.value(['seed'], file.seed, FORM, 1)
  const over = stackFields(filler, file, devices, dm)
  const context: StepContext = { filler, topBytes: topSectors({ devices, dm, ...over }) * 512, seed }
  return {
    scenario: filler.value(['scenario'], file.scenario, FORM, 'unnamed'),
    about: filler.value(['about'], file.about, FORM, file.story?.title ?? ''),
    kernel: filler.value(['kernel'], file.kernel, FORM, kernel.version),
    cpus: filler.value(['cpus'], file.cpus, FORM, 2),
    modes: filler.value(
      ['modes'],
      file.modes,
      bound === undefined ? FORM : 'the table line',
      bound === undefined ? kernel.modes : [bound],
    ),
    module_parameters: filler.value(['module_parameters'], file.module_parameters, FORM, {}),
    devices,
    dm,
    ...over,
    setup: fillSteps(context, ['setup'], filler.value(['setup'], file.setup, FORM, [])),
    tasks: file.tasks.map((task, index) => fillTask(context, index, task)),
    ...(file.multipathd === undefined
      ? {}
      : { multipathd: fillMultipathd(filler, file.multipathd, devices) }),
    seed,
    ...(file.lock_transfer_ns === undefined ? {} : { lock_transfer_ns: file.lock_transfer_ns }),
    ...(file.shell_step_ns === undefined ? {} : { shell_step_ns: file.shell_step_ns }),
  }
}

function fillTask(context: StepContext, index: number, task: FileTask): ScenarioTask {
  const path = ['tasks', index]
  return {
    ...task,
    name: context.filler.value([...path, 'name'], task.name, FORM, index === 0 ? 'main' : `task${index}`),
    do: fillSteps(context, [...path, 'do'], task.do),
  }
}
