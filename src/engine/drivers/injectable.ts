/** Errors that can be injected by name, for each driver. */
import type { DriverName } from '../scenario.ts'
import { NVME_STATUS } from './nvme-status.ts'
import { SCSI_RESULTS } from './scsi-result.ts'

export const INJECTABLE: Readonly<Record<DriverName, readonly string[]>> = {
  scsi_debug: [...SCSI_RESULTS.keys()],
  nvme: [...NVME_STATUS.keys()],
  null_blk: [],
}
