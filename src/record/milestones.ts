/** Moments worth a step and a mark: the first of each thing that changes the picture, every failure and command, the end. */
import { EventKind } from '../engine/log/index.ts'
import { simNs, type SimNs } from '../lib/brands.ts'
import type { RunRecord } from './run-record.ts'

export interface Milestone {
  /** Index of the event. */
  readonly index: number
  readonly timeNs: SimNs
  readonly kind: number
  /** True where every event of its kind is one, false for a first (or, of io_end, the last). */
  readonly repeats: boolean
}

const FIRSTS: ReadonlySet<number> = new Set([
  EventKind.bio_queue,
  EventKind.split,
  EventKind.backmerge,
  EventKind.frontmerge,
  EventKind.rq_merge,
  EventKind.unplug,
  EventKind.choose_path,
  EventKind.rq_issue,
  EventKind.rq_dispatch_list,
  EventKind.rq_requeue,
  EventKind.rq_error,
  EventKind.bio_queue_mpath,
  EventKind.bio_defer,
  EventKind.flush_kick,
  EventKind.rq_complete,
])

const EVERY: ReadonlySet<number> = new Set([
  EventKind.command,
  EventKind.fail_path,
  EventKind.reinstate_path,
  EventKind.switch_pg,
  EventKind.device_state,
  EventKind.dm_state,
])

/** More of one kind are noise. */
const MOST_OF_A_KIND = 32

/** Reads a growing record bit by bit. */
export class Milestones {
  private readonly record: RunRecord
  private readonly found: Milestone[] = []
  private readonly seen: Uint32Array = new Uint32Array(256)
  private read = 0
  private lastEnd: Milestone | undefined

  constructor(record: RunRecord) {
    this.record = record
  }

  /** In order of time; the last I/O that has ended so far is the last of its kind. */
  all(): readonly Milestone[] {
    for (; this.read < this.record.eventCount; this.read++) this.look(this.read)
    const { found, lastEnd } = this
    if (lastEnd === undefined) return found
    return [...found, lastEnd].sort((a, b) => a.index - b.index)
  }

  private look(index: number): void {
    const kind = this.record.kindAt(index)
    if (kind === EventKind.io_end) this.lastEnd = this.milestone(index, kind, false)
    const repeats = EVERY.has(kind)
    if (!repeats && !FIRSTS.has(kind)) return
    if (this.seen[kind]!++ >= (repeats ? MOST_OF_A_KIND : 1)) return
    this.found.push(this.milestone(index, kind, repeats))
  }

  private milestone(index: number, kind: number, repeats: boolean): Milestone {
    return { index, timeNs: simNs(this.record.timeAt(index)), kind, repeats }
  }
}

/** Index of the nth event (from 1) of a kind, perhaps on one device only; -1 when there are fewer. */
export function nthEvent(record: RunRecord, kind: number, nth = 1, dev?: number): number {
  let left = nth
  for (let i = 0; i < record.eventCount; i++) {
    if (record.kindAt(i) === kind && (dev === undefined || record.devAt(i) === dev) && --left === 0) return i
  }
  return -1
}
