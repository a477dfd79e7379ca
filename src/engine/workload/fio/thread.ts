/**
 * One process of fio: passes over its part of the device, held back by rate and thinking time, and read back where it
 * verifies (fio backend.c: do_io, do_verify; io_u.c).
 *
 * Simplified: fio's own CPU time is that of any application; the reading back is not held to the rate (nor is it in
 * the traces, f0); an error ends the process once everything on its way has ended (continue_on_error=none).
 */
import { CONTIGUOUS } from '../../block/buffer.ts'
import { BlkStatus, type JobReport, isWrite } from '../../log/index.ts'
import type { Machine } from '../../machine.ts'
import type { Context, Steps } from '../../sim/cpu.ts'
import { sleepNs } from '../../sim/sleep.ts'
import type { AppIo } from '../app-io.ts'
import type { Spot } from '../../drivers/media.ts'
import type { IoSteps } from '../io-steps.ts'
import type { Direction, FioPlan } from './plan.ts'
import { RateLimit } from './rate.ts'
import { Submitter } from './submitter.ts'
import { type FioUnit, Units } from './units.ts'
import { Verifier } from './verifier.ts'

/** A pass takes some time even where CPU and device take none, or a job with a runtime would never end. */
const NO_TIME_AT_ALL_NS = 1000

export class FioThread {
  private readonly m: Machine
  private readonly plan: FioPlan
  private readonly io: IoSteps
  private readonly submitter: Submitter
  private readonly verifier: Verifier | undefined
  private readonly done = { read: { ios: 0, bytes: 0 }, write: { ios: 0, bytes: 0 } }
  private readingBack = false
  private status: BlkStatus = BlkStatus.OK
  private startNs = 0
  private endNs = Infinity
  private issued = 0
  private writesSinceSync = 0
  private rate: RateLimit

  constructor(
    m: Machine,
    plan: FioPlan,
    spotOf: (sector: number) => Spot | undefined,
    ioSteps: (listener: (io: AppIo) => void) => IoSteps,
  ) {
    this.m = m
    this.plan = plan
    const verifier = plan.verify && m.media ? new Verifier(m.media, plan.name, spotOf) : undefined
    this.verifier = verifier
    this.rate = new RateLimit(plan.bytesPerSecond, 0)
    this.io = ioSteps((io) => {
      this.ioEnded(io)
    })
    this.submitter = new Submitter(
      plan,
      this.io,
      (unit) => verifier?.bufferFor(unit) ?? CONTIGUOUS,
      ({ direction, length }, ok) => {
        if (ok) this.count(direction, length)
        else this.status = BlkStatus.IOERR
      },
    )
  }

  *run(ctx: Context): Steps {
    const { plan, m } = this
    if (plan.job.startdelay_ns) yield* sleepNs(m, ctx, plan.job.startdelay_ns)
    this.startNs = m.clock.nowNs
    this.endNs = this.startNs + plan.runtimeNs
    this.rate = new RateLimit(plan.bytesPerSecond, this.startNs)
    for (let pass = 0; pass < plan.passes && !this.over(); pass++) {
      const before = { issued: this.issued, nowNs: m.clock.nowNs }
      yield* this.pass(ctx, new Units(plan, pass))
      if (this.issued === before.issued) break // not one block fits
      if (m.clock.nowNs === before.nowNs) yield* sleepNs(m, ctx, NO_TIME_AT_ALL_NS)
    }
    if (plan.job.end_fsync) yield* this.io.fsync(ctx)
  }

  report(): JobReport {
    const logOffsetNs = this.m.clock.nowNs - this.m.log.timeNs
    const { read, write } = this.done
    return {
      name: this.plan.name,
      readIos: read.ios,
      readBytes: read.bytes,
      writeIos: write.ios,
      writeBytes: write.bytes,
      startNs: this.startNs - logOffsetNs,
      endNs: this.m.log.timeNs,
      status: this.status,
      ...(this.verifier ? { verify: this.verifier.report() } : {}),
    }
  }

  private over(): boolean {
    if (this.status !== BlkStatus.OK || this.m.clock.nowNs >= this.endNs) return true
    return this.plan.job.verify_fatal === true && this.verifier?.failed === true
  }

  private *pass(ctx: Context, units: Units): Steps {
    this.verifier?.beginPass(units.eachOnce)
    while (!this.over()) {
      const unit = units.next()
      if (unit === undefined) break
      yield* this.holdBack(ctx, unit)
      if (this.over()) break
      if (this.verifier && !units.eachOnce) yield* this.submitter.letOverlapsEnd(ctx, unit)
      this.issued++
      yield* this.submitter.issue(ctx, unit)
      yield* this.afterIssue(ctx, unit)
    }
    yield* this.submitter.drain(ctx)
    if (this.verifier && this.plan.readBack && !this.over()) yield* this.readBack(ctx, this.verifier)
    this.verifier?.compareRest()
  }

  private *readBack(ctx: Context, verifier: Verifier): Steps {
    this.readingBack = true
    for (const unit of verifier.toReadBack()) {
      if (this.over()) break
      yield* this.submitter.issue(ctx, unit)
    }
    yield* this.submitter.drain(ctx)
    this.readingBack = false
    if (!this.over()) verifier.endPass()
  }

  /** rate_ddir: who is too early lets everything end and sleeps. */
  private *holdBack(ctx: Context, { direction, length }: FioUnit): Steps {
    const { clock } = this.m
    if (this.rate.waitNs(direction, clock.nowNs) > 0) {
      yield* this.submitter.drain(ctx)
      const waitNs = Math.min(this.rate.waitNs(direction, clock.nowNs), this.endNs - clock.nowNs)
      if (waitNs > 0) yield* sleepNs(this.m, ctx, waitNs)
    }
    this.rate.note(direction, length)
  }

  private *afterIssue(ctx: Context, { direction }: FioUnit): Steps {
    const { fsync, thinktime_ns: thinkNs, thinktime_blocks: thinkBlocks } = this.plan.job
    if (fsync && direction === 'write' && ++this.writesSinceSync >= fsync) {
      this.writesSinceSync = 0
      yield* this.submitter.commit(ctx)
      yield* this.io.fsync(ctx)
    }
    if (thinkNs && this.issued % (thinkBlocks ?? 1) === 0) {
      yield* this.submitter.drain(ctx)
      yield* sleepNs(this.m, ctx, thinkNs)
    }
  }

  private ioEnded(io: AppIo): void {
    if (io.status !== BlkStatus.OK && this.status === BlkStatus.OK) this.status = io.status
    if (io.lengthBytes === 0) return // an fsync
    const direction = isWrite(io.rwbs) ? 'write' : 'read'
    if (direction === 'write') this.submitter.writeEnded(io.offsetBytes)
    if (this.readingBack) {
      this.verifier?.readBackEnded(io)
      return
    }
    if (io.status === BlkStatus.OK) this.count(direction, io.lengthBytes)
    if (direction === 'write') this.verifier?.writeEnded(io)
    else if (this.plan.readPercent === 100) this.verifier?.readEnded(io)
  }

  private count(direction: Direction, bytes: number): void {
    this.done[direction].ios++
    this.done[direction].bytes += bytes
  }
}
