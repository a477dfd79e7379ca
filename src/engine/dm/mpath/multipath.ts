/**
 * One multipath target (struct multipath, drivers/md/dm-mpath.c, 2.6.28 to 6.19 as the profile says): its groups and paths, flags and
 * pointers, how a path is chosen, failed and reinstated. Mapping of bios and requests is in map-bio.ts and map-rq.ts.
 */
import { type DmQueueMode, EventKind, MpathFlag, TimerKind } from '../../log/index.ts'
import type { KernelProfile } from '../../kernel/profile.ts'
import type { HandledDevice } from '../../drivers/path-device.ts'
import type { Machine } from '../../machine.ts'
import { Timer } from '../../sim/timer.ts'
import { createSelector } from '../selectors/create.ts'
import { HistoricalServiceTime } from '../selectors/historical-service-time.ts'
import { PgPath, type PriorityGroup } from './pg-path.ts'
import type { MultipathTable } from './table.ts'

/** What the target asks of the dm device above it. */
export interface MultipathHost {
  readonly index: number
  /** dm_noflush_suspending */
  readonly noflushSuspending: boolean
  /** I/Os the device holds back for the target (m->queue_size). */
  readonly queuedIos: number
  /** dm_suspended */
  readonly suspended: boolean
  /** Request mode: dm_mq_kick_requeue_list. Bio mode: queue_work(process_queued_bios). */
  runQueuedIo(target: Multipath): void
  /** Wakes a suspend that waits for I/O or for activations (pg_init_wait). */
  wakeWhenIdle(): void
}

export interface MultipathParameters {
  /** dm_multipath.queue_if_no_path_timeout_secs; 0 = off. */
  readonly noPathTimeoutSecs: number
}

export class Multipath {
  readonly m: Machine
  readonly host: MultipathHost
  readonly table: MultipathTable
  readonly groups: readonly PriorityGroup[]
  readonly paths: readonly PgPath[]
  /** MPATHF_* bits. */
  flags: number = MpathFlag.queue_io
  currentPath: PgPath | undefined
  currentGroup: PriorityGroup | undefined
  nextGroup: PriorityGroup | undefined
  nrValidPaths: number
  pgInitCount = 0
  pgInitInProgress = 0
  /** Name of the hardware handler in force, from the table or because one was attached. */
  readonly hwHandler: string | undefined
  /** m->repeat_count (to 4.5) */
  private repeatLeft = 0
  private readonly noPathTimer: Timer
  private readonly noPathTimeoutNs: number

  constructor(
    m: Machine,
    host: MultipathHost,
    table: MultipathTable,
    deviceOf: (dev: string) => HandledDevice,
    parameters: MultipathParameters,
  ) {
    this.m = m
    this.host = host
    this.table = table
    this.groups = table.groups.map((spec, i) => {
      const group: PriorityGroup = {
        number: i + 1,
        selector: createSelector(m, spec.selector, spec.selectorArgs),
        paths: [],
        bypassed: false,
      }
      for (const { dev, args } of spec.paths) {
        const path = new PgPath(deviceOf(dev), group)
        group.paths.push(path)
        group.selector.addPath(path, args)
      }
      return group
    })
    this.paths = this.groups.flatMap((group) => group.paths)
    this.nrValidPaths = this.paths.length
    this.nextGroup = this.groups[table.initialGroup - 1]
    if (table.queueIfNoPath) this.flags |= MpathFlag.queue_if_no_path
    if (retainsHandler(m.profile, table)) {
      this.flags |= MpathFlag.retain_attached_hw_handler
    }
    this.hwHandler = this.attachHandlers()
    this.noPathTimeoutNs = parameters.noPathTimeoutSecs * 1e9
    this.noPathTimer = new Timer(m.clock, () => {
      this.noPathTimeout()
    })
  }

  /** setup_scsi_dh: an attached handler is kept, by wish or because another cannot be attached (-EBUSY); else the table's is attached. */
  private attachHandlers(): string | undefined {
    const attached = this.paths.map((path) => path.device.hwHandler).find((name) => name !== undefined)
    const named = this.queueMode === 'bio' ? undefined : this.table.hwHandler // bio mode ignores the table's words
    const retains = this.has(MpathFlag.retain_attached_hw_handler)
    if (named !== undefined) for (const path of this.paths) path.device.attachHandler(named)
    return named === undefined && !retains ? undefined : (attached ?? named)
  }

  get queueMode(): DmQueueMode {
    return this.table.queueMode
  }

  has(flag: number): boolean {
    return (this.flags & flag) !== 0
  }

  setFlag(flag: number, on: boolean): void {
    const flags = on ? this.flags | flag : this.flags & ~flag
    if (flags === this.flags) return
    this.flags = flags
    this.m.log.emit(EventKind.mpath_flags, this.host.index, 0, 0, 0, 0, 0, flags)
  }

  /**
   * The path for an I/O: the present one while an activation holds everything (QUEUE_IO), until its repeat_count is used
   * up where the target counts (map_io, to 4.5), or as long as there is one (__map_bio_fast); else a new choice.
   */
  pathFor(mode: DmQueueMode, sizeBytes: number, cpuNumber: number, subject: number): PgPath | undefined {
    if (this.currentPath !== undefined && this.keepsPath(mode)) return this.currentPath
    return this.choosePath(sizeBytes, cpuNumber, subject)
  }

  private keepsPath(mode: DmQueueMode): boolean {
    if (this.has(MpathFlag.queue_io)) return true
    const { repeatCount, bioPathChoice } = this.m.profile
    if (repeatCount === 'target') return --this.repeatLeft > 0
    return mode === 'bio' && bioPathChoice === 'when-path-is-lost' && this.hwHandler === undefined
  }

  /** When a bio that is mapped now began, by the clock that the selector is told. */
  get bioStartNs(): number {
    const stepNs = this.m.profile.bioStartTimeStepNs
    return Math.floor(this.m.clock.nowNs / stepNs) * stepNs
  }

  /**
   * choose_pgpath: the path for an I/O of this size submitted on this CPU, undefined when there is none.
   * `subject` is the bio or request it is for, for the log.
   */
  choosePath(sizeBytes: number, cpuNumber: number, subject: number): PgPath | undefined {
    const path = this.findPath(sizeBytes, cpuNumber)
    if (path === undefined) {
      this.setCurrentGroup(undefined)
      this.currentPath = undefined
    }
    const next = path?.group.selector.nextInLine()
    this.m.log.emit(
      EventKind.choose_path,
      path ? path.device.index : 255,
      0,
      subject,
      next ? next.device.index + 1 : 0,
      0,
      sizeBytes / 512,
      path ? path.group.number : 0,
    )
    return path
  }

  private findPath(sizeBytes: number, cpuNumber: number): PgPath | undefined {
    if (this.nrValidPaths === 0) {
      this.setFlag(MpathFlag.queue_io, false)
      return undefined
    }
    const preferred = this.m.profile.nextPgFirst
      ? (this.findInNext(sizeBytes, cpuNumber) ?? this.findIn(this.currentGroup, sizeBytes, cpuNumber))
      : (this.findIn(this.currentGroup, sizeBytes, cpuNumber) ?? this.findInNext(sizeBytes, cpuNumber))
    if (preferred) return preferred
    for (const group of this.groups) {
      const path = group.bypassed ? undefined : this.findIn(group, sizeBytes, cpuNumber)
      if (path) return path
    }
    for (const group of this.groups) {
      const path = group.bypassed ? this.findIn(group, sizeBytes, cpuNumber) : undefined
      if (path) {
        this.setFlag(MpathFlag.pg_init_delay_retry, true)
        return path
      }
    }
    return undefined
  }

  private findInNext(sizeBytes: number, cpuNumber: number): PgPath | undefined {
    const next = this.nextGroup
    this.nextGroup = undefined
    return this.findIn(next, sizeBytes, cpuNumber)
  }

  /** choose_path_in_pg: current_pgpath is written only when the group changes (4.7+), or with each choice. */
  private findIn(group: PriorityGroup | undefined, sizeBytes: number, cpuNumber: number): PgPath | undefined {
    if (group === undefined) return undefined
    const path = group.selector.select(sizeBytes, cpuNumber)
    if (path === undefined) return undefined
    const targetCounts = this.m.profile.repeatCount === 'target'
    if (targetCounts) this.repeatLeft = group.selector.repeatOf(path)
    if (targetCounts || group !== this.currentGroup) this.currentPath = path
    if (group !== this.currentGroup) this.switchGroup(group)
    return path
  }

  /** __switch_pg */
  private switchGroup(group: PriorityGroup): void {
    this.setCurrentGroup(group)
    this.pgInitCount = 0
    const needsInit = this.hwHandler !== undefined
    this.setFlag(MpathFlag.pg_init_required, needsInit)
    this.setFlag(MpathFlag.queue_io, needsInit)
  }

  private setCurrentGroup(group: PriorityGroup | undefined): void {
    if (this.currentGroup === group) return
    this.currentGroup = group
    this.m.log.emit(EventKind.switch_pg, this.host.index, 0, 0, 0, 0, 0, group ? group.number : 0)
  }

  /** Changes the mark of a group that is used only when no other has a path; the present choice may be left as it is. */
  setBypassed(group: PriorityGroup, bypassed: boolean): void {
    if (group.bypassed === bypassed) return
    group.bypassed = bypassed
    this.m.log.emit(EventKind.bypass_pg, this.host.index, 0, 0, group.number, 0, 0, bypassed ? 1 : 0)
  }

  /** bypass_pg: either way the present choice is dropped. */
  bypassGroup(group: PriorityGroup, bypassed: boolean): void {
    this.setBypassed(group, bypassed)
    this.forgetCurrent()
  }

  /** Drops the present choice, so that the next I/O chooses anew. */
  forgetCurrent(): void {
    this.setCurrentGroup(undefined)
    this.currentPath = undefined
  }

  startIo(path: PgPath, subject: number, sizeBytes: number): void {
    path.group.selector.startIo(path, sizeBytes)
    this.m.log.emit(EventKind.start_io, path.device.index, 0, subject, 0, 0, sizeBytes / 512, 0)
  }

  /** `startNs`: when the I/O began, for selectors that measure. */
  endIo(path: PgPath, subject: number, sizeBytes: number, startNs: number): void {
    const { selector } = path.group
    selector.endIo(path, sizeBytes, startNs)
    const tookNs = selector.usesStartTime ? this.m.clock.nowNs - startNs : 0
    this.m.log.emit(
      EventKind.end_io,
      path.device.index,
      0,
      subject,
      0,
      0,
      sizeBytes / 512,
      Math.min(tookNs, 0xffff_ffff),
    )
    if (selector instanceof HistoricalServiceTime) {
      this.m.log.emit(
        EventKind.path_hst,
        path.device.index,
        0,
        0,
        0,
        0,
        0,
        Math.min(selector.averageNs(path), 0xffff_ffff),
      )
    }
  }

  /** fail_path: takes effect once; I/O in flight on the path is left alone. */
  failPath(path: PgPath): void {
    if (!path.isActive) return
    path.group.selector.failPath(path)
    path.isActive = false
    path.failCount++
    this.nrValidPaths--
    if (this.currentPath === path) this.currentPath = undefined
    this.m.log.emit(EventKind.fail_path, path.device.index, 0, 0, this.nrValidPaths, 0, 0, path.failCount)
    this.m.uevent({ action: 'PATH_FAILED', dev: path.device.dev })
    this.armNoPathTimer()
  }

  /** reinstate_path */
  reinstatePath(path: PgPath): void {
    if (path.isActive) return
    path.group.selector.reinstatePath(path)
    path.isActive = true
    this.nrValidPaths++
    this.m.log.emit(
      EventKind.reinstate_path,
      path.device.index,
      0,
      0,
      this.nrValidPaths,
      0,
      0,
      path.failCount,
    )
    this.m.uevent({ action: 'PATH_REINSTATED', dev: path.device.dev })
    if (this.nrValidPaths === 1) {
      this.currentPath = undefined
      this.host.runQueuedIo(this)
    }
    this.stopNoPathTimer()
  }

  /**
   * queue_if_no_path(): sets or clears the flag; clearing re-runs what waits, so that it can end. `saveOld` remembers the
   * present value for the resume after a suspend.
   */
  setQueueIfNoPath(on: boolean, saveOld: boolean): void {
    const present = this.has(MpathFlag.queue_if_no_path)
    const saved = this.has(MpathFlag.saved_queue_if_no_path)
    if (saveOld) {
      if (present || !saved) this.setFlag(MpathFlag.saved_queue_if_no_path, present)
    } else if (!on && saved) this.setFlag(MpathFlag.saved_queue_if_no_path, false)
    this.setFlag(MpathFlag.queue_if_no_path, on)
    if (on) this.armNoPathTimer()
    else {
      this.host.runQueuedIo(this)
      this.stopNoPathTimer()
    }
  }

  /** multipath_resume: what presuspend has saved is in force again. */
  resume(): void {
    if (!this.has(MpathFlag.saved_queue_if_no_path)) return
    this.setFlag(MpathFlag.queue_if_no_path, true)
    this.setFlag(MpathFlag.saved_queue_if_no_path, false)
  }

  /** enable_nopath_timeout */
  private armNoPathTimer(): void {
    if (this.noPathTimeoutNs === 0 || this.nrValidPaths > 0 || !this.has(MpathFlag.queue_if_no_path)) return
    this.noPathTimer.modify(this.noPathTimeoutNs)
    this.m.log.emit(
      EventKind.timer_arm,
      this.host.index,
      0,
      0,
      TimerKind.no_path,
      0,
      0,
      this.noPathTimeoutNs / 1000,
    )
  }

  /** queue_if_no_path_timeout_work */
  private noPathTimeout(): void {
    this.m.log.emit(EventKind.timer_end, this.host.index, 0, 0, TimerKind.no_path, 0, 0, 0)
    this.setQueueIfNoPath(false, false)
  }

  /** The target goes away with its table: no timer of it may fire any more. */
  destroy(): void {
    this.stopNoPathTimer()
  }

  /** disable_nopath_timeout */
  private stopNoPathTimer(): void {
    if (this.noPathTimer.cancel())
      this.m.log.emit(EventKind.timer_end, this.host.index, 0, 0, TimerKind.no_path, 0, 0, 1)
  }
}

/** Whether an attached hardware handler is kept in place of the table's. */
function retainsHandler({ retainHandler }: KernelProfile, table: MultipathTable): boolean {
  switch (retainHandler) {
    case 'unknown':
      return false
    case 'if-asked':
      return table.retainAttachedHwHandler
    case 'bio-always':
      return table.retainAttachedHwHandler || table.queueMode === 'bio'
    case 'always-unprinted':
      return true
  }
}
