/** A small scenario, as the engine takes it. */
import type { Scenario } from '../../src/engine/index.ts'

export function testScenario(name = 'test'): Scenario {
  return {
    scenario: name,
    about: 'nothing happens',
    kernel: '6.12',
    cpus: 1,
    modes: ['bio', 'rq'],
    module_parameters: {},
    devices: [],
    dm: { name: 'mp', dev: '253:0', sectors: 0, table: '' },
    setup: [],
    tasks: [],
    seed: 1,
  }
}
