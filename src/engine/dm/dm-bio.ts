/**
 * Bio-based device-mapper: drivers/md/dm.c:dm_submit_bio, dm_split_and_process_bio, __send_empty_flush, __map_bio,
 * clone_endio, __dm_io_complete, dm_wq_work. 6.12; other kernels as the profile says.
 *
 * Simplified: of what a bio crosses the end of a target the first error counts that comes last, in every version; to 5.15
 * a front is cut off there, here the original goes on with the rest as from 6.0. An empty flush keeps sector 0.
 */
import { Bio, bioEndio } from '../block/bio.ts'
import type { BlockDevice } from '../block/block-device.ts'
import { splitBio } from '../block/split-bio.ts'
import { submitBio } from '../block/submit.ts'
import {
  BlkStatus,
  EventKind,
  isWrite,
  LockSite,
  MapResult,
  Op,
  opOf,
  packRwbs,
  type Rwbs,
  RwbsFlag,
  SplitLimit,
} from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Work } from '../sim/workqueue.ts'
import { DmIo, type DmIoOwner, DmTargetIo } from './dm-io.ts'
import type { MappedDevice } from './mapped-device.ts'

/** What a clone of an original covers. */
interface Piece {
  readonly sector: number
  readonly sizeSectors: number
  readonly rwbs: Rwbs
}

export class DmBio implements DmIoOwner {
  /** Originals held back (md->deferred). */
  readonly deferred: Bio[] = []
  inFlight = 0
  /** Submitters between the look at the suspend flag and the end of their mapping (the SRCU read side of dm_submit_bio). */
  submitting = 0
  private readonly m: Machine
  private readonly md: MappedDevice
  private readonly deferredWork: Work
  private lastShift = NaN
  private lastOrigin = 0

  constructor(m: Machine, md: MappedDevice) {
    this.m = m
    this.md = md
    this.deferredWork = m.work(m.cpus[0]!, (ctx) => this.deferredWorkFunction(ctx))
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
    if ((bio.rwbs & RwbsFlag.PREFLUSH) !== 0) yield* this.sendEmptyFlush(ctx, io)
    else if (this.m.profile.dmTargetSplit === 'all-at-once') yield* this.mapAllPieces(ctx, io)
    else yield* this.mapFirstPiece(ctx, io)
    io.decPending(BlkStatus.OK)
  }

  /** One round of __split_and_process_bio: what the first target takes; the rest is submitted again, behind it. */
  private *mapFirstPiece(ctx: Context, io: DmIo): Steps {
    const { original } = io
    const { sector, sizeSectors, rwbs } = original
    const target = this.md.targetAt(sector)
    const taken = Math.min(sizeSectors, target.startSector + target.sizeSectors - sector)
    yield* this.sendClone(ctx, new DmTargetIo(io, target), { sector, sizeSectors: taken, rwbs })
    if (taken === sizeSectors) return
    original.remaining++
    original.advance(taken)
    this.m.log.emit(
      EventKind.dm_split,
      this.md.index,
      rwbs,
      original.id,
      taken,
      original.sector,
      original.sizeSectors,
      SplitLimit.target_boundary,
    )
    if (ctx.spend(this.m.costs.split)) yield
    ctx.bioList!.fresh.push(original)
  }

  /** __split_and_process_bio to 4.14: a clone for every target at once, counted by the one io. */
  private *mapAllPieces(ctx: Context, io: DmIo): Steps {
    const { sector, endSector, rwbs } = io.original
    for (let at = sector; at < endSector;) {
      const target = this.md.targetAt(at)
      const end = Math.min(endSector, target.startSector + target.sizeSectors)
      yield* this.sendClone(ctx, new DmTargetIo(io, target), { sector: at, sizeSectors: end - at, rwbs })
      at = end
    }
  }

  /** __send_empty_flush: to each target, or past targets that have nothing to say to it, to each device once. */
  private *sendEmptyFlush(ctx: Context, io: DmIo): Steps {
    const rwbs = packRwbs(Op.WRITE, RwbsFlag.PREFLUSH | RwbsFlag.SYNC)
    const empty = { sector: 0, sizeSectors: 0, rwbs }
    const { targets } = this.md
    if (!this.m.profile.flushBypassesMap || targets.some((target) => !target.flushBypassesMap)) {
      for (const target of targets) yield* this.sendClone(ctx, new DmTargetIo(io, target), empty)
      return
    }
    // table->devices: what was opened last is first
    const devices = [...new Set(targets.flatMap((target) => target.devices))].reverse()
    for (const device of devices) {
      const tio = new DmTargetIo(io, undefined)
      this.makeClone(tio, empty)
      if (ctx.spend(this.m.costs.dmClone)) yield
      yield* this.submitRemapped(ctx, tio, device)
    }
  }

  private *sendClone(ctx: Context, tio: DmTargetIo, piece: Piece): Steps {
    this.makeClone(tio, piece)
    if (ctx.spend(this.m.costs.dmClone)) yield
    yield* this.mapClone(ctx, tio)
  }

  /** alloc_tio */
  private makeClone(tio: DmTargetIo, { sector, sizeSectors, rwbs }: Piece): void {
    const { original } = tio.io
    const { buffer } = original
    const bufferAt = sizeSectors === 0 ? 0 : original.bufferAt + (sector - original.sector) * 512
    const extent = { sector, sizeSectors, buffer, bufferAt }
    const clone = new Bio(this.m.nextId(), original.id, original.device, rwbs, extent, tio)
    tio.clone = clone
    this.m.log.emit(
      EventKind.bio_clone,
      this.md.index,
      rwbs,
      clone.id,
      original.id,
      sector,
      sizeSectors,
      tio.kind,
    )
  }

  /** __map_bio */
  private *mapClone(ctx: Context, tio: DmTargetIo): Steps {
    const { clone } = tio
    const oldSector = clone.sector
    const target = tio.target!
    const result = target.map(tio, ctx)
    if (target.lock) yield* target.lock.hold(ctx, target.mapCostNs, LockSite.map, clone.id)
    else if (ctx.spend(target.mapCostNs)) yield
    switch (result) {
      case MapResult.submitted:
        break
      case MapResult.remapped:
        yield* this.submitRemapped(ctx, tio, clone.device, oldSector)
        break
      case MapResult.kill:
        this.dropClone(tio, BlkStatus.IOERR)
        break
      case MapResult.requeue:
      case MapResult.delay_requeue:
        this.dropClone(tio, BlkStatus.DM_REQUEUE)
        break
    }
  }

  /** dm_submit_bio_remap */
  private *submitRemapped(
    ctx: Context,
    { clone, io }: DmTargetIo,
    device: BlockDevice,
    oldSector = 0,
  ): Steps {
    clone.device = device
    const shiftSectors = clone.sector - oldSector
    this.m.log.emit(
      EventKind.bio_remap,
      device.index,
      clone.rwbs,
      clone.id,
      io.original.id,
      clone.sector,
      clone.sizeSectors,
      this.origin(shiftSectors),
    )
    yield* submitBio(this.m, ctx, clone)
  }

  /** Number of the origin in the log's table; neighbours mostly have the same. */
  private origin(shiftSectors: number): number {
    if (shiftSectors !== this.lastShift) {
      this.lastShift = shiftSectors
      this.lastOrigin = this.m.origin({ dev: this.md.index, shiftSectors, bios: -1 })
    }
    return this.lastOrigin
  }

  /** The clone is freed without the target hearing of it. */
  private dropClone({ clone, io }: DmTargetIo, status: BlkStatus): void {
    this.m.log.emit(
      EventKind.bio_endio,
      this.md.index,
      clone.rwbs,
      clone.id,
      0,
      clone.sector,
      clone.sizeSectors,
      status,
    )
    io.decPending(status)
  }

  /** clone_endio */
  cloneEnded(tio: DmTargetIo): void {
    const verdict = tio.target?.endIo?.(tio) ?? { kind: 'done', status: tio.clone.status }
    if (verdict.kind === 'done') tio.io.decPending(verdict.status)
    else if (verdict.kind === 'requeue') tio.io.decPending(BlkStatus.DM_REQUEUE)
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

  /** A device that turned out not to support an operation turns it off for the dm device as well (disable_discard). */
  private noticeDisabled(original: Bio, status: BlkStatus): void {
    if (status !== BlkStatus.TARGET || !isWrite(original.rwbs)) return
    const { limits } = this.md.queue
    const below = this.md.devices.map((device) => device.queue.limits)
    if (opOf(original.rwbs) === Op.DISCARD && below.some((l) => l.maxDiscardSectors === 0))
      limits.maxDiscardSectors = 0
    if (opOf(original.rwbs) === Op.WRITE_ZEROES && below.some((l) => l.maxWriteZeroesSectors === 0))
      limits.maxWriteZeroesSectors = 0
  }
}
