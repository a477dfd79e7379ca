/**
 * Messages between the page and the engine's worker: two closed unions, told apart by `type`. Types only.
 *
 * A worker runs several lanes beside each other. Every load has a run number of its own, every message about a run
 * carries it, and who receives a message of an old run drops it. The worker sends at most as many batches as it was
 * given credits for; the page gives one back for each batch it has taken into its record.
 *
 * Scenarios stay with the worker: the page names one by its source and is told an outline of it.
 */
import type { Action, Question } from '../engine/index.ts'
import type { QueueMode, RunHeader, RunResult, SideTables } from '../engine/log/index.ts'
import type { GalleryEntry, LaneChanges, Opened, ScenarioSource } from '../scenario/index.ts'

export type { Action, Question, Step } from '../engine/index.ts'

export type RunNumber = number & { readonly __brand: 'RunNumber' }
export type OpeningNumber = number & { readonly __brand: 'OpeningNumber' }
export type AskNumber = number & { readonly __brand: 'AskNumber' }

/** What makes a run: same setup, byte-identical log. */
export interface RunSetup {
  readonly source: ScenarioSource
  readonly mode: QueueMode
  readonly kernel: string
  readonly seed: number
  readonly actions: readonly Action[]
  readonly changes?: LaneChanges
}

/** A question to the machine of a lane at a moment; answered from the engine's state, not from the record. */
export interface Asked {
  readonly setup: RunSetup
  readonly at_ns: number
  readonly question: Question
}

/** The text that the tool would print, without the last line break. */
export type Answer =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: Problem }

export type ToWorker =
  /** Asks what a source holds; runs nothing. */
  | { readonly type: 'open'; readonly opening: OpeningNumber; readonly source: ScenarioSource }
  | {
      readonly type: 'load'
      readonly run: RunNumber
      readonly setup: RunSetup
      readonly credits: number
      /** The run ends with a problem when it has logged this many events. */
      readonly maxEvents: number
    }
  | { readonly type: 'credit'; readonly run: RunNumber; readonly batches: number }
  | { readonly type: 'stop'; readonly run: RunNumber }
  | { readonly type: 'ask'; readonly ask: AskNumber; readonly asked: Asked }
  /** Nobody waits for that answer any more. */
  | { readonly type: 'unask'; readonly ask: AskNumber }
  | { readonly type: 'dispose' }

export interface ChunkMessage {
  /** Transferred; columns.ts says what is where. */
  readonly buffer: ArrayBuffer
  readonly count: number
}

/** Rows that were added to the side tables since the batch before. */
export type SideTableAdditions = SideTables

export interface Batch {
  readonly chunks: readonly ChunkMessage[]
  readonly additions: SideTableAdditions
}

export type Problem =
  /** The input is not something the engine can run. */
  | { readonly kind: 'scenario'; readonly where: string; readonly what: string; readonly remedy: string }
  /** The run logged more events than it may; what was recorded stays. */
  | {
      readonly kind: 'too_many_events'
      readonly where: string
      readonly what: string
      readonly remedy: string
    }
  /** The engine contradicted itself: a bug of ours. */
  | { readonly kind: 'broken'; readonly what: string; readonly lastEvents: readonly string[] }

export type FromWorker =
  | { readonly type: 'ready'; readonly gallery: readonly GalleryEntry[] }
  | { readonly type: 'opened'; readonly opening: OpeningNumber; readonly opened: Opened }
  | { readonly type: 'answer'; readonly ask: AskNumber; readonly answer: Answer }
  | { readonly type: 'header'; readonly run: RunNumber; readonly header: RunHeader }
  | { readonly type: 'batch'; readonly run: RunNumber; readonly batch: Batch }
  | { readonly type: 'ended'; readonly run: RunNumber; readonly result: RunResult }
  | { readonly type: 'problem'; readonly run: RunNumber; readonly problem: Problem }
