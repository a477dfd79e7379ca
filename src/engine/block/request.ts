/**
 * struct request (include/linux/blk-mq.h): what a queue schedules and a driver executes; one or more bios in sector order.
 */
import {
  BlkStatus,
  type CompletedIn,
  type Op,
  opOf,
  Op as OpCode,
  type Rwbs,
  RwbsFlag,
} from '../log/index.ts'
import type { Bio } from './bio.ts'
import type { HwCtx } from './hw-ctx.ts'
import type { RequestQueue } from './request-queue.ts'

/** rq->end_io: takes the end of a request over from the block layer. Runs without sleeping. */
export interface RequestOwner {
  rqEndIo(rq: Request, status: BlkStatus): void
}

/** Where a request is, as far as blk-mq must know (MQ_RQ_*). */
export type RequestState = 'idle' | 'in-flight' | 'complete'

export class Request {
  readonly id: number
  readonly queue: RequestQueue
  readonly hctx: HwCtx
  /** CPU of the submitter: where the completion is run (rq->mq_ctx). */
  readonly cpuNumber: number
  rwbs: Rwbs
  sector: number
  /** Sectors still to be completed (__data_len). */
  sizeSectors: number
  bio: Bio | undefined
  bioTail: Bio | undefined
  bioCount = 0
  segments = 0
  state: RequestState = 'idle'
  /** REQ_NOMERGE, also set for good when a merge was refused for its size. */
  noMerge = false
  failfastTransport = false
  /** RQF_STARTED: a scheduler has handed it out; it never merges again. */
  dispatched = false
  /** RQF_FLUSH_SEQ and the machine's own requests */
  inFlushSequence = false
  /** RQF_DONTPREP: the driver has prepared it; a retry goes straight to hctx->dispatch. */
  prepared = false
  /** Scheduler tag; -1 without a scheduler. */
  internalTag = -1
  /** Driver tag; -1 while it has none. */
  tag = -1
  /** True while it holds a slot of the device (SCSI: sdev->device_busy). */
  hasBudget = false
  /** It waits in hctx->dispatch, and the log knows. */
  inDispatchList = false
  /** RQF_QUIET: errors are not printed and not traced by block_rq_error. */
  quiet = false
  /** Commands tried on this device (scmd->retries). */
  retries = 0
  /** When its FIFO deadline is. */
  fifoTimeNs = 0
  /** When it was made, and when the driver began with it. */
  startNs = 0
  issueNs = 0
  owner: RequestOwner | undefined
  /** Status that the driver has set for the completion (softirq) to find. */
  driverStatus: BlkStatus = BlkStatus.OK
  /** How the driver's answer was taken up, for the next event that can say it (rq_complete, rq_requeue); 0 = said. */
  completion = 0
  /** What the driver keeps with a request (blk_mq_rq_to_pdu). */
  pdu: unknown

  constructor(id: number, queue: RequestQueue, hctx: HwCtx, cpuNumber: number, rwbs: Rwbs, startNs: number) {
    this.id = id
    this.queue = queue
    this.hctx = hctx
    this.cpuNumber = cpuNumber
    this.rwbs = rwbs
    this.sector = 0
    this.sizeSectors = 0
    this.startNs = startNs
  }

  /** The driver's answer is taken up. */
  takeUp(where: CompletedIn): void {
    this.completion = this.bioCount * 8 + where
  }

  /** `object` of the event that says so. */
  sayCompletion(): number {
    const said = this.completion
    this.completion = 0
    return said
  }

  /** Its hardware queue as the log shows it: from 1 where there are several, else 0. */
  get hctxShown(): number {
    return this.queue.hctxs.length > 1 ? this.hctx.number + 1 : 0
  }

  get endSector(): number {
    return this.sector + this.sizeSectors
  }

  get op(): Op {
    return opOf(this.rwbs)
  }

  /** include/linux/blk-mq.h:rq_mergeable */
  get mergeable(): boolean {
    if (this.noMerge || this.dispatched || this.inFlushSequence) return false
    if ((this.rwbs & (RwbsFlag.PREFLUSH | RwbsFlag.FUA)) !== 0) return false
    const op = this.op
    return op === OpCode.READ || op === OpCode.WRITE || op === OpCode.DISCARD || op === OpCode.SECURE_ERASE
  }
}
