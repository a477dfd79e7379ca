/**
 * Multipath as a target of device-mapper: drivers/md/dm-mpath.c:multipath_target (struct target_type), and the bios it
 * queues, with their worker (m->queued_bios, process_queued_bios).
 *
 * Simplified: the worker of a target without paths polls in a tight loop; here it stops after a round that changed
 * nothing and is woken by what ends the wait (a path, fail_if_no_path, a suspend), all of which kick it in the kernel too.
 */
import { bioEndio } from '../../block/bio.ts'
import { finishPlug, startPlug } from '../../block/blk-mq-plug.ts'
import type { BlockDevice } from '../../block/block-device.ts'
import type { Request } from '../../block/request.ts'
import { submitBio } from '../../block/submit.ts'
import { BlkStatus, EventKind, LockName, MapResult, MpathFlag } from '../../log/index.ts'
import type { HandledDevice } from '../../drivers/path-device.ts'
import type { Machine } from '../../machine.ts'
import type { Context, Steps } from '../../sim/cpu.ts'
import type { Spinlock } from '../../sim/spinlock.ts'
import type { Work } from '../../sim/workqueue.ts'
import { type BioDetails, recordBio, restoreBio } from '../bio-record.ts'
import type { DmTargetIo } from '../dm-io.ts'
import type { EndIoVerdict, RequestTarget, Target, TargetData } from '../target.ts'
import { endIoBio, endIoRequest } from './end-io.ts'
import { mapBio, type MpathIo } from './map-bio.ts'
import { cloneAndMap, multipathBusy, releaseClone } from './map-rq.ts'
import { multipathMessage } from './message.ts'
import { Multipath, type MultipathHost, type MultipathParameters } from './multipath.ts'
import { flushActivations } from './pg-init.ts'
import { restoreQueueIfNoPath, setQueueIfNoPath } from './queue-if-no-path.ts'
import { endIo } from './selector-account.ts'
import { infoLine, tableLine } from './status.ts'
import type { MultipathTable } from './table.ts'

/** struct dm_mpath_io and struct dm_bio_details, side by side in the per-bio data. */
interface MpathBio extends MpathIo {
  readonly details: BioDetails
}

export class MultipathTarget implements Target {
  readonly typeName = 'multipath'
  readonly flushBypassesMap = false
  readonly multipath: Multipath
  readonly requests: RequestTarget
  /** m->queued_bios: clones that wait for a path or an activation. */
  readonly queuedBios: DmTargetIo[] = []
  readonly lock: Spinlock | undefined
  readonly mapCostNs: number
  private readonly m: Machine
  private readonly index: number
  private readonly retryWork: Work
  private inRetryRound = false

  constructor(
    m: Machine,
    host: MultipathHost,
    table: MultipathTable,
    deviceOf: (dev: string) => HandledDevice,
    parameters: MultipathParameters,
  ) {
    this.m = m
    this.index = host.index
    this.mapCostNs = m.costs.choosePath
    this.lock = m.profile.locksFastPath ? m.spinlock(LockName.multipath, host.index) : undefined
    this.multipath = new Multipath(m, host, table, deviceOf, parameters)
    this.requests = new MultipathRequests(this.multipath, this.lock)
    this.retryWork = m.work(m.cpus[0]!, (ctx) => this.processQueuedBios(ctx))
  }

  get startSector(): number {
    return this.multipath.table.startSector
  }

  get sizeSectors(): number {
    return this.multipath.table.sizeSectors
  }

  get devices(): readonly BlockDevice[] {
    return this.multipath.paths.map((path) => path.device)
  }

  get held(): number {
    return this.queuedBios.length
  }

  /** multipath_map_bio; what the clone is now is remembered for another try (multipath_init_per_bio_data). */
  map(tio: DmTargetIo, ctx: Context): MapResult {
    const perBio: MpathBio = { path: undefined, sizeBytes: 0, startNs: 0, details: recordBio(tio.clone) }
    tio.perIo = perBio
    return this.mapAgain(tio, ctx)
  }

  private mapAgain(tio: DmTargetIo, ctx: Context): MapResult {
    return mapBio(this.multipath, tio, tio.perIo as MpathBio, ctx.cpu.number, this)
  }

  /** multipath_end_io_bio */
  endIo(tio: DmTargetIo): EndIoVerdict {
    const io = tio.perIo as MpathBio
    const { path } = io
    const verdict = endIoBio(this.multipath, path, tio.clone.status)
    if (verdict.kind === 'queue') this.queueBio(tio)
    if (path) endIo(this.multipath, path, tio.clone.id, io.sizeBytes, io.startNs)
    io.path = undefined
    return verdict.kind === 'queue' ? { kind: 'incomplete' } : verdict
  }

  /** multipath_queue_bio */
  queueBio(tio: DmTargetIo): void {
    this.queuedBios.push(tio)
    // a clone that a polling round puts back has never left, as far as anybody can see
    if (this.inRetryRound && this.waitsForPath) return
    this.emitClone(EventKind.bio_queue_mpath, tio)
    if (!this.multipath.has(MpathFlag.queue_io) && !this.inRetryRound) this.kickRetry()
  }

  /** No path, and queueing: a round of the worker can only put everything back. */
  private get waitsForPath(): boolean {
    return this.multipath.nrValidPaths === 0 && this.multipath.has(MpathFlag.queue_if_no_path)
  }

  private emitClone(kind: EventKind, { clone }: DmTargetIo): void {
    this.m.log.emit(kind, this.index, clone.rwbs, clone.id, 0, clone.sector, clone.sizeSectors, 0)
  }

  kickRetry(): void {
    this.retryWork.queue()
  }

  /** process_queued_bios: maps again what waits, under one plug. */
  private *processQueuedBios(ctx: Context): Steps {
    if (this.queuedBios.length === 0) return
    const round = this.queuedBios.splice(0)
    this.m.log.emit(EventKind.process_queued_bios, this.index, 0, 0, 0, 0, round.length, 0)
    startPlug(ctx)
    for (const tio of round) {
      const { clone } = tio
      restoreBio(clone, (tio.perIo as MpathBio).details)
      const polls = this.waitsForPath
      if (!polls) this.emitClone(EventKind.bio_retry, tio)
      this.inRetryRound = true
      const result = this.mapAgain(tio, ctx)
      this.inRetryRound = false
      if (ctx.spend(polls ? 0 : this.mapCostNs)) yield
      switch (result) {
        case MapResult.submitted:
          break
        case MapResult.remapped:
          yield* submitBio(this.m, ctx, clone)
          break
        case MapResult.kill:
          clone.status = BlkStatus.IOERR
          bioEndio(this.m, clone)
          break
        case MapResult.requeue:
        case MapResult.delay_requeue:
          clone.status = BlkStatus.DM_REQUEUE
          bioEndio(this.m, clone)
          break
      }
    }
    yield* finishPlug(this.m, ctx)
  }

  /** multipath_presuspend */
  presuspend(noflush: boolean): void {
    const always = this.m.profile.presuspendStopsQueueing === 'always'
    if (always || this.multipath.queueMode === 'bio' || !noflush)
      setQueueIfNoPath(this.multipath, false, true)
  }

  /** multipath_postsuspend */
  *postsuspend(wait: () => Steps): Steps {
    yield* flushActivations(this.multipath, wait)
  }

  resume(): void {
    restoreQueueIfNoPath(this.multipath)
  }

  message(text: string): string {
    return multipathMessage(this.multipath, text)
  }

  get infoLine(): string {
    return infoLine(this.multipath)
  }

  get tableLine(): string {
    return tableLine(this.multipath)
  }

  destroy(): void {
    this.multipath.destroy()
  }
}

/** The functions of the target type that request-based device-mapper calls. */
class MultipathRequests implements RequestTarget {
  readonly lock: Spinlock | undefined
  private readonly multipath: Multipath

  constructor(multipath: Multipath, lock: Spinlock | undefined) {
    this.multipath = multipath
    this.lock = lock
  }

  get busy(): boolean {
    return multipathBusy(this.multipath)
  }

  /** queued_ios of 3.6 */
  get keepsRequests(): boolean {
    const { multipath } = this
    if (!multipath.m.profile.heldRequests) return false
    if (multipath.has(MpathFlag.queue_io)) return true
    return multipath.nrValidPaths === 0 && multipath.has(MpathFlag.queue_if_no_path)
  }

  cloneAndMap(
    rq: Request,
    data: TargetData,
    cpuNumber: number,
  ): { readonly result: MapResult; readonly clone: Request | undefined } {
    data.perIo = { path: undefined, sizeBytes: 0, startNs: 0 }
    return cloneAndMap(this.multipath, rq, data.perIo as MpathIo, cpuNumber)
  }

  releaseClone(clone: Request, data: TargetData, undo: boolean): void {
    releaseClone(this.multipath, clone, data.perIo as MpathIo, undo)
  }

  /** multipath_end_io */
  endIo(clone: Request, data: TargetData, status: BlkStatus): 'done' | 'requeue' | 'delay-requeue' {
    const { path, sizeBytes, startNs } = data.perIo as MpathIo
    const verdict = endIoRequest(this.multipath, path, status)
    if (path) endIo(this.multipath, path, clone.id, sizeBytes, startNs)
    return verdict
  }
}
