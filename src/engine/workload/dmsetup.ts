/** Steps of a task that an administrator types as dmsetup commands, for the device of device-mapper that they name. */
import { parseTable, linesOf } from '../dm/dm-table.ts'
import type { MappedDevice } from '../dm/mapped-device.ts'
import { loadTable, resumeDevice, suspendDevice } from '../dm/suspend.ts'
import type { Machine } from '../machine.ts'
import type { Step } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { CommandLog } from './command-log.ts'
import { devicesIn, isTableLine } from './present-table.ts'
import type { Stack } from './stack.ts'

type StepWith<Key extends string> = Key extends string
  ? Extract<Step, { readonly [K in Key]: unknown }>
  : never
export type DmsetupStep = StepWith<'message' | 'suspend' | 'resume' | 'load' | 'status' | 'table'>

const FIELDS = ['message', 'suspend', 'resume', 'load', 'status', 'table']

export function isDmsetup(step: Step): step is DmsetupStep {
  return FIELDS.some((field) => field in step)
}

/**
 * Carries a command out; what `status` and `table` print goes to `print`. In a run that has another stack in the map's
 * place, a command for the map finds no such device.
 */
export function* dmsetup(
  m: Machine,
  ctx: Context,
  stack: Stack,
  step: DmsetupStep,
  log: CommandLog,
  print: (text: string) => void,
): Steps {
  const md = stack.mapNamed(step.map)
  const name = step.map ?? stack.mapName
  const typed = commandText(stack, step, name)
  if (typed !== undefined) log.typed(typed, md?.index)
  if (md === undefined) {
    if (typed !== undefined) log.answered(`Device ${name} not found\nCommand failed.`)
  } else if ('message' in step)
    log.answered(refusal('message', name, md.targets[0]!.message(step.message)), md.index)
  else if ('suspend' in step) yield* suspendDevice(m, ctx, md, step.suspend.noflush)
  else if ('resume' in step) yield* resumeDevice(m, ctx, md)
  else if ('load' in step)
    log.answered(refusal('reload', name, load(m, stack, md, tableText(stack, step.load))), md.index)
  else print('status' in step ? md.status : md.tableText)
}

/** What dmsetup prints of the error of an ioctl; '' where there is none. */
function refusal(ioctl: string, name: string, error: string): string {
  return error === '' ? '' : `device-mapper: ${ioctl} ioctl on ${name} failed: ${error}\nCommand failed.`
}

/** As it would be typed; undefined for what only asks. */
function commandText(stack: Stack, step: DmsetupStep, name: string): string | undefined {
  if ('message' in step) return `dmsetup message ${name} 0 ${step.message}`
  if ('suspend' in step) {
    const { noflush, nolockfs } = step.suspend
    return `dmsetup suspend ${noflush ? '--noflush ' : ''}${nolockfs ? '--nolockfs ' : ''}${name}`
  }
  if ('resume' in step) return `dmsetup resume ${name}`
  if (!('load' in step)) return undefined
  const text = tableText(stack, step.load).replaceAll('{mode}', stack.map?.mode ?? 'bio')
  return `dmsetup load ${name} --table '${text}'`
}

function tableText(stack: Stack, load: string): string {
  return isTableLine(load) ? load : stack.presentTable
}

/** Returns '' or the error: a table over a device that is not there is refused, and nothing changes. */
function load(m: Machine, stack: Stack, md: MappedDevice, text: string): string {
  const known = stack.knownDevices
  if (devicesIn(text).some((dev) => known.every((device) => device.dev !== dev)))
    return 'No such device or address'
  loadTable(m, md, parseTable(linesOf(text), md.mode, m.profile, known, 'load'))
  return ''
}
