/**
 * What the SCSI midlayer makes of a command's result: done, tried again, or failed with which blk_status.
 *
 * drivers/scsi/scsi_error.c:scsi_decide_disposition, scsi_check_sense; scsi_lib.c:scsi_io_completion_action,
 * scsi_result_to_blk_status; 6.1. The rows marked `seen` in kernel-model 6.6 are those of real traces.
 *
 * Simplified: no error handler thread (a command that only it could save is tried again like any other), no removable
 * media, no device-specific lists.
 */
import { BlkStatus } from '../log/index.ts'

export interface ScsiResult {
  readonly hostByte: number
  readonly statusByte: number
  readonly senseKey: number
  readonly asc: number
  readonly ascq: number
}

export const SCSI_GOOD: ScsiResult = { hostByte: 0, statusByte: 0, senseKey: 0, asc: 0, ascq: 0 }
export const MEDIUM_ERROR_UNRECOVERED: ScsiResult = {
  hostByte: 0,
  statusByte: 2,
  senseKey: 3,
  asc: 0x11,
  ascq: 0,
}

export type Disposition =
  | { readonly kind: 'done' }
  /** Again on this device, as long as retries are left; then failed with `status`. */
  | { readonly kind: 'retry'; readonly status: BlkStatus }
  /** Again on this device, without counting. */
  | { readonly kind: 'requeue' }
  | { readonly kind: 'fail'; readonly status: BlkStatus }

const DONE: Disposition = { kind: 'done' }
const REQUEUE: Disposition = { kind: 'requeue' }
const retry = (status: BlkStatus = BlkStatus.IOERR): Disposition => ({ kind: 'retry', status })
const fail = (status: BlkStatus = BlkStatus.IOERR): Disposition => ({ kind: 'fail', status })

const Host = {
  OK: 0x00,
  NO_CONNECT: 0x01,
  BUS_BUSY: 0x02,
  TIME_OUT: 0x03,
  BAD_TARGET: 0x04,
  ABORT: 0x05,
  PARITY: 0x06,
  ERROR: 0x07,
  RESET: 0x08,
  SOFT_ERROR: 0x0b,
  IMM_RETRY: 0x0c,
  REQUEUE: 0x0d,
  TRANSPORT_DISRUPTED: 0x0e,
  TRANSPORT_FAILFAST: 0x0f,
  TRANSPORT_MARGINAL: 0x14,
} as const

const Status = {
  GOOD: 0x00,
  CHECK_CONDITION: 0x02,
  BUSY: 0x08,
  RESERVATION_CONFLICT: 0x18,
  TASK_SET_FULL: 0x28,
  TASK_ABORTED: 0x40,
} as const

const Sense = {
  NOT_READY: 0x2,
  MEDIUM_ERROR: 0x3,
  HARDWARE_ERROR: 0x4,
  ILLEGAL_REQUEST: 0x5,
  UNIT_ATTENTION: 0x6,
  DATA_PROTECT: 0x7,
  BLANK_CHECK: 0x8,
  COPY_ABORTED: 0xa,
  ABORTED_COMMAND: 0xb,
  VOLUME_OVERFLOW: 0xd,
  MISCOMPARE: 0xe,
} as const

/** `failfastTransport`: only DID_BUS_BUSY heeds it (scsi_noretry_cmd). */
export function dispositionOf(result: ScsiResult, failfastTransport: boolean): Disposition {
  switch (result.hostByte) {
    case Host.OK:
      return byStatus(result)
    case Host.IMM_RETRY:
    case Host.REQUEUE:
    case Host.RESET:
      return REQUEUE
    case Host.BUS_BUSY:
      return failfastTransport ? fail() : retry()
    case Host.PARITY:
    case Host.SOFT_ERROR:
    case Host.TRANSPORT_DISRUPTED:
    case Host.TIME_OUT:
      return retry()
    case Host.ERROR:
      return result.statusByte === Status.RESERVATION_CONFLICT ? byStatus(result) : retry()
    case Host.TRANSPORT_FAILFAST:
    case Host.TRANSPORT_MARGINAL:
      return fail(BlkStatus.TRANSPORT)
    default:
      return fail() // NO_CONNECT, BAD_TARGET, ABORT and what the table does not know
  }
}

function byStatus(result: ScsiResult): Disposition {
  switch (result.statusByte) {
    case Status.GOOD:
      return DONE
    case Status.CHECK_CONDITION:
      return bySense(result)
    case Status.BUSY:
    case Status.TASK_SET_FULL:
      return REQUEUE
    case Status.TASK_ABORTED:
      return retry()
    case Status.RESERVATION_CONFLICT:
      return fail(BlkStatus.RESV_CONFLICT)
    default:
      return fail()
  }
}

const MEDIUM_GIVEN_UP: ReadonlySet<number> = new Set([0x11, 0x13, 0x14])
const ILLEGAL_GIVEN_UP: ReadonlySet<number> = new Set([0x20, 0x21, 0x22, 0x24, 0x26, 0x27])
/** NOT READY 04/xx that means "soon": delayed retry. */
const BECOMING_READY: ReadonlySet<number> = new Set([
  0x01, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x11, 0x14,
])

function bySense({ senseKey, asc, ascq }: ScsiResult): Disposition {
  switch (senseKey) {
    case Sense.MEDIUM_ERROR:
      return MEDIUM_GIVEN_UP.has(asc) ? fail(BlkStatus.MEDIUM) : retry()
    case Sense.DATA_PROTECT:
      return fail(asc === 0x27 && ascq === 0x07 ? BlkStatus.NOSPC : BlkStatus.TARGET)
    case Sense.ILLEGAL_REQUEST:
      if (asc === 0x10) return fail(BlkStatus.PROTECTION)
      return fail(ILLEGAL_GIVEN_UP.has(asc) ? BlkStatus.TARGET : BlkStatus.IOERR)
    case Sense.HARDWARE_ERROR:
    case Sense.BLANK_CHECK:
    case Sense.COPY_ABORTED:
    case Sense.VOLUME_OVERFLOW:
    case Sense.MISCOMPARE:
      return fail(BlkStatus.TARGET)
    case Sense.ABORTED_COMMAND:
      return asc === 0x10 ? fail(BlkStatus.PROTECTION) : retry()
    case Sense.UNIT_ATTENTION:
      return REQUEUE
    case Sense.NOT_READY:
      return asc === 0x04 && BECOMING_READY.has(ascq) ? REQUEUE : fail()
    default:
      return DONE // NO SENSE, RECOVERED ERROR
  }
}
