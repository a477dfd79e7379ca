/**
 * Request-based device-mapper, over the one target of its table: drivers/md/dm-rq.c:dm_mq_queue_rq, map_request, setup_clone,
 * dm_softirq_done, dm_done, 4.8 to 6.19; dm.c of 3.6 and 4.4. How a clone ends is in rq-target-io.ts, how requests come from
 * a queue of request_fn in dm-rq-legacy.ts.
 *
 * Simplified: a blk-mq upper queue of 4.4 and 4.8 delays what has no path as later ones do (requeue list, 100 ms).
 */
import { Bio } from '../block/bio.ts'
import { type BlockSoftirq, endRequest } from '../block/complete.ts'
import { maxRequestSectors } from '../block/merge.ts'
import { type IoQueue, requestsOf } from '../block/io-queue.ts'
import type { MqOps } from '../block/mq-ops.ts'
import type { Request } from '../block/request.ts'
import { BlkStatus, CloneKind, EventKind, LockSite, MapResult, RequeueTo } from '../log/index.ts'
import { DM_REQUEUE_DELAY_NS } from '../kernel/constants.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Work } from '../sim/workqueue.ts'
import type { MappedDevice } from './mapped-device.ts'
import { RqTargetIo, type RqTargetIoOwner } from './rq-target-io.ts'
import type { RequestTarget } from './target.ts'

export class DmRq implements MqOps, RqTargetIoOwner {
  inFlight = 0
  /** Requests the target keeps until a path is there (3.6: m->queued_ios). */
  private readonly held: RqTargetIo[] = []
  private readonly heldWork: Work
  private readonly m: Machine
  private readonly md: MappedDevice
  private readonly softirqs: readonly BlockSoftirq[]

  constructor(m: Machine, md: MappedDevice, softirqs: readonly BlockSoftirq[]) {
    this.m = m
    this.md = md
    this.softirqs = softirqs
    this.heldWork = m.work(m.cpus[0]!, (ctx) => this.mapHeld(ctx))
  }

  /** dm_table_get_immutable_target */
  get target(): RequestTarget {
    return this.md.targets[0]!.requests!
  }

  get heldRequests(): number {
    return this.held.length
  }

  /** dm_mq_queue_rq */
  *queueRq(ctx: Context, rq: Request): Steps<BlkStatus> {
    if (this.md.blockIoForSuspend) return BlkStatus.RESOURCE
    const { lock } = this.target
    const { dispatch } = this.m.costs
    if (lock) yield* lock.hold(ctx, dispatch, LockSite.busy, rq.id)
    if (this.target.busy) {
      this.reportBusy(rq)
      if (!lock && ctx.spend(dispatch)) yield
      return BlkStatus.RESOURCE
    }
    this.issued(rq)
    this.started(1)
    if ((yield* this.map(ctx, rq, lock ? 0 : dispatch)) === MapResult.requeue) {
      this.started(-1)
      return BlkStatus.RESOURCE
    }
    return BlkStatus.OK
  }

  reportBusy(rq: Request): void {
    this.m.log.emit(EventKind.mpath_busy, this.md.index, rq.rwbs, rq.id, 0, rq.sector, rq.sizeSectors, 0)
  }

  /** The request is the driver's: D. */
  issued(rq: Request): void {
    rq.state = 'in-flight'
    rq.issueNs = this.m.clock.nowNs
    const tag = rq.tag >= 0 ? rq.tag : rq.internalTag
    this.m.log.emit(EventKind.rq_issue, this.md.index, rq.rwbs, rq.id, 0, rq.sector, rq.sizeSectors, tag)
  }

  /** `beforeNs`: CPU time of what led here that has not been spent yet. */
  *map(ctx: Context, rq: Request, beforeNs = 0): Steps<MapResult> {
    const tio = new RqTargetIo(this, rq)
    rq.pdu = tio
    const { lock } = this.target
    if (lock) yield* lock.hold(ctx, this.m.costs.choosePath, LockSite.map, rq.id)
    else if (ctx.spend(beforeNs + this.m.costs.choosePath)) yield
    return yield* this.mapRequest(ctx, tio)
  }

  /** Counts requests between the dm queue and its paths (md->pending). */
  started(change: 1 | -1): void {
    this.inFlight += change
    this.md.wakeWhenIdle()
  }

  /** map_request */
  private *mapRequest(ctx: Context, tio: RqTargetIo): Steps<MapResult> {
    const { original } = tio
    const { result, clone } = this.target.cloneAndMap(original, tio, ctx.cpu.number)
    if (clone) return yield* this.sendClone(ctx, tio, clone)
    this.m.log.emit(
      EventKind.map_result,
      this.md.index,
      original.rwbs,
      original.id,
      0,
      original.sector,
      original.sizeSectors,
      result,
    )
    if (result === MapResult.delay_requeue) this.putOff(tio)
    if (result === MapResult.kill) {
      tio.unmapped = true
      this.completeOriginal(original, BlkStatus.IOERR)
    }
    return result
  }

  /** No path now: the target keeps the request (3.6), or it goes back to the queue. */
  private putOff(tio: RqTargetIo): void {
    if (this.target.keepsRequests) this.held.push(tio)
    else this.requeue(tio, true)
  }

  /** process_queued_ios of 3.6, and the kick of the queue. */
  runQueuedIo(): void {
    if (this.held.length > 0) this.heldWork.queue()
    this.md.queue.kickRequeueList(0)
  }

  private *mapHeld(ctx: Context): Steps {
    for (const tio of this.held.splice(0)) {
      if (ctx.spend(this.m.costs.choosePath)) yield
      if ((yield* this.mapRequest(ctx, tio)) === MapResult.requeue) this.requeue(tio, true)
    }
  }

  private *sendClone(ctx: Context, tio: RqTargetIo, clone: Request): Steps<MapResult> {
    const { original } = tio
    tio.clone = clone
    this.setupClone(tio, clone)
    if (ctx.spend(this.m.costs.requestClone + this.m.costs.cloneBio * original.bioCount)) yield
    const origin = this.m.origin({ dev: this.md.index, shiftSectors: 0, bios: original.bioCount })
    const path = clone.queue.device.index
    this.m.log.emit(
      EventKind.rq_remap,
      path,
      clone.rwbs,
      clone.id,
      original.id,
      clone.sector,
      clone.sizeSectors,
      origin,
    )
    const status = yield* this.insertCloned(ctx, requestsOf(clone.queue.device), clone)
    if (status === BlkStatus.RESOURCE || status === BlkStatus.DEV_RESOURCE) {
      this.release(tio, true)
      return MapResult.requeue
    }
    if (status !== BlkStatus.OK) this.completeOriginal(original, status)
    return MapResult.remapped
  }

  /** setup_clone, blk_rq_prep_clone: one bio clone for each bio of the original. */
  private setupClone(tio: RqTargetIo, clone: Request): void {
    const { original } = tio
    clone.sector = original.sector
    clone.sizeSectors = original.sizeSectors
    clone.segments = original.segments
    clone.bioCount = original.bioCount
    clone.owner = tio
    for (let bio = original.bio; bio; bio = bio.next) {
      const copy = new Bio(this.m.nextId(), bio.id, clone.queue.device, bio.rwbs, bio, tio)
      this.m.log.emit(
        EventKind.bio_clone,
        this.md.index,
        bio.rwbs,
        copy.id,
        bio.id,
        bio.sector,
        bio.sizeSectors,
        CloneKind.of_request,
      )
      if (clone.bioTail) clone.bioTail.next = copy
      else clone.bio = copy
      clone.bioTail = copy
    }
  }

  /** blk_insert_cloned_request: a clone is checked against the path, never cut, and put past the path's scheduler. */
  private *insertCloned(ctx: Context, queue: IoQueue, clone: Request): Steps<BlkStatus> {
    const { limits } = queue
    const most = maxRequestSectors(clone, { ...limits, chunkSectors: 0 }, clone.sector)
    if (clone.sizeSectors > most) return most === 0 ? BlkStatus.NOTSUPP : BlkStatus.IOERR
    if (clone.segments > limits.maxSegments) return BlkStatus.IOERR
    return yield* queue.insertCloned(ctx, clone)
  }

  /** dm_complete_request */
  completeOriginal(original: Request, status: BlkStatus): void {
    ;(original.pdu as RqTargetIo).error = status
    this.softirqs[original.cpuNumber]!.raise(original)
  }

  /** dm_softirq_done, dm_done */
  complete(original: Request): void {
    const tio = original.pdu as RqTargetIo
    const { clone, error } = tio
    if (clone === undefined || tio.unmapped) {
      this.started(-1)
      endRequest(original, error)
      return
    }
    const verdict = this.target.endIo(clone, tio, error)
    switch (verdict) {
      case 'done':
        this.release(tio, false)
        this.started(-1)
        endRequest(original, error)
        break
      case 'requeue':
      case 'delay-requeue':
        this.requeue(tio, verdict === 'delay-requeue')
        break
    }
  }

  /** dm_requeue_original_request: the clone is thrown away, the original waits to be inserted again. */
  private requeue(tio: RqTargetIo, delayed: boolean): void {
    if (tio.clone) this.release(tio, false)
    const { legacyRequeueDelayNs, legacyDelayedRequeueNs } = this.m.profile
    if (this.md.ioQueue?.kind === 'legacy')
      this.requeueOriginal(tio.original, delayed ? legacyDelayedRequeueNs : legacyRequeueDelayNs)
    else this.requeueOriginal(tio.original, delayed ? DM_REQUEUE_DELAY_NS : 0)
  }

  requeueOriginal(original: Request, delayNs: number): void {
    const { queue } = this.md
    queue.requeue(original, delayNs > 0 ? RequeueTo.delayed : RequeueTo.requeue_list)
    queue.kickRequeueList(delayNs)
    this.started(-1)
  }

  /** blk_rq_unprep_clone and release_clone_rq */
  private release(tio: RqTargetIo, undo: boolean): void {
    const clone = tio.clone!
    for (let bio = clone.bio; bio; bio = bio.next) {
      this.m.log.emit(
        EventKind.bio_endio,
        clone.queue.device.index,
        bio.rwbs,
        bio.id,
        0,
        bio.sector,
        bio.sizeSectors,
        BlkStatus.DM_REQUEUE,
      )
    }
    clone.bio = undefined
    tio.clone = undefined
    this.target.releaseClone(clone, tio, undo)
  }
}
