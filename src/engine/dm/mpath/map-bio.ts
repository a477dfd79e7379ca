/**
 * Mapping a bio clone to a path: drivers/md/dm-mpath.c:__multipath_map_bio, __map_bio, 4.8 to 6.19, and __map_bio_fast,
 * 4.20 and 5.4; map_io of 2.6.28 comes to the same.
 */
import { MapResult, MpathFlag } from '../../log/index.ts'
import type { Machine } from '../../machine.ts'
import type { DmTargetIo } from '../dm-io.ts'
import { pathFor } from './choose-path.ts'
import { mustPushBackBio } from './end-io.ts'
import type { Multipath } from './multipath.ts'
import { pgInitAllPaths } from './pg-init.ts'
import type { PgPath } from './pg-path.ts'
import { startIo } from './selector-account.ts'

/** struct dm_mpath_io: what the target remembers of an I/O. */
export interface MpathIo {
  path: PgPath | undefined
  sizeBytes: number
  startNs: number
}

/** Where a clone is held back. */
export interface BioQueueing {
  /** multipath_queue_bio: onto queued_bios; the worker is kicked unless QUEUE_IO says that somebody else will. */
  queueBio(tio: DmTargetIo): void
}

/** SUBMITTED: held back on queued_bios. REMAPPED: `clone` is for `io.path` now. KILL and REQUEUE: there is no path. */
export function mapBio(
  m: Multipath,
  tio: DmTargetIo,
  io: MpathIo,
  cpuNumber: number,
  queueing: BioQueueing,
): MapResult {
  const { clone } = tio
  const path = pathFor(m, 'bio', clone.sizeBytes, cpuNumber, clone.id)
  if (path === undefined) {
    if (m.has(MpathFlag.queue_if_no_path)) {
      queueing.queueBio(tio)
      return MapResult.submitted
    }
    return mustPushBackBio(m) ? MapResult.requeue : MapResult.kill
  }
  if (m.has(MpathFlag.queue_io) || m.has(MpathFlag.pg_init_required)) {
    queueing.queueBio(tio)
    pgInitAllPaths(m)
    return MapResult.submitted
  }
  io.path = path
  io.sizeBytes = clone.sizeBytes
  io.startNs = bioStartNs(m.m)
  clone.status = 0
  clone.device = path.device
  clone.failfastTransport = true
  startIo(m, path, clone.id, io.sizeBytes)
  return MapResult.remapped
}

/** When a bio that is mapped now began, by the clock that the selector is told. */
function bioStartNs({ clock, profile }: Machine): number {
  const stepNs = profile.bioStartTimeStepNs
  return Math.floor(clock.nowNs / stepNs) * stepNs
}
