/**
 * How a process of fio hands its I/Os over: collected into batches and kept at a depth (ioengines.c: td_io_queue,
 * td_io_commit; engines/libaio.c), or one after another where the engine waits for each.
 */
import type { Buffer } from '../../block/buffer.ts'
import type { Context, Steps } from '../../sim/cpu.ts'
import type { IoSteps } from '../io-steps.ts'
import type { FioPlan } from './plan.ts'
import type { FioUnit } from './units.ts'

/** What becomes of an I/O that goes through the page cache, which ends with the call. */
export type CachedEnd = (unit: FioUnit, ok: boolean) => void

export class Submitter {
  private readonly plan: FioPlan
  private readonly io: IoSteps
  private readonly bufferOf: (unit: FioUnit) => Buffer
  private readonly cachedEnd: CachedEnd
  /** Collected for the next io_submit. */
  private queued: FioUnit[] = []
  /** Where writes are on their way, and how long the longest was. */
  private readonly writing = new Set<number>()
  private longestBytes = 0

  constructor(plan: FioPlan, io: IoSteps, bufferOf: (unit: FioUnit) => Buffer, cachedEnd: CachedEnd) {
    this.plan = plan
    this.io = io
    this.bufferOf = bufferOf
    this.cachedEnd = cachedEnd
  }

  private get inFlight(): number {
    return this.io.notReaped + this.queued.length
  }

  /** Hands over a batch when it is full; once the depth is reached, waits for completions. */
  *issue(ctx: Context, unit: FioUnit): Steps {
    const { plan } = this
    if (!plan.async) {
      yield* this.atOnce(ctx, unit)
      return
    }
    if (plan.verify && unit.direction === 'write') this.noteWrite(unit)
    this.queued.push(unit)
    if (this.queued.length >= plan.batch) yield* this.commit(ctx)
    if (this.inFlight < plan.depth) return
    yield* this.commit(ctx)
    do yield* this.io.waitFor(ctx, plan.waitFor)
    while (this.io.notReaped > plan.lowDepth)
  }

  /** One io_submit for all that was collected. */
  *commit(ctx: Context): Steps {
    if (this.queued.length === 0) return
    const units = this.queued
    this.queued = []
    const items = units.map(({ direction, offset, length }) => ({
      op: direction === 'read' ? ('R' as const) : ('W' as const),
      offset,
      length,
    }))
    let next = 0
    yield* this.io.batch(ctx, items, () => this.bufferOf(units[next++]!))
  }

  /** Until nothing is on its way. */
  *drain(ctx: Context): Steps {
    yield* this.commit(ctx)
    yield* this.io.wait(ctx)
  }

  /** pread, pwrite: direct or through the page cache. */
  private *atOnce(ctx: Context, unit: FioUnit): Steps {
    const { direction, offset, length } = unit
    if (this.plan.direct) {
      yield* this.io.sync(ctx, direction === 'read' ? 'R' : 'W', offset, length, false, this.bufferOf(unit))
    } else if (direction === 'write') {
      yield* this.io.bufferedWrite(ctx, offset, length, 1)
      this.cachedEnd(unit, true)
    } else this.cachedEnd(unit, yield* this.io.bufferedRead(ctx, offset, length, 1))
  }

  /** As with fio's serialize_overlap: which of two writes of a block is the last must be known to verify it. */
  *letOverlapsEnd(ctx: Context, unit: FioUnit): Steps {
    while (this.inFlight > 0 && this.overlaps(unit)) {
      yield* this.commit(ctx)
      yield* this.io.waitFor(ctx, 1)
    }
  }

  private overlaps({ offset, length }: FioUnit): boolean {
    for (const start of this.writing)
      if (start < offset + length && offset < start + this.longestBytes) return true
    return false
  }

  private noteWrite({ offset, length }: FioUnit): void {
    this.writing.add(offset)
    this.longestBytes = Math.max(this.longestBytes, length)
  }

  writeEnded(offset: number): void {
    this.writing.delete(offset)
  }
}
