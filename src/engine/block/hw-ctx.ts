/**
 * struct blk_mq_hw_ctx: one hardware queue with its tags, its leftovers and the work that runs it.
 * Source: block/blk-mq.c, 6.12; the same in 6.1 as far as it is modelled.
 */
import type { DelayedWork } from '../sim/workqueue.ts'
import type { Request } from './request.ts'
import type { RequestQueue } from './request-queue.ts'
import { TagSet } from './tags.ts'

export class HwCtx {
  readonly queue: RequestQueue
  readonly number: number
  /** hctx->dispatch: requests that were handed out but not taken; they go first and cannot merge. */
  readonly dispatch: Request[] = []
  /** Software queues of the CPUs that map here, by CPU number (only used without a scheduler). */
  readonly softwareQueues: Request[][]
  /** Driver tags. */
  readonly tags: TagSet
  /** Scheduler tags; undefined without a scheduler. */
  schedTags: TagSet | undefined
  /** BLK_MQ_S_SCHED_RESTART: run the queue again when a request is freed. */
  restart = false
  /** Moving average of refusals (hctx->dispatch_busy); above 0 means busy. */
  dispatchBusy = 0
  /** Set by the queue's maker: blk_mq_run_work_fn. */
  runWork!: DelayedWork

  constructor(queue: RequestQueue, number: number, tagDepth: number, cpuCount: number) {
    this.queue = queue
    this.number = number
    this.tags = new TagSet(tagDepth)
    this.softwareQueues = Array.from({ length: cpuCount }, () => [])
  }

  /** blk_mq_hctx_has_pending */
  get hasPending(): boolean {
    return (
      this.dispatch.length > 0 ||
      this.softwareQueues.some((requests) => requests.length > 0) ||
      this.queue.elevator?.hasWork() === true
    )
  }

  /** blk_mq_run_hw_queue(hctx, true): from kblockd, as soon as it gets a CPU. */
  runAsync(): void {
    if (!this.queue.quiesced && this.hasPending) this.delayRun(0)
  }

  /** blk_mq_delay_run_hw_queue: replaces whatever run was pending. */
  delayRun(delayNs: number): void {
    this.runWork.modify(delayNs)
  }

  /** blk_mq_sched_restart */
  schedRestart(): void {
    if (!this.restart) return
    this.restart = false
    this.runAsync()
  }

  /** blk_mq_update_dispatch_busy: weight 8, factor 4, in integers. */
  updateDispatchBusy(busy: boolean): void {
    if (this.dispatchBusy === 0 && !busy) return
    this.dispatchBusy = Math.floor((this.dispatchBusy * 7 + (busy ? 16 : 0)) / 8)
  }
}
