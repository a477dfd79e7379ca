/** A law: a sentence that every run obeys, and how the event log shows that it does. */
import type { KernelProfile, Scenario } from '../../src/engine/index.ts'
import type { QueueMode, RunHeader, RunResult, SideTables } from '../../src/engine/log/index.ts'
import type { Row } from './log-rows.ts'
import type { World } from './world.ts'

export interface Ran {
  readonly scenario: Scenario
  readonly mode: QueueMode
  readonly kernel: KernelProfile
  readonly header: RunHeader
  readonly tables: SideTables
  /** Undefined when the run was broken off before its end: only what must never happen can be judged then. */
  readonly result: RunResult | undefined
}

/** Judges one run. Both answer with what is wrong, or nothing. */
export interface Watch {
  /** Before the event is applied to the world. */
  readonly see?: (e: Row) => string | undefined
  /** After the last event of a run that was not broken off. */
  readonly end?: (result: RunResult) => string | undefined
}

export interface Law {
  /** Plain sentence, with the numbers of kernel-model section 9 behind it. */
  readonly name: string
  readonly watch: (world: World, ran: Ran) => Watch
}
