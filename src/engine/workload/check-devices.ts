/** What this engine cannot do with devices, and what steps ask of devices that cannot do it. */
import { INJECTABLE } from '../drivers/injectable.ts'
import { ACTIVATION_RESULTS, type ActivationOrder } from '../drivers/activations.ts'
import { HANDLERS } from '../drivers/create-handler.ts'
import { ACCESS_STATES } from '../drivers/target-port.ts'
import { ScenarioError } from '../error.ts'
import type { InjectedError, Scenario, ScenarioDevice } from '../scenario.ts'
import { pathName } from './stack-plan.ts'

/** @throws ScenarioError for the first device that is not modelled as stated. */
export function checkDevices(scenario: Scenario): void {
  scenario.devices.forEach((device, i) => {
    const where = `devices[${String(i)}]`
    checkTransport(device, `${where}.transport`)
    checkPort(device, where)
    checkArray(scenario, device, `${where}.completion`)
  })
}

function checkTransport({ name, driver, transport }: ScenarioDevice, where: string): void {
  if (transport === undefined) return
  const fits = transport.kind === 'nvme-tcp' ? 'nvme' : 'scsi_debug'
  if (driver !== fits)
    throw new ScenarioError(
      where,
      `${name} is ${driver}, which has no transport ${transport.kind}`,
      'leave it out',
    )
  if (transport.kind === 'fc') {
    const { fast_io_fail_tmo_s: fast, dev_loss_tmo_s: loss } = transport
    if (fast !== undefined && fast >= loss)
      throw new ScenarioError(
        `${where}.fast_io_fail_tmo_s`,
        `${String(fast)} s is not shorter than dev_loss_tmo_s, which is ${String(loss)} s`,
        'the kernel refuses that: make it shorter',
      )
  } else if (transport.kind === 'iscsi' && transport.noop_interval_s + transport.noop_timeout_s >= 30)
    throw new ScenarioError(
      `${where}.noop_timeout_s`,
      'a ping that is given up later than a command (30 s) is not modelled',
      'keep noop_interval_s and noop_timeout_s together below 30',
    )
}

/** Paths of one LUN lead to one back end, so they have to agree on what it is. */
function checkArray({ devices }: Scenario, device: ScenarioDevice, where: string): void {
  const mine = device.completion
  if (mine.kind !== 'array' || device.lun === undefined) return
  const other = devices.find(({ lun, completion }) => lun === device.lun && completion.kind === 'array')
  if (other === undefined || other.completion.kind !== 'array') return
  for (const field of ['hit_ns', 'miss_ns', 'write_ns', 'hit_ratio', 'width', 'queue_limit'] as const) {
    if (mine[field] === other.completion[field]) continue
    throw new ScenarioError(
      `${where}.${field}`,
      `${device.name} and ${other.name} lead to the same LUN and differ in ${field}`,
      'give all paths of a LUN the same back end, or name another lun',
    )
  }
}

export function findDevice(scenario: Scenario, name: string, where: string): ScenarioDevice {
  const device = scenario.devices.find((d) => d.name === name || pathName(d.name) === name)
  if (device) return device
  throw new ScenarioError(
    where,
    `there is no device "${name}"`,
    `use one of ${scenario.devices.map((d) => d.name).join(', ')}`,
  )
}

/** A device that accidents can happen to. */
export function findAble(scenario: Scenario, name: string, where: string, otherwise: string): void {
  if (findDevice(scenario, name, where).driver !== 'null_blk') return
  throw new ScenarioError(where, `${name} is null_blk, which ${otherwise}`, 'use a scsi_debug or nvme device')
}

/** A namespace, which asymmetric access is about. */
export function findNvme(scenario: Scenario, name: string, where: string): void {
  const { driver } = findDevice(scenario, name, where)
  if (driver === 'nvme') return
  throw new ScenarioError(where, `${name} is ${driver}, which has no ANA states`, 'use an nvme device')
}

export function checkInjected(scenario: Scenario, error: InjectedError, where: string): void {
  const { name, driver } = findDevice(scenario, error.device, `${where}.device`)
  if (driver === 'null_blk')
    throw new ScenarioError(
      `${where}.device`,
      `${name} is null_blk, which takes no injected errors`,
      'inject into a scsi_debug or nvme device',
    )
  const known = INJECTABLE[driver]
  if (error.status === undefined) {
    if (driver === 'scsi_debug') return
    throw new ScenarioError(
      where,
      `${name} is an nvme device, which takes no SCSI errors`,
      `give a status, one of ${known.join(', ')}`,
    )
  }
  if (known.includes(error.status)) return
  throw new ScenarioError(
    `${where}.status`,
    `"${error.status}" is no status of ${driver}`,
    `use one of ${known.join(', ')}`,
  )
}

function checkPort(device: ScenarioDevice, where: string): void {
  const { hw_handler_attached: handler, access_state, access_state_reported } = device
  if (handler !== undefined) checkWord(handler, HANDLERS, `${where}.hw_handler_attached`, 'hardware handler')
  for (const [field, state] of Object.entries({ access_state, access_state_reported }))
    if (state !== undefined)
      checkWord(state, [...ACCESS_STATES.keys()], `${where}.${field}`, 'state of a port')
}

function checkWord(word: string, known: readonly string[], where: string, kind: string): void {
  if (known.includes(word)) return
  throw new ScenarioError(where, `"${word}" is no ${kind}`, `use one of ${known.join(', ')}`)
}

function findScsi(scenario: Scenario, name: string, where: string): void {
  const { driver } = findDevice(scenario, name, where)
  if (driver === 'scsi_debug') return
  throw new ScenarioError(where, `${name} is ${driver}, which has no SCSI port`, 'use a scsi_debug device')
}

export function checkActivation(
  scenario: Scenario,
  order: ActivationOrder & { readonly device: string },
  where: string,
): void {
  findScsi(scenario, order.device, `${where}.device`)
  checkWord(order.result, ACTIVATION_RESULTS, `${where}.result`, 'result of an activation')
}

export function checkAccessState(
  scenario: Scenario,
  change: { readonly device: string; readonly state: string },
  where: string,
): void {
  findScsi(scenario, change.device, `${where}.device`)
  checkWord(change.state, [...ACCESS_STATES.keys()], `${where}.state`, 'state of a port')
}
