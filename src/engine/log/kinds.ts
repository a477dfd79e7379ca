/**
 * The vocabulary of the event log: every kind of event the engine can report, what its columns mean, and how the
 * kernel's own tools name it.
 *
 * Two families. Kinds with a `tracepoint` are the kernel's block tracepoints (include/trace/events/block.h, 6.12) and
 * nothing else is exported as ftrace or blkparse text. Kinds without one are transitions that the kernel makes without a
 * tracepoint; they exist so that no view has to guess where an I/O is.
 *
 * Columns of one event (see columns.ts): timeNs, kind, dev, rwbs, task, subject, object, sector, size, arg.
 * `dev` is an index into RunHeader.devices; `subject` and `object` are ids of application I/Os, bios and requests, which
 * share one number space (0 = none); `sector` and `size` are in 512-byte sectors; `rwbs` indexes RWBS_TEXT.
 */

/** Kind numbers. Order is part of the stored form: append only. */
export const EventKind = {
  none: 0,

  // ---- application ------------------------------------------------------------------------------------------------
  /** An application I/O begins. subject = io, dev = device it is for, arg = index of the I/O in its task, object = 1 where
   *  it begins a system call, 0 for a further I/O of the same one. */
  io_submit: 1,
  /** An application I/O has ended. subject = io, arg = blk_status. */
  io_end: 2,
  /** A task goes to sleep. arg = SleepReason, subject = what it sleeps for (bio, io or 0), dev = device waited for. */
  task_sleep: 3,
  /** A sleeping task runs again. arg = SleepReason it slept for. */
  task_wake: 4,
  /** Somebody acts from outside. arg = string index of the command as typed (dmsetup message, echo to sysfs ...) or of what
   *  happens (a cable comes out); object = 1 for what happens and nobody types; size = which of the run's actions it is,
   *  from 1 (0 = a step of the scenario, or a daemon's). */
  command: 5,
  /** A task takes completions from its ring (io_getevents). arg = how many. */
  io_reap: 6,
  /** A read or write ends in the page cache (buffered I/O). dev, sector, size as usual; the block layer may see none of it. */
  cached_io: 7,
  /** A command is refused; at the very time of its `command`, and nothing has changed. arg = string index of what the tool
   *  prints, size = which of the run's actions it is, from 1 (0 = none). */
  command_refused: 8,

  // ---- bio ----------------------------------------------------------------------------------------------------------
  /** Q. subject = bio, object = io (an original) or original bio (a clone). The first Q of an original is its birth.
   *  arg = pages that were pinned for it (0 for clones, and for what needs none). */
  bio_queue: 10,
  /** A bio clone is made (dm.c:alloc_io/alloc_tio). subject = clone, object = original, dev = dm device, arg = CloneKind. */
  bio_clone: 11,
  /** A. subject = clone, object = original, dev = path, arg = origin index (RunHeader.origins). Where nothing is cloned
   *  (partitions, native NVMe multipath) subject = the bio itself, object = what it was made for, as in its Q. */
  bio_remap: 12,
  /** X. subject = front (a new bio), object = the bio that keeps the rest, sector/size = the front; arg = SplitLimit. */
  split: 13,
  /** C of a bio-based device (block_bio_complete). subject = bio, arg = blk_status. */
  bio_complete: 14,
  /** bio_endio without a tracepoint: a clone, fragment or bio inside a request is finished. subject = bio, arg = blk_status. */
  bio_endio: 15,
  /** A bio-based device holds an original back (dm.c:queue_io, md->deferred). subject = bio. */
  bio_defer: 16,
  /** multipath queues a clone for its worker (m->queued_bios). subject = clone. */
  bio_queue_mpath: 17,
  /** The retry worker restores a clone and is about to map it again (process_queued_bios). subject = clone. */
  bio_retry: 18,
  /** A deferred original is taken up again by kdmflush (dm_wq_work). subject = bio. */
  bio_undefer: 19,
  /** A bio waits for a path on head->requeue_list (nvme_failover_req, or no path is usable). subject = bio, object = the
   *  request it was taken from (0 = none), dev = head. */
  head_requeue: 20,
  /** nvme_requeue_work submits it to its head again. subject = bio, dev = head. */
  head_resubmit: 21,
  /** X of dm core where no front is made (seen 6.1+), the first clone covers it. subject = the bio, object = sectors of the front, sector/size = what is left. */
  dm_split: 22,
  /** C of the first bio of a request, as the NVMe driver traces it for a head; the bio itself ends with the request.
   *  subject = bio, object = request. */
  nvme_bio_complete: 23,

  // ---- request ------------------------------------------------------------------------------------------------------
  /** G. subject = request, object = the bio it is made from, arg = tag (scheduler tag where there is a scheduler). */
  getrq: 30,
  /** M. subject = bio, object = request; the bio joins at the end. */
  backmerge: 31,
  /** F. subject = bio, object = request; the bio joins in front. */
  frontmerge: 32,
  /** M of a whole request (block_rq_merge). subject = the request that disappears, object = the one that absorbs it. */
  rq_merge: 33,
  /** P. dev = device of the first request, object = that request. */
  plug: 34,
  /** A request enters the plug of its task. subject = request. */
  plug_add: 35,
  /** U. size = number of requests handed over, dev = their device; arg = 1 when the task is going to sleep. */
  unplug: 36,
  /** I. subject = request. arg = 1 for head insertion, object = 1 where a scheduler takes it, 0 for a list without one. */
  rq_insert: 37,
  /** A request waits in hctx->dispatch (no tracepoint). subject = request, object = hardware queue from 1 where there are several, arg = DispatchReason. */
  rq_dispatch_list: 38,
  /** D. subject = request, object = hardware queue from 1 where there are several, arg = driver tag. On a path: the device has it from now on. */
  rq_issue: 39,
  /** R. subject = request, arg = RequeueTo, object = how its completion came, as of rq_complete (0: it was not taken). */
  rq_requeue: 40,
  /** A clone request takes a tag of a path (multipath_clone_and_map). subject = clone, object = original, dev = path, arg = tag. */
  rq_clone: 41,
  /** A of a request. subject = clone, object = original, dev = path, arg = origin index, size as usual; bios = RunHeader counts. */
  rq_remap: 42,
  /** C of a request. subject = request, size = sectors completed now, arg = blk_status. object = bios that the request
   *  carries × 8 + CompletedIn, said once for each time the driver's answer is taken up; 0 otherwise. */
  rq_complete: 43,
  /** block_rq_error. subject = request, arg = blk_status. */
  rq_error: 44,
  /** The request object and its tags are free again. subject = request. */
  rq_free: 45,
  /** A request of a flush sequence is parked in the flush machine. subject = request. */
  flush_park: 46,
  /** The flush machine sends its own FLUSH request. subject = flush request, arg = how many wait for it. */
  flush_kick: 47,

  // ---- device-mapper, multipath ---------------------------------------------------------------------------------------
  /** choose_pgpath has answered. subject = bio or request, dev = chosen path (DEV_NONE = no path), object = path that
   *  would be next in line as a device index + 1 (0 = not defined by this selector), size = sectors asked for, arg = priority group (from 1). */
  choose_path: 60,
  /** Selector start_io. subject = clone, dev = path, size = sectors. */
  start_io: 61,
  /** Selector end_io. subject = clone, dev = path, size = sectors, arg = service time in ns (historical-service-time), else 0. */
  end_io: 62,
  /** fail_path took effect. dev = path, arg = fail_count, object = valid paths left. */
  fail_path: 63,
  /** reinstate_path took effect. dev = path, arg = fail_count, object = valid paths now. */
  reinstate_path: 64,
  /** current_pg changed. arg = new priority group (0 = none). */
  switch_pg: 65,
  /** A priority group was bypassed or enabled. object = group, arg = 1 bypassed, 0 not. */
  bypass_pg: 66,
  /** Flags of the multipath target after a change. arg = bit set of MpathFlag. */
  mpath_flags: 67,
  /** Activation of one path is started. dev = path. */
  pg_init: 68,
  /** Activation of one path has ended. dev = path, arg = ScsiDh, object = activations still running. */
  pg_init_done: 69,
  /** process_queued_bios starts a round. size = number of bios taken. */
  process_queued_bios: 70,
  /** multipath_busy answered busy for a request. subject = request. */
  mpath_busy: 71,
  /** The target cannot take a request now and gives it back (DM_MAPIO_REQUEUE/DELAY_REQUEUE). subject = request, arg = MapResult. */
  map_result: 72,
  /** dm suspend, resume, table load. arg = DmState, size = 1 for a suspend with noflush. */
  dm_state: 73,
  /** hst of a path after an end_io, in the selector's fixed point, saturating at 2^32-1. dev = path, arg = hst. */
  path_hst: 74,

  // ---- devices, timers ------------------------------------------------------------------------------------------------
  /** State of a device changes. dev, arg = DeviceState. */
  device_state: 90,
  /** A limit or attribute of a queue changes. dev, arg = string index "max_sectors_kb=64". */
  queue_attr: 91,
  /** An error is injected into a command. subject = request, dev, arg = string index of what is injected. */
  inject: 92,
  /** A timer starts or is moved. object = TimerKind, dev, arg = delay in µs. */
  timer_arm: 93,
  /** A timer has fired or was cancelled. object = TimerKind, dev, arg = 1 when cancelled. */
  timer_end: 94,
  /** Depth of a device's own queue (queue_depth) changes. dev, arg = depth. */
  queue_depth: 95,
  /** A checker of multipathd has asked a path or has its answer. dev, arg = CheckerState. */
  checker: 96,
  /** What the hardware handler believes of a port changes. dev, arg = AccessState. */
  access_state: 97,
  /** Asymmetric access of a namespace through a controller changes. dev = path, arg = AnaState. */
  ana_state: 98,
  /** The cable of a device comes out or is plugged in; the kernel hears of it by the transport. dev, arg = 1 when it is in. */
  cable: 99,
  /** From now on a device takes another time for everything. dev, arg = thousandths of what the scenario says. */
  pace: 100,
  /** A device gives no more answers, or answers again; the kernel finds out later. dev, arg = 1 when it gives none. */
  silent: 101,

  // ---- locks ------------------------------------------------------------------------------------------------------------
  /** A spinlock was held by another CPU; the task has spun for it and holds it now. dev = device whose lock it is,
   *  subject = request or bio it is for, object = LockName, size = LockSite, arg = ns spun. */
  lock_wait: 110,
} as const
export type EventKind = (typeof EventKind)[keyof typeof EventKind]
export type EventKindName = keyof typeof EventKind

/** `dev` when an event belongs to no device. */
export const DEV_NONE = 255

/** Why a task sleeps. */
export const SleepReason = {
  io_wait: 1,
  tag: 2,
  sleep: 3,
  join: 4,
  suspend: 5,
  frozen: 6,
  /** Of a kernel worker: there was nothing to do. Its wake is a context switch to it; its sleep is not said. */
  work: 7,
} as const
export type SleepReason = (typeof SleepReason)[keyof typeof SleepReason]

/** Which of dm's clones a bio clone is: they come from different slabs. */
export const CloneKind = {
  /** The first of a bio: clone, dm_target_io and dm_io in one object (dm.c:alloc_io). */
  first: 0,
  /** Of a bio of a cloned request (dm-rq.c:setup_clone). */
  of_request: 1,
  /** A further one of a bio that spans targets (dm.c:alloc_tio). */
  further: 2,
} as const
export type CloneKind = (typeof CloneKind)[keyof typeof CloneKind]

/** Where the driver's answer to a request was taken up. */
export const CompletedIn = {
  /** By whoever submitted it, within the submission (null_blk, irqmode 0). */
  caller: 1,
  softirq: 2,
  /** The first of a run of the softirq, which had to be raised. */
  softirq_raised: 3,
  /** In the device's interrupt itself. */
  interrupt: 4,
  /** The first of a run of the softirq that an interrupt raised. */
  softirq_of_interrupt: 5,
} as const
export type CompletedIn = (typeof CompletedIn)[keyof typeof CompletedIn]

/** Spinlocks that CPUs were seen to fight over. */
export const LockName = {
  /** dm-mpath.c: struct multipath, m->lock, around path choice and multipath_busy (to 4.6). */
  multipath: 1,
  /** q->queue_lock of a legacy queue (to 4.20). */
  queue: 2,
} as const
export type LockName = (typeof LockName)[keyof typeof LockName]

/** What a spinlock was wanted for. */
export const LockSite = {
  /** multipath_busy: a look whether mapping is worth trying. */
  busy: 1,
  /** __multipath_map: the choice of a path. */
  map: 2,
  /** blk_queue_bio: a merge or a new request. */
  submit: 3,
} as const
export type LockSite = (typeof LockSite)[keyof typeof LockSite]

/** The queue limit that made a split necessary (block/blk-merge.c:bio_split_rw). */
export const SplitLimit = {
  max_sectors: 1,
  max_segments: 2,
  chunk_sectors: 3,
  virt_boundary: 4,
  max_discard: 5,
  max_write_zeroes: 6,
  /** The end of a target, i.e. of a segment of a volume (drivers/md/dm.c:max_io_len). */
  target_boundary: 7,
} as const
export type SplitLimit = (typeof SplitLimit)[keyof typeof SplitLimit]

/** Where a requeued request goes. `delayed` waits for the shared 100 ms timer. */
export const RequeueTo = { dispatch: 0, requeue_list: 1, delayed: 2 } as const
export type RequeueTo = (typeof RequeueTo)[keyof typeof RequeueTo]

/** Why a request sits in hctx->dispatch. */
export const DispatchReason = {
  no_budget: 1,
  no_tag: 2,
  busy: 3,
  behind: 4,
  requeued: 5,
  quiesced: 6,
} as const
export type DispatchReason = (typeof DispatchReason)[keyof typeof DispatchReason]

/** Bits of the multipath target's state (dm-mpath.c MPATHF_*). */
export const MpathFlag = {
  queue_io: 1,
  queue_if_no_path: 2,
  saved_queue_if_no_path: 4,
  retain_attached_hw_handler: 8,
  pg_init_disabled: 16,
  pg_init_required: 32,
  pg_init_delay_retry: 64,
} as const

/** DM_MAPIO_* (include/linux/device-mapper.h). */
export const MapResult = { submitted: 0, remapped: 1, requeue: 2, delay_requeue: 3, kill: 4 } as const
export type MapResult = (typeof MapResult)[keyof typeof MapResult]

/** Life of the dm device. */
export const DmState = { table_loaded: 1, suspending: 2, suspended: 3, resumed: 4, table_live: 5 } as const
export type DmState = (typeof DmState)[keyof typeof DmState]

/**
 * What the kernel takes a path's device for: SDEV_* of include/scsi/scsi_device.h as far as they are met. What it does not
 * know yet is said by events of their own (cable, pace, silent).
 */
export const DeviceState = {
  running: 1,
  offline: 2,
  /** SDEV_BLOCK: the transport has lost it and still hopes; its queue is quiesced, requests pile up in it. */
  blocked: 3,
  /** SDEV_TRANSPORT_OFFLINE: the transport has stopped hoping (fast_io_fail_tmo, replacement_timeout). */
  transport_offline: 4,
  deleted: 5,
  /** NVME_CTRL_CONNECTING: an NVMe controller over fabrics has lost its connection and tries to get it back. */
  connecting: 7,
} as const
export type DeviceState = (typeof DeviceState)[keyof typeof DeviceState]

/** Timers that a viewer can wait for. */
export const TimerKind = {
  requeue: 1,
  resource_retry: 2,
  no_path: 3,
  command: 4,
  sleep: 5,
  pg_init_delay: 6,
  budget_retry: 7,
  /** A transport that lost its port gives up hope: fc_rport (or nvmf) fast_io_fail_tmo. Everything queued for the device fails then. */
  fast_io_fail: 8,
  /** The port stays away: fc_rport dev_loss_tmo. The device is removed then. */
  dev_loss: 9,
  /** iscsi_cls_session recovery_tmo (replacement_timeout): the session stays away, everything queued fails then. */
  replacement: 10,
  /** iscsi_conn ping timeout: the first moment at which a lost connection is noticed. */
  noop_out: 11,
  /** A step of the SCSI error handler (LUN, target, bus, host reset, and the test whether the device answers). */
  error_handler: 12,
  /** multipathd: the next check of a path, or how long a checker waits for an answer (checker_timeout). */
  checker: 13,
  /** multipathd: retries left until queueing ends (no_path_retry). */
  no_path_retry: 14,
  /** multipathd: the deferred failback (failback N). */
  failback: 15,
  /** A hardware handler asks its port then: scsi_dh_alua's rtpg_work. */
  rtpg: 16,
  /** The plug of a whole queue, opened after 3 ms (2.6.28: q->unplug_timer). */
  unplug: 17,
  /** A shell starts a program, which takes it that long. */
  start: 18,
  /** The host reads again how a namespace may be reached (ANA log page). */
  ana_log: 19,
  /** A keep-alive command of an NVMe controller over fabrics stays without an answer (kato). */
  keep_alive: 20,
  /** The next attempt to connect to it again (reconnect_delay). */
  reconnect: 21,
} as const
export type TimerKind = (typeof TimerKind)[keyof typeof TimerKind]

/** Result of an activation: SCSI_DH_* of include/scsi/scsi_dh.h, as numbered there. */
export const ScsiDh = {
  OK: 0,
  DEV_FAILED: 1,
  DEV_TEMP_BUSY: 2,
  DEV_UNSUPP: 3,
  NOTCONN: 5,
  CONN_FAILURE: 6,
  IO: 8,
  INVALID_IO: 9,
  RETRY: 10,
  IMM_RETRY: 11,
  TIMED_OUT: 12,
  RES_TEMP_UNAVAIL: 13,
  DEV_OFFLINED: 14,
  NOMEM: 15,
  NOSYS: 16,
} as const
export type ScsiDh = (typeof ScsiDh)[keyof typeof ScsiDh]

/** State of a target port: SCSI_ACCESS_STATE_* of include/scsi/scsi_proto.h, as numbered there. */
export const AccessState = {
  optimized: 0,
  non_optimized: 1,
  standby: 2,
  unavailable: 3,
  lba_dependent: 4,
  offline: 14,
  transitioning: 15,
} as const
export type AccessState = (typeof AccessState)[keyof typeof AccessState]

/** What a checker of multipathd makes of a path: PATH_* of libmultipath/checkers.h, as numbered there. */
export const CheckerState = {
  down: 2,
  up: 3,
  shaky: 4,
  ghost: 5,
  pending: 6,
  timeout: 7,
  removed: 8,
  delayed: 9,
} as const
export type CheckerState = (typeof CheckerState)[keyof typeof CheckerState]

/** NVME_ANA_* of include/linux/nvme.h, as numbered there. */
export const AnaState = {
  optimized: 1,
  non_optimized: 2,
  inaccessible: 3,
  persistent_loss: 4,
  change: 15,
} as const
export type AnaState = (typeof AnaState)[keyof typeof AnaState]
