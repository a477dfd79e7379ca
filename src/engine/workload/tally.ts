/** What the applications of a run got back: counts, and the direct I/Os that failed. */
import { BlkStatus, type FailedIo, isWrite } from '../log/index.ts'
import type { AppIo } from './app-io.ts'

export class Tally {
  submitted = 0
  ok = 0
  failed = 0
  readonly failedIos: FailedIo[] = []

  get outstanding(): number {
    return this.submitted - this.ok - this.failed
  }

  count(io: AppIo, direct: boolean): void {
    if (io.status === BlkStatus.OK) {
      this.ok++
      return
    }
    this.failed++
    if (!direct) return
    this.failedIos.push({
      op: isWrite(io.rwbs) ? 'W' : 'R',
      offsetBytes: io.offsetBytes,
      lengthBytes: io.lengthBytes,
      status: io.status,
    })
  }

  /** Everything so far belonged to the setup. */
  reset(): void {
    this.submitted = 0
    this.ok = 0
    this.failed = 0
    this.failedIos.length = 0
  }
}
