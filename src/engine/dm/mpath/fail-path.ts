/** A path is taken out of use and put back: drivers/md/dm-mpath.c:fail_path, reinstate_path, 2.6.28 to 6.19. */
import { EventKind } from '../../log/index.ts'
import type { Multipath } from './multipath.ts'
import type { PgPath } from './pg-path.ts'

/** fail_path: takes effect once; I/O in flight on the path is left alone. */
export function failPath(m: Multipath, path: PgPath): void {
  if (!path.isActive) return
  const { index, dev } = path.device
  path.group.selector.failPath(path)
  path.isActive = false
  path.failCount++
  m.nrValidPaths--
  if (m.currentPath === path) m.currentPath = undefined
  m.m.log.emit(EventKind.fail_path, index, 0, 0, m.nrValidPaths, 0, 0, path.failCount)
  m.m.uevent({ action: 'PATH_FAILED', dev })
  m.noPathTimer.arm()
}

/** reinstate_path, but for the activation that it may order (message.ts). */
export function reinstatePath(m: Multipath, path: PgPath): void {
  if (path.isActive) return
  const { index, dev } = path.device
  path.group.selector.reinstatePath(path)
  path.isActive = true
  m.nrValidPaths++
  m.m.log.emit(EventKind.reinstate_path, index, 0, 0, m.nrValidPaths, 0, 0, path.failCount)
  m.m.uevent({ action: 'PATH_REINSTATED', dev })
  if (m.nrValidPaths === 1) {
    m.currentPath = undefined
    m.host.runQueuedIo(m)
  }
  m.noPathTimer.stop()
}
