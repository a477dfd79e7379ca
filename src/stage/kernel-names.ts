/** For each kind of event the name that a kernel engineer knows it by: its tracepoint, else the function that does it. */
import { EventKind, kindName, tracepointOf } from '../engine/log/index.ts'

const FUNCTIONS: Readonly<Partial<Record<EventKind, string>>> = {
  [EventKind.io_submit]: 'io_submit',
  [EventKind.io_end]: 'aio_complete',
  [EventKind.task_sleep]: 'schedule',
  [EventKind.task_wake]: 'try_to_wake_up',
  [EventKind.bio_clone]: 'alloc_io',
  [EventKind.bio_endio]: 'bio_endio',
  [EventKind.bio_defer]: 'queue_io',
  [EventKind.bio_queue_mpath]: '__multipath_queue_bio',
  [EventKind.bio_retry]: 'process_queued_bios',
  [EventKind.bio_undefer]: 'dm_wq_work',
  [EventKind.plug_add]: 'blk_add_rq_to_plug',
  [EventKind.rq_dispatch_list]: 'blk_mq_request_bypass_insert',
  [EventKind.rq_clone]: 'multipath_clone_and_map',
  [EventKind.rq_remap]: 'block_rq_remap',
  [EventKind.rq_free]: 'blk_mq_free_request',
  [EventKind.flush_park]: 'blk_insert_flush',
  [EventKind.flush_kick]: 'blk_kick_flush',
  [EventKind.choose_path]: 'choose_pgpath',
  [EventKind.start_io]: 'path_selector start_io',
  [EventKind.end_io]: 'path_selector end_io',
  [EventKind.fail_path]: 'fail_path',
  [EventKind.reinstate_path]: 'reinstate_path',
  [EventKind.switch_pg]: '__switch_pg',
  [EventKind.bypass_pg]: 'bypass_pg',
  [EventKind.pg_init]: '__pg_init_all_paths',
  [EventKind.pg_init_done]: 'pg_init_done',
  [EventKind.process_queued_bios]: 'process_queued_bios',
  [EventKind.mpath_busy]: 'multipath_busy',
  [EventKind.map_result]: 'map_request',
  [EventKind.path_hst]: 'hst_end_io',
}

export function kernelName(kind: number): string {
  return tracepointOf(kind)?.event ?? FUNCTIONS[kind as EventKind] ?? kindName(kind)
}

/** The letter that blktrace prints, empty where it prints nothing. */
export function blktraceLetter(kind: number): string {
  return tracepointOf(kind)?.letter ?? ''
}
