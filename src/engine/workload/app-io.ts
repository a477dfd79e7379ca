/**
 * One I/O of an application: the bios that carry it, and who waits for it. block/fops.c:__blkdev_direct_IO and
 * blkdev_direct_IO_simple, fs/aio.c.
 */
import { Bio, type BioOwner } from '../block/bio.ts'
import { builtToFit } from '../block/build-to-fit.ts'
import type { BlockDevice } from '../block/block-device.ts'
import { type Buffer, CONTIGUOUS } from '../block/buffer.ts'
import { finishPlug, startPlug } from '../block/blk-mq-plug.ts'
import { submitBio } from '../block/submit.ts'
import { BIO_MAX_VECS, PAGE_BYTES } from '../kernel/constants.ts'
import { BlkStatus, EventKind, Op, packRwbs, type Rwbs, RwbsFlag } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'

/** Told when an I/O has ended. */
export interface AppIoOwner {
  ioEnded(io: AppIo): void
  /** All its bios so far have ended, and more are to come. */
  partEnded(): void
}

interface Part {
  readonly at: number
  readonly bytes: number
  readonly buffer: Buffer
  readonly pages: number
}

export class AppIo implements BioOwner {
  readonly id: number
  readonly rwbs: Rwbs
  readonly offsetBytes: number
  readonly lengthBytes: number
  status: BlkStatus = BlkStatus.OK
  done = false
  /** The memory it reads into or writes from. */
  buffer: Buffer = CONTIGUOUS
  private readonly m: Machine
  private readonly device: BlockDevice
  private readonly owner: AppIoOwner
  private pending = 1

  constructor(
    m: Machine,
    device: BlockDevice,
    rwbs: Rwbs,
    offsetBytes: number,
    lengthBytes: number,
    owner: AppIoOwner,
    number: number,
    beginsCall: boolean,
  ) {
    this.m = m
    this.device = device
    this.id = m.nextId()
    this.rwbs = rwbs
    this.offsetBytes = offsetBytes
    this.lengthBytes = lengthBytes
    this.owner = owner
    m.log.emit(
      EventKind.io_submit,
      device.index,
      rwbs,
      this.id,
      beginsCall ? 1 : 0,
      offsetBytes / 512,
      lengthBytes / 512,
      number,
    )
  }

  /** Builds and submits the bios, as large as they may be; several of them share a plug. */
  *submit(ctx: Context, buffer: Buffer): Steps {
    this.buffer = buffer
    const maxBytes = buffer.bioBytes ?? BIO_MAX_VECS * PAGE_BYTES
    const plugged = this.lengthBytes > maxBytes && startPlug(ctx)
    for (let at = 0; at < Math.max(1, this.lengthBytes); at += maxBytes) {
      const bytes = Math.min(maxBytes, this.lengthBytes - at)
      yield* this.submitPinned(ctx, this.rwbs, at, bytes, buffer)
    }
    if (plugged) yield* finishPlug(this.m, ctx)
    this.bioEndIo()
  }

  /** One bio of this I/O, with flags of its own. */
  *submitPart(ctx: Context, rwbs: Rwbs, at: number, bytes: number, buffer: Buffer): Steps {
    yield* this.submitBio(ctx, rwbs, { at, bytes, buffer, pages: 0 })
  }

  /** One whose pages are pinned for it. */
  *submitPinned(ctx: Context, rwbs: Rwbs, at: number, bytes: number, buffer: Buffer): Steps {
    yield* this.submitBio(ctx, rwbs, { at, bytes, buffer, pages: Math.ceil(bytes / PAGE_BYTES) })
  }

  private *submitBio(ctx: Context, rwbs: Rwbs, { at, bytes, buffer, pages }: Part): Steps {
    if (ctx.mightSleep()) yield // the bio is allocated
    const extent = { sector: (this.offsetBytes + at) / 512, sizeSectors: bytes / 512, buffer, bufferAt: at }
    const bio = new Bio(this.m.nextId(), this.id, this.device, rwbs, extent, this)
    bio.pages = pages
    const bios = this.m.profile.biosBuiltToFit ? builtToFit(this.m, bio) : [bio]
    for (const one of bios) {
      this.pending++
      yield* submitBio(this.m, ctx, one)
    }
  }

  /** An empty flush as part of this I/O. */
  *submitFlush(ctx: Context): Steps {
    this.pending++
    const rwbs = packRwbs(Op.WRITE, RwbsFlag.PREFLUSH | RwbsFlag.SYNC)
    const extent = { sector: 0, sizeSectors: 0, buffer: CONTIGUOUS, bufferAt: 0 }
    yield* submitBio(this.m, ctx, new Bio(this.m.nextId(), this.id, this.device, rwbs, extent, this))
  }

  /** No bio is on its way; only whoever builds the I/O still holds it. */
  get onlyHeld(): boolean {
    return this.pending === 1
  }

  bioEndIo(bio?: Bio): void {
    if (bio && bio.status !== BlkStatus.OK && this.status === BlkStatus.OK) this.status = bio.status
    this.pending--
    if (this.onlyHeld) this.owner.partEnded()
    if (this.pending > 0) return
    this.done = true
    this.m.log.emit(
      EventKind.io_end,
      this.device.index,
      this.rwbs,
      this.id,
      0,
      this.offsetBytes / 512,
      this.lengthBytes / 512,
      this.status,
    )
    this.owner.ioEnded(this)
  }
}
