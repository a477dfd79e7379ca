/**
 * What the target decides about a finished I/O: drivers/md/dm-mpath.c:multipath_end_io (requests) and
 * multipath_end_io_bio (do_end_io to 4.14), include/linux/blk_types.h:blk_path_error (noretry_error). Which errors are
 * no fault of the path is in the profile.
 */
import type { KernelProfile } from '../../kernel/profile.ts'
import { BlkStatus, MpathFlag } from '../../log/index.ts'
import { failPath } from './fail-path.ts'
import type { Multipath } from './multipath.ts'
import type { PgPath } from './pg-path.ts'

/** blk_path_error: false for errors that another path would give as well; those go up at once. */
export function isPathError(profile: KernelProfile, status: BlkStatus): boolean {
  return status !== BlkStatus.OK && !profile.notPathErrors.has(status)
}

export type RequestVerdict = 'done' | 'requeue' | 'delay-requeue'

/** multipath_end_io. `path` is undefined when the request was never mapped. */
export function endIoRequest(m: Multipath, path: PgPath | undefined, status: BlkStatus): RequestVerdict {
  if (!isPathError(m.m.profile, status)) return 'done'
  if (path) failPath(m, path)
  if (m.nrValidPaths === 0 && !mustPushBackRequest(m)) return 'done'
  return status === BlkStatus.RESOURCE ? 'delay-requeue' : 'requeue'
}

/** must_push_back_rq */
export function mustPushBackRequest(m: Multipath): boolean {
  return m.has(MpathFlag.queue_if_no_path) || mustPushBackBio(m)
}

/** must_push_back_bio: older kernels push back only what would have been queued before the suspend. */
export function mustPushBackBio(m: Multipath): boolean {
  if (!m.host.noflushSuspending) return false
  if (m.m.profile.pushBack === 'noflush') return true
  return m.has(MpathFlag.queue_if_no_path) !== m.has(MpathFlag.saved_queue_if_no_path)
}

export type BioVerdict =
  | { readonly kind: 'done'; readonly status: BlkStatus }
  /** The clone goes onto queued_bios, to be mapped again by the worker. */
  | { readonly kind: 'queue' }
  /** The original goes back to the dm device's deferred list. */
  | { readonly kind: 'requeue' }

/** multipath_end_io_bio */
export function endIoBio(m: Multipath, path: PgPath | undefined, status: BlkStatus): BioVerdict {
  if (!isPathError(m.m.profile, status)) return { kind: 'done', status }
  if (path) failPath(m, path)
  if (m.nrValidPaths > 0 || m.has(MpathFlag.queue_if_no_path)) return { kind: 'queue' }
  return mustPushBackBio(m) ? { kind: 'requeue' } : { kind: 'done', status: BlkStatus.IOERR }
}
