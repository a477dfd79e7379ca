/**
 * request_fn of a request-based dm device: drivers/md/dm.c:dm_request_fn (3.6, 4.4), dm-rq.c:dm_old_request_fn (4.8),
 * map_tio_request. Requests are mapped in the context that runs the queue (3.6), or one after another in a thread
 * `kdmwork` (4.0 to 4.19): one more wakeup for every request.
 *
 * Simplified: 3.6 makes the clone when it first looks at a request, here it is made when its path is known; a thread
 * that finds no tag on the path would try again at once, here it rests as for a busy target.
 */
import type { LegacyQueue } from '../block/legacy/legacy-queue.ts'
import type { Request } from '../block/request.ts'
import { isWrite, LockSite, MapResult } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Work } from '../sim/workqueue.ts'
import type { DmRq } from './dm-rq.ts'
import type { MappedDevice } from './mapped-device.ts'

export class DmRequestFn {
  private readonly m: Machine
  private readonly dm: DmRq
  /** Started, and waiting for the thread. */
  private readonly toMap: Request[] = []
  private readonly thread: Work | undefined
  /** md->seq_rq_merge_deadline_usecs; 0 = off. */
  mergeDeadlineNs = 0
  /** Where the last request ended, which way it went and when it was started (md->last_rq_*). */
  private last:
    { readonly endSector: number; readonly isWrite: boolean; readonly startNs: number } | undefined

  constructor(m: Machine, md: MappedDevice, dm: DmRq) {
    this.m = m
    this.dm = dm
    if (m.profile.legacyMapping === 'kdmwork')
      this.thread = m.threadWork(`kdmwork-${md.dev}`, m.cpus.at(-1)!, (ctx) => this.mapInThread(ctx))
  }

  /** dm_request_fn. D comes at the first look, whether the target is busy or not. */
  *run(ctx: Context, queue: LegacyQueue): Steps {
    const { dispatch } = this.m.costs
    const { lock } = this.dm.target
    for (;;) {
      if (ctx.spend(0)) yield
      const rq = queue.peek()
      if (rq === undefined) return
      if (rq.state === 'idle') {
        this.dm.issued(rq)
        if (lock) yield* lock.hold(ctx, dispatch, LockSite.busy, rq.id)
        else if (ctx.spend(dispatch)) yield
      }
      if (this.waitsToMerge(rq)) {
        queue.hctx.restart = true
        queue.rest(this.m.profile.legacyBusyDelayNs)
        return
      }
      if (this.dm.target.busy) {
        this.dm.reportBusy(rq)
        if (ctx.spend(dispatch)) yield
        queue.hctx.restart = true
        queue.rest(this.m.profile.legacyBusyDelayNs)
        return
      }
      queue.start(rq)
      if (this.mergeDeadlineNs > 0) this.noteStart(rq)
      this.dm.started(1)
      if (this.thread) {
        this.toMap.push(rq)
        this.thread.queue()
      } else yield* this.map(ctx, rq)
    }
  }

  /**
   * dm_request_peeked_before_merge_deadline: a request of a single vector that goes on where the last one ended waits
   * while something is on its way and the deadline has not passed, so that those behind it meet.
   */
  private waitsToMerge(rq: Request): boolean {
    const { last } = this
    if (last === undefined || this.dm.inFlight === 0 || rq.segments !== 1) return false
    if (last.endSector !== rq.sector || last.isWrite !== isWrite(rq.rwbs)) return false
    return this.m.clock.nowNs <= last.startNs + this.mergeDeadlineNs
  }

  private noteStart(rq: Request): void {
    this.last = { endSector: rq.endSector, isWrite: isWrite(rq.rwbs), startNs: this.m.clock.nowNs }
  }

  private *mapInThread(ctx: Context): Steps {
    for (let rq = this.toMap.shift(); rq; rq = this.toMap.shift()) yield* this.map(ctx, rq)
  }

  /** map_request; a request that the path has no room for goes back. */
  private *map(ctx: Context, rq: Request): Steps {
    if ((yield* this.dm.map(ctx, rq)) === MapResult.requeue)
      this.dm.requeueOriginal(rq, this.m.profile.legacyBusyDelayNs)
  }
}
