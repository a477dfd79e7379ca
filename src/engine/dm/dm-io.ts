/**
 * struct dm_io and struct dm_target_io (drivers/md/dm.c:alloc_io, alloc_tio, clone_endio, dm_io_dec_pending), 4.16 to
 * 6.12: what a bio-based dm device remembers of an original, and of each clone of it.
 */
import type { Bio, BioOwner } from '../block/bio.ts'
import { BlkStatus, CloneKind } from '../log/index.ts'
import type { Target, TargetData } from './target.ts'

/** What happens when a clone ends, and when the whole I/O has ended. */
export interface DmIoOwner {
  cloneEnded(tio: DmTargetIo): void
  ioEnded(io: DmIo): void
  readonly noflushSuspending: boolean
}

export class DmIo {
  readonly original: Bio
  readonly owner: DmIoOwner
  status: BlkStatus = BlkStatus.OK
  /** One for the submission, one for each clone (io_count). */
  private pending = 1
  private clones = 0

  constructor(owner: DmIoOwner, original: Bio) {
    this.owner = owner
    this.original = original
  }

  /** A clone more; the first lies in the same object as this. */
  addClone(): CloneKind {
    this.pending++
    return this.clones++ === 0 ? CloneKind.first : CloneKind.further
  }

  /** dm_io_dec_pending: the last error recorded wins, except that a push-back is kept during a noflush suspend. */
  decPending(status: BlkStatus): void {
    if (status !== BlkStatus.OK && !(this.status === BlkStatus.DM_REQUEUE && this.owner.noflushSuspending))
      this.status = status
    if (--this.pending === 0) this.owner.ioEnded(this)
  }
}

export class DmTargetIo implements BioOwner, TargetData {
  readonly io: DmIo
  /** Undefined for a flush that is sent past the targets. */
  readonly target: Target | undefined
  readonly kind: CloneKind
  clone!: Bio
  perIo: unknown

  constructor(io: DmIo, target: Target | undefined) {
    this.io = io
    this.target = target
    this.kind = io.addClone()
  }

  bioEndIo(): void {
    this.io.owner.cloneEnded(this)
  }
}
