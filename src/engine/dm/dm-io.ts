/**
 * struct dm_io with its one clone (drivers/md/dm.c:alloc_io, clone_endio, dm_io_dec_pending), 4.16 to 6.12.
 */
import type { Bio, BioOwner } from '../block/bio.ts'
import { BlkStatus } from '../log/index.ts'
import type { MpathIo } from './mpath/map-bio.ts'

/** What happens when a clone ends, and when the whole I/O has ended. */
export interface DmIoOwner {
  cloneEnded(io: DmIo): void
  ioEnded(io: DmIo): void
  readonly noflushSuspending: boolean
}

export class DmIo implements BioOwner, MpathIo {
  readonly original: Bio
  clone!: Bio
  path: MpathIo['path']
  sizeBytes = 0
  startNs = 0
  status: BlkStatus = BlkStatus.OK
  private readonly owner: DmIoOwner
  /** One for the submission, one for the clone (io_count). */
  private pending = 2

  constructor(owner: DmIoOwner, original: Bio) {
    this.owner = owner
    this.original = original
  }

  bioEndIo(): void {
    this.owner.cloneEnded(this)
  }

  /** dm_io_dec_pending: the last error recorded wins, except that a push-back is kept during a noflush suspend. */
  decPending(status: BlkStatus): void {
    if (status !== BlkStatus.OK && !(this.status === BlkStatus.DM_REQUEUE && this.owner.noflushSuspending))
      this.status = status
    if (--this.pending === 0) this.owner.ioEnded(this)
  }

  /** dm_bio_restore: the clone is again what it was when it was made. */
  restoreClone(): void {
    const { clone, original } = this
    clone.device = original.device
    clone.sector = original.sector
    clone.sizeSectors = this.cloneSectors
    clone.bufferAt = original.bufferAt
    clone.remaining = 1
    clone.traceCompletion = false
    clone.next = undefined
  }

  /** 0 for the empty clone of a flush. */
  cloneSectors = 0
}
