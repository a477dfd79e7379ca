/**
 * What can differ between kernel versions, one field per difference, each with its source. Code asks a profile for a
 * rule, never for a version number; the values are in versions.ts.
 *
 * Sources are named as kernel file:function and the versions in which the rule was read; where a boundary lies between
 * two of them the values say on which side the modelled versions are.
 */
import type { BlkStatus, DmQueueMode } from '../log/index.ts'

/** Which block layer serves a queue: blk-mq, or the single queue of `.request_fn` that was removed in 5.0. */
export type QueueKind = 'mq' | 'legacy'

export interface KernelProfile
  extends SubmissionRules, PlugRules, QueueRules, DmRules, MpathRules, NativeRules, TraceRules {
  readonly version: string
  /** Queue modes of dm-multipath: bio to 2.6.30, request only 2.6.31 to 4.7, both since (dm-mpath.c, 2.6.28 to 6.19). */
  readonly modes: readonly DmQueueMode[]
}

/** Native NVMe multipath: drivers/nvme/host/multipath.c. */
interface NativeRules {
  /**
   * Policies of `/sys/class/nvme-subsystem/.../iopolicy`, the default first; none where the driver has no multipath:
   * numa 4.15+, round-robin 5.1+, queue-depth 6.11+.
   */
  readonly ioPolicies: readonly IoPolicy[]
  /** nvme.h:nvme_trace_bio_complete: a C for the first bio of a request, before that of the request (5.4+). */
  readonly nvmeTracesBio: boolean
}

export type IoPolicy = 'numa' | 'round-robin' | 'queue-depth'

interface SubmissionRules {
  /** blk-core.c:__submit_bio_noacct: descendants of a front before its remainder (4.12+), or one FIFO list (4.8 and older). */
  readonly bioListOrder: 'depth-first' | 'breadth-first'
  /** blk-core.c:submit_bio_noacct emits Q once per bio (4.12+), or at each submission, remainders included (4.8 and older). */
  readonly queueEvent: 'once-per-bio' | 'each-submission'
  /** bio.c:bio_add_page asks merge_bvec_fn, so no bio is larger than its device takes and nothing is cut (to 4.2). */
  readonly biosBuiltToFit: boolean
  /** dm.c:__split_and_process_bio cuts ordinary bios by the limits of the dm queue as well (4.15 to 5.8). */
  readonly dmSplitsByOwnLimits: boolean
  /**
   * A bio across the end of a target (dm.c:__split_and_process_bio): clones for all targets at once (to 4.14), or one for
   * the first, and the rest is submitted again (4.15+).
   */
  readonly dmTargetSplit: 'all-at-once' | 'first-and-resubmit'
  /** The X of that: none (to 4.20), of the front (5.4 to 5.15), or of the trimmed bio, which says the rest twice (6.1+). */
  readonly dmSplitEvent: 'none' | 'front' | 'rest'
  /** dm.c:__send_empty_flush goes past linear targets to each device of the table once (6.12+), or through each target. */
  readonly flushBypassesMap: boolean
  /** bio.c:bio_split copies the vectors of the front, or shares them (commit 52cc6eead909, which 4.4 has). */
  readonly splitCopies: boolean
  /** Bios may hold more than 256 pages where these are contiguous: multipage vectors (5.1+). */
  readonly multipageVectors: boolean
  /** Default max_sectors_kb of a disk without a tighter limit (BLK_DEF_MAX_SECTORS: to 4.3, 4.4 to 6.12, 6.19). */
  readonly defaultMaxSectorsKb: number
}

interface PlugRules {
  /** Requests are held back per task (2.6.39+), or per queue until four wait or 3 ms have passed (blk-core.c:blk_plug_device). */
  readonly plugOwner: 'task' | 'queue'
  /** blk-core.c:__submit_bio opens a plug for every bio submitted outside a caller's plug (seen 6.12, not 6.1). */
  readonly plugsEveryBio: boolean
  /** Order in which directly issued requests leave the plug: newest first from 5.16 to 6.12.0 (blk-mq.c:blk_mq_flush_plug_list). */
  readonly plugIssueOrder: 'fifo' | 'lifo'
  /** The same for insertion into a scheduler: reversed from 5.18 until fixed in 6.3 (commit 34e0a279a993). */
  readonly plugInsertOrder: 'fifo' | 'lifo'
  /** A plug with several queues is taken queue by queue in order of device (list_sort, to 5.15), or of first request. */
  readonly plugSorted: boolean
  /** blk-mq.c:blk_mq_flush_plug_list emits U when it issues directly: always (6.12), only when interrupted (6.1). */
  readonly unplugEventOnDirectIssue: boolean
  /** BLK_MAX_REQUEST_COUNT: 16 to 5.15, 32 from 6.1. */
  readonly plugMaxRequests: number
  /** blk-mq.c:blk_plug_max_rq_count multiplies it when there are several queues: 4 (5.15), 2 (6.1+); 1 before. */
  readonly plugSeveralQueuesFactor: number
  /** What is held against it: all plugged requests (5.15+), or those of the queue at hand (to 5.14). */
  readonly plugCounts: 'all' | 'own-queue'
  /** BLK_PLUG_FLUSH_SIZE: a last request of this many bytes flushes the plug (4.12+; never in 4.8 and older). */
  readonly plugFlushBytes: number
  /** blk-merge.c:blk_attempt_plug_merge tests one request of the queue (6.1+) or all of them (to 5.15). */
  readonly plugMergeTests: 'one' | 'all'
  /** blk-mq.c:blk_mq_submit_bio keeps one request back where a queue has several hardware queues (to 5.14). */
  readonly limitedPlugging: boolean
}

interface QueueRules {
  /** Queues that SCSI disks can have, the default first: legacy, or blk-mq from 3.17 (scsi_mod.use_blk_mq), alone from 5.0. */
  readonly scsiQueues: readonly QueueKind[]
  /** Queue of drivers without a midlayer: blk-mq from 3.13 (drivers/block/null_blk.c). */
  readonly plainQueue: QueueKind
  /** blk-mq.c: requests go straight to the driver where nothing forbids it (4.16+), or are inserted first, I (4.4, 4.8). */
  readonly mqDirectIssue: boolean
  /**
   * blk-core.c:blk_insert_cloned_request: where a path on blk-mq has its clones: into the software queue (4.4 to 4.11), onto
   * hctx->dispatch without an answer (4.14), or straight to the driver, whose answer counts (4.16; commit 396eaf21ee17).
   */
  readonly cloneInsert: 'software-queue' | 'dispatch-list' | 'direct'
  /** Who runs a path's queue for a cloned request: kblockd (4.4), or who mapped it (4.8; commit 6acfe68bac7e, 4.6). */
  readonly cloneRun: 'async' | 'inline'
  /** Schedulers of blk-mq queues, the first for queues nobody chose one for; mq-deadline from 4.11, kyber and bfq from 4.12. */
  readonly mqSchedulers: readonly string[]
  /** mq-deadline.c: next in sector order is kept as a position (6.5+) or as a pointer that starts empty (before). */
  readonly deadlineNext: 'position' | 'pointer'
  /** mq-deadline.c:dd_depth_updated: share of nr_requests that writes may take (3/4 from 5.14; all of it since 6.11). */
  readonly deadlineAsyncShare: { readonly numerator: number; readonly denominator: number }
  /**
   * What scsi_lib.c cannot tell yet, and what it says instead: details of SCSI errors came in 2.6.39, those of medium and
   * space in 3.8 to 3.13 (scsi_error.c:scsi_check_sense, scsi_lib.c:__scsi_error_from_host_byte).
   */
  readonly statusToldAs: ReadonlyMap<BlkStatus, BlkStatus>
  /**
   * scsi_dh_alua.c:alua_prep_fn for a port in transition: the request waits (RESOURCE, to 5.10), goes back with AGAIN,
   * which fails the path (5.11 to 5.18), or is sent (OK, 5.19+).
   */
  readonly aluaTransition: BlkStatus
}

interface DmRules {
  /** Upper queues that request mode has, the default first: legacy, or blk-mq from 4.1 (dm_mod.use_blk_mq), alone from 4.20. */
  readonly upperQueues: readonly QueueKind[]
  /** dm-table.c:dm_table_determine_type refuses paths of both kinds, and legacy paths below a blk-mq upper queue (4.8). */
  readonly checksPathQueues: boolean
  /** dm-rq.c:dm_mq_queue_depth: 128 (4.4), 2048 (4.8+). */
  readonly dmMqDepth: number
  /** dm.c: a legacy upper queue is mapped in its own context (3.6), or each request in a thread `kdmwork` (4.0 to 4.19). */
  readonly legacyMapping: 'inline' | 'kdmwork'
  /** dm.c:dm_request_fn: how long a legacy upper queue rests when the target is busy: HZ/10 (3.6), 10 ms (4.4+). */
  readonly legacyBusyDelayNs: number
  /** /sys/block/dm-N/dm/rq_based_seq_io_merge_deadline has an effect on a legacy upper queue (4.1 to 4.19; commit 0ce65797a77e). */
  readonly mergeDeadline: boolean
  /** How long it rests after a requeue: HZ/10 (3.6), not at all (4.4+). */
  readonly legacyRequeueDelayNs: number
  /** The same where the target asks for a delay (DELAY_REQUEUE, 4.12+): 100 ms (4.12 dm-rq.c:dm_old_requeue_request). */
  readonly legacyDelayedRequeueNs: number
  /** dm-rq.c:end_clone_bio: each finished bio goes up, C (to 4.12), or all of them with the last one (4.14+). */
  readonly cloneBiosEnd: 'each' | 'together'
  /** dm.c:dm_request refuses barriers, which is what a flush was then: -EOPNOTSUPP (2.6.28). */
  readonly refusesFlush: boolean
  /** dm.c:__dm_suspend ends "noflush suspending" with the suspend (to 6.12) or only with the resume (6.19). */
  readonly noflushLastsUntilResume: boolean
  /** dm-table.c: limits of a request-based map are left alone when it is reloaded under a noflush suspend (6.19). */
  readonly noflushReloadKeepsLimits: boolean
}

interface MpathRules {
  /** A path without a tag for the clone: the request rests 100 ms (4.12 to 4.15), or is given back to its queue at once. */
  readonly noTagDelays: boolean
  /** m->lock is taken for each look at the target and each choice of a path: to 4.6, gone in 4.7 (commit 2da1610ae20e). */
  readonly locksFastPath: boolean
  /** Feature words of the table line (dm-mpath.c:parse_features). */
  readonly featureWords: readonly FeatureWord[]
  /** Selectors there are: queue-length, service-time 2.6.31+, historical-service-time 5.8+, io-affinity 5.12+. */
  readonly selectors: readonly string[]
  /** Module parameter queue_if_no_path_timeout_secs exists (5.10+). */
  readonly hasNoPathTimeout: boolean
  /** dm-mpath.c:choose_pgpath tries next_pg before current_pg (to 6.12). */
  readonly nextPgFirst: boolean
  /**
   * When bio mode asks the selector: for each bio, or only when there is no current_pgpath, which without a hardware
   * handler is after a failure (4.20 and 5.4 dm-mpath.c:__map_bio_fast).
   */
  readonly bioPathChoice: 'each-bio' | 'when-path-is-lost'
  /** Who honours repeat_count: the target (to 4.5), round-robin itself (4.8, 4.9), nobody (4.12+). */
  readonly repeatCount: 'target' | 'round-robin' | 'ignored'
  /** repeat_count where the table gives none: round-robin 1000 (to 4.9) or 1; queue-length 128 (to 4.5) or 1. */
  readonly defaultRepeat: { readonly roundRobin: number; readonly queueLength: number }
  /** queue-length and service-time: the head goes to the tail before the walk (to 4.14), or the winner after it (4.16+). */
  readonly selectorTies: 'rotate-before' | 'winner-to-tail'
  /** Steps of the clock that tells historical-service-time when a bio began: jiffies to 5.18 (here 4 ms), ns since. */
  readonly bioStartTimeStepNs: number
  /** Errors that another path would give as well (dm-mpath.c:noretry_error; blk_types.h:blk_path_error from 4.16). */
  readonly notPathErrors: ReadonlySet<BlkStatus>
  /** must_push_back: any noflush suspend (5.10+), or one under which queueing was on (2.6.28 to 5.4). */
  readonly pushBack: 'noflush' | 'noflush-and-was-queueing'
  /** multipath_presuspend stops queueing always (to 5.4), or not in request mode under noflush (5.10+). */
  readonly presuspendStopsQueueing: 'always' | 'not-for-noflush-requests'
  /** multipath_busy can ask a path on blk-mq (5.0+: mq_ops->busy; commit 9ba20527f4d1, from memory), or only legacy ones. */
  readonly mqBusyHook: boolean
  /** multipath_busy answers busy without a path while queueing (4.4, 4.8); later requests are delayed instead. */
  readonly busyWithoutPaths: boolean
  /** Request mode without a path, queueing: held by the target (3.6: queued_ios), or given back to the queue. */
  readonly heldRequests: boolean
  /** multipath_release_clone tells the selector of a clone that was refused (5.4+); before, its counters drift upward. */
  readonly refusedCloneIsReturned: boolean
  /** multipath_status prints the number of queued I/Os (2.6.28, 3.6) or the flag QUEUE_IO. */
  readonly statusFirst: 'queue-size' | 'queue-io'
  /** retain_attached_hw_handler: absent, obeyed, set for every bio table too (4.8 to 6.12), always in force and unprinted (6.19). */
  readonly retainHandler: 'unknown' | 'if-asked' | 'bio-always' | 'always-unprinted'
  /**
   * Before another round of activations that asked for a wait: none (2.6.28), as long as pg_init_delay_msecs says
   * (2.6.38 to 4.14), always 2 s, because the constructor overwrites what it has parsed (4.20 to 6.19).
   */
  readonly pgInitDelay: 'none' | 'as-asked' | 'always-default'
  /** queue_mode mq is printed in the table line (4.8 to 4.19); later mq is another word for rq. */
  readonly printsQueueModeMq: boolean
}

/** Words of trace lines (include/trace/events/block.h; kernel/trace/blktrace.c:blk_fill_rwbs). */
interface TraceRules {
  /** `ioclass,hint,level` in the events of requests (seen 6.12, not 6.1). */
  readonly ioprioInEvents: boolean
  /** block_io_start and block_io_done (seen 6.12, not 6.1). */
  readonly ioStartEvents: boolean
  /** block_rq_merge (5.10+). */
  readonly rqMergeEvent: boolean
  /** block_rq_error (5.18+). */
  readonly rqErrorEvent: boolean
  /** Lengths in bytes of insert and issue are real (4.12+), or 0 for requests of files (4.8 and older). */
  readonly bytesInEvents: boolean
  /** The bracket of complete is an errno (4.12+), or the count rq->errors, which stays 0 for these requests. */
  readonly errnoInEvents: boolean
  /** block_rq_remap ends in the number of bios (seen 4.4, not 3.6). */
  readonly biosInRemap: boolean
  /** Write zeroes in rwbs: N, or WZ (6.19). */
  readonly writeZeroesLetters: 'N' | 'WZ'
}

export type FeatureWord =
  'queue_if_no_path' | 'pg_init_retries' | 'pg_init_delay_msecs' | 'retain_attached_hw_handler' | 'queue_mode'
