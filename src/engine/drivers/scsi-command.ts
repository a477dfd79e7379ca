/**
 * What the midlayer keeps with a request (struct scsi_cmnd), and what becomes of it: drivers/scsi/scsi_lib.c:
 * scsi_complete, scsi_cmd_runtime_exceeced, 6.1.
 */
import type { Request } from '../block/request.ts'
import { COMMAND_TIMEOUT_NS, SD_MAX_RETRIES } from '../kernel/constants.ts'
import { BlkStatus } from '../log/index.ts'
import { type Disposition, dispositionOf, type ScsiResult } from './scsi-result.ts'

export interface ScsiCommand {
  readonly result: ScsiResult
  /** Sectors done before the failing one. */
  readonly goodSectors: number
  /** jiffies_at_alloc: when the first try was prepared. */
  readonly allocNs: number
}

export function commandOf(rq: Request): ScsiCommand {
  return rq.pdu as ScsiCommand
}

/** set_host_byte and the like: what becomes of the command in place of the device's answer. */
export function setResult(rq: Request, result: ScsiResult): void {
  rq.pdu = { ...commandOf(rq), result, goodSectors: 0 }
}

/** All tries of a command together may take as long as it takes to time out with every one of them. */
const PATIENCE_NS = (SD_MAX_RETRIES + 1) * COMMAND_TIMEOUT_NS

/** scsi_decide_disposition, and the end of patience with a command that is sent again and again. */
export function dispose(rq: Request, nowNs: number): Disposition {
  const { result, allocNs } = commandOf(rq)
  const disposition = dispositionOf(result, rq.failfastTransport)
  if (disposition.kind === 'done' || disposition.kind === 'fail') return disposition
  if (nowNs - allocNs <= PATIENCE_NS) return disposition
  return { kind: 'fail', status: BlkStatus.IOERR }
}
