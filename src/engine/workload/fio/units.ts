/**
 * What a job does next: direction, size and place of each I/O of a pass (fio io_u.c: get_next_offset, get_next_buflen,
 * get_rw_ddir). A pass ends when as many bytes as the job's size were given out.
 *
 * Simplified: the order of random offsets is not fio's own (its generators are not reproduced); sizes that differ
 * (bssplit, bs by direction) are placed freely at multiples of the smallest, where fio fits them into its map.
 */
import { Xorshift64 } from '../xorshift.ts'
import { Permutation } from './permutation.ts'
import { blockBytes, type Direction, type FioPlan, hasOneSize, smallestBlock } from './plan.ts'

export interface FioUnit {
  readonly direction: Direction
  readonly offset: number
  readonly length: number
}

export class Units {
  private readonly plan: FioPlan
  private readonly random: Xorshift64
  private readonly order: Permutation | undefined
  private readonly unitBytes: number
  private readonly unitCount: number
  private readonly position: Record<Direction, number> = { read: 0, write: 0 }
  private given = 0
  private givenBytes = 0

  constructor(plan: FioPlan, pass: number) {
    this.plan = plan
    this.unitBytes = smallestBlock(plan.job)
    this.unitCount = Math.floor(plan.sizeBytes / this.unitBytes)
    const seed = plan.seed * 1009 + pass
    this.random = new Xorshift64(seed)
    if (plan.random && this.eachOnce) this.order = new Permutation(this.unitCount, seed)
  }

  /** Every block is given out once a pass: nothing overwrites what the same pass has written. */
  get eachOnce(): boolean {
    const { plan } = this
    if (plan.random) return plan.job.norandommap !== true && hasOneSize(plan.job)
    return plan.readPercent === 0 || plan.readPercent === 100
  }

  next(): FioUnit | undefined {
    const { plan } = this
    const direction = this.direction()
    const length = this.length(direction)
    if (this.givenBytes + length > plan.sizeBytes) return undefined
    this.givenBytes += length
    const at = plan.random ? this.randomPlace(length) : this.nextPlace(direction, length)
    this.given++
    return { direction, offset: plan.offsetBytes + at, length }
  }

  private direction(): Direction {
    const { readPercent } = this.plan
    if (readPercent === 0) return 'write'
    return readPercent === 100 || this.random.below(100) < readPercent ? 'read' : 'write'
  }

  private length(direction: Direction): number {
    const { job } = this.plan
    if (!job.bssplit) return blockBytes(job, direction)
    let draw = this.random.below(job.bssplit.reduce((sum, { percent }) => sum + percent, 0))
    for (const { bytes, percent } of job.bssplit) {
      if (draw < percent) return bytes
      draw -= percent
    }
    return job.bssplit[0]!.bytes
  }

  private randomPlace(length: number): number {
    if (this.order) return this.order.at(this.given) * this.unitBytes
    const last = Math.floor((this.plan.sizeBytes - length) / this.unitBytes)
    return this.random.below(last + 1) * this.unitBytes
  }

  /** Reads and writes of a mixed pattern advance each on their own, and begin again at the end. */
  private nextPlace(direction: Direction, length: number): number {
    if (this.position[direction] + length > this.plan.sizeBytes) this.position[direction] = 0
    const at = this.position[direction]
    this.position[direction] += length
    return at
  }
}
