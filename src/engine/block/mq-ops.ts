/** struct blk_mq_ops: what a driver of requests provides. */
import type { BlkStatus } from '../log/index.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Request } from './request.ts'

export interface MqOps {
  /** queue_rq: takes a request (OK), refuses it for now (RESOURCE, DEV_RESOURCE), or says why it can never be done. */
  queueRq(ctx: Context, rq: Request): Steps<BlkStatus>
  /** complete: runs in the softirq of the submitting CPU once the driver has completed the request. */
  complete(rq: Request): void
  /** get_budget: room for one more command on the device; false sends the request to hctx->dispatch. */
  getBudget?(): boolean
  putBudget?(): void
  /** busy (blk_lld_busy): asked by request-based dm before it maps. */
  busy?(): boolean
  /** cleanup_rq and the like: the request is freed or given back without having been completed. */
  cleanup?(rq: Request): void
}
