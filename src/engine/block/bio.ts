/**
 * struct bio (include/linux/blk_types.h, block/bio.c): a cursor over some data, a target, a callback and a count of
 * completions that are still needed. Clones share the data and have a cursor of their own.
 */
import { BlkStatus, EventKind, type Rwbs, RwbsFlag } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { BlockDevice } from './block-device.ts'
import type { Buffer } from './buffer.ts'

/** bio->bi_end_io with bi_private: who is told when a bio is done. Runs without sleeping. */
export interface BioOwner {
  bioEndIo(bio: Bio): void
}

/** bi_iter with the data it runs over: where on the device, how much, and from which byte of which memory. */
export interface Extent {
  readonly sector: number
  readonly sizeSectors: number
  readonly buffer: Buffer
  readonly bufferAt: number
}

export class Bio implements Extent {
  readonly id: number
  /** What it was made from or for: an application I/O, or the bio it is a clone or the front of. */
  readonly parentId: number
  device: BlockDevice
  /** Operation and the flags that a trace shows. */
  rwbs: Rwbs
  /** REQ_NOMERGE */
  noMerge = false
  /** REQ_FAILFAST_TRANSPORT, set by multipath on every clone. */
  failfastTransport = false
  sector: number
  sizeSectors: number
  readonly buffer: Buffer
  /** Byte of the buffer at which the cursor stands. */
  bufferAt: number
  status: BlkStatus = BlkStatus.OK
  owner: BioOwner
  /** Pages that have still to be pinned and added before it is submitted. */
  pages = 0
  /** bi_next: next bio of the same request. */
  next: Bio | undefined
  /** BIO_TRACE_COMPLETION: the bio was queued, and no request reports its end. */
  traceCompletion = false
  /** __bi_remaining */
  remaining = 1
  /** The bio this one is chained to (block/bio.c:bio_chain); its end counts as part of that bio's. */
  chainedTo: Bio | undefined

  constructor(
    id: number,
    parentId: number,
    device: BlockDevice,
    rwbs: Rwbs,
    extent: Extent,
    owner: BioOwner,
  ) {
    this.id = id
    this.parentId = parentId
    this.device = device
    this.rwbs = rwbs
    this.sector = extent.sector
    this.sizeSectors = extent.sizeSectors
    this.buffer = extent.buffer
    this.bufferAt = extent.bufferAt
    this.owner = owner
  }

  get endSector(): number {
    return this.sector + this.sizeSectors
  }

  get sizeBytes(): number {
    return this.sizeSectors * 512
  }

  /** include/linux/blk_types.h:bio_mergeable: REQ_NOMERGE_FLAGS */
  get mergeable(): boolean {
    return !this.noMerge && (this.rwbs & (RwbsFlag.PREFLUSH | RwbsFlag.FUA)) === 0
  }

  /** bio_advance: moves the cursor. */
  advance(sectors: number): void {
    this.sector += sectors
    this.sizeSectors -= sectors
    this.bufferAt += sectors * 512
  }
}

/** block_bio_queue: Q. */
export function emitBioQueue(m: Machine, bio: Bio): void {
  const { index } = bio.device
  const { pages } = bio
  bio.pages = 0
  m.log.emit(EventKind.bio_queue, index, bio.rwbs, bio.id, bio.parentId, bio.sector, bio.sizeSectors, pages)
}

/** block/bio.c:bio_endio: counts down, reports to the bio it is chained to, else to its owner. */
export function bioEndio(m: Machine, first: Bio): void {
  let bio = first
  for (;;) {
    if (--bio.remaining > 0) return
    if (bio.traceCompletion) {
      bio.traceCompletion = false
      m.log.emit(
        EventKind.bio_complete,
        bio.device.index,
        bio.rwbs,
        bio.id,
        0,
        bio.sector,
        bio.sizeSectors,
        bio.status,
      )
    } else {
      m.log.emit(
        EventKind.bio_endio,
        bio.device.index,
        bio.rwbs,
        bio.id,
        0,
        bio.sector,
        bio.sizeSectors,
        bio.status,
      )
    }
    const parent = bio.chainedTo
    if (parent === undefined) break
    if (bio.status !== BlkStatus.OK && parent.status === BlkStatus.OK) parent.status = bio.status
    bio = parent
  }
  bio.owner.bioEndIo(bio)
}
