/**
 * What the SCSI midlayer makes of a command's result: done, tried again, or failed with which blk_status.
 *
 * drivers/scsi/scsi_error.c:scsi_decide_disposition, scsi_check_sense; scsi_lib.c:scsi_io_completion_action,
 * scsi_result_to_blk_status; 6.1. The rows marked `seen` in kernel-model 6.6 are those of real traces.
 *
 * Simplified: no removable media, no device-specific lists; what starts the error handler although the device has
 * answered (DID_TIME_OUT from the adapter, an unknown host byte) is tried again at once, as after its reset.
 */
import { ALUA_TRANSITION_DELAY_NS } from '../kernel/constants.ts'
import { BlkStatus } from '../log/index.ts'

export interface ScsiResult {
  readonly hostByte: number
  readonly statusByte: number
  readonly senseKey: number
  readonly asc: number
  readonly ascq: number
}

const HOST_BYTE = (hostByte: number): ScsiResult => ({
  hostByte,
  statusByte: 0,
  senseKey: 0,
  asc: 0,
  ascq: 0,
})
const STATUS_BYTE = (statusByte: number): ScsiResult => ({ ...HOST_BYTE(0), statusByte })
const SENSE = (senseKey: number, asc: number, ascq: number): ScsiResult => ({
  hostByte: 0,
  statusByte: 2,
  senseKey,
  asc,
  ascq,
})

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
  /** Again on this device, as long as retries are left; then what the completion makes of it. */
  | { readonly kind: 'retry'; readonly then: Given }
  /** Again on this device, without counting. */
  | { readonly kind: 'requeue' }
  /** Prepared anew and sent after a while, without counting. */
  | { readonly kind: 'delayed'; readonly delayNs: number }
  | Given

/** What becomes of a command without retries. */
export type Given =
  /** Again without counting, and the device is left alone until it has drained (device_blocked). */
  { readonly kind: 'busy' } | { readonly kind: 'fail'; readonly status: BlkStatus }

const DONE: Disposition = { kind: 'done' }
const REQUEUE: Disposition = { kind: 'requeue' }
const BUSY: Given = { kind: 'busy' }
const fail = (status: BlkStatus = BlkStatus.IOERR): Given => ({ kind: 'fail', status })
const retry = (then: Given = fail()): Disposition => ({ kind: 'retry', then })

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
  PASSTHROUGH: 0x0a,
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

export const TRANSPORT_DISRUPTED: ScsiResult = HOST_BYTE(Host.TRANSPORT_DISRUPTED)
export const TRANSPORT_FAILFAST: ScsiResult = HOST_BYTE(Host.TRANSPORT_FAILFAST)
export const NO_CONNECT: ScsiResult = HOST_BYTE(Host.NO_CONNECT)
export const TIMED_OUT: ScsiResult = HOST_BYTE(Host.TIME_OUT)
export const TASK_SET_FULL: ScsiResult = STATUS_BYTE(Status.TASK_SET_FULL)

/** Answers that an injection may ask for by name. */
export const SCSI_RESULTS: ReadonlyMap<string, ScsiResult> = new Map([
  ['NO_CONNECT', HOST_BYTE(Host.NO_CONNECT)],
  ['BUS_BUSY', HOST_BYTE(Host.BUS_BUSY)],
  ['TIME_OUT', TIMED_OUT],
  ['HOST_ERROR', HOST_BYTE(Host.ERROR)],
  ['SOFT_ERROR', HOST_BYTE(Host.SOFT_ERROR)],
  ['REQUEUE', HOST_BYTE(Host.REQUEUE)],
  ['TRANSPORT_DISRUPTED', TRANSPORT_DISRUPTED],
  ['TRANSPORT_FAILFAST', TRANSPORT_FAILFAST],
  ['TRANSPORT_MARGINAL', HOST_BYTE(Host.TRANSPORT_MARGINAL)],
  ['BUSY', STATUS_BYTE(Status.BUSY)],
  ['TASK_SET_FULL', TASK_SET_FULL],
  ['RESERVATION_CONFLICT', STATUS_BYTE(Status.RESERVATION_CONFLICT)],
  ['NOT_READY', SENSE(Sense.NOT_READY, 0x04, 0x03)],
  ['BECOMING_READY', SENSE(Sense.NOT_READY, 0x04, 0x01)],
  ['ALUA_TRANSITION', SENSE(Sense.NOT_READY, 0x04, 0x0a)],
  ['ALUA_STANDBY', SENSE(Sense.NOT_READY, 0x04, 0x0b)],
  ['MEDIUM_ERROR', MEDIUM_ERROR_UNRECOVERED],
  ['HARDWARE_ERROR', SENSE(Sense.HARDWARE_ERROR, 0x44, 0x00)],
  ['ILLEGAL_REQUEST', SENSE(Sense.ILLEGAL_REQUEST, 0x24, 0x00)],
  ['UNIT_ATTENTION', SENSE(Sense.UNIT_ATTENTION, 0x29, 0x00)],
  ['DATA_PROTECT', SENSE(Sense.DATA_PROTECT, 0x27, 0x00)],
  ['NO_SPACE', SENSE(Sense.DATA_PROTECT, 0x27, 0x07)],
  ['PROTECTION_INFORMATION', SENSE(Sense.ABORTED_COMMAND, 0x10, 0x01)],
  ['ABORTED_COMMAND', SENSE(Sense.ABORTED_COMMAND, 0x4b, 0x00)],
])

/** True for errors of the medium that say where it is bad, so that what lies before it counts as done (sd_done). */
export function tellsWhere({ statusByte, senseKey }: ScsiResult): boolean {
  return (
    statusByte === Status.CHECK_CONDITION &&
    (senseKey === Sense.MEDIUM_ERROR || senseKey === Sense.HARDWARE_ERROR)
  )
}

/** `failfastTransport`: only DID_BUS_BUSY heeds it (scsi_noretry_cmd). */
export function dispositionOf(result: ScsiResult, failfastTransport: boolean): Disposition {
  switch (result.hostByte) {
    case Host.OK:
      return byStatus(result)
    case Host.PASSTHROUGH:
      return DONE
    case Host.IMM_RETRY:
    case Host.RESET:
      return REQUEUE
    case Host.REQUEUE: // ADD_TO_MLQUEUE, as for BUSY
      return BUSY
    case Host.BUS_BUSY:
      return failfastTransport ? fail() : retry()
    case Host.NO_CONNECT:
    case Host.BAD_TARGET:
    case Host.ABORT:
      return fail()
    case Host.ERROR:
      return result.statusByte === Status.RESERVATION_CONFLICT ? byStatus(result) : retry()
    case Host.TRANSPORT_FAILFAST:
    case Host.TRANSPORT_MARGINAL:
      return fail(BlkStatus.TRANSPORT)
    default: // PARITY, SOFT_ERROR, TRANSPORT_DISRUPTED, TIME_OUT, and what the table does not know
      return retry()
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
      return BUSY
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
const ALUA_STATE_TRANSITION = 0x0a

/** NOT READY 04/0A: LUN not accessible, asymmetric access state transition. */
export function isAluaTransition({ senseKey, asc, ascq }: ScsiResult): boolean {
  return senseKey === Sense.NOT_READY && asc === 0x04 && ascq === ALUA_STATE_TRANSITION
}

/** The unit is in process of becoming ready: retries first (scsi_check_sense), then as the others below. */
const BECOMING_READY = 0x01
/** Other NOT READY 04/xx that mean "soon": ACTION_DELAYED_RETRY, which is a retry of a busy device. */
const BUSY_FOR_A_WHILE: ReadonlySet<number> = new Set([
  0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x11, 0x14, 0x1a, 0x1b, 0x1d, 0x24,
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
      if (asc !== 0x04) return fail()
      if (ascq === ALUA_STATE_TRANSITION) return { kind: 'delayed', delayNs: ALUA_TRANSITION_DELAY_NS }
      if (ascq === BECOMING_READY) return retry(BUSY)
      return BUSY_FOR_A_WHILE.has(ascq) ? BUSY : fail()
    default:
      return DONE // NO SENSE, RECOVERED ERROR
  }
}
