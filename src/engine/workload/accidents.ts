/**
 * What befalls a machine and nobody types: a cable comes out, a device falls silent or becomes slow, its media go bad, an
 * array moves its ports. None takes a process or any time of a CPU.
 */
import { NvmeDisk } from '../drivers/nvme.ts'
import type { PathDevice } from '../drivers/path-device.ts'
import { accessStateOf } from '../drivers/target-port.ts'
import { AnaState } from '../log/index.ts'
import type { InjectedError, Step } from '../scenario.ts'

export const ACCIDENTS = ['link', 'hang', 'service', 'inject', 'activation', 'access_state', 'ana'] as const

type StepWith<Key extends string> = Key extends string
  ? Extract<Step, { readonly [K in Key]: unknown }>
  : never
export type Accident = StepWith<(typeof ACCIDENTS)[number]>

export function isAccident(step: Step): step is Accident {
  return ACCIDENTS.some((field) => field in step)
}

/** As the log names it. */
export function accidentText(step: Accident): string {
  if ('link' in step) return `${step.link.up ? 'plug in' : 'pull'} the cable of ${step.link.device}`
  if ('service' in step) return `${step.service.device} takes ${String(step.service.factor)} times as long`
  if ('hang' in step)
    return `${step.hang.device} ${step.hang.hung ? 'gives no more answers' : 'answers again'}`
  if ('inject' in step) return injectionText(step.inject)
  if ('ana' in step)
    return `the controller of ${step.ana.device} says that its namespace is ${step.ana.state}`
  if ('activation' in step) {
    const { device, result, count } = step.activation
    return `the next ${count === 1 ? 'activation' : `${String(count)} activations`} of ${device} will end with ${result}`
  }
  return `the array makes the port of ${step.access_state.device} ${step.access_state.state}`
}

function injectionText({
  device,
  command,
  count,
  status,
  first_sector: first,
  sectors,
}: InjectedError): string {
  const what = command === 'ANY' ? '' : `${command} `
  const many = count === 1 ? `${what}command` : `${String(count)} ${what}commands`
  const where = first === undefined ? '' : ` at sector ${String(first)}+${String(sectors ?? 1)}`
  return `the next ${many} of ${device}${where} will end with ${status ?? 'an error'}`
}

/** The device of the scenario that it happens to. */
export function victimOf(step: Accident): string {
  if ('link' in step) return step.link.device
  if ('service' in step) return step.service.device
  if ('hang' in step) return step.hang.device
  if ('inject' in step) return step.inject.device
  if ('ana' in step) return step.ana.device
  return 'activation' in step ? step.activation.device : step.access_state.device
}

/** Lets it happen to what is at the end of the cable now. */
export function befall(disk: PathDevice, step: Accident): void {
  if ('link' in step) disk.setLink(step.link.up)
  else if ('service' in step) disk.setPace(step.service.factor)
  else if ('hang' in step) disk.setHung(step.hang.hung, step.hang.abort === 'ok')
  else if ('inject' in step) disk.inject(step.inject)
  else if ('activation' in step) disk.orderActivation(step.activation)
  else if ('access_state' in step) disk.setAccessState(accessStateOf(step.access_state.state))
  else if (disk instanceof NvmeDisk) disk.setAna(AnaState[step.ana.state])
}
