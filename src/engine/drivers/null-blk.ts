/**
 * null_blk (drivers/block/null_blk/main.c): a device without a midlayer. It takes as many commands as it has tags, and
 * ends them at once or by a timer each, in the timer's interrupt.
 *
 * Simplified: it has no cable and never hangs (its fault injection is not modelled).
 */
import { endRequest } from '../block/complete.ts'
import type { Request } from '../block/request.ts'
import { BlkStatus, CompletedIn, ScsiDh } from '../log/index.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { Disk } from './disk.ts'
import type { Command } from './command.ts'

export class NullBlkDisk extends Disk {
  readonly driver = 'null_blk'
  readonly hwHandler = undefined
  /** The last request that ended within its submission, at its submitter's expense. */
  private endedAtOnce: Request | undefined

  /** null_cmd_timer_expired ends the request in the interrupt itself, without the block softirq. */
  protected answered({ rq }: Command): void {
    if (this.m.clock.running === undefined)
      this.m.interrupt(this.m.cpus[rq.cpuNumber]!, (ctx) => this.endInInterrupt(ctx, rq))
    else {
      this.endedAtOnce = rq
      rq.takeUp(CompletedIn.caller)
      this.complete(rq)
    }
  }

  private endNs(rq: Request): number {
    return this.m.costs.completeRequest + this.m.costs.endBio * rq.bioCount
  }

  /** null_queue_rq */
  *queueRq(ctx: Context, rq: Request): Steps<BlkStatus> {
    this.startRequest(rq)
    const { costs } = this.m
    const submitNs = costs.dispatch + costs.driverQueue
    const endNs = this.endNs(rq)
    this.send(rq)
    if (ctx.spend(this.endedAtOnce === rq ? submitNs + endNs : submitNs)) yield
    return BlkStatus.OK
  }

  private *endInInterrupt(ctx: Context, rq: Request): Steps {
    if (ctx.spend(this.m.costs.interrupt + this.endNs(rq))) yield
    rq.takeUp(CompletedIn.interrupt)
    this.complete(rq)
  }

  complete(rq: Request): void {
    this.m.media?.transfer(this.spec.lun, rq, rq.sizeSectors)
    endRequest(rq, BlkStatus.OK)
  }

  /** null_timeout_rq */
  protected timedOut(command: Command): void {
    this.takeBack(command)
    endRequest(command.rq, BlkStatus.TIMEOUT)
  }

  attachHandler(): void {
    // not a SCSI device: there is nothing to attach to
  }

  *activate(): Steps<ScsiDh> {
    return ScsiDh.NOSYS
  }

  orderActivation(): void {
    // not a SCSI device: no handler answers for it
  }

  setAccessState(): void {
    // not a SCSI device: it has no target port
  }

  inject(): void {
    throw new Error('null_blk takes no injected errors; the scenario check lets none through')
  }

  setLink(): void {
    throw new Error('null_blk has no cable; the scenario check lets no link step through')
  }

  *writeDeviceAttribute(): Steps<string | undefined> {
    return undefined
  }
}
