/** Completes what multipathd is told, as its own sources do where multipath.conf is silent. */
import { MULTIPATHD_DEFAULTS, type MultipathdOptions, type ScenarioDevice } from '../../engine/index.ts'
import type { FileMultipathd } from '../form.ts'
import type { Filler } from './filler.ts'

const SOURCE = 'multipath-tools 0.14.3'

export function fillMultipathd(
  filler: Filler,
  given: FileMultipathd,
  devices: readonly ScenarioDevice[],
): MultipathdOptions {
  const polling = given.polling_interval ?? MULTIPATHD_DEFAULTS.polling_interval
  const defaults: MultipathdOptions = {
    ...MULTIPATHD_DEFAULTS,
    // four times the shortest, unless stated
    max_polling_interval: 4 * polling,
    // detect_prio: an array that speaks ALUA is asked
    prio: devices.some((device) => device.hw_handler_attached === 'alua') ? 'alua' : 'const',
  }
  for (const [name, value] of Object.entries(defaults))
    if (!(name in given)) filler.value(['multipathd', name], undefined, SOURCE, value)
  return { ...defaults, ...given }
}
