/**
 * What the scoreboard counts, for every device. A lane's total is a sum over devices: see picture totals.
 *
 * Counted from events alone; a counter never goes down.
 */
export const Counter = {
  /** Application I/Os begun. */
  ios_submitted: 0,
  ios_completed: 1,
  ios_failed: 2,
  /** Original bios whose life has begun (first Q). */
  bios_accepted: 3,
  /** Original bios that have ended. */
  bios_completed: 4,
  /** Original bios that ended with an error. */
  bios_failed: 5,
  splits: 6,
  bio_clones: 7,
  requests: 8,
  request_clones: 9,
  back_merges: 10,
  front_merges: 11,
  request_merges: 12,
  /** D events; on a path these are commands given to the device. */
  issued: 13,
  issued_sectors: 14,
  requeues: 15,
  /** block_rq_error. */
  errors: 16,
  /** Bio clones taken up again by the worker of queued_bios. */
  retries: 17,
  /** choose_path answered with this device. */
  chosen: 18,
  completed_sectors: 19,
  flushes: 20,
  /** Times the path was failed. */
  path_failures: 21,
  /** multipath_busy answered busy. */
  busy_answers: 22,
} as const
export type Counter = (typeof Counter)[keyof typeof Counter]
export const COUNTER_COUNT = 23

/** Request sizes are counted in powers of two: bucket b holds sizes in (2^(b-1), 2^b] sectors; bucket 0 also zero. */
export const SIZE_BUCKETS = 24

export function sizeBucket(sizeSectors: number): number {
  if (sizeSectors <= 1) return 0
  return Math.min(32 - Math.clz32(sizeSectors - 1), SIZE_BUCKETS - 1)
}
