/**
 * Mapping a request to a path: drivers/md/dm-mpath.c:multipath_clone_and_map, multipath_busy,
 * multipath_release_clone, 4.8 to 6.19; 3.6 and 4.4 alike but for what the profile says.
 */
import { EventKind, MapResult, MpathFlag } from '../../log/index.ts'
import { freeRequest } from '../../block/complete.ts'
import { requestsOf } from '../../block/io-queue.ts'
import type { Request } from '../../block/request.ts'
import { pathFor } from './choose-path.ts'
import { mustPushBackRequest } from './end-io.ts'
import type { MpathIo } from './map-bio.ts'
import type { Multipath } from './multipath.ts'
import { offlinePath, pgInitAllPaths } from './pg-init.ts'
import type { PgPath } from './pg-path.ts'
import { endIo, startIo } from './selector-account.ts'

/** multipath_busy: whether mapping is worth trying. The group that will be used is a guess, as in the kernel. */
export function multipathBusy(m: Multipath): boolean {
  if (m.pgInitInProgress > 0) return true
  if (m.nrValidPaths === 0 && m.has(MpathFlag.queue_if_no_path)) return m.m.profile.busyWithoutPaths
  const group = m.currentPath === undefined && m.nextGroup ? m.nextGroup : m.currentGroup
  const active = group?.paths.filter((path) => path.isActive) ?? []
  return active.length > 0 && active.every((path) => isBusy(m, path))
}

/** pgpath_busy: blk_lld_busy of the path's queue. */
function isBusy({ m }: Multipath, { device }: PgPath): boolean {
  if (requestsOf(device).kind === 'mq' && !m.profile.mqBusyHook) return false
  return device.queue.ops?.busy?.() === true
}

/** multipath_clone_and_map: REMAPPED with a clone that holds a tag of the path, or why not. */
export function cloneAndMap(
  m: Multipath,
  rq: Request,
  io: MpathIo,
  cpuNumber: number,
): { result: MapResult; clone: Request | undefined } {
  const sizeBytes = rq.sizeSectors * 512
  const path = pathFor(m, 'rq', sizeBytes, cpuNumber, rq.id)
  if (path === undefined) return notMapped(mustPushBackRequest(m) ? MapResult.delay_requeue : MapResult.kill)
  if (m.has(MpathFlag.queue_io) || m.has(MpathFlag.pg_init_required)) {
    pgInitAllPaths(m)
    return notMapped(MapResult.delay_requeue)
  }
  if (!path.device.alive) {
    offlinePath(m, path)
    return notMapped(MapResult.delay_requeue)
  }
  const clone = allocateClone(m, path, rq, cpuNumber)
  if (clone === undefined)
    return notMapped(m.m.profile.noTagDelays ? MapResult.delay_requeue : MapResult.requeue)
  io.path = path
  io.sizeBytes = sizeBytes
  io.startNs = m.m.clock.nowNs
  startIo(m, path, clone.id, sizeBytes)
  return { result: MapResult.remapped, clone }
}

function notMapped(result: MapResult): { result: MapResult; clone: undefined } {
  return { result, clone: undefined }
}

/** blk_mq_alloc_request(REQ_NOMERGE, NOWAIT) on the path's queue, or alloc_clone_request of dm. */
function allocateClone(m: Multipath, path: PgPath, rq: Request, cpuNumber: number): Request | undefined {
  const clone = requestsOf(path.device).allocateClone(cpuNumber, rq.rwbs)
  if (clone === undefined) return undefined
  clone.noMerge = true
  clone.failfastTransport = true
  const tag = clone.internalTag >= 0 ? clone.internalTag : clone.tag
  m.m.log.emit(
    EventKind.rq_clone,
    path.device.index,
    rq.rwbs,
    clone.id,
    rq.id,
    rq.sector,
    rq.sizeSectors,
    tag,
  )
  return clone
}

/** multipath_release_clone: `undo` while still mapping, so that the selector's account is put right (5.4+). */
export function releaseClone(m: Multipath, clone: Request, io: MpathIo, undo: boolean): void {
  if (undo && io.path) {
    if (m.m.profile.refusedCloneIsReturned) endIo(m, io.path, clone.id, io.sizeBytes, io.startNs)
    io.path = undefined
  }
  freeRequest(clone)
}
