/**
 * Activation of a priority group by its hardware handler: drivers/md/dm-mpath.c:__pg_init_all_paths, pg_init_done,
 * activate_or_offline_path, 6.1 and 6.12.
 */
import { EventKind, MpathFlag } from '../../log/index.ts'
import type { Multipath } from './multipath.ts'
import type { PgPath } from './pg-path.ts'

/** SCSI_DH_* results (include/scsi/scsi_dh.h). */
export const DhResult = { ok: 0, device_offlined: 14 } as const
export type DhResult = (typeof DhResult)[keyof typeof DhResult]

/** __pg_init_all_paths: starts one activation per active path of the current group. */
export function pgInitAllPaths(m: Multipath): void {
  if (m.pgInitInProgress > 0 || m.has(MpathFlag.pg_init_disabled)) return
  m.pgInitCount++
  m.setFlag(MpathFlag.pg_init_required, false)
  for (const path of m.currentGroup?.paths ?? []) {
    if (!path.isActive) continue
    m.pgInitInProgress++
    m.m.log.emit(EventKind.pg_init, path.device.index, 0, 0, 0, 0, 0, 0)
    m.host.activatePath(m, path)
  }
}

/** activate_or_offline_path for a path whose device is gone: fails inline, also without a handler. */
export function offlinePath(m: Multipath, path: PgPath): void {
  m.pgInitInProgress++
  pgInitDone(m, path, DhResult.device_offlined)
}

/** pg_init_done: the last one lets the queued I/O go. */
export function pgInitDone(m: Multipath, path: PgPath, result: DhResult): void {
  if (result !== DhResult.ok) {
    m.failPath(path)
    if (m.currentPath === path) m.forgetCurrent()
  } else if (!m.has(MpathFlag.pg_init_required)) path.group.bypassed = false
  m.pgInitInProgress--
  m.m.log.emit(EventKind.pg_init_done, path.device.index, 0, 0, m.pgInitInProgress, 0, 0, result)
  if (m.pgInitInProgress > 0) return
  if (m.has(MpathFlag.pg_init_required)) {
    pgInitAllPaths(m)
    if (m.pgInitInProgress > 0) return
  }
  m.setFlag(MpathFlag.queue_io, false)
  m.host.runQueuedIo(m)
}
