/**
 * One attempt at one original request, and the ends of its clone: drivers/md/dm-rq.c:end_clone_bio, end_clone_request,
 * 4.8 to 6.19; dm.c of 3.6 and 4.4.
 */
import type { Bio, BioOwner } from '../block/bio.ts'
import { updateRequest } from '../block/complete.ts'
import type { Request, RequestOwner } from '../block/request.ts'
import { BlkStatus } from '../log/index.ts'
import type { TargetData } from './target.ts'

/** Who is told that the clone has ended. */
export interface RqTargetIoOwner {
  /** dm_complete_request */
  completeOriginal(original: Request, status: BlkStatus): void
}

/** struct dm_rq_target_io */
export class RqTargetIo implements TargetData, BioOwner, RequestOwner {
  readonly original: Request
  clone: Request | undefined
  perIo: unknown
  /** Error of a clone bio or of the clone. */
  error: BlkStatus = BlkStatus.OK
  /** RQF_FAILED: it was never mapped, the target is not asked. */
  unmapped = false
  private completedSectors = 0
  private readonly endsEachBio: boolean
  private readonly owner: RqTargetIoOwner

  constructor(owner: RqTargetIoOwner, original: Request) {
    this.owner = owner
    this.original = original
    this.endsEachBio = original.queue.m.profile.cloneBiosEnd === 'each'
  }

  /** end_clone_bio: only the last clone bio, or the first error, moves the original on; older kernels move it bio by bio. */
  bioEndIo(cloneBio: Bio): void {
    if (this.error !== BlkStatus.OK) return
    if (cloneBio.status !== BlkStatus.OK) this.error = cloneBio.status
    else {
      this.completedSectors += cloneBio.sizeSectors
      if (this.clone?.bio !== undefined && !this.endsEachBio) return
    }
    updateRequest(this.original, BlkStatus.OK, this.completedSectors)
    if (this.endsEachBio) this.completedSectors = 0
  }

  /** end_clone_request: the rest happens in the softirq of the submitter; the clone keeps its tag until then. */
  rqEndIo(_clone: Request, status: BlkStatus): void {
    this.owner.completeOriginal(this.original, status)
  }
}
