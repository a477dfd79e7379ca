/** Moments worth a step and a mark: the first of each thing that changes the picture, every failure and command, the end. */
import { CHUNK_EVENTS, type EventChunk, EventKind, kindName } from '../engine/log/index.ts'
import type { SimNs } from '../lib/brands.ts'
import { type EventTest, KindIndex } from './kind-index.ts'
import type { RunRecord } from './run-record.ts'

/** The kinds of which some event is a milestone. */
export type MilestoneKind = (typeof FIRSTS)[number] | (typeof EVERY)[number] | 'io_end'

export interface Milestone {
  /** Index of the event. */
  readonly index: number
  readonly timeNs: SimNs
  readonly kind: MilestoneKind
  /** True where every event of its kind is one, false for a first (or, of io_end, the last). */
  readonly repeats: boolean
}

/** What a kind can be: by kind, how many of its events are milestones. */
const MOST: Uint8Array = new Uint8Array(256)
const FIRSTS = [
  'bio_queue',
  'split',
  'backmerge',
  'frontmerge',
  'rq_merge',
  'unplug',
  'choose_path',
  'rq_issue',
  'rq_dispatch_list',
  'rq_requeue',
  'rq_error',
  'bio_queue_mpath',
  'bio_defer',
  'flush_kick',
  'rq_complete',
] as const
const EVERY = ['command', 'fail_path', 'reinstate_path', 'switch_pg', 'device_state', 'dm_state'] as const
/** More of one kind are noise. */
const MOST_OF_A_KIND = 32
for (const name of FIRSTS) MOST[EventKind[name]] = 1
for (const name of EVERY) MOST[EventKind[name]] = MOST_OF_A_KIND

/** Reads a growing record bit by bit. */
export class Milestones {
  private readonly record: RunRecord
  private readonly found: Milestone[] = []
  private readonly seen: Uint32Array = new Uint32Array(256)
  private chunksRead = 0
  private lastEnd = -1

  constructor(record: RunRecord) {
    this.record = record
  }

  /** In order of time; the last I/O that has ended so far is the last of its kind. */
  all(): readonly Milestone[] {
    const { chunks } = this.record
    for (; this.chunksRead < chunks.length; this.chunksRead++) this.look(chunks[this.chunksRead]!)
    if (this.lastEnd < 0) return this.found
    return [...this.found, this.milestone(this.lastEnd)].sort((a, b) => a.index - b.index)
  }

  private look({ kind, count }: EventChunk): void {
    const base = this.chunksRead * CHUNK_EVENTS
    for (let row = 0; row < count; row++) {
      const of = kind[row]!
      if (of === EventKind.io_end) this.lastEnd = base + row
      else if (this.seen[of]! < MOST[of]!) {
        this.seen[of]!++
        this.found.push(this.milestone(base + row))
      }
    }
  }

  private milestone(index: number): Milestone {
    const kind = this.record.kindAt(index)
    const name = kindName(kind) as MilestoneKind
    return { index, timeNs: this.record.timeAt(index), kind: name, repeats: MOST[kind]! > 1 }
  }
}

/** Index of the nth event (from 1) of a kind, perhaps on one device only; -1 when there are fewer. */
export function nthEvent(record: RunRecord, kind: number, nth = 1, dev?: number): number {
  const onDevice: EventTest | undefined =
    dev === undefined ? undefined : (chunk, row) => chunk.dev[row] === dev
  return KindIndex.of(record).nth([kind], nth, -1, 1, onDevice)
}
