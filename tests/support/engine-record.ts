/** The record of a whole run, as the page would have it at the end. */
import { createRun } from '../../src/engine/index.ts'
import type { QueueMode } from '../../src/engine/log/index.ts'
import { RunRecord } from '../../src/record/run-record.ts'
import { GALLERY, resolveScenario } from '../../src/scenario/index.ts'

export function engineRecord(document: unknown, mode: QueueMode, kernel?: string): RunRecord {
  const resolved = resolveScenario(document)
  if (!resolved.ok) throw new Error(resolved.problems[0]?.what)
  const scenario = kernel === undefined ? resolved.scenario : { ...resolved.scenario, kernel }
  const run = createRun({ scenario, mode })
  const record = new RunRecord(run.header)
  while (run.advance(50_000) === 'running');
  record.append(run.takeChunks(), run.tables)
  record.result = run.result()
  return record
}

export function galleryRecord(name: string, mode: QueueMode): RunRecord {
  const found = GALLERY.find(({ scenario }) => scenario === name)
  if (found === undefined) throw new Error(`there is no scenario ${name} in the gallery`)
  return engineRecord(found, mode)
}
