/**
 * What each event of a log has cost: the price list of the ledger. The engine lets CPU time pass only at events that are
 * in this list (tests/ledger.test.ts holds the two against each other), so the ledger needs the log alone.
 *
 * Not in the list, and not in the ledger: commands of an administrator and those that activate a path.
 */
import {
  CloneKind,
  CompletedIn,
  CPU_STEPS,
  type CpuStep,
  EventKind,
  type RunHeader,
  SleepReason,
} from '../../engine/log/index.ts'
import type { EventRow } from '../event-row.ts'

export const STEP_COUNT: number = CPU_STEPS.length
export const StepIndex: Readonly<Record<CpuStep, number>> = Object.fromEntries(
  CPU_STEPS.map((step, index) => [step, index]),
) as unknown as Readonly<Record<CpuStep, number>>

/** Where the charges of an event go: so many times this step. */
export interface ChargeSink {
  add(step: number, times: number): void
}

/** What a device is to the price list. */
export const Payer = {
  /** Disks, partitions, heads. */
  other: 0,
  /** dm-linear: mapping costs nothing beyond its clone. */
  linear: 1,
  /** A multipath map: mapping is choosing a path. */
  multipath: 2,
  /** The head of native NVMe multipath. */
  head: 3,
} as const
export type Payer = (typeof Payer)[keyof typeof Payer]

/** What a device of a run is, there from the start (what is found later is a disk). */
export function payerOf({ devices }: RunHeader, dev: number): Payer {
  switch (devices[dev]?.role) {
    case 'dm':
      return Payer.multipath
    case 'linear':
      return Payer.linear
    case 'head':
      return Payer.head
    default:
      return Payer.other
  }
}

const S = StepIndex
const PAGE_SECTORS = 8

/** 1 for the kinds that cost something: everything else is passed over in a fold. */
export const IS_CHARGED: Uint8Array = new Uint8Array(256)
for (const kind of [
  EventKind.io_submit,
  EventKind.io_reap,
  EventKind.cached_io,
  EventKind.task_wake,
  EventKind.bio_queue,
  EventKind.bio_clone,
  EventKind.bio_retry,
  EventKind.split,
  EventKind.dm_split,
  EventKind.getrq,
  EventKind.backmerge,
  EventKind.frontmerge,
  EventKind.plug_add,
  EventKind.rq_insert,
  EventKind.rq_issue,
  EventKind.rq_requeue,
  EventKind.rq_clone,
  EventKind.rq_complete,
  EventKind.choose_path,
  EventKind.map_result,
  EventKind.mpath_busy,
  EventKind.lock_wait,
]) {
  IS_CHARGED[kind] = 1
}

/** What of a run decides about the price of its events. */
export interface ChargeRules {
  /** There is no device-mapper; the head of a namespace chooses. */
  readonly native: boolean
  readonly copiesSplits: boolean
}

/** The charges of one event; `payer`: what its device is. */
export function chargeEvent(e: EventRow, payer: Payer, rules: ChargeRules, to: ChargeSink): void {
  switch (e.kind) {
    case EventKind.io_submit:
      to.add(S.ioSubmit, 1)
      if (e.object === 1) to.add(S.systemCall, 1)
      break
    case EventKind.cached_io:
      to.add(S.systemCall, 1)
      to.add(S.page, Math.ceil(e.sizeSectors / PAGE_SECTORS))
      break
    case EventKind.io_reap:
      to.add(S.reap, e.arg)
      break
    case EventKind.task_wake:
      if (isSwitch(e.arg)) to.add(S.contextSwitch, 1)
      break
    case EventKind.bio_queue:
      to.add(S.bioQueue, 1)
      if (e.arg > 0) to.add(S.page, e.arg)
      break
    case EventKind.bio_clone:
      if (e.arg === CloneKind.of_request) to.add(S.cloneBio, 1)
      else {
        to.add(S.dmClone, 1)
        if (payer === Payer.multipath) to.add(S.choosePath, 1)
      }
      break
    case EventKind.bio_retry:
      to.add(S.choosePath, 1)
      break
    case EventKind.choose_path:
      if (rules.native) to.add(S.choosePath, 1)
      break
    case EventKind.split:
      to.add(S.split, 1)
      if (rules.copiesSplits) to.add(S.copyVectors, 1)
      break
    case EventKind.dm_split:
      to.add(S.split, 1)
      break
    case EventKind.getrq:
      to.add(S.mergeAttempt, 1)
      to.add(S.getRequest, 1)
      break
    case EventKind.backmerge:
    case EventKind.frontmerge:
      to.add(S.mergeAttempt, 1)
      break
    case EventKind.lock_wait:
      to.add(S.lockSpin, e.arg)
      break
    default:
      chargeRequest(e, payer, to)
  }
}

function chargeRequest(e: EventRow, payer: Payer, to: ChargeSink): void {
  switch (e.kind) {
    case EventKind.plug_add:
      to.add(S.plugAdd, 1)
      break
    case EventKind.rq_insert:
      if (e.arg === 0 && e.object === 1) to.add(S.insert, 1)
      break
    case EventKind.mpath_busy:
      to.add(S.dispatch, 1)
      break
    case EventKind.rq_issue:
      to.add(S.dispatch, 1)
      if (payer !== Payer.multipath) to.add(S.driverQueue, 1)
      break
    case EventKind.rq_clone:
      to.add(S.requestClone, 1)
      to.add(S.choosePath, 1)
      break
    case EventKind.map_result:
      to.add(S.choosePath, 1)
      break
    case EventKind.rq_complete:
    case EventKind.rq_requeue:
      if (e.object !== 0) chargeCompletion(e.object, to)
      break
    default:
  }
}

function chargeCompletion(said: number, to: ChargeSink): void {
  const where = said & 7
  to.add(S.completeRequest, 1)
  to.add(S.endBio, said >>> 3)
  if (where === CompletedIn.softirq_raised || where === CompletedIn.softirq_of_interrupt)
    to.add(S.softirqEntry, 1)
  if (where === CompletedIn.interrupt || where === CompletedIn.softirq_of_interrupt) to.add(S.interrupt, 1)
}

/** A task that slept for I/O, a tag or a queue, or a worker, gets the CPU; timers and shells are not counted. */
function isSwitch(reason: number): boolean {
  return (
    reason === SleepReason.io_wait ||
    reason === SleepReason.tag ||
    reason === SleepReason.frozen ||
    reason === SleepReason.work
  )
}
