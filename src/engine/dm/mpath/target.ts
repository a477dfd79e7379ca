/** Multipath as a target of device-mapper: drivers/md/dm-mpath.c:multipath_target (struct target_type), 2.6.28 to 6.19. */
import type { BlockDevice } from '../../block/block-device.ts'
import type { HandledDevice } from '../../drivers/path-device.ts'
import { LockName, type MapResult } from '../../log/index.ts'
import type { Machine } from '../../machine.ts'
import type { Context, Steps } from '../../sim/cpu.ts'
import type { Spinlock } from '../../sim/spinlock.ts'
import type { DmTargetIo } from '../dm-io.ts'
import type { EndIoVerdict, RequestTarget, Target } from '../target.ts'
import { endIoBio } from './end-io.ts'
import { mapBio } from './map-bio.ts'
import { multipathMessage } from './message.ts'
import { Multipath, type MultipathHost, type MultipathParameters } from './multipath.ts'
import { flushActivations } from './pg-init.ts'
import { restoreQueueIfNoPath, setQueueIfNoPath } from './queue-if-no-path.ts'
import { type MpathBio, newMpathBio, QueuedBios } from './queued-bios.ts'
import { MultipathRequests } from './request-target.ts'
import { endIo } from './selector-account.ts'
import { infoLine, tableLine } from './status.ts'
import type { MultipathTable } from './table.ts'

export class MultipathTarget implements Target {
  readonly typeName = 'multipath'
  readonly flushBypassesMap = false
  readonly multipath: Multipath
  readonly requests: RequestTarget
  /** Clones that wait for a path or an activation. */
  readonly queuedBios: QueuedBios
  readonly lock: Spinlock | undefined
  readonly mapCostNs: number
  private readonly m: Machine

  constructor(
    m: Machine,
    host: MultipathHost,
    table: MultipathTable,
    deviceOf: (dev: string) => HandledDevice,
    parameters: MultipathParameters,
  ) {
    this.m = m
    this.mapCostNs = m.costs.choosePath
    this.lock = m.profile.locksFastPath ? m.spinlock(LockName.multipath, host.index) : undefined
    this.multipath = new Multipath(m, host, table, deviceOf, parameters)
    this.requests = new MultipathRequests(this.multipath, this.lock)
    this.queuedBios = new QueuedBios(this.multipath)
  }

  get startSector(): number {
    return this.multipath.table.startSector
  }

  get sizeSectors(): number {
    return this.multipath.table.sizeSectors
  }

  get devices(): readonly BlockDevice[] {
    return this.multipath.paths.map((path) => path.device)
  }

  get held(): number {
    return this.queuedBios.count
  }

  /** multipath_map_bio */
  map(tio: DmTargetIo, ctx: Context): MapResult {
    const io = newMpathBio(tio)
    tio.perIo = io
    return mapBio(this.multipath, tio, io, ctx.cpu.number, this.queuedBios)
  }

  /** multipath_end_io_bio */
  endIo(tio: DmTargetIo): EndIoVerdict {
    const io = tio.perIo as MpathBio
    const { path } = io
    const verdict = endIoBio(this.multipath, path, tio.clone.status)
    if (verdict.kind === 'queue') this.queuedBios.queueBio(tio)
    if (path) endIo(this.multipath, path, tio.clone.id, io.sizeBytes, io.startNs)
    io.path = undefined
    return verdict.kind === 'queue' ? { kind: 'incomplete' } : verdict
  }

  /** multipath_presuspend */
  presuspend(noflush: boolean): void {
    const always = this.m.profile.presuspendStopsQueueing === 'always'
    if (always || this.multipath.queueMode === 'bio' || !noflush)
      setQueueIfNoPath(this.multipath, false, true)
  }

  /** multipath_postsuspend */
  *postsuspend(wait: () => Steps): Steps {
    yield* flushActivations(this.multipath, wait)
  }

  resume(): void {
    restoreQueueIfNoPath(this.multipath)
  }

  message(text: string): string {
    return multipathMessage(this.multipath, text)
  }

  get infoLine(): string {
    return infoLine(this.multipath)
  }

  get tableLine(): string {
    return tableLine(this.multipath)
  }

  destroy(): void {
    this.multipath.destroy()
  }
}
