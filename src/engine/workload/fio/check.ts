/** What of a job cannot be run, found before it starts. */
import { ScenarioError } from '../../error.ts'
import type { Scenario } from '../../scenario.ts'
import { topSectors } from '../stack-plan.ts'
import type { FioJob } from './job.ts'
import { planOf, smallestBlock } from './plan.ts'

/** @throws ScenarioError for the first thing that makes no sense. */
export function checkFioJob(scenario: Scenario, job: FioJob, where: string): void {
  const blockBytes = Math.max(
    512,
    ...scenario.devices.map((d) => Number(d.queue['logical_block_size'] ?? 512)),
  )
  const deviceBytes = topSectors(scenario) * 512
  for (const [option, bytes] of alignedOptions(job)) {
    if (bytes > 0 && bytes % blockBytes === 0) continue
    throw new ScenarioError(
      `${where}.${option}`,
      `${String(bytes)} is no multiple of the logical block, ${String(blockBytes)} bytes`,
      'write one',
    )
  }
  const last = planOf(job, (job.numjobs ?? 1) - 1, deviceBytes, scenario.seed)
  if (last.sizeBytes < smallestBlock(job)) {
    throw new ScenarioError(
      `${where}.size`,
      `not one block of ${String(smallestBlock(job))} bytes fits between offset ${String(last.offsetBytes)} and the end`,
      `the device has ${String(deviceBytes)} bytes; lower offset or bs`,
    )
  }
  if (job.time_based === true && job.runtime_ns === undefined)
    throw new ScenarioError(`${where}.time_based`, 'it never ends without a runtime', 'add "runtime_ns"')
  if (last.verify && !last.direct) {
    throw new ScenarioError(
      `${where}.verify`,
      'through the page cache it would only check the cache',
      'write direct=1, or leave verify out',
    )
  }
}

function alignedOptions(job: FioJob): [option: string, bytes: number][] {
  const { bs, bssplit } = job
  const direct = job.direct ?? true
  return [
    ...(typeof bs === 'number' ? [bs] : [bs.read, bs.write]).map((bytes): [string, number] => ['bs', bytes]),
    ...(bssplit ?? []).map(({ bytes }): [string, number] => ['bssplit', bytes]),
    ...(direct && job.offset ? [['offset', job.offset] as [string, number]] : []),
    ...(direct && job.offset_increment
      ? [['offset_increment', job.offset_increment] as [string, number]]
      : []),
  ]
}
