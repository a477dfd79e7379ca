/**
 * `dmsetup suspend`, `resume` and `load`: drivers/md/dm.c:__dm_suspend, __dm_resume, dm-ioctl.c, dm-mpath.c:
 * multipath_presuspend, multipath_postsuspend, multipath_resume, 6.12; other kernels as the profile says.
 *
 * Simplified: there is no filesystem to freeze, so nolockfs changes nothing.
 */
import { DmState, EventKind, SleepReason } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { DmTable } from './dm-table.ts'
import type { MappedDevice } from './mapped-device.ts'

export function* suspendDevice(m: Machine, ctx: Context, md: MappedDevice, noflush: boolean): Steps {
  yield* lock(m, ctx, md)
  if (!md.suspended) yield* suspend(m, ctx, md, noflush)
  md.suspendLock.unlock()
}

/** md->suspend_lock: a suspend and a resume wait for each other. */
function lock(m: Machine, ctx: Context, md: MappedDevice): Steps {
  const say = (kind: EventKind) => (): void => {
    m.log.emit(kind, md.index, 0, 0, 0, 0, 0, SleepReason.suspend)
  }
  return md.suspendLock.lock(ctx, say(EventKind.task_sleep), say(EventKind.task_wake))
}

/** __dm_suspend */
function* suspend(m: Machine, ctx: Context, md: MappedDevice, noflush: boolean): Steps {
  emit(m, md, DmState.suspending, noflush ? 1 : 0)
  md.noflushSuspending = noflush
  md.suspendedNoflush = noflush
  for (const target of md.targets) target.presuspend?.(noflush)
  md.blockIoForSuspend = true
  if (md.mode === 'rq') md.queue.quiesced = true
  while (md.inFlight > 0) yield* waitForWake(m, ctx, md)
  for (const target of md.targets)
    if (target.postsuspend) yield* target.postsuspend(() => waitForWake(m, ctx, md))
  if (!m.profile.noflushLastsUntilResume) md.noflushSuspending = false
  md.suspended = true
  emit(m, md, DmState.suspended)
}

function* waitForWake(m: Machine, ctx: Context, md: MappedDevice): Steps {
  m.log.emit(EventKind.task_sleep, md.index, 0, 0, 0, 0, 0, SleepReason.suspend)
  md.waitUntilIdle(ctx)
  ctx.sleep()
  yield
  m.log.emit(EventKind.task_wake, md.index, 0, 0, 0, 0, 0, SleepReason.suspend)
}

/** The table that was loaded becomes live, and what was held back goes on. */
export function* resumeDevice(m: Machine, ctx: Context, md: MappedDevice): Steps {
  yield* lock(m, ctx, md)
  if (md.suspended) resume(m, md)
  md.suspendLock.unlock()
}

/** __dm_resume */
function resume(m: Machine, md: MappedDevice): void {
  md.swapTable()
  for (const target of md.targets) target.resume?.()
  md.noflushSuspending = false
  md.suspended = false
  md.blockIoForSuspend = false
  emit(m, md, DmState.resumed)
  if (md.bioPart) md.bioPart.kickDeferred()
  else {
    md.queue.quiesced = false
    md.queue.runAllAsync()
    md.queue.kickRequeueList(0)
  }
}

export function loadTable(m: Machine, md: MappedDevice, table: DmTable): void {
  md.inactiveTable = table
  emit(m, md, DmState.table_loaded)
}

function emit(m: Machine, md: MappedDevice, state: DmState, noflush: 0 | 1 = 0): void {
  m.log.emit(EventKind.dm_state, md.index, 0, 0, 0, 0, noflush, state)
}
