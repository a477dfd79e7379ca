/** Checks what is to happen to devices: injected errors, cables, devices that hang or slow down. */
import { INJECTABLE, type InjectedError, type Scenario } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { suggest } from '../../lib/near-miss.ts'
import { problem, shown, type Problem } from '../problems.ts'

export function checkNamed({ devices }: Scenario, path: JsonPath, name: string): Problem[] {
  const names = devices.map((device) => device.name)
  if (names.includes(name)) return []
  return [problem(path, `there is no device ${shown(name)}`, suggest(name, names))]
}

/** A device that this can happen to at all: anything but a null_blk. */
export function checkAble(scenario: Scenario, path: JsonPath, name: string, otherwise: string): Problem[] {
  const device = scenario.devices.find((candidate) => candidate.name === name)
  if (device === undefined) return checkNamed(scenario, path, name)
  if (device.driver !== 'null_blk') return []
  return [problem(path, `${name} is a null_blk, which ${otherwise}`, 'use a scsi_debug or an nvme device')]
}

/** A device that has a hardware handler and a target port. */
export function checkScsi(scenario: Scenario, path: JsonPath, name: string): Problem[] {
  const device = scenario.devices.find((candidate) => candidate.name === name)
  if (device === undefined) return checkNamed(scenario, path, name)
  if (device.driver === 'scsi_debug') return []
  return [
    problem(
      path,
      `${name} is a device of ${device.driver}, which has no SCSI port`,
      'use a scsi_debug device',
    ),
  ]
}

/** A namespace behind a controller. */
export function checkNvme(scenario: Scenario, path: JsonPath, name: string): Problem[] {
  const device = scenario.devices.find((candidate) => candidate.name === name)
  if (device === undefined) return checkNamed(scenario, path, name)
  if (device.driver === 'nvme') return []
  return [
    problem(path, `${name} is a device of ${device.driver}, which has no ANA states`, 'use an nvme device'),
  ]
}

const BYTES = ['host_byte', 'driver_byte', 'status_byte', 'sense_key', 'asc', 'ascq'] as const

export function checkInjected(scenario: Scenario, path: JsonPath, error: InjectedError): Problem[] {
  const able = checkAble(scenario, [...path, 'device'], error.device, 'cannot inject errors')
  const device = scenario.devices.find((candidate) => candidate.name === error.device)
  if (able.length > 0 || device === undefined) return able
  return [...checkRange(path, error), ...checkStatus(path, error, device.driver)]
}

function checkRange(path: JsonPath, { first_sector: first, sectors }: InjectedError): Problem[] {
  if ((first === undefined) === (sectors === undefined)) return []
  const missing = first === undefined ? 'first_sector' : 'sectors'
  return [problem(path, `a range of sectors needs ${missing} as well`, 'give both, or neither')]
}

function checkStatus(path: JsonPath, error: InjectedError, driver: keyof typeof INJECTABLE): Problem[] {
  const known = INJECTABLE[driver]
  const bytes = BYTES.filter((name) => error[name] !== 0)
  if (error.status === undefined) {
    if (driver === 'scsi_debug') return []
    return [
      problem(
        path,
        `a device of ${driver} gives no SCSI answers`,
        `add "status": one of ${known.join(', ')}`,
      ),
    ]
  }
  if (!known.includes(error.status)) {
    const what = `${shown(error.status)} is no status of ${driver}`
    return [problem([...path, 'status'], what, suggest(error.status, known))]
  }
  if (bytes.length === 0) return []
  return [
    problem(
      [...path, 'status'],
      `it and ${bytes.join(', ')} say the same thing twice`,
      'give one of the two',
    ),
  ]
}
