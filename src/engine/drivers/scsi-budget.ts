/**
 * How many commands a SCSI device may have: drivers/scsi/scsi_lib.c:scsi_mq_get_budget, scsi_dev_queue_ready,
 * scsi_mq_put_budget, scsi_set_blocked, 6.1. queue_depth of them; after a busy answer none until the device has drained
 * and a few tries more have been refused.
 */
import { SCSI_DEVICE_BLOCKED } from '../kernel/constants.ts'

export class ScsiBudget {
  /** sdev->device_busy */
  private taken = 0
  /** sdev->device_blocked */
  private blocked = 0
  /** sdev->restarts */
  private refused = false

  take(queueDepth: number): boolean {
    if (this.taken < queueDepth && this.unblocksNow()) {
      this.taken++
      return true
    }
    this.refused = true
    return false
  }

  private unblocksNow(): boolean {
    if (this.blocked === 0) return true
    return this.taken === 0 && --this.blocked === 0
  }

  give(): void {
    this.taken--
  }

  get idle(): boolean {
    return this.taken === 0
  }

  /** scsi_device_is_busy */
  busy(queueDepth: number): boolean {
    return this.blocked > 0 || this.taken >= queueDepth
  }

  /** A busy answer: scsi_set_blocked. */
  block(): void {
    this.blocked = SCSI_DEVICE_BLOCKED
  }

  /** Any other answer: scsi_finish_command. */
  unblock(): void {
    this.blocked = 0
  }

  /** True once when somebody was refused since the last time: the queue has to run again. */
  restart(): boolean {
    const { refused } = this
    this.refused = false
    return refused
  }
}
