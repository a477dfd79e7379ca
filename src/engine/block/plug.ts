/**
 * struct blk_plug: requests that a task gathers before it hands them over. The list only; handing over is
 * blk-mq-plug.ts. One list for FIFO and LIFO kernels: the order is applied where it is read.
 */
import type { Request } from './request.ts'

export class Plug {
  /** Oldest first. */
  requests: Request[] = []
  /** Requests of more than one queue have been added since the plug was started. */
  multipleQueues = false
  /** A request with a scheduler tag has been added since the plug was started. */
  hasElevator = false

  get newest(): Request | undefined {
    return this.requests[this.requests.length - 1]
  }
}
