/** A scenario run to its end, as a record. */
import { createRun, type Scenario } from '../../src/engine/index.ts'
import type { QueueMode } from '../../src/engine/log/index.ts'
import { RunRecord } from '../../src/record/run-record.ts'

export function recordOf(scenario: Scenario, mode: QueueMode, mostEvents: number = Infinity): RunRecord {
  const run = createRun({ scenario, mode })
  const record = new RunRecord(run.header)
  let state = 'running'
  while (state === 'running' && record.eventCount < mostEvents) {
    state = run.advance(Math.min(50_000, mostEvents))
    const chunks = run.takeChunks()
    if (state === 'ended' || chunks.every(({ count, kind }) => count === kind.length))
      record.append(chunks, { tasks: [], strings: [], origins: [] })
  }
  record.tables.tasks.push(...run.tables.tasks)
  return record
}
