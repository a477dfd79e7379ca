/**
 * How the kernel's tools name the kinds: ftrace event names and blktrace letters.
 * Source: include/trace/events/block.h and kernel/trace/blktrace.c, 6.12.
 */
import { EventKind, type EventKindName } from './kinds.ts'

export interface Tracepoint {
  readonly event: string
  readonly letter: string
}

export const TRACEPOINTS: Readonly<Partial<Record<EventKindName, Tracepoint>>> = {
  bio_queue: { event: 'block_bio_queue', letter: 'Q' },
  bio_remap: { event: 'block_bio_remap', letter: 'A' },
  split: { event: 'block_split', letter: 'X' },
  bio_complete: { event: 'block_bio_complete', letter: 'C' },
  getrq: { event: 'block_getrq', letter: 'G' },
  backmerge: { event: 'block_bio_backmerge', letter: 'M' },
  frontmerge: { event: 'block_bio_frontmerge', letter: 'F' },
  rq_merge: { event: 'block_rq_merge', letter: 'M' },
  plug: { event: 'block_plug', letter: 'P' },
  unplug: { event: 'block_unplug', letter: 'U' },
  rq_insert: { event: 'block_rq_insert', letter: 'I' },
  rq_issue: { event: 'block_rq_issue', letter: 'D' },
  rq_requeue: { event: 'block_rq_requeue', letter: 'R' },
  rq_remap: { event: 'block_rq_remap', letter: 'A' },
  rq_complete: { event: 'block_rq_complete', letter: 'C' },
  rq_error: { event: 'block_rq_error', letter: 'E' },
  // other moments at which the kernel emits one of the above
  dm_split: { event: 'block_split', letter: 'X' },
  nvme_bio_complete: { event: 'block_bio_complete', letter: 'C' },
}

const NAME_BY_NUMBER: string[] = []
const TRACEPOINT_BY_NUMBER: (Tracepoint | undefined)[] = []
for (const [name, number] of Object.entries(EventKind)) {
  NAME_BY_NUMBER[number] = name
  TRACEPOINT_BY_NUMBER[number] = TRACEPOINTS[name as EventKindName]
}

const KIND_BY_TRACEPOINT = new Map<string, EventKind>()
for (const [name, { event }] of Object.entries(TRACEPOINTS))
  if (!KIND_BY_TRACEPOINT.has(event)) KIND_BY_TRACEPOINT.set(event, EventKind[name as EventKindName])

export function kindName(kind: number): EventKindName {
  return (NAME_BY_NUMBER[kind] ?? 'none') as EventKindName
}

/** What a line of a trace with this event is; undefined for an event that is none of ours. */
export function kindOfTracepoint(event: string): EventKind | undefined {
  return KIND_BY_TRACEPOINT.get(event)
}

/** The kernel's tracepoint of a kind, or undefined for a transition the kernel does not trace. */
export function tracepointOf(kind: number): Tracepoint | undefined {
  return TRACEPOINT_BY_NUMBER[kind]
}
