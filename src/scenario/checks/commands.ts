/** Checks what an administrator would type: dmsetup messages and writes to sysfs. */
import { type Scenario, TRANSPORT_NUMBERS, transportFile, type TransportFile } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { suggest } from '../../lib/near-miss.ts'
import { problem, shown, type Problem } from '../problems.ts'
import {
  DEVICE_ATTRIBUTES,
  IO_POLICIES,
  IO_POLICY_PATH,
  MESSAGES,
  NDELAY_PATHS,
  QUEUE_ATTRIBUTES,
  SCHEDULERS,
  SCSI_STATES,
} from '../words.ts'
import { devicesEver } from './later.ts'
import { upperNames } from './stack.ts'

export function checkMessage(scenario: Scenario, path: JsonPath, message: string): Problem[] {
  const [verb = '', argument, ...more] = message.trim().split(/\s+/)
  const takes = Object.hasOwn(MESSAGES, verb) ? MESSAGES[verb] : undefined
  if (takes === undefined)
    return [problem(path, `multipath knows no message ${shown(verb)}`, suggest(verb, Object.keys(MESSAGES)))]
  const wanted = takes === 'nothing' ? 0 : 1
  if ((argument === undefined ? 0 : 1) + more.length !== wanted) {
    const remedy =
      wanted === 0 ? `write "${verb}" alone` : `write "${verb} ${takes === 'group' ? '1' : '8:16'}"`
    return [problem(path, `"${verb}" takes ${wanted === 0 ? 'no argument' : `one ${takes}`}`, remedy)]
  }
  if (takes === 'group' && !/^\d{1,4}$/.test(argument ?? ''))
    return [problem(path, `${shown(argument)} is not a group number`, 'groups are counted from 1')]
  if (takes !== 'device' || devicesEver(scenario).some(({ dev }) => dev === argument)) return []
  const known = scenario.devices.map(({ name, dev }) => `${dev} (${name})`).join(', ')
  return [problem(path, `there is no device ${shown(argument)}`, `the devices are ${known}`)]
}

type SysfsWrite = { readonly sysfs: string; readonly value: number | string }

export function checkSysfs(scenario: Scenario, path: JsonPath, write: SysfsWrite): Problem[] {
  const at = [...path, 'sysfs']
  if (write.sysfs === IO_POLICY_PATH) return word(path, write, IO_POLICIES)
  if ((NDELAY_PATHS as readonly string[]).includes(write.sysfs)) return wholeNumber(path, write)
  const file = transportFile(write.sysfs)
  if (file !== undefined) return checkTransportFile(scenario, path, write, file)
  if (/^\/sys\/module\/[\w]+\/parameters\/[\w]+$/.test(write.sysfs)) return []
  const map = /^\/sys\/block\/([^/]+)\/dm\/rq_based_seq_io_merge_deadline$/.exec(write.sysfs)?.[1]
  if (map !== undefined && upperNames(scenario).includes(map)) return wholeNumber(path, write)
  const found = /^\/sys\/block\/(?<name>[^/]+)\/(?<folder>queue|device)\/(?<attribute>[^/]+)$/.exec(
    write.sysfs,
  )
  const { name, folder, attribute } = found?.groups ?? {}
  if (name === undefined || folder === undefined || attribute === undefined)
    return [
      problem(
        at,
        `${shown(write.sysfs)} is not simulated`,
        'write /sys/block/NAME/queue/... or /sys/block/NAME/device/...',
      ),
    ]
  const upper = upperNames(scenario)
  const meant = devicesEver(scenario).filter((device) => fits(name, device.name))
  const names = [...scenario.devices.map((device) => device.name), ...upper]
  if (meant.length === 0 && !upper.includes(name))
    return [problem(at, `there is no device ${shown(name)}`, suggest(name, names))]
  const isScsi = meant.length > 0 && meant.every((device) => device.driver === 'scsi_debug')
  if (folder === 'device' && !isScsi)
    return [
      problem(at, `${name} is not a SCSI device and has no device/${attribute}`, 'name a scsi_debug device'),
    ]
  const known: readonly string[] = folder === 'queue' ? QUEUE_ATTRIBUTES : DEVICE_ATTRIBUTES
  if (!known.includes(attribute))
    return [problem(at, `a ${folder} has no attribute ${shown(attribute)}`, suggest(attribute, known))]
  return checkValue(path, attribute, write)
}

function checkTransportFile(
  { devices }: Scenario,
  path: JsonPath,
  write: SysfsWrite,
  file: TransportFile,
): Problem[] {
  const fits = devices.some(
    ({ name, transport }, place) => transport?.kind === file.kind && file.isFor(place, name),
  )
  if (!fits)
    return [
      problem(
        [...path, 'sysfs'],
        `${shown(write.sysfs)} does not exist here`,
        `give a device "transport": {"kind": "${file.kind}"}; ${TRANSPORT_NUMBERS}`,
      ),
    ]
  return String(write.value) === file.never ? [] : wholeNumber(path, write)
}

/** A shell's pattern: `sd*` is every disk of that name that is there. */
function fits(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\w-]/g, '.'))
  return new RegExp(`^${parts.join('.*')}$`).test(name)
}

function checkValue(path: JsonPath, attribute: string, write: SysfsWrite): Problem[] {
  if (attribute === 'scheduler') return word(path, write, SCHEDULERS)
  if (attribute === 'state') return word(path, write, SCSI_STATES)
  if (attribute === 'write_cache') return word(path, write, ['write back', 'write through'])
  return attribute === 'access_state' || attribute === 'zoned' ? [] : wholeNumber(path, write)
}

function word(path: JsonPath, { value }: SysfsWrite, known: readonly string[]): Problem[] {
  const text = String(value)
  if (known.includes(text)) return []
  return [
    problem([...path, 'value'], `${shown(value)} is not a value of this attribute`, suggest(text, known)),
  ]
}

function wholeNumber(path: JsonPath, { value }: SysfsWrite): Problem[] {
  if (/^-?\d{1,15}$/.test(String(value))) return []
  return [problem([...path, 'value'], `${shown(value)} is not a number`, 'write a whole number')]
}
