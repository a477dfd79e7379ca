/**
 * What lives in a picture and where it can be: the vocabulary that the stage draws.
 *
 * Places are those of the kernel, not of the screen. One object is in exactly one place; what it waits for or belongs to
 * is said by its other columns (parent, container, remaining).
 */

/** Id of an application I/O, bio or request in the log; all share one number space, 0 is nobody. */
export type ObjectId = number & { readonly __brand: 'ObjectId' }
/** Row of an object in the columns of one picture. Not an id: rows are used again. */
export type Slot = number & { readonly __brand: 'Slot' }

export function objectId(id: number): ObjectId {
  return id as ObjectId
}

/** No row: the object is not in this picture. */
export const NO_SLOT: Slot = -1 as Slot
/** In an 8-bit device column: no device. Equal to DEV_NONE of the log. */
export const NO_DEV = 255
/** In a tag column: holds none. */
export const NO_TAG = 0xffff

export const ObjectType = {
  /** The row is not used. */
  free: 0,
  /** What an application asked for in one call. */
  io: 1,
  /** A bio as the application's task submitted it. */
  original: 2,
  /** A bio that device-mapper cloned from an original. */
  clone: 3,
  /** The front that a split cut off; its parent keeps the rest. */
  fragment: 4,
  request: 5,
  /** Made by request-based multipath on the queue of a path. */
  request_clone: 6,
  /** The flush machine's own request. */
  flush_request: 7,
} as const
export type ObjectType = (typeof ObjectType)[keyof typeof ObjectType]

export const Place = {
  none: 0,
  /** An application I/O that has not ended. */
  app: 1,
  /** On its way through submit_bio of `dev`: queued, cloned, split, or a request just made. */
  submit: 2,
  /** Left in place while its clones, fragments or request clones run. */
  waiting: 3,
  /** In the hands of choose_pgpath, on the dm device. */
  choose: 4,
  /** m->queued_bios of bio-based multipath. */
  queued_bios: 5,
  /** md->deferred of device-mapper. */
  deferred: 6,
  /** A bio that is part of a request (its container). */
  in_request: 7,
  /** In the plug of a task. */
  plug: 8,
  /** In the scheduler, or in the software queue where there is no scheduler. */
  scheduler: 9,
  /** In hctx->dispatch. */
  dispatch: 10,
  /** In requeue_list: a request of a queue, or a bio of the head of an NVMe namespace. */
  requeue: 11,
  /** Parked in the flush machine. */
  flush: 12,
  /** A dm request that holds its tag while its clone runs. */
  issued: 13,
  /** The driver of a path has it. */
  device: 14,
  /** A request whose completion was reported and whose tags are not free yet. */
  completing: 15,
  /** Finished; stays in the picture a little so that its end can be shown. */
  ended: 16,
} as const
export type Place = (typeof Place)[keyof typeof Place]
export const PLACE_COUNT = 17

export function isBio(type: number): boolean {
  return type === ObjectType.original || type === ObjectType.clone || type === ObjectType.fragment
}

export function isRequest(type: number): boolean {
  return type >= ObjectType.request
}
