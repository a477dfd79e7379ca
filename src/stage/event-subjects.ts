/** Kinds of events by whom they are about: every table of words for events is made of these parts. */

/** What applications, their tasks and people at a shell do. */
export type ApplicationEvent =
  | 'io_submit'
  | 'io_end'
  | 'task_sleep'
  | 'task_wake'
  | 'command'
  | 'command_refused'
  | 'io_reap'
  | 'cached_io'
  | 'lock_wait'

/** What happens to a bio: queued, cloned, sent, split, ended, held back. */
export type BioEvent =
  | 'bio_queue'
  | 'bio_clone'
  | 'bio_remap'
  | 'split'
  | 'bio_complete'
  | 'bio_endio'
  | 'bio_defer'
  | 'bio_queue_mpath'
  | 'bio_retry'
  | 'bio_undefer'
  | 'head_requeue'
  | 'head_resubmit'
  | 'dm_split'
  | 'nvme_bio_complete'

/** What happens to a request: made, merged, plugged, inserted, issued, cloned, ended; and flushes. */
export type RequestEvent =
  | 'getrq'
  | 'backmerge'
  | 'frontmerge'
  | 'rq_merge'
  | 'plug'
  | 'plug_add'
  | 'unplug'
  | 'rq_insert'
  | 'rq_dispatch_list'
  | 'rq_issue'
  | 'rq_requeue'
  | 'rq_clone'
  | 'rq_remap'
  | 'rq_complete'
  | 'rq_error'
  | 'rq_free'
  | 'flush_park'
  | 'flush_kick'

/** What the multipath target and device-mapper decide. */
export type MultipathEvent =
  | 'choose_path'
  | 'start_io'
  | 'end_io'
  | 'fail_path'
  | 'reinstate_path'
  | 'switch_pg'
  | 'bypass_pg'
  | 'mpath_flags'
  | 'pg_init'
  | 'pg_init_done'
  | 'process_queued_bios'
  | 'mpath_busy'
  | 'map_result'
  | 'dm_state'
  | 'path_hst'

/** What happens to devices and their timers. */
export type DeviceEvent =
  | 'device_state'
  | 'queue_attr'
  | 'inject'
  | 'timer_arm'
  | 'timer_end'
  | 'queue_depth'
  | 'checker'
  | 'access_state'
  | 'ana_state'
  | 'cable'
  | 'pace'
  | 'silent'
