/**
 * A job held to so many bytes a second (fio rate_submit.c, io_u.c: usec_for_io): each I/O has its time, counted from the
 * start of the job, so that who has fallen behind may catch up.
 */
import type { Direction } from './plan.ts'

export class RateLimit {
  private readonly bytesPerSecond: Readonly<Record<Direction, number | undefined>>
  private readonly startNs: number
  private readonly issuedBytes: Record<Direction, number> = { read: 0, write: 0 }

  constructor(bytesPerSecond: Readonly<Record<Direction, number | undefined>>, startNs: number) {
    this.bytesPerSecond = bytesPerSecond
    this.startNs = startNs
  }

  /** How long the next I/O in this direction has to wait; 0 or less: it is due. */
  waitNs(direction: Direction, nowNs: number): number {
    const rate = this.bytesPerSecond[direction]
    if (!rate) return 0
    return this.startNs + Math.ceil((this.issuedBytes[direction] / rate) * 1e9) - nowNs
  }

  note(direction: Direction, bytes: number): void {
    this.issuedBytes[direction] += bytes
  }
}
