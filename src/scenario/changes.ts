/**
 * What-ifs against a scenario's file, for one lane: another selector, scheduler, limit, feature or number of paths. What
 * is absent stays as the file has it. change/ applies them before defaults are filled in, so that a default that depends
 * on a changed value follows it.
 */
import type { QueueAttributes } from '../engine/index.ts'

export interface LaneChanges {
  /** Paths in all; fewer drop the last ones, more are copies of the first of their group. */
  readonly paths?: number
  /** Path selector of every group; its arguments are the usual ones of that selector. */
  readonly selector?: string
  readonly queue_if_no_path?: boolean
  /** Attributes of the queue of every path, under their sysfs names: scheduler, max_sectors_kb, nr_requests, ... */
  readonly path_queue?: QueueAttributes
  /** Attributes of the dm device's own queue, written to sysfs before the run begins. Bio mode has no scheduler. */
  readonly dm_queue?: QueueAttributes
  /** Commands that each path's device takes at once. */
  readonly queue_depth?: number
}
