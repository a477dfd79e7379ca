/** One run of the simulation, advanced in slices so that whoever drives it stays in charge of its own time. */
import type { EventChunk, QueueMode, RunHeader, RunResult, SideTables } from './log/index.ts'
import type { Action, Scenario } from './scenario.ts'

export interface RunInput {
  readonly scenario: Scenario
  readonly mode: QueueMode
  /** Overrides scenario.kernel. */
  readonly kernel?: string
  /** Steps taken from outside, in order of time. */
  readonly actions?: readonly Action[]
  /** Multiplies every CPU cost; 0 makes the CPU infinitely fast. Default 1. Order and counts do not depend on it. */
  readonly costScale?: number
}

export interface Run {
  readonly header: RunHeader
  /** Grows while the run advances. */
  readonly tables: SideTables
  /** Simulated time of the last event, ns. */
  readonly timeNs: number
  /**
   * Simulates until at least `maxEvents` more events are logged, or the end: no event is left, every task has ended.
   * @throws Error when an invariant of the engine is broken (a bug), never for what a scenario does.
   */
  advance(maxEvents: number): 'running' | 'ended'
  /** Full chunks since the last call; after the end also the last, partly filled one. Ownership passes to the caller. */
  takeChunks(): EventChunk[]
  /** Only after advance() returned 'ended'. */
  result(): RunResult
}

export declare function createRun(input: RunInput): Run
