/** What a target keeps of a bio to be able to submit it again: drivers/md/dm-bio-record.h, 6.1. bi_opf is not restored. */
import type { Bio } from '../block/bio.ts'
import type { BlockDevice } from '../block/block-device.ts'

/** struct dm_bio_details */
export interface BioDetails {
  readonly device: BlockDevice
  readonly sector: number
  readonly sizeSectors: number
  readonly bufferAt: number
}

/** dm_bio_record */
export function recordBio({ device, sector, sizeSectors, bufferAt }: Bio): BioDetails {
  return { device, sector, sizeSectors, bufferAt }
}

/** dm_bio_restore */
export function restoreBio(bio: Bio, { device, sector, sizeSectors, bufferAt }: BioDetails): void {
  bio.device = device
  bio.sector = sector
  bio.sizeSectors = sizeSectors
  bio.bufferAt = bufferAt
  bio.remaining = 1
  bio.traceCompletion = false
  bio.next = undefined
}
