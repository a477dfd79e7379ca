/**
 * Bio-based device-mapper over one multipath target: drivers/md/dm.c:dm_submit_bio, __map_bio, clone_endio,
 * __dm_io_complete, dm_wq_work and dm-mpath.c:process_queued_bios. 6.12; other kernels as the profile says.
 *
 * Simplified: multipath is a singleton target, so an ordinary bio is cut here only by kernels that mind the dm limits. The retry worker of a device
 * without paths polls in a tight loop; here it stops after a round that changed nothing and is woken by what ends the
 * wait (a path, fail_if_no_path, a suspend), all of which kick it in the kernel too.
 */
import { Bio, bioEndio } from '../block/bio.ts'
import { finishPlug, startPlug } from '../block/blk-mq-plug.ts'
import { splitBio } from '../block/split-bio.ts'
import { submitBio } from '../block/submit.ts'
import {
  BlkStatus,
  EventKind,
  isWrite,
  MapResult,
  MpathFlag,
  Op,
  opOf,
  packRwbs,
  type Rwbs,
  RwbsFlag,
} from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Work } from '../sim/workqueue.ts'
import { DmIo, type DmIoOwner } from './dm-io.ts'
import type { MappedDevice } from './mapped-device.ts'
import { endIoBio } from './mpath/end-io.ts'
import { mapBio } from './mpath/map-bio.ts'
import { pgInitAllPaths } from './mpath/pg-init.ts'

export class DmBio implements DmIoOwner {
  /** Originals held back (md->deferred). */
  readonly deferred: Bio[] = []
  /** Clones that wait for a path or an activation (m->queued_bios). */
  readonly queuedBios: DmIo[] = []
  inFlight = 0
  /** Submitters between the look at the suspend flag and the end of their mapping (the SRCU read side of dm_submit_bio). */
  submitting = 0
  private readonly m: Machine
  private readonly md: MappedDevice
  private readonly deferredWork: Work
  private readonly retryWork: Work
  private inRetryRound = false

  constructor(m: Machine, md: MappedDevice) {
    this.m = m
    this.md = md
    this.deferredWork = m.work(m.cpus[0]!, (ctx) => this.deferredWorkFunction(ctx))
    this.retryWork = m.work(m.cpus[0]!, (ctx) => this.processQueuedBios(ctx))
  }

  get noflushSuspending(): boolean {
    return this.md.noflushSuspending
  }

  /** dm_submit_bio */
  *submitBio(ctx: Context, bio: Bio): Steps {
    if (this.m.profile.refusesFlush && (bio.rwbs & RwbsFlag.PREFLUSH) !== 0) {
      bio.status = BlkStatus.NOTSUPP
      bioEndio(this.m, bio)
      return
    }
    if (this.md.blockIoForSuspend) {
      this.defer(bio)
      return
    }
    this.submitting++
    yield* this.splitAndProcess(ctx, bio)
    this.submitting--
    this.md.wakeWhenIdle()
  }

  /** queue_io */
  private defer(bio: Bio): void {
    this.deferred.push(bio)
    this.m.log.emit(EventKind.bio_defer, this.md.index, bio.rwbs, bio.id, 0, bio.sector, bio.sizeSectors, 0)
    this.kickDeferred()
  }

  kickDeferred(): void {
    this.deferredWork.queue()
  }

  /** dm_wq_work: kdmflush submits what was held back. */
  private *deferredWorkFunction(ctx: Context): Steps {
    while (!this.md.blockIoForSuspend) {
      const bio = this.deferred.shift()
      if (bio === undefined) return
      this.m.log.emit(
        EventKind.bio_undefer,
        this.md.index,
        bio.rwbs,
        bio.id,
        0,
        bio.sector,
        bio.sizeSectors,
        0,
      )
      yield* submitBio(this.m, ctx, bio)
    }
  }

  /** dm_split_and_process_bio */
  private *splitAndProcess(ctx: Context, whole: Bio): Steps {
    const op = opOf(whole.rwbs)
    const abnormal = op === Op.DISCARD || op === Op.SECURE_ERASE || op === Op.WRITE_ZEROES
    const bio =
      abnormal || this.m.profile.dmSplitsByOwnLimits
        ? yield* splitBio(this.m, ctx, whole, this.md.queue)
        : whole
    if (ctx.mightSleep()) yield
    const io = new DmIo(this, bio)
    this.inFlight++
    const emptyFlush = (bio.rwbs & RwbsFlag.PREFLUSH) !== 0
    this.makeClone(io, emptyFlush)
    if (ctx.spend(this.m.costs.dmClone)) yield
    yield* this.mapClone(ctx, io)
    io.decPending(BlkStatus.OK)
  }

  /** alloc_tio; for a flush an empty one (__send_empty_flush). */
  private makeClone(io: DmIo, emptyFlush: boolean): void {
    const { original } = io
    const rwbs = emptyFlush ? packRwbs(Op.WRITE, RwbsFlag.PREFLUSH | RwbsFlag.SYNC) : original.rwbs
    io.cloneSectors = emptyFlush ? 0 : original.sizeSectors
    io.clone = new Bio(this.m.nextId(), original.id, original.device, rwbs, original, io)
    io.clone.sizeSectors = io.cloneSectors
    if (emptyFlush) io.clone.sector = 0
    this.m.log.emit(
      EventKind.bio_clone,
      this.md.index,
      rwbs,
      io.clone.id,
      original.id,
      io.clone.sector,
      io.cloneSectors,
      0,
    )
  }

  /** __map_bio */
  private *mapClone(ctx: Context, io: DmIo): Steps {
    const result = this.map(io, ctx)
    if (ctx.spend(this.m.costs.choosePath)) yield
    const { clone, original } = io
    switch (result) {
      case MapResult.submitted:
        break
      case MapResult.remapped: {
        const origin = this.m.origin({ dev: this.md.index, shiftSectors: 0, bios: -1 })
        this.m.log.emit(
          EventKind.bio_remap,
          clone.device.index,
          clone.rwbs,
          clone.id,
          original.id,
          clone.sector,
          clone.sizeSectors,
          origin,
        )
        yield* submitBio(this.m, ctx, clone)
        break
      }
      case MapResult.kill:
        this.dropClone(io, BlkStatus.IOERR)
        break
      case MapResult.requeue:
      case MapResult.delay_requeue:
        this.dropClone(io, BlkStatus.DM_REQUEUE)
        break
    }
  }

  /** The clone is freed without the target hearing of it. */
  private dropClone(io: DmIo, status: BlkStatus): void {
    this.m.log.emit(
      EventKind.bio_endio,
      this.md.index,
      io.clone.rwbs,
      io.clone.id,
      0,
      io.clone.sector,
      io.clone.sizeSectors,
      status,
    )
    io.decPending(status)
  }

  private map(io: DmIo, ctx: Context): MapResult {
    const target = this.md.target
    return mapBio(target, io.clone, io, ctx.cpu.number, {
      queueBio: () => {
        this.queueBio(io)
      },
      startPgInit: () => {
        pgInitAllPaths(target)
      },
    })
  }

  /** multipath_queue_bio */
  private queueBio(io: DmIo): void {
    this.queuedBios.push(io)
    // a clone that a polling round puts back has never left, as far as anybody can see
    if (this.inRetryRound && this.waitsForPath) return
    this.emitClone(EventKind.bio_queue_mpath, io)
    if (!this.md.target.has(MpathFlag.queue_io) && !this.inRetryRound) this.kickRetry()
  }

  /** No path, and queueing: a round of the worker can only put everything back. */
  private get waitsForPath(): boolean {
    const { target } = this.md
    return target.nrValidPaths === 0 && target.has(MpathFlag.queue_if_no_path)
  }

  private emitClone(kind: EventKind, { clone }: DmIo): void {
    this.m.log.emit(kind, this.md.index, clone.rwbs, clone.id, 0, clone.sector, clone.sizeSectors, 0)
  }

  kickRetry(): void {
    this.retryWork.queue()
  }

  /** process_queued_bios: maps again what waits, under one plug. */
  private *processQueuedBios(ctx: Context): Steps {
    if (this.queuedBios.length === 0) return
    const round = this.queuedBios.splice(0)
    this.m.log.emit(EventKind.process_queued_bios, this.md.index, 0, 0, 0, 0, round.length, 0)
    startPlug(ctx)
    for (const io of round) {
      io.restoreClone()
      const { clone } = io
      if (!this.waitsForPath) this.emitClone(EventKind.bio_retry, io)
      this.inRetryRound = true
      const result = this.map(io, ctx)
      this.inRetryRound = false
      if (ctx.spend(this.m.costs.choosePath)) yield
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

  /** clone_endio with multipath_end_io_bio. */
  cloneEnded(io: DmIo): void {
    const { clone, path } = io
    const target = this.md.target
    const verdict = endIoBio(target, path, clone.status)
    if (verdict.kind === 'queue') this.queueBio(io)
    if (path) target.endIo(path, clone.id, io.sizeBytes, io.startNs)
    io.path = undefined
    if (verdict.kind === 'done') io.decPending(verdict.status)
    else if (verdict.kind === 'requeue') io.decPending(BlkStatus.DM_REQUEUE)
  }

  /** __dm_io_complete */
  ioEnded(io: DmIo): void {
    const { original } = io
    let { status } = io
    this.inFlight--
    this.md.wakeWhenIdle()
    if (status === BlkStatus.DM_REQUEUE) {
      if (this.noflushSuspending) {
        this.deferred.unshift(original)
        this.m.log.emit(
          EventKind.bio_defer,
          this.md.index,
          original.rwbs,
          original.id,
          0,
          original.sector,
          original.sizeSectors,
          1,
        )
        return
      }
      status = BlkStatus.IOERR
    }
    if (status === BlkStatus.OK && (original.rwbs & RwbsFlag.PREFLUSH) !== 0 && original.sizeSectors > 0) {
      original.rwbs = (original.rwbs & ~RwbsFlag.PREFLUSH) as Rwbs
      this.defer(original)
      return
    }
    this.noticeDisabled(original, status)
    // a front that was cut off may have left its error here
    if (status !== BlkStatus.OK) original.status = status
    bioEndio(this.m, original)
  }

  /** A path that turned out not to support an operation turns it off for the dm device as well (disable_discard). */
  private noticeDisabled(original: Bio, status: BlkStatus): void {
    if (status !== BlkStatus.TARGET || !isWrite(original.rwbs)) return
    const { limits } = this.md.queue
    const pathLimits = this.md.target.paths.map((path) => path.device.queue.limits)
    if (opOf(original.rwbs) === Op.DISCARD && pathLimits.some((l) => l.maxDiscardSectors === 0))
      limits.maxDiscardSectors = 0
    if (opOf(original.rwbs) === Op.WRITE_ZEROES && pathLimits.some((l) => l.maxWriteZeroesSectors === 0))
      limits.maxWriteZeroesSectors = 0
  }
}
