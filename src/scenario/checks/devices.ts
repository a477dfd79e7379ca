/** Checks devices against each other and their attributes against themselves. */
import type { Scenario, ScenarioDevice } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { suggest } from '../../lib/near-miss.ts'
import { problem, shown, type Problem } from '../problems.ts'
import { SCHEDULERS } from '../words.ts'
import { checkServices } from './services.ts'

export function checkDevices(scenario: Scenario): Problem[] {
  return [
    ...repeated(scenario, 'name'),
    ...repeated(scenario, 'dev'),
    ...againstDm(scenario),
    ...checkServices(scenario),
    ...scenario.devices.flatMap((device, index) => checkQueue(device, ['devices', index, 'queue'])),
  ]
}

function repeated(scenario: Scenario, field: 'name' | 'dev'): Problem[] {
  const first = new Map<string, number>()
  return scenario.devices.flatMap((device, index) => {
    const before = first.get(device[field])
    first.set(device[field], before ?? index)
    if (before === undefined) return []
    const what = `${shown(device[field])} is already devices[${before}]`
    return [problem(['devices', index, field], what, `give every device a ${field} of its own`)]
  })
}

function againstDm({ devices, dm }: Scenario): Problem[] {
  const sameDev = devices.findIndex((device) => device.dev === dm.dev)
  const dmName = dmNodeName(dm.dev)
  const sameName = devices.findIndex((device) => device.name === dmName || device.name === dm.name)
  const found: Problem[] = []
  if (sameDev >= 0)
    found.push(
      problem(
        ['dm', 'dev'],
        `${shown(dm.dev)} is already devices[${sameDev}]`,
        'give dm a number of its own',
      ),
    )
  if (sameName >= 0)
    found.push(
      problem(['devices', sameName, 'name'], `it is the name of the dm device`, 'give the path another name'),
    )
  return found
}

/** The kernel's name of a dm device: `dm-0` for 253:0. */
export function dmNodeName(dev: string): string {
  return `dm-${dev.split(':')[1] ?? '0'}`
}

/** Attributes that are texts; every other is a number. */
const TEXTS = new Set(['scheduler', 'write_cache', 'zoned'])

function checkQueue(device: ScenarioDevice, path: JsonPath): Problem[] {
  const found: Problem[] = []
  const bad = (name: string, what: string, remedy: string): void => {
    found.push(problem([...path, name], what, remedy))
  }
  for (const [name, value] of Object.entries(device.queue))
    if (!TEXTS.has(name) && typeof value !== 'number')
      bad(name, `${shown(value)} is a text`, 'write a number')
  if (found.length > 0) return found
  const number = (name: string): number => Number(device.queue[name] ?? 0)

  const scheduler = String(device.queue['scheduler'])
  if (!(SCHEDULERS as readonly string[]).includes(scheduler))
    bad('scheduler', `${shown(scheduler)} is not a scheduler`, suggest(scheduler, SCHEDULERS))
  const cache = String(device.queue['write_cache'])
  if (cache !== 'write back' && cache !== 'write through')
    bad('write_cache', `${shown(cache)} is not a cache mode`, suggest(cache, ['write back', 'write through']))
  for (const name of ['logical_block_size', 'physical_block_size'])
    if (!isBlockSize(number(name)))
      bad(name, `${number(name)} is not a block size`, 'write a power of two from 512 to 65536')
  for (const name of ['max_sectors_kb', 'max_segments', 'max_segment_size', 'nr_requests'])
    if (number(name) === 0) bad(name, 'it is 0, so no I/O could ever pass', 'write at least 1')
  if (number('max_sectors_kb') > number('max_hw_sectors_kb'))
    bad(
      'max_sectors_kb',
      `${number('max_sectors_kb')} is more than max_hw_sectors_kb, which is ${number('max_hw_sectors_kb')}`,
      'the kernel refuses that: lower it, or raise max_hw_sectors_kb too',
    )
  if (
    device.queue['max_sectors'] !== undefined &&
    Math.floor(number('max_sectors') / 2) !== number('max_sectors_kb')
  )
    bad(
      'max_sectors',
      `${number('max_sectors')} sectors are not ${number('max_sectors_kb')} KiB (max_sectors_kb)`,
      'state one of the two',
    )
  return found
}

function isBlockSize(bytes: number): boolean {
  return bytes >= 512 && bytes <= 65_536 && Number.isInteger(Math.log2(bytes))
}
