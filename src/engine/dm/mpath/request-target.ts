/**
 * The multipath target for requests: what request-based device-mapper calls of struct target_type (busy, clone_and_map_rq,
 * release_clone_rq, rq_end_io), drivers/md/dm-mpath.c, 3.6 to 6.19.
 */
import type { Request } from '../../block/request.ts'
import { type BlkStatus, type MapResult, MpathFlag } from '../../log/index.ts'
import type { Spinlock } from '../../sim/spinlock.ts'
import type { RequestTarget, TargetData } from '../target.ts'
import { endIoRequest, type RequestVerdict } from './end-io.ts'
import type { MpathIo } from './map-bio.ts'
import { cloneAndMap, multipathBusy, releaseClone } from './map-rq.ts'
import type { Multipath } from './multipath.ts'
import { endIo } from './selector-account.ts'

export class MultipathRequests implements RequestTarget {
  readonly lock: Spinlock | undefined
  private readonly multipath: Multipath

  constructor(multipath: Multipath, lock: Spinlock | undefined) {
    this.multipath = multipath
    this.lock = lock
  }

  get busy(): boolean {
    return multipathBusy(this.multipath)
  }

  /** queued_ios of 3.6 */
  get keepsRequests(): boolean {
    const { multipath } = this
    if (!multipath.m.profile.heldRequests) return false
    if (multipath.has(MpathFlag.queue_io)) return true
    return multipath.nrValidPaths === 0 && multipath.has(MpathFlag.queue_if_no_path)
  }

  cloneAndMap(
    rq: Request,
    data: TargetData,
    cpuNumber: number,
  ): { readonly result: MapResult; readonly clone: Request | undefined } {
    data.perIo = { path: undefined, sizeBytes: 0, startNs: 0 }
    return cloneAndMap(this.multipath, rq, data.perIo as MpathIo, cpuNumber)
  }

  releaseClone(clone: Request, data: TargetData, undo: boolean): void {
    releaseClone(this.multipath, clone, data.perIo as MpathIo, undo)
  }

  /** multipath_end_io */
  endIo(clone: Request, data: TargetData, status: BlkStatus): RequestVerdict {
    const { path, sizeBytes, startNs } = data.perIo as MpathIo
    const verdict = endIoRequest(this.multipath, path, status)
    if (path) endIo(this.multipath, path, clone.id, sizeBytes, startNs)
    return verdict
  }
}
