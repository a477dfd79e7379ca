/**
 * The kernels the engine knows: one table of differences, each version stated against its neighbour. What a field
 * means, and where it was read, is in profile.ts.
 *
 * 6.12 stands for Debian's 6.12.95, whose traces the engine is held against (it carries the 6.13 change of the plug's
 * order). Sources: kernel-model sections 1, 2.3 to 2.6, 3, 4, 5, 6.1, 6.2; block/ and drivers/md/ of the version named.
 */
import { BlkStatus } from '../log/index.ts'
import type { FeatureWord, KernelProfile } from './profile.ts'

const ALL_FEATURES: readonly FeatureWord[] = [
  'queue_if_no_path',
  'pg_init_retries',
  'pg_init_delay_msecs',
  'retain_attached_hw_handler',
  'queue_mode',
]
const FEATURES_BEFORE_MODES = ALL_FEATURES.filter((word) => word !== 'queue_mode')
const FIRST_SELECTORS = ['round-robin', 'queue-length', 'service-time']
const NOTHING_FOLDED: ReadonlyMap<BlkStatus, BlkStatus> = new Map()

const V6_12: KernelProfile = {
  version: '6.12',
  modes: ['bio', 'rq'],

  bioListOrder: 'depth-first',
  queueEvent: 'once-per-bio',
  biosBuiltToFit: false,
  splitCopies: false,
  multipageVectors: true,
  dmSplitsByOwnLimits: false,
  dmTargetSplit: 'first-and-resubmit',
  dmSplitEvent: 'rest',
  flushBypassesMap: true,
  defaultMaxSectorsKb: 1280,

  plugOwner: 'task',
  plugsEveryBio: true,
  plugIssueOrder: 'fifo',
  plugInsertOrder: 'fifo',
  plugSorted: false,
  unplugEventOnDirectIssue: true,
  plugMaxRequests: 32,
  plugSeveralQueuesFactor: 2,
  plugCounts: 'all',
  plugFlushBytes: 131_072,
  plugMergeTests: 'one',
  limitedPlugging: false,

  scsiQueues: ['mq'],
  plainQueue: 'mq',
  mqDirectIssue: true,
  cloneInsert: 'direct',
  cloneRun: 'inline',
  mqSchedulers: ['mq-deadline', 'none', 'kyber', 'bfq'],
  deadlineNext: 'position',
  deadlineAsyncShare: { numerator: 1, denominator: 1 },
  statusToldAs: NOTHING_FOLDED,
  aluaTransition: BlkStatus.OK,

  upperQueues: ['mq'],
  checksPathQueues: false,
  dmMqDepth: 2048,
  legacyMapping: 'kdmwork',
  legacyBusyDelayNs: 10_000_000,
  legacyRequeueDelayNs: 0,
  legacyDelayedRequeueNs: 100_000_000,
  mergeDeadline: false,
  cloneBiosEnd: 'together',
  refusesFlush: false,
  noflushLastsUntilResume: false,
  noflushReloadKeepsLimits: false,

  locksFastPath: false,
  noTagDelays: false,
  mqBusyHook: true,
  featureWords: ALL_FEATURES,
  selectors: [...FIRST_SELECTORS, 'historical-service-time', 'io-affinity'],
  hasNoPathTimeout: true,
  nextPgFirst: true,
  bioPathChoice: 'each-bio',
  repeatCount: 'ignored',
  defaultRepeat: { roundRobin: 1, queueLength: 1 },
  selectorTies: 'winner-to-tail',
  bioStartTimeStepNs: 1,
  notPathErrors: new Set([
    BlkStatus.NOTSUPP,
    BlkStatus.NOSPC,
    BlkStatus.TARGET,
    BlkStatus.RESV_CONFLICT,
    BlkStatus.MEDIUM,
    BlkStatus.PROTECTION,
  ]),
  pushBack: 'noflush',
  presuspendStopsQueueing: 'not-for-noflush-requests',
  busyWithoutPaths: false,
  heldRequests: false,
  refusedCloneIsReturned: true,
  statusFirst: 'queue-io',
  retainHandler: 'bio-always',
  pgInitDelay: 'always-default',
  printsQueueModeMq: false,

  ioPolicies: ['numa', 'round-robin', 'queue-depth'],
  nvmeTracesBio: true,

  ioprioInEvents: true,
  ioStartEvents: true,
  rqMergeEvent: true,
  rqErrorEvent: true,
  bytesInEvents: true,
  errnoInEvents: true,
  biosInRemap: true,
  writeZeroesLetters: 'N',
}

const V6_19: KernelProfile = {
  ...V6_12,
  version: '6.19',
  nextPgFirst: false,
  retainHandler: 'always-unprinted',
  noflushLastsUntilResume: true,
  noflushReloadKeepsLimits: true,
  defaultMaxSectorsKb: 4096,
  writeZeroesLetters: 'WZ',
}

const V6_1: KernelProfile = {
  ...V6_12,
  version: '6.1',
  flushBypassesMap: false,
  ioPolicies: ['numa', 'round-robin'],
  plugsEveryBio: false,
  plugIssueOrder: 'lifo',
  plugInsertOrder: 'lifo',
  unplugEventOnDirectIssue: false,
  ioprioInEvents: false,
  ioStartEvents: false,
  deadlineNext: 'pointer',
  deadlineAsyncShare: { numerator: 3, denominator: 4 },
}

const V5_15: KernelProfile = {
  ...V6_1,
  version: '5.15',
  dmSplitEvent: 'front',
  aluaTransition: BlkStatus.AGAIN,
  plugIssueOrder: 'fifo',
  plugInsertOrder: 'fifo',
  plugSorted: true,
  unplugEventOnDirectIssue: true,
  plugMaxRequests: 16,
  plugSeveralQueuesFactor: 4,
  plugMergeTests: 'all',
  bioStartTimeStepNs: 4_000_000,
  rqErrorEvent: false,
}

const V5_10: KernelProfile = {
  ...V5_15,
  version: '5.10',
  aluaTransition: BlkStatus.RESOURCE,
  plugSeveralQueuesFactor: 1,
  plugCounts: 'own-queue',
  limitedPlugging: true,
  deadlineAsyncShare: { numerator: 1, denominator: 1 },
  selectors: [...FIRST_SELECTORS, 'historical-service-time'],
}

const V5_4: KernelProfile = {
  ...V5_10,
  version: '5.4',
  dmSplitsByOwnLimits: true,
  bioPathChoice: 'when-path-is-lost',
  selectors: FIRST_SELECTORS,
  hasNoPathTimeout: false,
  pushBack: 'noflush-and-was-queueing',
  presuspendStopsQueueing: 'always',
  rqMergeEvent: false,
}

const V4_20: KernelProfile = {
  ...V5_4,
  version: '4.20',
  mqBusyHook: false,
  multipageVectors: false,
  dmSplitEvent: 'none',
  ioPolicies: ['numa'],
  nvmeTracesBio: false,
  refusedCloneIsReturned: false,
}

/** What a path answers to a clone does not come back to dm's scheduler: no longer as in 4.4, not yet as in 4.16. */
const V4_14: KernelProfile = {
  ...V4_20,
  version: '4.14',
  ioPolicies: [],
  pgInitDelay: 'as-asked',
  dmSplitsByOwnLimits: false,
  dmTargetSplit: 'all-at-once',
  scsiQueues: ['legacy', 'mq'],
  mqDirectIssue: false,
  cloneInsert: 'dispatch-list',
  upperQueues: ['legacy', 'mq'],
  checksPathQueues: true,
  mergeDeadline: true,
  bioPathChoice: 'each-bio',
  selectorTies: 'rotate-before',
  noTagDelays: true,
  refusedCloneIsReturned: true,
  printsQueueModeMq: true,
}

const V4_8: KernelProfile = {
  ...V4_14,
  version: '4.8',
  legacyDelayedRequeueNs: 0,
  bioListOrder: 'breadth-first',
  queueEvent: 'each-submission',
  plugFlushBytes: Infinity,
  cloneInsert: 'software-queue',
  mqSchedulers: ['none'],
  cloneBiosEnd: 'each',
  repeatCount: 'round-robin',
  defaultRepeat: { roundRobin: 1000, queueLength: 1 },
  noTagDelays: false,
  // a reservation conflict (-EBADE) fails the path
  notPathErrors: new Set([
    BlkStatus.NOTSUPP,
    BlkStatus.NOSPC,
    BlkStatus.TARGET,
    BlkStatus.MEDIUM,
    BlkStatus.PROTECTION,
  ]),
  busyWithoutPaths: true,
  bytesInEvents: false,
  errnoInEvents: false,
}

const V4_4: KernelProfile = {
  ...V4_8,
  version: '4.4',
  modes: ['rq'],
  cloneRun: 'async',
  locksFastPath: true,
  checksPathQueues: false,
  dmMqDepth: 128,
  featureWords: FEATURES_BEFORE_MODES,
  repeatCount: 'target',
  defaultRepeat: { roundRobin: 1000, queueLength: 128 },
  retainHandler: 'if-asked',
  printsQueueModeMq: false,
}

/** Cuts bios of any size as 4.4 does, and copies what it cuts off. */
const V4_3: KernelProfile = {
  ...V4_4,
  version: '4.3',
  splitCopies: true,
  defaultMaxSectorsKb: 512,
}

const V3_6: KernelProfile = {
  ...V4_3,
  version: '3.6',
  splitCopies: false,
  biosBuiltToFit: true,
  defaultMaxSectorsKb: 512,
  scsiQueues: ['legacy'],
  plainQueue: 'legacy',
  mqSchedulers: [],
  statusToldAs: new Map([
    [BlkStatus.MEDIUM, BlkStatus.TARGET],
    [BlkStatus.NOSPC, BlkStatus.TARGET],
  ]),
  upperQueues: ['legacy'],
  legacyMapping: 'inline',
  mergeDeadline: false,
  legacyBusyDelayNs: 100_000_000,
  legacyRequeueDelayNs: 100_000_000,
  legacyDelayedRequeueNs: 100_000_000,
  notPathErrors: new Set([BlkStatus.NOTSUPP, BlkStatus.TARGET, BlkStatus.PROTECTION]),
  busyWithoutPaths: false,
  heldRequests: true,
  statusFirst: 'queue-size',
  biosInRemap: false,
}

const V2_6_28: KernelProfile = {
  ...V3_6,
  version: '2.6.28',
  modes: ['bio'],
  plugOwner: 'queue',
  statusToldAs: new Map(
    [
      BlkStatus.NOSPC,
      BlkStatus.TRANSPORT,
      BlkStatus.TARGET,
      BlkStatus.RESV_CONFLICT,
      BlkStatus.MEDIUM,
      BlkStatus.PROTECTION,
    ].map((status) => [status, BlkStatus.IOERR]),
  ),
  refusesFlush: true,
  featureWords: ['queue_if_no_path', 'pg_init_retries'],
  selectors: ['round-robin'],
  notPathErrors: new Set([BlkStatus.NOTSUPP]),
  heldRequests: false,
  pgInitDelay: 'none',
  retainHandler: 'unknown',
}

/** The kernels the engine knows, oldest first, by the name that scenarios use. */
export const KERNELS: ReadonlyMap<string, KernelProfile> = new Map(
  [V2_6_28, V3_6, V4_3, V4_4, V4_8, V4_14, V4_20, V5_4, V5_10, V5_15, V6_1, V6_12, V6_19].map((p) => [
    p.version,
    p,
  ]),
)
export const DEFAULT_KERNEL = '6.12'

/** Versions in which something holds, for messages: "5.10, 5.15 or 6.1". */
export function kernelsWith(rule: (profile: KernelProfile) => boolean): string {
  const versions = [...KERNELS.values()].filter(rule).map((profile) => profile.version)
  return versions.length < 2
    ? versions.join('')
    : `${versions.slice(0, -1).join(', ')} or ${versions.at(-1) ?? ''}`
}
