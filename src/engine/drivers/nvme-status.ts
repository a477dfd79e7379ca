/**
 * What the NVMe driver makes of a command's status: drivers/nvme/host/core.c:nvme_error_status, 6.1.
 *
 * With any FAILFAST flag, which multipath sets on everything, the driver never tries again by itself
 * (nvme_decide_disposition, blk_noretry_request). LBA_RANGE, NS_NOT_READY and CMD_INTERRUPTED map to TARGET, which
 * multipath takes for an error that another path would give as well.
 */
import { AnaState, BlkStatus } from '../log/index.ts'

/** NVME_SC_* by name, and the blk_status of each. */
export const NVME_STATUS: ReadonlyMap<string, BlkStatus> = new Map([
  ['CAP_EXCEEDED', BlkStatus.NOSPC],
  ['LBA_RANGE', BlkStatus.TARGET],
  ['CMD_INTERRUPTED', BlkStatus.TARGET],
  ['NS_NOT_READY', BlkStatus.TARGET],
  ['BAD_ATTRIBUTES', BlkStatus.NOTSUPP],
  ['INVALID_OPCODE', BlkStatus.NOTSUPP],
  ['INVALID_FIELD', BlkStatus.NOTSUPP],
  ['INVALID_NS', BlkStatus.NOTSUPP],
  ['WRITE_FAULT', BlkStatus.MEDIUM],
  ['READ_ERROR', BlkStatus.MEDIUM],
  ['UNWRITTEN_BLOCK', BlkStatus.MEDIUM],
  ['ACCESS_DENIED', BlkStatus.MEDIUM],
  ['READ_ONLY', BlkStatus.MEDIUM],
  ['COMPARE_FAILED', BlkStatus.MEDIUM],
  ['GUARD_CHECK', BlkStatus.PROTECTION],
  ['APPTAG_CHECK', BlkStatus.PROTECTION],
  ['REFTAG_CHECK', BlkStatus.PROTECTION],
  ['INVALID_PI', BlkStatus.PROTECTION],
  ['RESERVATION_CONFLICT', BlkStatus.RESV_CONFLICT],
  ['HOST_PATH_ERROR', BlkStatus.TRANSPORT],
  ['HOST_ABORTED_CMD', BlkStatus.IOERR],
  ['ANA_PERSISTENT_LOSS', BlkStatus.IOERR],
  ['ANA_INACCESSIBLE', BlkStatus.IOERR],
  ['ANA_TRANSITION', BlkStatus.IOERR],
  ['ABORT_REQ', BlkStatus.IOERR],
  ['INTERNAL', BlkStatus.IOERR],
])

export function blkStatusOf(name: string): BlkStatus {
  return NVME_STATUS.get(name) ?? BlkStatus.IOERR
}

/** nvme_is_path_error: status type 3, path related; native multipath tries another path for these alone. */
export function isPathError(name: string): boolean {
  return PATH_ERRORS.has(name)
}

const PATH_ERRORS: ReadonlySet<string> = new Set([
  'HOST_PATH_ERROR',
  'HOST_ABORTED_CMD',
  'ANA_PERSISTENT_LOSS',
  'ANA_INACCESSIBLE',
  'ANA_TRANSITION',
])

/** How a controller ends commands to a namespace that it shows in such a state. */
export const ANA_ERRORS: ReadonlyMap<AnaState, string> = new Map([
  [AnaState.inaccessible, 'ANA_INACCESSIBLE'],
  [AnaState.persistent_loss, 'ANA_PERSISTENT_LOSS'],
  [AnaState.change, 'ANA_TRANSITION'],
])

/** nvme_is_ana_error: the host does not know the state any more. */
export function isAnaError(name: string): boolean {
  return [...ANA_ERRORS.values()].includes(name)
}
