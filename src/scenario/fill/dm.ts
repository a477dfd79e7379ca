/** Completes the dm device: by default one group, round-robin, over all devices, in the mode that is run. */
import type { KernelProfile, ScenarioDevice, ScenarioDm } from '../../engine/index.ts'
import type { FileDm } from '../form.ts'
import type { Filler } from './filler.ts'

export function fillDm(
  filler: Filler,
  given: FileDm,
  devices: readonly ScenarioDevice[],
  kernel: KernelProfile,
): ScenarioDm {
  const smallest = Math.min(...devices.map((device) => device.sectors))
  const stated = given.table === undefined ? undefined : lengthIn(given.table)
  const source = stated === undefined ? 'the smallest device' : 'the table line'
  const sectors = filler.value(['dm', 'sectors'], given.sectors, source, stated ?? smallest)
  return {
    ...given,
    name: filler.value(['dm', 'name'], given.name, 'the form', 'mp'),
    dev: filler.value(['dm', 'dev'], given.dev, 'the form', freeDmNumber(devices)),
    sectors,
    table: filler.value(
      ['dm', 'table'],
      given.table,
      'all devices in one group',
      wholeTable(sectors, devices, kernel),
    ),
  }
}

/** multipath-tools: rr_min_io 1000 for kernels without request-based multipath, rr_min_io_rq 1 for all later ones. */
function wholeTable(sectors: number, devices: readonly ScenarioDevice[], kernel: KernelProfile): string {
  const repeat = kernel.modes.includes('rq') ? 1 : 1000
  const paths = devices.map((device) => `${device.dev} ${repeat}`).join(' ')
  return `0 ${sectors} multipath 2 queue_mode {mode} 0 1 1 round-robin 0 ${devices.length} 1 ${paths}`
}

/** Second word of a table line, where it is a number. */
function lengthIn(table: string): number | undefined {
  const length = Number(/^\s*\d+\s+(\d{1,15})\s/.exec(table)?.[1])
  return Number.isSafeInteger(length) && length > 0 ? length : undefined
}

function freeDmNumber(devices: readonly ScenarioDevice[]): string {
  const taken = new Set(devices.map((device) => device.dev))
  let minor = 0
  while (taken.has(`253:${minor}`)) minor++
  return `253:${minor}`
}

/** The mode that a table is bound to, where it does not leave it open with {mode}. */
export function modeOfTable(table: string, kernel: KernelProfile): 'bio' | 'rq' | undefined {
  if (table.includes('{mode}')) return undefined
  if (kernel.modes.length === 1) return kernel.modes[0]
  return /\bqueue_mode\s+bio\b/.test(table) ? 'bio' : 'rq'
}
