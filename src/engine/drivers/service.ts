/**
 * How long a device takes for a command: the door to the models in service-*.ts, and the two simplest, which have no
 * state: at once while the command is being submitted, and one timer per command.
 *
 * A model only says when an answer would come. Whether it gets through (a device that hangs, a cable that is out) is the
 * driver's to know. Simplified in all of them: a command that the kernel has given up keeps its place in the device.
 */
import type { Request } from '../block/request.ts'
import { assertNever } from '../../lib/assert-never.ts'
import type { Completion } from '../scenario.ts'
import type { EventQueue, Firing } from '../sim/event-queue.ts'
import type { Rng } from '../sim/rng.ts'
import type { ArrayBackEnd } from './array-back-end.ts'
import { ArrayService } from './service-array.ts'
import { DiskService } from './service-disk.ts'
import { LinearService } from './service-linear.ts'
import { NvmeService } from './service-nvme.ts'

/** Who is told that a command is done. */
export interface CommandOwner {
  commandDone(command: Command): void
}

/** One command at a device. */
export class Command implements Firing {
  readonly rq: Request
  /** The kernel has given it up (aborted, taken back from a lost port): its answer means nothing any more. */
  abandoned = false
  /** The device was full and took it not (TASK SET FULL). */
  refused = false
  private readonly owner: CommandOwner

  constructor(owner: CommandOwner, rq: Request) {
    this.owner = owner
    this.rq = rq
  }

  /** The device answers. */
  fire(): void {
    if (!this.abandoned) this.owner.commandDone(this)
  }
}

export interface Service {
  /**
   * The device takes a command. Returns when the answer is due, Infinity when that depends on what comes meanwhile.
   * With `immediate` the owner is told before this returns.
   */
  begin(command: Command): number
}

/** How fast a device is at present: every time of its own is multiplied by the factor. */
export interface Pace {
  factor: number
}

export interface ServiceSite {
  readonly clock: EventQueue
  readonly pace: Pace
  readonly sectors: number
  readonly rng: Rng
  readonly backEnd: ArrayBackEnd | undefined
}

export function createService(completion: Completion, site: ServiceSite): Service {
  switch (completion.kind) {
    case 'immediate':
      return new ImmediateService(site.clock)
    case 'timer':
      return new TimerService(site, completion.ns)
    case 'linear':
      return new LinearService(site, completion)
    case 'disk':
      return new DiskService(site, completion)
    case 'nvme':
      return new NvmeService(site, completion)
    case 'array':
      return new ArrayService(site, completion)
    default:
      return assertNever(completion)
  }
}

class ImmediateService implements Service {
  private readonly clock: EventQueue

  constructor(clock: EventQueue) {
    this.clock = clock
  }

  begin(command: Command): number {
    command.fire()
    return this.clock.nowNs
  }
}

class TimerService implements Service {
  private readonly site: ServiceSite
  private readonly ns: number

  constructor(site: ServiceSite, ns: number) {
    this.site = site
    this.ns = ns
  }

  begin(command: Command): number {
    const { clock, pace } = this.site
    const doneNs = clock.nowNs + scaled(this.ns, pace)
    clock.schedule(doneNs, command)
    return doneNs
  }
}

/** A time of the device at its present pace, in whole nanoseconds. */
export function scaled(ns: number, pace: Pace): number {
  return Math.round(ns * pace.factor)
}

/** Time that bytes take at a rate. */
export function transferNs(sizeSectors: number, bytesPerS: number): number {
  return (sizeSectors * 512 * 1e9) / bytesPerS
}
