/**
 * The head of an NVMe namespace that several controllers lead to: native multipath, drivers/nvme/host/multipath.c of 6.12
 * (nvme_ns_head_submit_bio, nvme_find_path and its policies, nvme_failover_req, nvme_requeue_work); 4.15 to 6.19 as the
 * profile says. A bio is redirected to the disk of a path; nothing is cloned, and no Q shows on the path.
 *
 * Simplified: one NUMA node, so that policy numa keeps to the first path that is optimized; paths keep the names they have
 * without native multipath (nvme0n1, where the kernel says nvme0c0n1); the head goes away with its last path and is the
 * same one when a path comes back; no delayed_removal_secs.
 */
import { type Bio, bioEndio } from '../block/bio.ts'
import { stackingLimits, stackLimits } from '../block/limits.ts'
import type { Request } from '../block/request.ts'
import { RequestQueue } from '../block/request-queue.ts'
import { endRequest } from '../block/complete.ts'
import { splitBio } from '../block/split-bio.ts'
import { submitBio } from '../block/submit.ts'
import type { IoPolicy } from '../kernel/profile.ts'
import { AnaState, BlkStatus, DEV_NONE, EventKind, ScsiDh } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { DelayedWork } from '../sim/workqueue.ts'
import type { HandledDevice } from './path-device.ts'

/** What a head knows of the namespace as one controller shows it (struct nvme_ns). */
export interface NvmeNamespace extends HandledDevice {
  /** What the host believes of it. */
  readonly anaState: AnaState
  /** nvme_path_is_disabled is false: the controller is live and its ANA log is not being read again. */
  readonly usable: boolean
  /** The controller may come back: nvme_available_path counts it. */
  readonly mayReturn: boolean
  /** Commands that the controller has (ctrl->nr_active). */
  readonly active: number
  /** ns->head */
  head: NvmeHead | undefined
}

export interface HeadPlace {
  readonly index: number
  readonly name: string
  readonly dev: string
}

export class NvmeHead implements HandledDevice {
  readonly index: number
  readonly name: string
  readonly dev: string
  readonly sizeSectors: number
  readonly hasSubmitBio = true
  readonly hwHandler = undefined
  readonly queue: RequestQueue
  /** head->list */
  readonly paths: NvmeNamespace[] = []
  /** subsys->iopolicy */
  policy: IoPolicy
  /** head->requeue_list */
  readonly requeueList: Bio[] = []
  private readonly m: Machine
  private readonly requeueWork: DelayedWork
  /** head->current_path of the one node */
  private current: NvmeNamespace | undefined

  constructor(m: Machine, place: HeadPlace, paths: readonly NvmeNamespace[]) {
    this.m = m
    this.index = place.index
    this.name = place.name
    this.dev = place.dev
    this.sizeSectors = Math.min(...paths.map((path) => path.sizeSectors))
    this.policy = m.profile.ioPolicies[0]!
    this.requeueWork = m.kblockdWork(m.cpus[0]!, (ctx) => this.requeueWorkFunction(ctx))
    const limits = { ...stackingLimits(), dmaAlignment: 3 }
    for (const path of paths) stackLimits(limits, path.queue.limits)
    this.queue = new RequestQueue(m, this, limits, undefined)
    for (const path of paths) this.add(path)
  }

  /** NVME_NSHEAD_DISK_LIVE */
  get alive(): boolean {
    return this.paths.length > 0
  }

  /** nvme_ns_head_submit_bio */
  *submitBio(ctx: Context, whole: Bio): Steps {
    const bio = yield* splitBio(this.m, ctx, whole, this.queue)
    const path = this.findPath()
    this.m.log.emit(EventKind.choose_path, path?.index ?? DEV_NONE, 0, bio.id, 0, 0, bio.sizeSectors, 0)
    if (ctx.spend(this.m.costs.choosePath)) yield
    if (path !== undefined) {
      bio.device = path
      this.m.log.emit(
        EventKind.bio_remap,
        path.index,
        bio.rwbs,
        bio.id,
        bio.parentId,
        bio.sector,
        bio.sizeSectors,
        this.m.origin({ dev: this.index, shiftSectors: 0, bios: -1 }),
      )
      yield* submitBio(this.m, ctx, bio)
    } else if (this.paths.some((each) => each.mayReturn)) this.hold(bio, 0)
    else {
      bio.status = BlkStatus.IOERR
      bioEndio(this.m, bio)
    }
  }

  private hold(bio: Bio, fromRequest: number): void {
    bio.device = this
    this.requeueList.push(bio)
    this.m.log.emit(
      EventKind.head_requeue,
      this.index,
      bio.rwbs,
      bio.id,
      fromRequest,
      bio.sector,
      bio.sizeSectors,
      0,
    )
  }

  /** nvme_find_path */
  private findPath(): NvmeNamespace | undefined {
    switch (this.policy) {
      case 'queue-depth':
        return this.queueDepthPath()
      case 'round-robin':
        return this.roundRobinPath()
      case 'numa':
        return this.current?.usable && this.current.anaState === AnaState.optimized
          ? this.current
          : this.nearestPath()
    }
  }

  /** __nvme_find_path */
  private nearestPath(): NvmeNamespace | undefined {
    const usable = this.paths.filter((path) => path.usable)
    const inState = (state: AnaState): NvmeNamespace | undefined =>
      usable.find((path) => path.anaState === state)
    const found = inState(AnaState.optimized) ?? inState(AnaState.non_optimized)
    if (found !== undefined) this.current = found
    return found
  }

  /** nvme_round_robin_path: the next optimized path behind the present one, else the last that can be used at all. */
  private roundRobinPath(): NvmeNamespace | undefined {
    const { paths, current } = this
    if (current === undefined) return this.nearestPath()
    if (paths.length === 1) return current.usable ? current : undefined
    const at = paths.indexOf(current)
    let found: NvmeNamespace | undefined
    for (const path of [...paths.slice(at + 1), ...paths.slice(0, at)]) {
      if (!path.usable) continue
      if (path.anaState === AnaState.optimized) return (this.current = path)
      if (path.anaState === AnaState.non_optimized) found = path
    }
    const { usable, anaState } = current
    if (usable && (anaState === AnaState.optimized || (!found && anaState === AnaState.non_optimized)))
      return current
    if (found !== undefined) this.current = found
    return found
  }

  /** nvme_queue_depth_path: the first of those with the fewest commands, optimized ones before others. */
  private queueDepthPath(): NvmeNamespace | undefined {
    const least = (state: AnaState): NvmeNamespace | undefined =>
      this.paths
        .filter((path) => path.usable && path.anaState === state)
        .reduce<NvmeNamespace | undefined>(
          (best, path) => (best === undefined || path.active < best.active ? path : best),
          undefined,
        )
    return least(AnaState.optimized) ?? least(AnaState.non_optimized)
  }

  /** nvme_failover_req: the bios of a request that its path has failed go back to the head; the request ends well. */
  failover(path: NvmeNamespace, rq: Request): void {
    this.clearCurrent(path)
    for (let bio = rq.bio; bio !== undefined; bio = rq.bio) {
      rq.bio = bio.next
      bio.next = undefined
      this.hold(bio, rq.id)
    }
    rq.bioTail = undefined
    rq.sizeSectors = 0
    endRequest(rq, BlkStatus.OK)
    this.kickRequeue()
  }

  /** A write to subsys->iopolicy; '' or the error the shell would print. */
  setPolicy(value: string): string {
    const policy = this.m.profile.ioPolicies.find((known) => known === value)
    if (policy === undefined) return 'Invalid argument'
    this.policy = policy
    this.current = undefined
    this.m.log.emit(EventKind.queue_attr, this.index, 0, 0, 0, 0, 0, this.m.intern(`iopolicy=${value}`))
    return ''
  }

  /** nvme_mpath_clear_current_path */
  clearCurrent(path: NvmeNamespace): void {
    if (this.current === path) this.current = undefined
  }

  /** A controller leads here (nvme_mpath_set_live). */
  add(path: NvmeNamespace): void {
    path.head = this
    this.paths.push(path)
    this.kickRequeue()
  }

  /** Its namespace is gone (nvme_ns_remove). */
  remove(path: NvmeNamespace): void {
    this.clearCurrent(path)
    const at = this.paths.indexOf(path)
    if (at >= 0) this.paths.splice(at, 1)
    this.kickRequeue()
  }

  /** nvme_kick_requeue_lists */
  kickRequeue(): void {
    if (this.requeueList.length > 0) this.requeueWork.modify(0)
  }

  /** nvme_requeue_work */
  private *requeueWorkFunction(ctx: Context): Steps {
    for (const bio of this.requeueList.splice(0)) {
      this.m.log.emit(
        EventKind.head_resubmit,
        this.index,
        bio.rwbs,
        bio.id,
        0,
        bio.sector,
        bio.sizeSectors,
        0,
      )
      yield* submitBio(this.m, ctx, bio)
    }
  }

  attachHandler(): void {
    // not a SCSI device: there is nothing to attach to
  }

  *activate(): Steps<ScsiDh> {
    return ScsiDh.NOSYS
  }
}
