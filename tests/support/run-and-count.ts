/** Runs a scenario to its end and keeps only what tests of whole workloads ask for. */
import { createRun, type Scenario } from '../../src/engine/index.ts'
import {
  deviceAt,
  DEV_NONE,
  EventKind,
  kindName,
  type QueueMode,
  type RunResult,
} from '../../src/engine/log/index.ts'
import { problemSentence, resolveScenario, type ScenarioFile } from '../../src/scenario/index.ts'

export interface Counted {
  readonly result: RunResult
  /** `kind device` -> how often; devices by name, `paths` for all but dm. */
  readonly counts: ReadonlyMap<string, number>
  /** The same in sectors, for kinds that have a size. */
  readonly sectors: ReadonlyMap<string, number>
  /** I/Os of applications that ended, in each `bucketNs` of the run. */
  readonly endedPerBucket: readonly number[]
}

export function scenarioFrom(file: ScenarioFile): Scenario {
  const resolved = resolveScenario(file)
  if (resolved.ok) return resolved.scenario
  throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
}

export function runAndCount(
  scenario: Scenario,
  mode: QueueMode,
  { bucketNs = 250e6, costScale = 1 }: { readonly bucketNs?: number; readonly costScale?: number } = {},
): Counted {
  const run = createRun({ scenario, mode, costScale })
  const counts = new Map<string, number>()
  const sectors = new Map<string, number>()
  const endedPerBucket: number[] = []
  const add = (map: Map<string, number>, key: string, by: number): void => {
    map.set(key, (map.get(key) ?? 0) + by)
  }
  for (let state = 'running'; state === 'running';) {
    state = run.advance(50_000)
    for (const chunk of run.takeChunks()) {
      for (let row = 0; row < chunk.count; row++) {
        const kind = chunk.kind[row]!
        const dev = chunk.dev[row]!
        const name = dev === DEV_NONE ? 'none' : (deviceAt(run.header, run.tables, dev)?.name ?? '?')
        for (const place of dev > 0 && dev !== DEV_NONE ? [name, 'paths'] : [name]) {
          add(counts, `${kindName(kind)} ${place}`, 1)
          add(sectors, `${kindName(kind)} ${place}`, chunk.size[row]!)
        }
        if (kind !== EventKind.io_end) continue
        const bucket = Math.floor(chunk.timeNs[row]! / bucketNs)
        while (endedPerBucket.length <= bucket) endedPerBucket.push(0)
        endedPerBucket[bucket]!++
      }
    }
  }
  return { result: run.result(), counts, sectors, endedPerBucket }
}
