/**
 * Which hardware handler activates the paths of a map: drivers/md/dm-mpath.c:setup_scsi_dh, multipath_ctr. The profile says
 * from when on an attached one is kept.
 */
import type { KernelProfile } from '../../kernel/profile.ts'
import type { PgPath } from './pg-path.ts'
import type { MultipathTable } from './table.ts'

/** setup_scsi_dh: an attached handler is kept, by wish or because another cannot be attached (-EBUSY); else the table's is attached. */
export function attachHandlers(
  paths: readonly PgPath[],
  table: MultipathTable,
  retains: boolean,
): string | undefined {
  const attached = paths.map((path) => path.device.hwHandler).find((name) => name !== undefined)
  const named = table.queueMode === 'bio' ? undefined : table.hwHandler // bio mode ignores the table's words
  if (named !== undefined) for (const path of paths) path.device.attachHandler(named)
  return named === undefined && !retains ? undefined : (attached ?? named)
}

/** Whether an attached hardware handler is kept in place of the table's. */
export function retainsHandler({ retainHandler }: KernelProfile, table: MultipathTable): boolean {
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
