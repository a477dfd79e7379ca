/**
 * Hardware handlers (struct scsi_device_handler, drivers/scsi/scsi_dh.c): what a driver for a kind of array adds to a SCSI
 * disk. It refuses I/O to ports that cannot serve it, hears of sense codes, and activates a path for multipath.
 *
 * alua is alua.ts in full; rdac, emc and hp_sw are reduced to what they have in common (handler-ownership.ts).
 */
import type { BlkStatus, ScsiDh } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { ScsiResult } from './scsi-result.ts'
import type { TargetPort } from './target-port.ts'

/** How a command of a handler ended, of which the log shows only the time it took. */
export type HandlerAnswer = 'answered' | 'timed out' | 'no connection'

/** The disk, as its handler sees it. */
export interface HandlerDisk {
  readonly m: Machine
  readonly index: number
  readonly port: TargetPort
  /** scsi_execute_cmd: sends a command and sleeps until it has ended. */
  passthrough(ctx: Context): Steps<HandlerAnswer>
}

export interface DeviceHandler {
  readonly name: string
  /** prep_fn: OK lets the request through; everything else is what it ends with. */
  prepare(): BlkStatus
  /** check_sense: the answer to a command says something about the port. */
  checkSense(result: ScsiResult): void
  /** activate: sleeps until the result is there. */
  activate(ctx: Context): Steps<ScsiDh>
}
