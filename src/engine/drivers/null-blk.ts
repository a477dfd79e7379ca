/**
 * null_blk (drivers/block/null_blk/main.c): a device without a midlayer. It takes as many commands as it has tags, and
 * ends them at once or by a timer each, in the timer's interrupt.
 */
import type { Bio } from '../block/bio.ts'
import { MqQueue } from '../block/blk-mq.ts'
import { endRequest } from '../block/complete.ts'
import { limitsFromSysfs } from '../block/limits.ts'
import type { MqOps } from '../block/mq-ops.ts'
import type { Request } from '../block/request.ts'
import { BlkStatus, DeviceState, EventKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Completion, ScenarioDevice } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { PathDevice } from './path-device.ts'
import { type CommandOwner, startService } from './service.ts'

export class NullBlkDisk implements PathDevice, MqOps, CommandOwner {
  readonly driver = 'null_blk'
  readonly index: number
  readonly name: string
  readonly dev: string
  readonly sizeSectors: number
  readonly hasSubmitBio = false
  readonly alive = true
  readonly hwHandler = undefined
  readonly state: DeviceState = DeviceState.running
  readonly queue: MqQueue
  readonly readAheadKb: number
  readonly queueDepth: number
  private readonly m: Machine
  private readonly completion: Completion
  private readonly lun: string | undefined

  constructor(m: Machine, index: number, spec: ScenarioDevice) {
    this.m = m
    this.index = index
    this.name = spec.name
    this.dev = spec.dev
    this.sizeSectors = spec.sectors
    this.queueDepth = spec.queue_depth
    this.completion = spec.completion
    this.lun = spec.lun
    this.readAheadKb = Number(spec.queue['read_ahead_kb'] ?? 128)
    this.queue = new MqQueue(m, this, {
      limits: limitsFromSysfs(spec.queue),
      ops: this,
      hwQueues: spec.hw_queues,
      tagDepth: spec.queue_depth,
      scheduler: String(spec.queue['scheduler'] ?? 'none'),
    })
    this.queue.nomerges = Number(spec.queue['nomerges'] ?? 0)
  }

  submitBio(ctx: Context, bio: Bio): Steps {
    return this.queue.submitBio(ctx, bio)
  }

  /** null_queue_rq */
  *queueRq(ctx: Context, rq: Request): Steps<BlkStatus> {
    rq.state = 'in-flight'
    rq.issueNs = this.m.clock.nowNs
    this.m.log.emit(EventKind.rq_issue, this.index, rq.rwbs, rq.id, 0, rq.sector, rq.sizeSectors, rq.tag)
    startService(this.m.clock, this.completion, this, rq)
    if (ctx.spend(this.m.costs.driverQueue)) yield
    return BlkStatus.OK
  }

  /** null_cmd_timer_expired ends the request in the interrupt itself, without the block softirq. */
  commandDone(rq: Request): void {
    if (this.m.clock.running === undefined)
      this.m.interrupt(this.m.cpus[rq.cpuNumber]!, (ctx) => this.endInInterrupt(ctx, rq))
    else this.complete(rq)
  }

  private *endInInterrupt(ctx: Context, rq: Request): Steps {
    if (ctx.spend(this.m.costs.completeRequest + this.m.costs.endBio * rq.bioCount)) yield
    this.complete(rq)
  }

  complete(rq: Request): void {
    this.m.media?.transfer(this.lun, rq, rq.sizeSectors)
    endRequest(rq, BlkStatus.OK)
  }

  attachHandler(): void {
    // not a SCSI device: there is nothing to attach to
  }

  *activate(ctx: Context): Steps<boolean> {
    if (ctx.spend(this.m.costs.driverQueue)) yield
    return true
  }

  inject(): void {
    throw new Error('null_blk takes no injected errors; the scenario check lets none through')
  }

  *writeDeviceAttribute(): Steps<string | undefined> {
    return undefined
  }
}
