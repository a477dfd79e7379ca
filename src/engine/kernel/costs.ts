/**
 * CPU time of the steps, in nanoseconds, and where each figure comes from. The table is the one place for it: the engine
 * spends by it, the ledger (src/record/ledger) charges by it, the screen and `--format ledger` quote its sources.
 *
 * Sums are measured (figures.ts), the shares of single steps within a sum are assumptions, and both are marked so. Costs
 * give every event a time of its own; order and counts never depend on them.
 */
import { CPU_STEPS, type CpuStep } from './cpu-steps.ts'
import { CALIBRATION, type CalibrationName } from './figures.ts'

/** What a step costs in a run, ns. `lockSpin` is counted in nanoseconds already. */
export type StepCosts = Readonly<Record<CpuStep, number>> & {
  /** A step of an administrator's shell: dmsetup, echo into sysfs. Not in the ledger. */
  readonly command: number
  /** A command that activates a path; commands of that kind are not in the log. */
  readonly activation: number
}

/** Where a cost comes from. */
export type CostSource =
  /** Follows from measured figures and the costs named in `rule`, nothing assumed beside them. */
  | { readonly kind: 'derived'; readonly from: readonly CalibrationName[]; readonly rule: string }
  /** Part of a measured sum; how the sum divides is assumed. */
  | { readonly kind: 'share'; readonly from: readonly CalibrationName[]; readonly rule: string }
  | { readonly kind: 'assumption'; readonly rule: string }

export interface CostEntry {
  readonly step: CpuStep
  readonly ns: number
  /** In words, with the kernel's functions. */
  readonly what: string
  readonly source: CostSource
}

const f = CALIBRATION
const BATCH = 16
/** Per I/O of a batch of 16 all but one sixteenth of what is done once for the batch is saved. */
const once = (savedNs: number): number => (savedNs * BATCH) / (BATCH - 1)

const BIO_QUEUE = 250
const MERGE_ATTEMPT = 150
const END_BIO = 200
const SPLIT = 400
/** Fitted to one pair: 70 % more sequential reads of 1 MiB in pieces of 16 KiB without it (commit 52cc6eead909). */
const COPY_VECTORS = 4000
const SOFTIRQ_ENTRY = 300
const CONTEXT_SWITCH = 1500

const REQUEST_SUM = once(f.batchBioScattered.value - f.batchBio.value)
const REQUEST_SHARES = { getRequest: 0.25, plugAdd: 0.04, dispatch: 0.11, driverQueue: 0.28 } as const
const partOfRequest = (step: keyof typeof REQUEST_SHARES): number =>
  Math.round(REQUEST_SUM * REQUEST_SHARES[step])
const COMPLETE_REQUEST =
  Math.round(REQUEST_SUM) -
  partOfRequest('getRequest') -
  partOfRequest('plugAdd') -
  partOfRequest('dispatch') -
  partOfRequest('driverQueue')

const SYSTEM_CALL = Math.round(once(f.randomRaw.value - f.batchRaw.value) - REQUEST_SUM)
const PAGE = Math.round(
  (f.largeRaw.value - f.randomRaw.value - REQUEST_SUM - SPLIT - MERGE_ATTEMPT - END_BIO) / 31,
)
const APPLICATION_SUM = Math.round(
  f.randomRaw.value - SYSTEM_CALL - REQUEST_SUM - PAGE - BIO_QUEUE - MERGE_ATTEMPT - END_BIO,
)
const REAP = Math.round(APPLICATION_SUM * 0.15)

const CHOOSE_PATH = f.randomBio.value - f.randomLinear.value
/** In rq mode every request of dm is completed by a softirq: one for each random read, one for a merged batch. */
const RQ_RANDOM = f.randomRq.value - SOFTIRQ_ENTRY
const RQ_BATCH = f.batchRq.value - SOFTIRQ_ENTRY / BATCH
const RQ_REQUEST_SUM = once(RQ_RANDOM - RQ_BATCH)
const REQUEST_CLONE = Math.round(RQ_REQUEST_SUM - CHOOSE_PATH - partOfRequest('dispatch') - COMPLETE_REQUEST)

const derived = (rule: string, ...from: CalibrationName[]): CostSource => ({ kind: 'derived', from, rule })
const share = (rule: string, ...from: CalibrationName[]): CostSource => ({ kind: 'share', from, rule })
const assumption = (rule: string): CostSource => ({ kind: 'assumption', rule })
const entry = (ns: number, what: string, source: CostSource): Omit<CostEntry, 'step'> => ({
  ...{ ns, what, source },
})

const OF_APPLICATION = share(
  'randomRaw less everything else an I/O takes; 85 % before the bio, 15 % when its end is taken from the ring',
  'randomRaw',
)
const ofRequest = (percent: number): CostSource =>
  share(
    `${String(percent)} % of what one more request takes: (batchBioScattered - batchBio) x 16/15`,
    'batchBio',
    'batchBioScattered',
  )

const ENTRIES: Readonly<Record<CpuStep, Omit<CostEntry, 'step'>>> = {
  systemCall: entry(
    SYSTEM_CALL,
    'one io_submit or read/write call, however many I/Os it carries',
    derived(
      '(randomRaw - batchRaw) x 16/15, less a request',
      'randomRaw',
      'batchRaw',
      'batchBio',
      'batchBioScattered',
    ),
  ),
  ioSubmit: entry(
    APPLICATION_SUM - REAP,
    'one I/O in the application and in aio, up to its bio',
    OF_APPLICATION,
  ),
  page: entry(
    PAGE,
    'pinning, adding and releasing one page',
    derived(
      '(largeRaw - randomRaw - one more request, split, merge attempt and end) / 31',
      'largeRaw',
      'randomRaw',
    ),
  ),
  reap: entry(REAP, 'taking one completion from the ring', OF_APPLICATION),
  bioQueue: entry(BIO_QUEUE, 'submit_bio_noacct: checks, Q', assumption('250 instructions')),
  split: entry(
    SPLIT,
    'bio_split: a front of its own that shares the vector',
    assumption('400 instructions, as far as a small clone'),
  ),
  copyVectors: entry(
    COPY_VECTORS,
    'bio_clone_bioset: the front of a split copies its vectors (to 4.3)',
    assumption('fitted to "about 70 %" of commit 52cc6eead909: 1 MiB reads in 64 pieces on null_blk'),
  ),
  dmClone: entry(
    f.randomLinear.value - BIO_QUEUE,
    'dm core in bio mode: alloc_io, __map_bio, clone_endio, dm_io_complete',
    derived('randomLinear less one more bioQueue', 'randomLinear'),
  ),
  choosePath: entry(
    CHOOSE_PATH,
    'multipath: path choice, selector, its end_io',
    derived('randomBio - randomLinear', 'randomBio', 'randomLinear'),
  ),
  mergeAttempt: entry(MERGE_ATTEMPT, 'looking for a request to join', assumption('150 instructions')),
  getRequest: entry(partOfRequest('getRequest'), 'blk_mq_get_new_requests: tag, request, G', ofRequest(25)),
  plugAdd: entry(partOfRequest('plugAdd'), 'blk_add_rq_to_plug', ofRequest(4)),
  insert: entry(
    Math.round((f.randomRaw.value + f.randomRq.value) * f.schedulerShare.value),
    'a scheduler takes a request, sorts it and hands it out again',
    derived('14 % of randomRaw + randomRq', 'schedulerShare', 'randomRaw', 'randomRq'),
  ),
  dispatch: entry(partOfRequest('dispatch'), 'budget, driver tag, the call of queue_rq', ofRequest(11)),
  requestClone: entry(
    REQUEST_CLONE,
    'dm-rq: a request of the path, set up as a clone, freed again',
    derived(
      '(randomRq - batchRq, less the softirqs) x 16/15, less choosePath, dispatch and completeRequest',
      'randomRq',
      'batchRq',
    ),
  ),
  cloneBio: entry(
    Math.round(RQ_RANDOM - RQ_REQUEST_SUM - END_BIO),
    'blk_rq_prep_clone, end_clone_bio: one bio of a cloned request',
    derived(
      'randomRq less the softirq, less all that is done per request, less endBio',
      'randomRq',
      'batchRq',
    ),
  ),
  driverQueue: entry(partOfRequest('driverQueue'), 'queue_rq of the driver (null_blk)', ofRequest(28)),
  interrupt: entry(
    f.randomRawInterrupt.value - f.randomRaw.value,
    "the device's interrupt, per command it ends or softirq it raises",
    derived('randomRawInterrupt - randomRaw', 'randomRawInterrupt', 'randomRaw'),
  ),
  softirqEntry: entry(
    SOFTIRQ_ENTRY,
    'raising and entering the block softirq',
    assumption('300 instructions'),
  ),
  completeRequest: entry(COMPLETE_REQUEST, 'blk_mq_end_request: accounting, tags', ofRequest(32)),
  endBio: entry(END_BIO, 'bio_endio of one bio of a request', assumption('200 instructions')),
  contextSwitch: entry(CONTEXT_SWITCH, 'a task or worker gets the CPU', assumption('1500 instructions')),
  lockSpin: entry(1, 'waiting for a spinlock, by the nanosecond', assumption('as long as others hold it')),
}

/** Every step with its cost and its source, in the order in which an I/O meets them. */
export const COST_TABLE: readonly CostEntry[] = CPU_STEPS.map((step) => ({ step, ...ENTRIES[step] }))

/** Every cost times `scale`, in whole nanoseconds; 0 makes the CPU infinitely fast. */
export function stepCosts(scale: number): StepCosts {
  const steps = Object.fromEntries(
    COST_TABLE.map(({ step, ns }) => [step, Math.round(ns * scale)]),
  ) as unknown as Readonly<Record<CpuStep, number>>
  const driver = partOfRequest('driverQueue') * scale
  return { ...steps, command: Math.round(50_000 * scale), activation: Math.round(driver) }
}
