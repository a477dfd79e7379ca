/** A job with everything decided that its options leave open, for one of its processes. */
import type { FioJob, FioRates } from './job.ts'
import { READS, verifies, WRITES } from './job.ts'

export type Direction = 'read' | 'write'

export interface FioPlan {
  readonly job: FioJob
  readonly name: string
  readonly random: boolean
  /** Percent of reads; 100 and 0 for patterns of one direction. */
  readonly readPercent: number
  readonly seed: number
  /** Asynchronous: I/Os go through io_submit and are collected; otherwise each is waited for. */
  readonly async: boolean
  readonly direct: boolean
  readonly depth: number
  readonly batch: number
  readonly waitFor: number
  readonly lowDepth: number
  readonly offsetBytes: number
  readonly sizeBytes: number
  /** Passes to do; Infinity until the time is over. */
  readonly passes: number
  readonly runtimeNs: number
  readonly verify: boolean
  readonly readBack: boolean
  readonly bytesPerSecond: Readonly<Record<Direction, number | undefined>>
}

/** `process` is the number of this process among numjobs. */
export function planOf(job: FioJob, process: number, deviceBytes: number, scenarioSeed: number): FioPlan {
  const offsetBytes = (job.offset ?? 0) + process * (job.offset_increment ?? 0)
  const rest = Math.max(0, deviceBytes - offsetBytes)
  const runtimeNs = job.runtime_ns ?? Infinity
  const timeBased = job.time_based ?? job.runtime_ns !== undefined
  const direct = job.direct ?? true
  const async = direct && (job.ioengine ?? 'libaio') === 'libaio'
  const depth = async ? (job.iodepth ?? 1) : 1
  const verify = verifies(job)
  return {
    job,
    name: job.name ?? 'fio',
    random: job.rw.startsWith('rand'),
    readPercent: readPercent(job),
    seed: (job.randseed ?? scenarioSeed) + process,
    async,
    direct,
    depth,
    batch: Math.min(depth, job.iodepth_batch ?? 1),
    waitFor: Math.min(depth, job.iodepth_batch_complete ?? 1),
    lowDepth: Math.min(depth, job.iodepth_low ?? depth),
    offsetBytes,
    sizeBytes: Math.min(job.size ?? rest, rest),
    passes: timeBased && runtimeNs !== Infinity ? Infinity : (job.loops ?? 1),
    runtimeNs,
    verify,
    readBack: verify && WRITES.has(job.rw) && (job.do_verify ?? true),
    bytesPerSecond: { read: rateOf(job, 'read'), write: rateOf(job, 'write') },
  }
}

export function blockBytes({ bs }: FioJob, direction: Direction): number {
  return typeof bs === 'number' ? bs : bs[direction]
}

/** The unit of random offsets: the smallest size the job uses. */
export function smallestBlock(job: FioJob): number {
  if (job.bssplit) return Math.min(...job.bssplit.map(({ bytes }) => bytes))
  const used: Direction[] = []
  if (READS.has(job.rw)) used.push('read')
  if (WRITES.has(job.rw)) used.push('write')
  return Math.min(...used.map((direction) => blockBytes(job, direction)))
}

/** True when every I/O of the job has one size, so that a map of blocks can be kept. */
export function hasOneSize(job: FioJob): boolean {
  if (job.bssplit) return new Set(job.bssplit.map(({ bytes }) => bytes)).size === 1
  return (
    typeof job.bs === 'number' || job.bs.read === job.bs.write || !(READS.has(job.rw) && WRITES.has(job.rw))
  )
}

function readPercent(job: FioJob): number {
  if (!WRITES.has(job.rw)) return 100
  return READS.has(job.rw) ? (job.rwmixread ?? 50) : 0
}

/** fio turns a rate of I/Os into one of bytes (thread_options: rate_iops × the smallest block). */
function rateOf(job: FioJob, direction: Direction): number | undefined {
  const of = (rates: number | FioRates | undefined): number | undefined =>
    typeof rates === 'object' ? rates[direction] : rates
  const iops = of(job.rate_iops)
  return iops === undefined ? of(job.rate) : iops * blockBytes(job, direction)
}
