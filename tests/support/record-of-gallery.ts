/** A gallery scenario run to its end in this process, as the record of one lane. */
import { createRun } from '../../src/engine/index.ts'
import type { QueueMode } from '../../src/engine/log/index.ts'
import { RunRecord } from '../../src/record/run-record.ts'
import { resolveSource } from '../../src/scenario/index.ts'

export function recordOfGallery(name: string, mode: QueueMode): RunRecord {
  const resolved = resolveSource({ kind: 'gallery', name })
  if (!resolved.ok) throw new Error(`the gallery has no ${name}`)
  const run = createRun({ scenario: resolved.scenario, mode })
  const record = new RunRecord(run.header)
  for (let state = 'running'; state === 'running';) {
    state = run.advance(50_000)
    record.append(run.takeChunks(), { tasks: [], strings: [], origins: [] })
  }
  return record
}
