/**
 * What one object of each kind takes in memory, and where the figure comes from. Sizes differ between versions and
 * configurations; these are those of Debian's 6.12.95, and runs of other kernels use them for want of measured ones.
 */
import { type Figure, structSize } from './figures.ts'

/** Kinds of objects by what they take, in the order in which an I/O meets them. */
export const ObjectClass = {
  none: 0,
  /** A bio as the application's task submitted it. */
  bio: 1,
  /** The front of a split. */
  fragment: 2,
  /** dm's first clone of a bio: dm_io, dm_target_io and bio in one. */
  clone: 3,
  /** A further clone of a bio that spans targets. */
  further_clone: 4,
  /** A tag of a request-based dm device. */
  dm_request: 5,
  /** One bio of a cloned request. */
  request_clone_bio: 6,
  /** A tag of a path, by its driver. */
  scsi_request: 7,
  null_blk_request: 8,
  nvme_request: 9,
} as const
export type ObjectClass = (typeof ObjectClass)[keyof typeof ObjectClass]
export const OBJECT_CLASS_COUNT = 10

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
  [bytes, slabBytes]: readonly [number, number],
  source: ObjectSize['source'],
  preallocated = false,
): ObjectSize => ({ objectClass, what, bytes, slabBytes, source, preallocated })

const tag = (
  objectClass: ObjectClass,
  what: string,
  bytes: number,
  source: ObjectSize['source'],
): ObjectSize => size(objectClass, what, [bytes, bytes], source, true)

const IN_FLIGHT = 'bytesPerInFlightIo'
const PATH_REQUEST = `${IN_FLIGHT} pathRequest, preallocated per tag in both modes`

export const OBJECT_SIZES: readonly ObjectSize[] = [
  size(
    ObjectClass.bio,
    'bio of a direct I/O (struct blkdev_dio)',
    [248, 256],
    structSize(248, 'bioSlabs bio bio-248 object'),
  ),
  size(
    ObjectClass.fragment,
    'front of a split (q->bio_split)',
    [128, 192],
    structSize(128, 'bioSlabs bio bio-128 object'),
  ),
  size(
    ObjectClass.clone,
    'dm_mpath_io + dm_bio_details + dm_io with dm_target_io and bio',
    [336, 384],
    structSize(
      336,
      `${IN_FLIGHT} bioMode ioBiosetObject = perBioData + dm_io (which ends in dm_target_io, which ends in the clone bio)`,
    ),
  ),
  size(
    ObjectClass.further_clone,
    'the same without dm_io',
    [256, 320],
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
    [144, 192],
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

/** By class; 0 for what takes nothing. */
export const SLAB_BYTES: Readonly<Record<number, number>> = Object.fromEntries(
  OBJECT_SIZES.map(({ objectClass, slabBytes }) => [objectClass, slabBytes]),
)
