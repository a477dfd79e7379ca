/** Hardware handlers by name: drivers/scsi/scsi_dh.c:scsi_dh_lookup. */
import type { ScenarioDevice } from '../scenario.ts'
import { AluaHandler } from './alua.ts'
import type { DeviceHandler, HandlerDisk } from './device-handler.ts'
import { OwnershipHandler } from './handler-ownership.ts'

/** Handlers of the kernel, by the names of table lines. */
export const HANDLERS: readonly string[] = ['alua', 'rdac', 'emc', 'hp_sw']

/** scsi_dh_attach; undefined for a name that no module has. */
export function createHandler(
  name: string,
  disk: HandlerDisk,
  spec: ScenarioDevice,
): DeviceHandler | undefined {
  if (name === 'alua') return new AluaHandler(disk, spec)
  return HANDLERS.includes(name) ? new OwnershipHandler(name, disk, spec) : undefined
}
