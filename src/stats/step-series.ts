/**
 * A number that changes in steps as time passes: commands in flight, tags in use. Answers for any span of time its mean
 * and its largest value, in the time of two bisections: the sum over time is kept beside each step, the largest value
 * for blocks of steps.
 */
import { floats, type Column } from '../lib/column.ts'

const BLOCK_SHIFT = 6
const BLOCK = 1 << BLOCK_SHIFT

export class StepSeries {
  private readonly timesNs: Column<Float64Array> = floats()
  private readonly levels: Column<Float64Array> = floats()
  /** Sum of value times ns up to each step. */
  private readonly sums: Column<Float64Array> = floats()
  private readonly blockMax: Column<Float64Array> = floats()
  private highest = 0

  get count(): number {
    return this.timesNs.length
  }

  /** Largest value ever. */
  get max(): number {
    return this.highest
  }

  /** The value after the last step. */
  get level(): number {
    return this.count === 0 ? 0 : this.levels.at(this.count - 1)
  }

  /** Times never fall. */
  add(timeNs: number, by: number): void {
    const last = this.count - 1
    const level = this.level + by
    const sum = last < 0 ? 0 : this.sums.at(last) + this.level * (timeNs - this.timesNs.at(last))
    this.timesNs.push(timeNs)
    this.levels.push(level)
    this.sums.push(sum)
    const block = (last + 1) >>> BLOCK_SHIFT
    if (block === this.blockMax.length) this.blockMax.push(level)
    else if (level > this.blockMax.at(block)) this.blockMax.set(block, level)
    this.highest = Math.max(this.highest, level)
  }

  /** The value at a time: after all steps up to and including it. */
  at(timeNs: number): number {
    const step = this.stepAt(timeNs)
    return step < 0 ? 0 : this.levels.at(step)
  }

  /** Mean over a span of time; the value itself where the span is empty. */
  mean(fromNs: number, toNs: number): number {
    if (toNs <= fromNs) return this.at(fromNs)
    return (this.sumTo(toNs) - this.sumTo(fromNs)) / (toNs - fromNs)
  }

  /** Largest value during [from, to). */
  maxIn(fromNs: number, toNs: number): number {
    const first = Math.max(0, this.stepAt(fromNs))
    const end = Math.max(this.timesNs.firstNotBelow(toNs), this.stepAt(fromNs) + 1)
    let max = this.stepAt(fromNs) < 0 ? 0 : -Infinity
    for (let i = first; i < end;) {
      const wholeBlock = (i & (BLOCK - 1)) === 0 && i + BLOCK <= end
      max = Math.max(max, wholeBlock ? this.blockMax.at(i >>> BLOCK_SHIFT) : this.levels.at(i))
      i += wholeBlock ? BLOCK : 1
    }
    return max
  }

  private sumTo(timeNs: number): number {
    const step = this.stepAt(timeNs)
    return step < 0 ? 0 : this.sums.at(step) + this.levels.at(step) * (timeNs - this.timesNs.at(step))
  }

  /** The last step that is not after a time, -1 before the first. */
  private stepAt(timeNs: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.timesNs.at(middle) <= timeNs) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
