/**
 * The flush machine: block/blk-flush.c, one per hardware queue. Requests with PREFLUSH or FUA go through PREFLUSH, DATA
 * and POSTFLUSH as far as the device needs them; FLUSH commands are shared by all that wait for one, and only one is
 * under way at a time. 6.12; 6.1 differs only in the list the FLUSH request travels on.
 */
import { BlkStatus, EventKind, Op, packRwbs, type Rwbs, RwbsFlag, SECTOR_UNDEFINED } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import { endRequest } from './complete.ts'
import type { HwCtx } from './hw-ctx.ts'
import { Request, type RequestOwner } from './request.ts'
import { putDriverTag } from './request-queue.ts'

const PENDING_TIMEOUT_NS = 5_000_000_000

type Stage = 'preflush' | 'data' | 'postflush' | 'done'

/** rq->flush: which stages are behind the request, and whose it was before the machine took it over. */
interface Sequence {
  left: Stage[]
  readonly savedOwner: RequestOwner | undefined
}

export class FlushMachine {
  private readonly m: Machine
  private readonly hctx: HwCtx
  private readonly sequences = new Map<Request, Sequence>()
  /** Waiting for the next FLUSH, and waiting for the one that runs. */
  private pending: Request[] = []
  private running: Request[] | undefined
  private pendingSinceNs = 0
  private dataInFlight = 0

  constructor(m: Machine, hctx: HwCtx) {
    this.m = m
    this.hctx = hctx
  }

  /** blk_insert_flush: true when the machine has taken the request, false when it goes on as an ordinary one. */
  insert(rq: Request): boolean {
    const { limits } = this.hctx.queue
    const wantsPreflush = limits.writeCache && (rq.rwbs & RwbsFlag.PREFLUSH) !== 0
    const wantsPostflush = limits.writeCache && (rq.rwbs & RwbsFlag.FUA) !== 0 && !limits.fua
    const hasData = rq.sizeSectors > 0
    rq.rwbs = ((rq.rwbs & ~(RwbsFlag.PREFLUSH | (limits.fua ? 0 : RwbsFlag.FUA))) | RwbsFlag.SYNC) as Rwbs
    if (!wantsPreflush && !wantsPostflush) {
      if (hasData) return false
      endRequest(rq, BlkStatus.OK)
      return true
    }
    const left: Stage[] = []
    if (wantsPreflush) left.push('preflush')
    if (hasData) left.push('data')
    if (wantsPostflush) left.push('postflush')
    this.sequences.set(rq, { left, savedOwner: rq.owner })
    rq.inFlushSequence = true
    rq.owner = {
      rqEndIo: (ended, status) => {
        this.dataEnded(ended, status)
      },
    }
    if (left[0] === 'data') {
      this.dataInFlight++
      return false
    }
    this.advance(rq, BlkStatus.OK)
    return true
  }

  /** blk_flush_complete_seq: puts the request where its next stage happens. */
  private advance(rq: Request, status: BlkStatus): void {
    const sequence = this.sequences.get(rq)!
    const stage: Stage = status === BlkStatus.OK ? (sequence.left[0] ?? 'done') : 'done'
    switch (stage) {
      case 'preflush':
      case 'postflush':
        if (this.pending.length === 0) this.pendingSinceNs = this.m.clock.nowNs
        this.pending.push(rq)
        this.m.log.emit(
          EventKind.flush_park,
          rq.queue.device.index,
          rq.rwbs,
          rq.id,
          0,
          rq.sector,
          rq.sizeSectors,
          0,
        )
        break
      case 'data':
        this.dataInFlight++
        rq.queue.requeueList.unshift(rq)
        rq.queue.kickRequeueList(0)
        break
      case 'done':
        this.restore(rq, sequence, status)
        break
    }
    this.kick()
  }

  /** blk_flush_restore_request and its end. */
  private restore(rq: Request, sequence: Sequence, status: BlkStatus): void {
    this.sequences.delete(rq)
    rq.bio = rq.bioTail
    if (rq.bio) {
      rq.sector = rq.bio.sector
      rq.sizeSectors = rq.bio.sizeSectors
    }
    rq.inFlushSequence = false
    rq.owner = sequence.savedOwner
    endRequest(rq, status)
  }

  /** blk_kick_flush: one FLUSH for everybody who waits, unless one runs or data is still on its way (at most 5 s). */
  private kick(): void {
    if (this.running || this.pending.length === 0) return
    const waitedNs = this.m.clock.nowNs - this.pendingSinceNs
    if (this.dataInFlight > 0 && waitedNs < PENDING_TIMEOUT_NS) return
    const first = this.pending[0]!
    this.running = this.pending
    this.pending = []
    const { queue } = this.hctx
    const flush = new Request(
      this.m.nextId(),
      queue,
      this.hctx,
      first.cpuNumber,
      packRwbs(Op.FLUSH, RwbsFlag.PREFLUSH),
      this.m.clock.nowNs,
    )
    flush.sector = SECTOR_UNDEFINED
    flush.inFlushSequence = true
    if (queue.elevator) flush.internalTag = first.internalTag
    else flush.tag = first.tag
    flush.failfastTransport = first.failfastTransport
    flush.owner = {
      rqEndIo: (ended, status) => {
        this.flushEnded(ended, status)
      },
    }
    this.m.log.emit(
      EventKind.flush_kick,
      queue.device.index,
      flush.rwbs,
      flush.id,
      first.id,
      0,
      0,
      this.running.length,
    )
    queue.flushList.push(flush)
    queue.kickRequeueList(0)
  }

  /** flush_end_io: the FLUSH is done; its waiters go on. */
  private flushEnded(flush: Request, status: BlkStatus): void {
    if (this.hctx.queue.elevator) putDriverTag(flush)
    flush.tag = -1
    flush.internalTag = -1
    this.m.log.emit(EventKind.rq_free, this.hctx.queue.device.index, flush.rwbs, flush.id, 0, 0, 0, 0)
    const waiters = this.running ?? []
    this.running = undefined
    for (const rq of waiters) {
      this.sequences.get(rq)!.left.shift()
      this.advance(rq, status)
    }
    this.kick()
  }

  /** mq_flush_data_end_io */
  private dataEnded(rq: Request, status: BlkStatus): void {
    if (rq.queue.elevator) putDriverTag(rq)
    this.dataInFlight--
    this.sequences.get(rq)!.left.shift()
    this.advance(rq, status)
    this.hctx.schedRestart()
  }
}
