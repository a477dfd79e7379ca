/** Parts of the engine outside a run: a machine whose CPUs take no time, with the devices of a scenario file. */
import { chooseKernel } from '../../src/engine/kernel/choose.ts'
import { stepCosts } from '../../src/engine/kernel/costs.ts'
import { Request } from '../../src/engine/block/request.ts'
import type { RequestQueue } from '../../src/engine/block/request-queue.ts'
import { Op, packRwbs, type QueueMode } from '../../src/engine/log/index.ts'
import { Machine } from '../../src/engine/machine.ts'
import { Stack } from '../../src/engine/workload/stack.ts'
import { problemSentence, resolveScenario } from '../../src/scenario/index.ts'

export interface Parts {
  readonly m: Machine
  readonly stack: Stack
}

export function engineParts(file: unknown, mode: QueueMode, kernel = '6.12'): Parts {
  const resolved = resolveScenario(file)
  if (!resolved.ok) throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
  const { scenario } = resolved
  const m = new Machine(chooseKernel(kernel, mode, {}), stepCosts(0), scenario.cpus)
  return { m, stack: new Stack(m, scenario, mode) }
}

/** Some scsi_debug paths in one group under this selector. */
export function pathsUnder(selector: string, count: number, pathArgs: readonly string[] = ['1']): unknown {
  const devs = Array.from({ length: count }, (_, at) => `8:${at * 16}`)
  const words = devs.map((dev) => [dev, ...pathArgs].join(' ')).join(' ')
  return {
    scenario: 'parts',
    cpus: 2,
    devices: devs.map((dev, at) => ({
      name: `sd${'abcdefgh'[at]!}`,
      dev,
      driver: 'scsi_debug',
      sectors: 65_536,
    })),
    dm: {
      name: 'mp',
      dev: '253:0',
      sectors: 65_536,
      table: `0 65536 multipath 2 queue_mode {mode} 0 1 1 ${selector} 0 ${count} ${pathArgs.length} ${words}`,
    },
    tasks: [{ name: 'main', do: [] }],
  }
}

/** A request that nobody has: for structures that only sort and look up. */
export function looseRequest(queue: RequestQueue, op: 'R' | 'W', sector: number, sectors = 8): Request {
  const { m } = queue
  const rwbs = packRwbs(op === 'R' ? Op.READ : Op.WRITE)
  const rq = new Request(m.nextId(), queue, queue.hctxs[0]!, 0, rwbs, m.clock.nowNs)
  rq.sector = sector
  rq.sizeSectors = sectors
  return rq
}
