/**
 * Which path an I/O takes: drivers/md/dm-mpath.c:choose_pgpath, choose_path_in_pg, __switch_pg, 4.8 to 6.19, and when the
 * present one is kept without a choice: map_io to 4.5, __map_bio_fast of 4.20 and 5.4. Who gets which is in the profile.
 */
import { type DmQueueMode, EventKind, MpathFlag } from '../../log/index.ts'
import type { Multipath } from './multipath.ts'
import type { PgPath, PriorityGroup } from './pg-path.ts'

/**
 * The path for an I/O: the present one while an activation holds everything (QUEUE_IO), until its repeat_count is used
 * up where the target counts (map_io, to 4.5), or as long as there is one (__map_bio_fast); else a new choice.
 * `subject` is the bio or request it is for, for the log.
 */
export function pathFor(
  m: Multipath,
  mode: DmQueueMode,
  sizeBytes: number,
  cpuNumber: number,
  subject: number,
): PgPath | undefined {
  if (m.currentPath !== undefined && keepsPath(m, mode)) return m.currentPath
  return choosePath(m, sizeBytes, cpuNumber, subject)
}

function keepsPath(m: Multipath, mode: DmQueueMode): boolean {
  if (m.has(MpathFlag.queue_io)) return true
  const { repeatCount, bioPathChoice } = m.m.profile
  if (repeatCount === 'target') return --m.repeatLeft > 0
  return mode === 'bio' && bioPathChoice === 'when-path-is-lost' && m.hwHandler === undefined
}

/** choose_pgpath: the path for an I/O of this size submitted on this CPU, undefined when there is none. */
function choosePath(m: Multipath, sizeBytes: number, cpuNumber: number, subject: number): PgPath | undefined {
  const path = findPath(m, sizeBytes, cpuNumber)
  if (path === undefined) m.forgetCurrent()
  const next = path?.group.selector.nextInLine()
  m.m.log.emit(
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

function findPath(m: Multipath, sizeBytes: number, cpuNumber: number): PgPath | undefined {
  if (m.nrValidPaths === 0) {
    m.setFlag(MpathFlag.queue_io, false)
    return undefined
  }
  const preferred = m.m.profile.nextPgFirst
    ? (findInNext(m, sizeBytes, cpuNumber) ?? findIn(m, m.currentGroup, sizeBytes, cpuNumber))
    : (findIn(m, m.currentGroup, sizeBytes, cpuNumber) ?? findInNext(m, sizeBytes, cpuNumber))
  if (preferred) return preferred
  for (const group of m.groups) {
    const path = group.bypassed ? undefined : findIn(m, group, sizeBytes, cpuNumber)
    if (path) return path
  }
  for (const group of m.groups) {
    const path = group.bypassed ? findIn(m, group, sizeBytes, cpuNumber) : undefined
    if (path) {
      m.setFlag(MpathFlag.pg_init_delay_retry, true)
      return path
    }
  }
  return undefined
}

function findInNext(m: Multipath, sizeBytes: number, cpuNumber: number): PgPath | undefined {
  const next = m.nextGroup
  m.nextGroup = undefined
  return findIn(m, next, sizeBytes, cpuNumber)
}

/** choose_path_in_pg: current_pgpath is written only when the group changes (4.7+), or with each choice. */
function findIn(
  m: Multipath,
  group: PriorityGroup | undefined,
  sizeBytes: number,
  cpuNumber: number,
): PgPath | undefined {
  if (group === undefined) return undefined
  const path = group.selector.select(sizeBytes, cpuNumber)
  if (path === undefined) return undefined
  const targetCounts = m.m.profile.repeatCount === 'target'
  if (targetCounts) m.repeatLeft = group.selector.repeatOf(path)
  if (targetCounts || group !== m.currentGroup) m.currentPath = path
  if (group !== m.currentGroup) switchGroup(m, group)
  return path
}

/** __switch_pg */
function switchGroup(m: Multipath, group: PriorityGroup): void {
  m.setCurrentGroup(group)
  m.pgInitCount = 0
  const needsInit = m.hwHandler !== undefined
  m.setFlag(MpathFlag.pg_init_required, needsInit)
  m.setFlag(MpathFlag.queue_io, needsInit)
}
