/**
 * A command at a device, and what every service model has: a place to take commands, a pace, the arithmetic of times.
 */
import type { Request } from '../block/request.ts'
import type { EventQueue, Firing } from '../sim/event-queue.ts'
import type { Rng } from '../sim/rng.ts'
import type { ArrayBackEnd } from './array-back-end.ts'

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

/** A time of the device at its present pace, in whole nanoseconds. */
export function scaled(ns: number, pace: Pace): number {
  return Math.round(ns * pace.factor)
}

/** Time that bytes take at a rate. */
export function transferNs(sizeSectors: number, bytesPerS: number): number {
  return (sizeSectors * 512 * 1e9) / bytesPerS
}
