/** The kinds of objects that the ledger counts, and what the allocator takes for each; sizes.ts says where the figures come from. */
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

/** Bytes by class: those of the slab, or of a part of what is allocated in bulk with the tags of a queue. */
export const SLAB_BYTES: Readonly<Record<ObjectClass, number>> = {
  [ObjectClass.none]: 0,
  [ObjectClass.bio]: 256,
  [ObjectClass.fragment]: 192,
  [ObjectClass.clone]: 384,
  [ObjectClass.further_clone]: 320,
  [ObjectClass.dm_request]: 392,
  [ObjectClass.request_clone_bio]: 192,
  [ObjectClass.scsi_request]: 544,
  [ObjectClass.null_blk_request]: 328,
  [ObjectClass.nvme_request]: 416,
}
