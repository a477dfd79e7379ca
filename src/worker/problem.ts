/** Any throw as data: an input that the engine refuses, or a fault of the engine. */
import { ScenarioError } from '../engine/index.ts'
import type { Problem } from './protocol.ts'

export function problemOf(error: unknown, lastEvents: readonly string[]): Problem {
  if (error instanceof ScenarioError) {
    return { kind: 'scenario', where: error.where, what: error.what, remedy: error.remedy }
  }
  const what = error instanceof Error ? error.message : String(error)
  return { kind: 'broken', what, lastEvents }
}
