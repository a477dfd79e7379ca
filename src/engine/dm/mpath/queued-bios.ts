/**
 * Clones that wait for a path or an activation, and the worker of kmpathd that maps them anew: m->queued_bios,
 * drivers/md/dm-mpath.c:multipath_queue_bio, process_queued_bios, 4.8 to 6.19.
 *
 * Simplified: the worker of a target without paths polls in a tight loop; here it stops after a round that changed
 * nothing and is woken by what ends the wait (a path, fail_if_no_path, a suspend), all of which kick it in the kernel too.
 */
import { bioEndio } from '../../block/bio.ts'
import { finishPlug, startPlug } from '../../block/blk-mq-plug.ts'
import { submitBio } from '../../block/submit.ts'
import { BlkStatus, EventKind, MapResult, MpathFlag } from '../../log/index.ts'
import type { Context, Steps } from '../../sim/cpu.ts'
import type { Work } from '../../sim/workqueue.ts'
import { type BioDetails, recordBio, restoreBio } from '../bio-record.ts'
import type { DmTargetIo } from '../dm-io.ts'
import { mapBio, type MpathIo } from './map-bio.ts'
import type { Multipath } from './multipath.ts'

/** struct dm_mpath_io and struct dm_bio_details, side by side in the per-bio data. */
export interface MpathBio extends MpathIo {
  readonly details: BioDetails
}

/** multipath_init_per_bio_data: what the clone is now is remembered for another try. */
export function newMpathBio({ clone }: DmTargetIo): MpathBio {
  return { path: undefined, sizeBytes: 0, startNs: 0, details: recordBio(clone) }
}

export class QueuedBios {
  private readonly waiting: DmTargetIo[] = []
  private readonly multipath: Multipath
  private readonly work: Work
  private inRound = false

  constructor(multipath: Multipath) {
    const { m } = multipath
    this.multipath = multipath
    this.work = m.work(m.cpus[0]!, (ctx) => this.processQueuedBios(ctx))
  }

  get count(): number {
    return this.waiting.length
  }

  /** queue_work(kmultipathd, &m->process_queued_bios) */
  kick(): void {
    this.work.queue()
  }

  /** multipath_queue_bio */
  queueBio(tio: DmTargetIo): void {
    this.waiting.push(tio)
    // a clone that a polling round puts back has never left, as far as anybody can see
    if (this.inRound && this.waitsForPath) return
    this.emitClone(EventKind.bio_queue_mpath, tio)
    if (!this.multipath.has(MpathFlag.queue_io) && !this.inRound) this.kick()
  }

  /** No path, and queueing: a round of the worker can only put everything back. */
  private get waitsForPath(): boolean {
    return this.multipath.nrValidPaths === 0 && this.multipath.has(MpathFlag.queue_if_no_path)
  }

  private emitClone(kind: EventKind, { clone }: DmTargetIo): void {
    const { m, host } = this.multipath
    m.log.emit(kind, host.index, clone.rwbs, clone.id, 0, clone.sector, clone.sizeSectors, 0)
  }

  /** process_queued_bios: maps again what waits, under one plug. */
  private *processQueuedBios(ctx: Context): Steps {
    if (this.waiting.length === 0) return
    const { m, host } = this.multipath
    const round = this.waiting.splice(0)
    m.log.emit(EventKind.process_queued_bios, host.index, 0, 0, 0, 0, round.length, 0)
    startPlug(ctx)
    for (const tio of round) yield* this.mapAgain(ctx, tio)
    yield* finishPlug(m, ctx)
  }

  private *mapAgain(ctx: Context, tio: DmTargetIo): Steps {
    const { m } = this.multipath
    const { clone } = tio
    const io = tio.perIo as MpathBio
    restoreBio(clone, io.details)
    const polls = this.waitsForPath
    if (!polls) this.emitClone(EventKind.bio_retry, tio)
    this.inRound = true
    const result = mapBio(this.multipath, tio, io, ctx.cpu.number, this)
    this.inRound = false
    if (ctx.spend(polls ? 0 : m.costs.choosePath)) yield
    switch (result) {
      case MapResult.submitted:
        break
      case MapResult.remapped:
        yield* submitBio(m, ctx, clone)
        break
      case MapResult.kill:
        clone.status = BlkStatus.IOERR
        bioEndio(m, clone)
        break
      case MapResult.requeue:
      case MapResult.delay_requeue:
        clone.status = BlkStatus.DM_REQUEUE
        bioEndio(m, clone)
        break
    }
  }
}
