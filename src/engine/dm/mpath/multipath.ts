/**
 * One multipath target (struct multipath, drivers/md/dm-mpath.c, 2.6.28 to 6.19 as the profile says): its groups and paths,
 * flags and pointers, and the log's word of each change of them. What dm-mpath.c does with it is beside it, by what it does:
 * choose-path, map-bio, queued-bios, map-rq, end-io, fail-path, pg-init, queue-if-no-path, message, status.
 */
import { type DmQueueMode, EventKind, MpathFlag } from '../../log/index.ts'
import type { HandledDevice } from '../../drivers/path-device.ts'
import type { Machine } from '../../machine.ts'
import { createSelector } from '../selectors/create.ts'
import { attachHandlers, retainsHandler } from './hw-handler.ts'
import { PgPath, type PriorityGroup } from './pg-path.ts'
import { NoPathTimer } from './queue-if-no-path.ts'
import type { MultipathTable, TableGroup } from './table.ts'

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
  repeatLeft = 0
  readonly noPathTimer: NoPathTimer

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
    this.groups = table.groups.map((spec, i) => groupOf(m, spec, i + 1, deviceOf))
    this.paths = this.groups.flatMap((group) => group.paths)
    this.nrValidPaths = this.paths.length
    this.nextGroup = this.groups[table.initialGroup - 1]
    if (table.queueIfNoPath) this.flags |= MpathFlag.queue_if_no_path
    const retains = retainsHandler(m.profile, table)
    if (retains) this.flags |= MpathFlag.retain_attached_hw_handler
    this.hwHandler = attachHandlers(this.paths, table, retains)
    this.noPathTimer = new NoPathTimer(this, parameters.noPathTimeoutSecs * 1e9)
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

  setCurrentGroup(group: PriorityGroup | undefined): void {
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

  /** The target goes away with its table: no timer of it may fire any more. */
  destroy(): void {
    this.noPathTimer.stop()
  }
}

/** parse_priority_group */
function groupOf(
  m: Machine,
  spec: TableGroup,
  number: number,
  deviceOf: (dev: string) => HandledDevice,
): PriorityGroup {
  const selector = createSelector(m, spec.selector, spec.selectorArgs)
  const group: PriorityGroup = { number, selector, paths: [], bypassed: false }
  for (const { dev, args } of spec.paths) {
    const path = new PgPath(deviceOf(dev), group)
    group.paths.push(path)
    selector.addPath(path, args)
  }
  return group
}
