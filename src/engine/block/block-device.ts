/**
 * A block device as submission sees it (struct block_device, struct gendisk): an address range and a way to take a bio.
 */
import type { Context, Steps } from '../sim/cpu.ts'
import type { Bio } from './bio.ts'
import type { RequestQueue } from './request-queue.ts'

export interface BlockDevice {
  /** Index in RunHeader.devices. */
  readonly index: number
  readonly name: string
  /** `major:minor` */
  readonly dev: string
  readonly sizeSectors: number
  readonly queue: RequestQueue
  /** BD_HAS_SUBMIT_BIO: bio-based; otherwise blk_mq_submit_bio of its queue. */
  readonly hasSubmitBio: boolean
  /** False once the device is deleted: submissions end with an error before they are queued. */
  readonly alive: boolean
  /** Takes one bio; called by block/submit.ts only. */
  submitBio(ctx: Context, bio: Bio): Steps
}
