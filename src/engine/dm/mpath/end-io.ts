/**
 * What the target decides about a finished I/O: drivers/md/dm-mpath.c:multipath_end_io (requests) and
 * multipath_end_io_bio, include/linux/blk_types.h:blk_path_error, 4.16 to 6.12.
 */
import { BlkStatus, MpathFlag } from '../../log/index.ts'
import type { Multipath } from './multipath.ts'
import type { PgPath } from './pg-path.ts'

/** blk_path_error: false for errors that another path would give as well; those go up at once. */
export function isPathError(status: BlkStatus): boolean {
  switch (status) {
    case BlkStatus.NOTSUPP:
    case BlkStatus.NOSPC:
    case BlkStatus.TARGET:
    case BlkStatus.RESV_CONFLICT:
    case BlkStatus.MEDIUM:
    case BlkStatus.PROTECTION:
      return false
    case BlkStatus.OK:
      return false
    default:
      return true
  }
}

export type RequestVerdict = 'done' | 'requeue' | 'delay-requeue'

/** multipath_end_io. `path` is undefined when the request was never mapped. */
export function endIoRequest(m: Multipath, path: PgPath | undefined, status: BlkStatus): RequestVerdict {
  if (!isPathError(status)) return 'done'
  if (path) m.failPath(path)
  if (m.nrValidPaths === 0 && !mustPushBackRequest(m)) return 'done'
  return status === BlkStatus.RESOURCE ? 'delay-requeue' : 'requeue'
}

/** must_push_back_rq */
export function mustPushBackRequest(m: Multipath): boolean {
  return m.has(MpathFlag.queue_if_no_path) || m.host.noflushSuspending
}

export type BioVerdict =
  | { readonly kind: 'done'; readonly status: BlkStatus }
  /** The clone goes onto queued_bios, to be mapped again by the worker. */
  | { readonly kind: 'queue' }
  /** The original goes back to the dm device's deferred list. */
  | { readonly kind: 'requeue' }

/** multipath_end_io_bio */
export function endIoBio(m: Multipath, path: PgPath | undefined, status: BlkStatus): BioVerdict {
  if (!isPathError(status)) return { kind: 'done', status }
  if (path) m.failPath(path)
  if (m.nrValidPaths > 0 || m.has(MpathFlag.queue_if_no_path)) return { kind: 'queue' }
  return m.host.noflushSuspending ? { kind: 'requeue' } : { kind: 'done', status: BlkStatus.IOERR }
}
