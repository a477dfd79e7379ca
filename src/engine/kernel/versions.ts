/**
 * Every difference between kernel versions that the engine knows, as data in one place. Code asks a profile for a rule,
 * never for a version number.
 *
 * 6.12 stands for Debian's 6.12.95, whose traces the engine is held against (it carries the 6.13 change of the plug's
 * order). Sources: kernel-model sections 1.7, 1.8, 2.5, 6.1, 6.2, 6.4; block/ and drivers/md/ of the version named.
 */
export interface KernelProfile {
  readonly version: string
  /** blk-core.c:__submit_bio opens a plug for every bio submitted outside a caller's plug (seen 6.12, not 6.1). */
  readonly plugsEveryBio: boolean
  /** Requests leave the plug oldest first when issued directly (6.13+, 6.12.95), else newest first (5.16..6.12.0). */
  readonly plugIssueOrder: 'fifo' | 'lifo'
  /** Requests leave the plug oldest first when inserted into a scheduler; reversed from 5.18 until fixed in 6.3. */
  readonly plugInsertOrder: 'fifo' | 'lifo'
  /** A plug flushed by direct issue always emits U (6.12); 6.1 only when it changes queues or is refused midway. */
  readonly unplugEventOnDirectIssue: boolean
  /** blk-mq.c:BLK_MAX_REQUEST_COUNT; doubled when the plug holds requests of several queues. */
  readonly plugMaxRequests: number
  /** blk-mq.c:blk_mq_submit_bio looks for a merge before it takes a request (both) with SHOULD_MERGE needed (6.1). */
  readonly ioprioInEvents: boolean
  /** block_io_start and block_io_done exist (seen 6.12, not 6.1). */
  readonly ioStartEvents: boolean
  /** mq-deadline.c: next in sector order is kept as a position (6.5+) or as a pointer that starts empty (before). */
  readonly deadlineNext: 'position' | 'pointer'
  /** mq-deadline.c:dd_depth_updated: share of nr_requests that writes may take (3/4; all of it since 6.11). */
  readonly deadlineAsyncShare: { readonly numerator: number; readonly denominator: number }
  /** dm-mpath.c:choose_pgpath tries next_pg before current_pg (to 6.12). */
  readonly nextPgFirst: boolean
  /** dm-mpath.c:multipath_status prints retain_attached_hw_handler for every bio-based table (4.8..6.12). */
  readonly bioModeRetainsHandler: boolean
  /** dm.c:dm_submit_bio of a device without a table: hold the bio back (6.1) or fail it (6.12). */
  readonly noTableDefers: boolean
  /** Default max_sectors_kb of a disk that has no tighter limit (BLK_DEF_MAX_SECTORS). */
  readonly defaultMaxSectorsKb: number
}

const V6_12: KernelProfile = {
  version: '6.12',
  plugsEveryBio: true,
  plugIssueOrder: 'fifo',
  plugInsertOrder: 'fifo',
  unplugEventOnDirectIssue: true,
  plugMaxRequests: 32,
  ioprioInEvents: true,
  ioStartEvents: true,
  deadlineNext: 'position',
  deadlineAsyncShare: { numerator: 1, denominator: 1 },
  nextPgFirst: true,
  bioModeRetainsHandler: true,
  noTableDefers: false,
  defaultMaxSectorsKb: 1280,
}

const V6_1: KernelProfile = {
  ...V6_12,
  version: '6.1',
  plugsEveryBio: false,
  plugIssueOrder: 'lifo',
  plugInsertOrder: 'lifo',
  unplugEventOnDirectIssue: false,
  ioprioInEvents: false,
  ioStartEvents: false,
  deadlineNext: 'pointer',
  deadlineAsyncShare: { numerator: 3, denominator: 4 },
  noTableDefers: true,
}

/** The kernels the engine knows, by the name that scenarios use. */
export const KERNELS: ReadonlyMap<string, KernelProfile> = new Map([V6_12, V6_1].map((p) => [p.version, p]))
export const DEFAULT_KERNEL = '6.12'
