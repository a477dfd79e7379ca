/**
 * A queue of requests with its submit function: what blk-mq (blk-mq.ts) and the single queue of `.request_fn`
 * (legacy/legacy-queue.ts) have in common for those who use them.
 */
import type { QueueKind } from '../kernel/profile.ts'
import type { BlkStatus } from '../log/index.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Bio } from './bio.ts'
import type { BlockDevice } from './block-device.ts'
import type { Request } from './request.ts'
import { RequestQueue } from './request-queue.ts'

export abstract class IoQueue extends RequestQueue {
  abstract readonly kind: QueueKind
  /** The name sysfs shows in brackets. */
  abstract get scheduler(): string
  /** elevator_switch: only while nothing is queued (the caller has frozen the queue). */
  abstract setScheduler(name: string): void
  /** sysfs `nr_requests` */
  /** sysfs nr_requests; false when the queue cannot have that many. */
  abstract setNrRequests(count: number): boolean
  abstract submitBio(ctx: Context, bio: Bio): Steps
  /** A request for a clone of request-based dm, without waiting; undefined when there is none now. */
  abstract allocateClone(cpuNumber: number, rwbs: number): Request | undefined
  /** The last step of blk_insert_cloned_request: how a clone enters the queue of its path. */
  abstract insertCloned(ctx: Context, clone: Request): Steps<BlkStatus>
}

/** The queue of a device that has requests, as the caller has made sure of (dm_table_determine_type). */
export function requestsOf({ name, queue }: BlockDevice): IoQueue {
  if (queue instanceof IoQueue) return queue
  throw new Error(`${name} has no requests`)
}
