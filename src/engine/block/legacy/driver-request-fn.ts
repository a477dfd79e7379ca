/**
 * request_fn of a disk: drivers/scsi/scsi_lib.c:scsi_request_fn, 2.6.28 to 4.20. Takes requests while the device has
 * room; what it takes is the driver's until it ends. Drivers without a midlayer do the same with their tags alone.
 */
import { RESOURCE_DELAY_NS } from '../../kernel/constants.ts'
import { BlkStatus, DispatchReason, RequeueTo } from '../../log/index.ts'
import type { Context, Steps } from '../../sim/cpu.ts'
import { emitDispatchList } from '../blk-mq-dispatch.ts'
import { endRequest } from '../complete.ts'
import { releaseBudget } from '../request-queue.ts'
import type { Request } from '../request.ts'
import type { LegacyQueue } from './legacy-queue.ts'

export function* driverRequestFn(ctx: Context, queue: LegacyQueue): Steps {
  for (;;) {
    if (ctx.spend(0)) yield
    const rq = queue.peek()
    if (rq === undefined) return
    if (!takeRoom(queue, rq)) {
      queue.hctx.restart = true
      return
    }
    queue.start(rq)
    const status = yield* queue.ops!.queueRq(ctx, rq)
    if (status === BlkStatus.RESOURCE || status === BlkStatus.DEV_RESOURCE) {
      queue.requeue(rq, RequeueTo.requeue_list)
      queue.kickRequeueList(RESOURCE_DELAY_NS)
      return
    }
    if (status !== BlkStatus.OK) endRequest(rq, status)
  }
}

/** scsi_dev_queue_ready, scsi_host_queue_ready: room on the device, and a tag. */
function takeRoom(queue: LegacyQueue, rq: Request): boolean {
  const { ops } = queue
  if (!rq.hasBudget && ops!.getBudget?.() === false) {
    emitDispatchList(rq, DispatchReason.no_budget)
    return false
  }
  rq.hasBudget = ops!.getBudget !== undefined
  if (rq.tag < 0) rq.tag = queue.hctx.tags.tryGet()
  if (rq.tag >= 0) return true
  releaseBudget(rq)
  emitDispatchList(rq, DispatchReason.no_tag)
  return false
}
