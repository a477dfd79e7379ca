/**
 * A job of fio as the block layer sees it: fio's own option names, bytes and nanoseconds (`_ns`). What is left out has
 * the default that is named here; src/scenario/fio reads job files into this.
 */
export type FioPattern = 'read' | 'write' | 'randread' | 'randwrite' | 'rw' | 'randrw'

export interface FioRates {
  readonly read?: number
  readonly write?: number
}

export interface FioJob {
  readonly name?: string
  readonly rw: FioPattern
  /** Bytes of one I/O; by direction where they differ. */
  readonly bs: number | { readonly read: number; readonly write: number }
  /** Sizes drawn at random instead of `bs`, with their shares in percent. */
  readonly bssplit?: readonly { readonly bytes: number; readonly percent: number }[]
  /** `libaio` (default) keeps `iodepth` I/Os on their way; the others wait for each. */
  readonly ioengine?: 'libaio' | 'psync' | 'sync'
  /** Default 1. */
  readonly iodepth?: number
  /** I/Os handed over in one io_submit; default 1. */
  readonly iodepth_batch?: number
  /** Completions to wait for when the depth is reached; default 1. */
  readonly iodepth_batch_complete?: number
  /** The depth down to which it waits once it is full; default iodepth. */
  readonly iodepth_low?: number
  /** Processes that do the same; default 1. */
  readonly numjobs?: number
  /** O_DIRECT, default true; false goes through the page cache, one I/O at a time. */
  readonly direct?: boolean
  /** fsync after so many writes; default 0, never. */
  readonly fsync?: number
  /** fsync at the end; default false. */
  readonly end_fsync?: boolean
  /** Bytes a second, for each direction or by direction. */
  readonly rate?: number | FioRates
  /** I/Os a second. */
  readonly rate_iops?: number | FioRates
  /** Pause after every `thinktime_blocks` I/Os (default 1). */
  readonly thinktime_ns?: number
  readonly thinktime_blocks?: number
  /** Percent of reads in a mixed pattern; default 50. */
  readonly rwmixread?: number
  /** Where the job's part of the device begins; default 0. */
  readonly offset?: number
  /** How much further on each next process of numjobs begins; default 0. */
  readonly offset_increment?: number
  /** Bytes of the job's part and of one pass over it; default the rest of the device. */
  readonly size?: number
  /** Passes; default 1. */
  readonly loops?: number
  /** Any method of fio: what is written is read back after the pass and compared. */
  readonly verify?: string
  /** Whether the pass of reading back is done; default true. */
  readonly do_verify?: boolean
  /** The first wrong block ends the job; default false. */
  readonly verify_fatal?: boolean
  /** Passes are repeated until runtime_ns is over; default true where runtime_ns is given. */
  readonly time_based?: boolean
  readonly runtime_ns?: number
  readonly startdelay_ns?: number
  /** Random offsets drawn freely; default false: each block once a pass. */
  readonly norandommap?: boolean
  /** Default: the scenario's seed. */
  readonly randseed?: number
  /** Waits until the jobs before it in its file have ended. */
  readonly stonewall?: boolean
}

export const READS: ReadonlySet<FioPattern> = new Set(['read', 'randread', 'rw', 'randrw'])
export const WRITES: ReadonlySet<FioPattern> = new Set(['write', 'randwrite', 'rw', 'randrw'])

/** The jobs that a step runs. */
export function jobsOf(step: object): readonly FioJob[] {
  const { fio, fio_jobs: jobs } = step as { readonly fio?: FioJob; readonly fio_jobs?: readonly FioJob[] }
  return jobs ?? (fio === undefined ? [] : [fio])
}

/** True when somebody will look at what is on the media. */
export function verifies(job: FioJob): boolean {
  return job.verify !== undefined
}
