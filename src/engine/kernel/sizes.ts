/**
 * What one object of each kind takes in memory, and where the figure comes from. Sizes differ between versions and
 * configurations; these are those of Debian's 6.12.95, and runs of other kernels use them for want of measured ones.
 */
import { type Figure, structSize } from './figures.ts'
import { ObjectClass, SLAB_BYTES } from './object-classes.ts'

export interface ObjectSize {
  readonly objectClass: ObjectClass
  readonly what: string
  readonly bytes: number
  /** What the allocator takes for it; equal to `bytes` for what is allocated in bulk with the queue's tags. */
  readonly slabBytes: number
  /** It exists as long as its queue does; taking one is taking a tag. */
  readonly preallocated: boolean
  readonly source: Figure | { readonly assumption: string }
}

const size = (
  objectClass: ObjectClass,
  what: string,
  bytes: number,
  source: ObjectSize['source'],
  preallocated = false,
): ObjectSize => ({ objectClass, what, bytes, slabBytes: SLAB_BYTES[objectClass], source, preallocated })

const tag = (
  objectClass: ObjectClass,
  what: string,
  bytes: number,
  source: ObjectSize['source'],
): ObjectSize => size(objectClass, what, bytes, source, true)

const IN_FLIGHT = 'bytesPerInFlightIo'
const PATH_REQUEST = `${IN_FLIGHT} pathRequest, preallocated per tag in both modes`

export const OBJECT_SIZES: readonly ObjectSize[] = [
  size(
    ObjectClass.bio,
    'bio of a direct I/O (struct blkdev_dio)',
    248,
    structSize(248, 'bioSlabs bio bio-248 object'),
  ),
  size(
    ObjectClass.fragment,
    'front of a split (q->bio_split)',
    128,
    structSize(128, 'bioSlabs bio bio-128 object'),
  ),
  size(
    ObjectClass.clone,
    'dm_mpath_io + dm_bio_details + dm_io with dm_target_io and bio',
    336,
    structSize(
      336,
      `${IN_FLIGHT} bioMode ioBiosetObject = perBioData + dm_io (which ends in dm_target_io, which ends in the clone bio)`,
    ),
  ),
  size(
    ObjectClass.further_clone,
    'the same without dm_io',
    256,
    structSize(
      256,
      `${IN_FLIGHT} bioMode cloneBiosetObject (second and further clones of one bio) = perBioData + dm_target_io`,
    ),
  ),
  tag(
    ObjectClass.dm_request,
    'request + dm_rq_target_io + dm_mpath_io',
    392,
    structSize(
      392,
      `${IN_FLIGHT} rqMode dmRequest, preallocated per tag = request + dm_rq_target_io + dm_mpath_io`,
    ),
  ),
  size(
    ObjectClass.request_clone_bio,
    'dm_rq_clone_bio_info',
    144,
    structSize(144, `${IN_FLIGHT} rqMode clonedBio, one per bio of the request = dm_rq_clone_bio_info`),
  ),
  tag(
    ObjectClass.scsi_request,
    'request + scsi_cmnd',
    544,
    structSize(544, `${PATH_REQUEST} scsi = request + scsi_cmnd (+ sense, sg and driver data)`),
  ),
  tag(
    ObjectClass.null_blk_request,
    'request + nullb_cmd',
    328,
    structSize(328, `${PATH_REQUEST} null_blk = request + nullb_cmd`),
  ),
  tag(ObjectClass.nvme_request, 'request + nvme_iod', 416, {
    assumption: 'request 248 is measured; nvme_iod is not, 168 is taken for it',
  }),
]
