/**
 * The ledger as it is read: CPU nanoseconds by step and task, objects and bytes, for a range of events or up to one.
 *
 *     const whole = ledgerOf(record, -1, record.eventCount - 1)
 *     whole.steps.find(({ step }) => step === 'dmClone')?.ns
 *
 * A range is read in one pass over its events; who follows a growing record keeps a LedgerRange and moves its end.
 */
import {
  COST_TABLE,
  type CpuStep,
  OBJECT_SIZES,
  type ObjectSize,
  type TaskInfo,
} from '../../engine/log/index.ts'
import { Counter } from '../counters.ts'
import { foldTo } from '../fold.ts'
import { PictureCursor } from '../picture-cursor.ts'
import type { Picture } from '../picture.ts'
import type { RunRecord } from '../run-record.ts'
import { STEP_COUNT } from './charges.ts'
import type { LedgerTable } from './ledger-table.ts'

export type TaskContext = 'application' | 'softirq' | 'kworker' | 'kdmwork'

export interface StepLine {
  readonly step: CpuStep
  readonly times: number
  readonly ns: number
}

export interface TaskLine {
  /** Index in the side tables. */
  readonly task: number
  readonly comm: string
  readonly context: TaskContext
  readonly ns: number
  /** Its steps that cost something. */
  readonly steps: readonly StepLine[]
}

export interface ObjectLine {
  readonly size: ObjectSize
  /** Allocated, or taken where it is preallocated, within the range. */
  readonly born: number
  readonly gone: number
  /** At the end of the range. */
  readonly live: number
  readonly peak: number
}

export interface Ledger {
  readonly cpuNs: number
  /** Every step, in the order of the table, also those that did not happen. */
  readonly steps: readonly StepLine[]
  readonly tasks: readonly TaskLine[]
  readonly objects: readonly ObjectLine[]
  readonly bytesLive: number
  readonly bytesPeak: number
  /** I/Os of applications in flight at the end, and begun within the range. */
  readonly iosLive: number
  readonly iosBegun: number
}

/** Events after `from` (-1: from the start) up to and including `to`. */
export function ledgerOf(record: RunRecord, from: number, to: number): Ledger {
  return new LedgerRange(record, from).upTo(to)
}

/** The ledger of a picture: from the start of the run to its event. */
export function ledgerOfPicture(picture: Picture, tasks: readonly TaskInfo[]): Ledger {
  return read(tasks, picture.ledger, undefined, picture.iosLive, iosBegun(picture))
}

/** A range whose end moves forward; each event is folded once. */
export class LedgerRange {
  private readonly record: RunRecord
  private readonly picture: Picture
  private readonly before: Before

  constructor(record: RunRecord, from: number) {
    this.record = record
    this.picture = new PictureCursor(record).at(from)
    const { ledger } = this.picture
    ledger.forgetPeaks()
    this.before = {
      counts: ledger.counts.slice(),
      born: ledger.born.slice(),
      live: ledger.live.slice(),
      ios: iosBegun(this.picture),
    }
  }

  /** @param to an event not before the last one asked for. */
  upTo(to: number): Ledger {
    const { record, picture, before } = this
    foldTo(picture, record, Math.min(to, record.eventCount - 1))
    return read(record.tables.tasks, picture.ledger, before, picture.iosLive, iosBegun(picture) - before.ios)
  }
}

interface Before {
  readonly counts: Float64Array
  readonly born: Float64Array
  readonly live: Int32Array
  readonly ios: number
}

function iosBegun(picture: Picture): number {
  return picture.total(Counter.ios_submitted)
}

function read(
  infos: readonly TaskInfo[],
  ledger: LedgerTable,
  before: Before | undefined,
  live: number,
  begun: number,
): Ledger {
  const total = new Float64Array(STEP_COUNT)
  const tasks: TaskLine[] = []
  for (let task = 0; task < ledger.tasks; task++) {
    const at = task * STEP_COUNT
    const times = COST_TABLE.map((_, step) => ledger.counts[at + step]! - (before?.counts[at + step] ?? 0))
    times.forEach((count, step) => (total[step]! += count))
    const steps = lines(times).filter((line) => line.times > 0)
    if (steps.length === 0) continue
    const comm = infos[task]?.comm ?? `task ${String(task)}`
    tasks.push({ task, comm, context: contextOf(comm), ns: sumNs(steps), steps })
  }
  const steps = lines([...total])
  return {
    cpuNs: sumNs(steps),
    steps,
    tasks,
    objects: OBJECT_SIZES.map((size): ObjectLine => {
      const at = size.objectClass
      const born = ledger.born[at]! - (before?.born[at] ?? 0)
      return {
        size,
        born,
        gone: (before?.live[at] ?? 0) + born - ledger.live[at]!,
        live: ledger.live[at]!,
        peak: ledger.peak[at]!,
      }
    }),
    bytesLive: ledger.bytesLive,
    bytesPeak: ledger.bytesPeak,
    iosLive: live,
    iosBegun: begun,
  }
}

function lines(times: readonly number[]): StepLine[] {
  return COST_TABLE.map(({ step, ns }, index) => ({ step, times: times[index]!, ns: times[index]! * ns }))
}

function sumNs(steps: readonly StepLine[]): number {
  return steps.reduce((sum, { ns }) => sum + ns, 0)
}

/** What kind of context a task is, by its name. */
export function contextOf(comm: string): TaskContext {
  if (comm.startsWith('ksoftirqd')) return 'softirq'
  if (comm.startsWith('kdmwork')) return 'kdmwork'
  return comm.startsWith('kworker') ? 'kworker' : 'application'
}
