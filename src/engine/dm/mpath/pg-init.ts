/**
 * Activation of a priority group by its hardware handler: drivers/md/dm-mpath.c:__pg_init_all_paths, pg_init_done,
 * pg_init_limit_reached, activate_or_offline_path, flush_multipath_work, 6.1 and 6.12; delays as the profile says.
 */
import { waitFor } from '../../drivers/device-timer.ts'
import { DM_PG_INIT_DELAY_MSECS } from '../../kernel/constants.ts'
import { EventKind, MpathFlag, ScsiDh, TimerKind } from '../../log/index.ts'
import type { Context, Steps } from '../../sim/cpu.ts'
import { failPath } from './fail-path.ts'
import type { Multipath } from './multipath.ts'
import type { PgPath } from './pg-path.ts'

/** __pg_init_all_paths: starts one activation per active path of the current group. */
export function pgInitAllPaths(m: Multipath): void {
  if (m.pgInitInProgress > 0 || m.has(MpathFlag.pg_init_disabled)) return
  m.pgInitCount++
  m.setFlag(MpathFlag.pg_init_required, false)
  const delayNs = m.has(MpathFlag.pg_init_delay_retry) ? retryDelayNs(m) : 0
  for (const path of m.currentGroup?.paths ?? []) if (path.isActive) startActivation(m, path, delayNs)
}

/** Only kernels that mind pg_init_delay_msecs, and have one, wait for as long as the table says. */
function retryDelayNs({ m, table }: Multipath): number {
  switch (m.profile.pgInitDelay) {
    case 'none':
      return 0
    case 'as-asked':
      return (table.pgInitDelayMsecs ?? DM_PG_INIT_DELAY_MSECS) * 1e6
    case 'always-default':
      return DM_PG_INIT_DELAY_MSECS * 1e6
  }
}

/** queue_delayed_work(kmpath_handlerd, &pgpath->activate_path) */
export function startActivation(m: Multipath, path: PgPath, delayNs: number): void {
  if (path.activating) return
  path.activating = true
  m.pgInitInProgress++
  m.m.log.emit(EventKind.pg_init, path.device.index, 0, 0, 0, 0, 0, 0)
  m.m.work(m.m.cpus[0]!, (ctx) => activateOrOfflinePath(ctx, m, path, delayNs)).queue()
}

/** activate_or_offline_path */
function* activateOrOfflinePath(ctx: Context, m: Multipath, path: PgPath, delayNs: number): Steps {
  const { device } = path
  if (delayNs > 0) yield* waitFor(m.m, ctx, device.index, TimerKind.pg_init_delay, delayNs)
  path.activating = false
  const usable = path.isActive && device.alive
  pgInitDone(m, path, usable ? yield* device.activate(ctx) : ScsiDh.DEV_OFFLINED)
}

/** activate_or_offline_path for a path whose device is gone: fails inline, also without a handler. */
export function offlinePath(m: Multipath, path: PgPath): void {
  m.pgInitInProgress++
  pgInitDone(m, path, ScsiDh.DEV_OFFLINED)
}

/** pg_init_done: the last one lets the queued I/O go, or begins another round. */
export function pgInitDone(m: Multipath, path: PgPath, result: ScsiDh): void {
  const isError = judge(m, path, result)
  if (isError) {
    if (m.currentPath === path) m.forgetCurrent()
  } else if (!m.has(MpathFlag.pg_init_required)) m.setBypassed(path.group, false)
  m.pgInitInProgress--
  m.m.log.emit(EventKind.pg_init_done, path.device.index, 0, 0, m.pgInitInProgress, 0, 0, result)
  if (m.pgInitInProgress > 0) return
  if (m.has(MpathFlag.pg_init_required)) {
    m.setFlag(MpathFlag.pg_init_delay_retry, result === ScsiDh.RETRY)
    pgInitAllPaths(m)
    if (m.pgInitInProgress > 0) return
  }
  m.setFlag(MpathFlag.queue_io, false)
  m.host.runQueuedIo(m)
  m.host.wakeWhenIdle()
}

/** What a result does to path and group; true when it counts as an error of the activation. */
function judge(m: Multipath, path: PgPath, result: ScsiDh): boolean {
  switch (result) {
    case ScsiDh.OK:
      return false
    case ScsiDh.NOSYS:
      if (m.hwHandler === undefined) return false
      failPath(m, path)
      return true
    case ScsiDh.DEV_TEMP_BUSY:
      m.bypassGroup(path.group, true)
      return true
    case ScsiDh.RETRY:
    case ScsiDh.IMM_RETRY:
    case ScsiDh.RES_TEMP_UNAVAIL:
      if (limitReached(m)) failPath(m, path)
      return false
    default:
      failPath(m, path)
      return true
  }
}

/** pg_init_limit_reached: asks for another round as long as there may be one. */
function limitReached(m: Multipath): boolean {
  if (m.pgInitCount > m.table.pgInitRetries || m.has(MpathFlag.pg_init_disabled)) return true
  m.setFlag(MpathFlag.pg_init_required, true)
  return false
}

/** flush_multipath_work: waits for activations that run, and lets none begin. */
export function* flushActivations(m: Multipath, wait: () => Steps): Steps {
  if (m.hwHandler === undefined || m.pgInitInProgress === 0) return
  m.setFlag(MpathFlag.pg_init_disabled, true)
  while (m.pgInitInProgress > 0) yield* wait()
  m.setFlag(MpathFlag.pg_init_disabled, false)
}
