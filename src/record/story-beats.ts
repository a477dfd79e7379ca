/**
 * How much attention each kind of event deserves in the story, relative to a step of a request (1).
 *
 * A matter of taste, kept in one table: choices, cuts, failures and what answers them get time; bookkeeping passes.
 */
import { EventKind, type EventKindName } from '../engine/log/index.ts'

const BEATS: Readonly<Record<EventKindName, number>> = {
  none: 0,
  io_submit: 0.6,
  io_end: 0.6,
  task_sleep: 0.3,
  task_wake: 0.3,
  command: 4,
  bio_queue: 1,
  bio_clone: 1,
  bio_remap: 1,
  split: 2,
  bio_complete: 0.8,
  bio_endio: 0.4,
  bio_defer: 1.5,
  bio_queue_mpath: 2,
  bio_retry: 2,
  bio_undefer: 1.5,
  getrq: 1,
  backmerge: 1.6,
  frontmerge: 1.6,
  rq_merge: 1.8,
  plug: 0.3,
  plug_add: 0.3,
  unplug: 0.5,
  rq_insert: 0.8,
  rq_dispatch_list: 1.2,
  rq_issue: 1.5,
  rq_requeue: 2,
  rq_clone: 1.2,
  rq_remap: 1,
  rq_complete: 1.2,
  rq_error: 2,
  rq_free: 0.3,
  flush_park: 1,
  flush_kick: 1.2,
  choose_path: 1.6,
  start_io: 0.2,
  end_io: 0.2,
  fail_path: 5,
  reinstate_path: 4,
  switch_pg: 3,
  bypass_pg: 3,
  mpath_flags: 0.6,
  pg_init: 2,
  pg_init_done: 2,
  process_queued_bios: 0.8,
  mpath_busy: 0.8,
  map_result: 0.5,
  dm_state: 3,
  path_hst: 0.2,
  device_state: 4,
  queue_attr: 2,
  inject: 2,
  timer_arm: 0.2,
  timer_end: 0.8,
  queue_depth: 2,
}

/** By kind number. */
export const BEAT_BY_KIND: Float64Array = new Float64Array(256)
for (const [name, beat] of Object.entries(BEATS)) BEAT_BY_KIND[EventKind[name as EventKindName]] = beat
