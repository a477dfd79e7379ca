/** The whole scenario file. */
import * as v from 'valibot'
import { QUEUE_MODES } from '../../engine/log/index.ts'
import type { FileTask, ScenarioFile } from '../form.ts'
import { LIMITS } from '../limits.ts'
import { device, deviceName, dm, stackDevice } from './device.ts'
import { fields, listOf, oneOf, recordOf, shaped, text, whole } from './primitives.ts'
import { multipathd } from './multipathd.ts'
import { steps } from './step.ts'
import { story } from './story.ts'

const optional = v.exactOptional

const task: v.GenericSchema<unknown, FileTask> = fields({
  name: optional(shaped(/^[\w.-]+$/, 'write a name of letters, digits, "-", "_" and "."', LIMITS.name)),
  cpu: optional(whole(0, LIMITS.cpus - 1)),
  do: steps,
})

const moduleParameter = shaped(
  /^[a-z0-9_]+\.[a-z0-9_]+$/,
  'write module.parameter, such as "dm_multipath.queue_if_no_path_timeout_secs"',
)

export const scenarioFile: v.GenericSchema<unknown, ScenarioFile> = fields({
  scenario: optional(text(80)),
  about: optional(text(LIMITS.sentence)),
  kernel: optional(text(LIMITS.name)),
  cpus: optional(whole(1, LIMITS.cpus)),
  modes: optional(listOf(oneOf(QUEUE_MODES), 1, QUEUE_MODES.length)),
  module_parameters: optional(recordOf(moduleParameter, whole(0, Number.MAX_SAFE_INTEGER))),
  devices: listOf(device, 1, LIMITS.devices),
  dm: optional(dm),
  stack: optional(listOf(stackDevice, 1, LIMITS.stack)),
  io_on: optional(deviceName),
  setup: optional(steps),
  tasks: listOf(task, 1, LIMITS.tasks),
  multipathd: optional(multipathd),
  seed: optional(whole(0, Number.MAX_SAFE_INTEGER)),
  lock_transfer_ns: optional(whole(0, LIMITS.lockTransferNs)),
  shell_step_ns: optional(whole(0, LIMITS.shellStepNs)),
  story: optional(story),
})
