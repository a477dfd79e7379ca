/**
 * A target that answers TASK SET FULL again and again is sent fewer commands: drivers/scsi/scsi_error.c:
 * scsi_handle_queue_full, scsi.c:scsi_track_queue_full, 6.1. More than ten such answers at the same depth lower it.
 *
 * Simplified: the depth is never raised again (scsi_handle_queue_ramp_up, 120 s later); a jiffy is 4 ms.
 */
const WINDOW_NS = 64_000_000
const ANSWERS_TOLERATED = 10

export class QueueFullTracker {
  private window = -1
  private depth = -1
  private answers = 0

  /** An answer at `nowNs` at this queue_depth: the depth to use from now on, undefined to leave it. */
  note(nowNs: number, queueDepth: number): number | undefined {
    const window = Math.floor(nowNs / WINDOW_NS)
    if (window === this.window) return undefined
    this.window = window
    const lower = queueDepth - 1
    this.answers = this.depth === lower ? this.answers + 1 : 1
    this.depth = lower
    return this.answers > ANSWERS_TOLERATED && lower > 0 ? lower : undefined
  }
}
